"""What events bring to the registries: their nouns, their lines in the navigation, their cards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from enggang.core import registries
from enggang.core.actor import Actor
from enggang.core.registries import Growth, HomeCard, NavEntry, SubjectKind
from enggang.documents.letters import letter_kinds
from enggang.events import rules
from enggang.events.letter_kinds import KINDS
from enggang.events.queries import counted, figures, home, stall_home
from enggang.events.queries.concepts import grown_from
from enggang.events.queries.press import edition_press
from enggang.events.queries.proofs import proofs_of_editions
from enggang.events.queries.public_face import edition_face, event_face
from enggang.events.queries.sound_visitors import unsound_bookings

NOUNS: dict[str, tuple[Any, str]] = {  # code -> label, and the page that shows one
    "event": (_("Event"), "event"),
    "edition": (_("Edition of an event"), "edition"),
    "permit": (_("Permit of an event"), "permit"),
    "curation_round": (_("Round of curation"), "round"),
    "curation_proposal": (_("Proposal in a curation"), "proposal"),
    "partner": (_("Partner of events"), "partner"),
    "event_part": (_("What visitors register for"), "part"),
    "booking": (_("Registration of a visitor"), "booking"),
    "business": (_("Business with a stall"), "business"),
}


def _start(code: str) -> str:
    return f"{reverse('events:event_new')}?{urlencode({'konsep': code})}"


def _manages(actor: Actor) -> bool:
    return actor.holds_somewhere(*rules.MANAGERS)


def _reads(actor: Actor) -> bool:
    return actor.holds_somewhere(*rules.SEES_EVENTS)


def enrol() -> None:
    for code, letter_kind in KINDS.items():
        letter_kinds.register(code, letter_kind)
    for code, (label, page) in NOUNS.items():
        registries.subject_kinds.register(code, SubjectKind(label, _address(page)))
    registries.subject_kinds.register("curation_judge", SubjectKind(_("Judge of a curation")))
    registries.subject_kinds.register("guardian_consent", SubjectKind(_("Consent of a guardian")))
    registries.subject_kinds.register("stall_call", SubjectKind(_("Call for stalls")))
    registries.subject_kinds.register("stall", SubjectKind(_("Application for a stall")))
    registries.link_pages.register("stall", lambda token: reverse("events:stall_by_link", args=[token]))
    registries.nav.register("events.calendar", NavEntry(_("Events"), "events:calendar", "pin", _reads, order=21))
    registries.proofs.register("events", proofs_of_editions)
    for name, source in counted.SOURCES.items():
        registries.indicator_sources.register(name, source)
    registries.public_faces.register("event", event_face)
    registries.public_faces.register("edition", edition_face)
    registries.press_facts.register("edition", edition_press)
    registries.growths.register("events", Growth(_("From concept to event"), _start, _manages, grown_from))
    registries.invariants.register("events.visitors", unsound_bookings)
    registries.home_cards.register("events.event_cards", HomeCard(home.event_cards, order=18))
    registries.home_cards.register("events.visitor_cards", HomeCard(home.visitor_cards, order=19))
    registries.home_cards.register("events.stall_cards", HomeCard(stall_home.stall_cards, order=20))
    registries.home_cards.register("events.curation_cards", HomeCard(home.curation_cards, order=17))
    for name, figure in figures.FIGURES.items():
        registries.day_figures.register(name, figure)


def _address(page: str) -> Callable[[str], str]:
    return lambda code: reverse(f"events:{page}", args=[code])

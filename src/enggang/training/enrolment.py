"""What training brings to the registries: its nouns, its lines in the navigation, its cards and sheets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from enggang.access.enums import Role
from enggang.core import registries
from enggang.core.actor import Actor
from enggang.core.registries import ExportSheet, HomeCard, NavEntry, SubjectKind
from enggang.documents.letters import letter_kinds
from enggang.training import rules
from enggang.training.letter_kinds import KINDS
from enggang.training.queries import exporting, home
from enggang.training.queries.concepts import concept_in
from enggang.training.queries.concerned import audience_of_occasion
from enggang.training.queries.earned import earned_by
from enggang.training.queries.press import wave_press
from enggang.training.queries.proofs import proofs_of_training
from enggang.training.queries.public_face import wave_face
from enggang.training.queries.skills import remedies_for, skills_of
from enggang.training.queries.works import works_of

NOUNS: dict[str, tuple[Any, str]] = {  # code -> label, and the page that shows one
    "programme": (_("Programme"), "programme"),
    "wave": (_("Wave"), "wave"),
    "registration": (_("Registration"), "pocket"),
    "action_plan": (_("Action plan"), "action_plan"),
    "follow_up": (_("Follow-up"), ""),
    "addressee": (_("Invitation"), "addressee"),
    "assignment_letter": (_("Assignment letter (surat tugas)"), ""),
    "hand_in": (_("Work handed in"), "hand_in"),
    "work": (_("Good work"), "work"),
    "instructor": (_("Instructor"), "instructor"),
    "outside_certificate": (_("Certificate from outside"), "certificate_file"),
    "past_import": (_("Past certificates"), "past"),
    "nomination_call": (_("Call for nominations"), "call"),
    "call_agency": (_("Nominations of an agency"), "invited"),
    "nomination": (_("Nomination"), ""),
    "training_need": (_("Training need"), "need"),
    "proposal": (_("Proposal of seats"), "proposal"),
    "activity_report": (_("Activity report"), ""),
    "report_version": (_("Version of an activity report"), "report_version"),
}


def _signed_in(actor: Actor) -> bool:
    return actor.is_signed_in


def _holds(*roles: Role) -> Callable[[Actor], bool]:
    return lambda actor: actor.holds_somewhere(*roles)


NAVIGATION = {
    "waves": NavEntry(_("Waves"), "training:waves", "calendar", _signed_in, order=20),
    "programmes": NavEntry(_("Programmes"), "training:programmes", "book", _holds(*rules.SEES_PROGRAMMES), order=25),
    "instructors": NavEntry(_("Instructors"), "training:instructors", "people", _holds(*rules.SEES_MONEY), order=27),
    "works": NavEntry(_("Good works"), "training:works", "share", _holds(*rules.SEES_WORKS), order=28),
    "learning": NavEntry(_("Learning hours"), "training:learning", "chart", _holds(*rules.SEES_LEARNING), order=45),
    "my_calls": NavEntry(_("Calls for nominations"), "training:my_calls", "people", _holds(Role.COORDINATOR), order=22),
    "needs": NavEntry(_("Training needs"), "training:needs", "book", _holds(*rules.SEES_NEEDS), order=23),
    "endorsements": NavEntry(
        _("Nominations that wait for you"),
        "training:endorsements",
        "people",
        _holds(Role.SUPERIOR, Role.LEADER),
        order=46,
    ),
    "profiles": NavEntry(
        _("Competency profiles"), "training:profiles", "people", _holds(*rules.SEES_PROFILES), order=47
    ),
    "my_profile": NavEntry(
        _("My competency profile"), "training:my_profile", "user", _signed_in, order=16, place="user"
    ),
    "index": NavEntry(_("IP ASN"), "training:index", "chart", _holds(*rules.SEES_INDEX), order=48),
    "my_index": NavEntry(_("My IP ASN"), "training:my_index", "chart", _signed_in, order=17, place="user"),
    "plans": NavEntry(_("Action plans"), "training:action_plans", "check", _holds(*rules.SEES_LEARNING), order=47),
    "my_learning": NavEntry(
        _("My learning hours"), "training:my_learning", "chart", _signed_in, order=15, place="user"
    ),
}
CARDS = (
    home.participant_cards, home.coordinator_cards, home.instructor_cards, home.organiser_cards, home.superior_cards,
    home.watcher_cards, home.assessor_cards, home.grader_cards, home.plan_cards,
)  # fmt: skip
REGISTRATION_COLUMNS = (
    _("Code"), _("Person"), _("Name"), _("Agency"), _("Programme"), _("Wave"), _("From"), _("Until"),
    _("Registered by"), _("Seat"), _("Quota"), _("Name on the certificate"), _("Attendance in percent"),
    _("Decision"), _("Reason"),
)  # fmt: skip


def enrol() -> None:
    for code, letter_kind in KINDS.items():
        letter_kinds.register(code, letter_kind)
    for code, (label, page) in NOUNS.items():
        registries.subject_kinds.register(code, SubjectKind(label, _address(page)))
    for name, entry in NAVIGATION.items():
        registries.nav.register(f"training.{name}", entry)
    for order, build in enumerate(CARDS, 10):
        registries.home_cards.register(f"training.{build.__name__}", HomeCard(build, order=order))
    registries.evidence.register("registration", earned_by)
    registries.works.register("training", works_of)
    registries.proofs.register("training", proofs_of_training)
    registries.skills.register("training", skills_of)
    registries.remedies.register("training", remedies_for)
    registries.event_concepts.register("hand_in", concept_in)
    registries.public_faces.register("wave", wave_face)
    registries.press_facts.register("wave", wave_press)
    registries.concept_origins.register("hand_in", _("It grew from a concept written in a training."))
    registries.audiences.register("wave", audience_of_occasion)
    registries.link_pages.register("registration", lambda token: reverse("training:seat", args=[token]))
    sheet = ExportSheet(_("Training registrations"), REGISTRATION_COLUMNS, exporting.registration_rows, order=10)
    registries.export_sheets.register("training.registrations", sheet)


def _address(page: str) -> Callable[[str], str] | None:
    return (lambda code: reverse(f"training:{page}", args=[code])) if page else None

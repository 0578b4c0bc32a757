"""What innovation brings to the registries: its noun, its counts, works of a person, home cards, and its lines in the navigation."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from enggang.core import registries
from enggang.core.actor import Actor
from enggang.core.registries import Beside, HomeCard, NavEntry, SubjectKind
from enggang.innovation import rules
from enggang.innovation.domain.ideas import forget_reach
from enggang.innovation.queries import counted
from enggang.innovation.queries.home import innovation_cards
from enggang.innovation.queries.ties import TIED
from enggang.innovation.queries.works import unsound_innovations, works_of


def _reads(actor: Actor) -> bool:
    return actor.is_signed_in


def enrol() -> None:
    kind = SubjectKind(_("Innovation"), lambda code: reverse("innovation:innovation", args=[code]))
    registries.subject_kinds.register("innovation", kind)
    part = Beside(
        _("Part of an innovation"), TIED, lambda code: reverse("innovation:belonging", args=[code]),
        lambda actor, _path: actor.holds_somewhere(*rules.WRITERS),
    )  # fmt: skip
    registries.beside.register("innovation.part", part)
    for name, source in counted.SOURCES.items():
        registries.indicator_sources.register(name, source)
    registries.works.register("innovation", works_of)
    registries.invariants.register("innovation.sound", unsound_innovations)
    registries.home_cards.register("innovation.cards", HomeCard(innovation_cards, order=21))
    registries.retention.register("innovation.reach", forget_reach)
    registries.link_pages.register("innovation", lambda token: reverse("innovation:idea_by_link", args=[token]))
    idea = NavEntry(_("Hand in an idea"), "innovation:idea_new", "chat", lambda _actor: True, order=23)
    registries.nav.register("innovation.idea", idea)
    registries.nav.register(
        "innovation.innovations", NavEntry(_("Innovation"), "innovation:innovations", "share", _reads, order=23)
    )

"""What the index brings to the registries: its nouns, its line in the navigation, its cards, and what innovation itself can prove."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from enggang.core import registries
from enggang.core.actor import Actor
from enggang.core.registries import HomeCard, NavEntry, SubjectKind
from enggang.innovation import rules
from enggang.innovation.queries.desk import waiting_cards
from enggang.innovation.queries.proofs import proofs_of_record


def _reads(actor: Actor) -> bool:
    return actor.holds_somewhere(*rules.SEES_INSIDE)


def enrol() -> None:
    entry = SubjectKind(_("Entry for the innovation index"), lambda code: reverse("innovation:entry", args=[code]))
    registries.subject_kinds.register("submission", entry)
    piece = SubjectKind(_("Evidence of an innovation"), lambda code: reverse("innovation:evidence", args=[code]))
    registries.subject_kinds.register("evidence", piece)
    registries.nav.register(
        "innovation.iid", NavEntry(_("Innovation index"), "innovation:regions", "chart", _reads, order=24)
    )
    registries.home_cards.register("innovation.waiting", HomeCard(waiting_cards, order=32))
    registries.proofs.register("innovation", proofs_of_record)

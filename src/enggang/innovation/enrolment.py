"""What innovation brings to the registries: its nouns and its line in the navigation."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from enggang.core import registries
from enggang.core.actor import Actor
from enggang.core.registries import NavEntry, SubjectKind


def _reads(actor: Actor) -> bool:
    return actor.is_signed_in


def enrol() -> None:
    kind = SubjectKind(_("Innovation"), lambda code: reverse("innovation:innovation", args=[code]))
    registries.subject_kinds.register("innovation", kind)
    registries.nav.register(
        "innovation.innovations", NavEntry(_("Innovation"), "innovation:innovations", "share", _reads, order=23)
    )

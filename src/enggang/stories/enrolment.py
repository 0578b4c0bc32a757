"""What stories bring to the registries: their nouns and their line in the navigation."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from enggang.core import registries
from enggang.core.actor import Actor
from enggang.core.registries import NavEntry, SubjectKind
from enggang.stories import rules


def _reads(actor: Actor) -> bool:
    return actor.holds_somewhere(*rules.READS_DRAFTS)


def enrol() -> None:
    kind = SubjectKind(_("Destination"), lambda code: reverse("stories:destination", args=[code]))
    registries.subject_kinds.register("destination", kind)
    story = SubjectKind(_("Story"), lambda code: reverse("stories:story", args=[code]))
    registries.subject_kinds.register("story", story)
    registries.nav.register("stories.stories", NavEntry(_("Stories"), "stories:stories", "book", _reads, order=25))
    registries.nav.register(
        "stories.destinations", NavEntry(_("Destinations"), "stories:destinations", "pin", _reads, order=24)
    )

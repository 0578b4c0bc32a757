"""What stories bring to the registries: their nouns and their line in the navigation."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from enggang.core import registries
from enggang.core.actor import Actor
from enggang.core.registries import Beside, HomeCard, NavEntry, SubjectKind
from enggang.stories import rules
from enggang.stories.queries import suggestions
from enggang.stories.queries.public_face import destination_face, story_face


def _reads(actor: Actor) -> bool:
    return actor.holds_somewhere(*rules.READS_DRAFTS)


PRESSED = frozenset({"edition", "wave"})


def _release_page(code: str) -> str:
    return reverse("stories:release_new", args=[code])


def enrol() -> None:
    kind = SubjectKind(_("Destination"), lambda code: reverse("stories:destination", args=[code]))
    registries.subject_kinds.register("destination", kind)
    story = SubjectKind(_("Story"), lambda code: reverse("stories:story", args=[code]))
    registries.subject_kinds.register("story", story)
    proposal = SubjectKind(_("Proposal of the public"), lambda code: reverse("stories:suggestion", args=[code]))
    registries.subject_kinds.register("suggestion", proposal)
    registries.link_pages.register("suggestion", lambda token: reverse("stories:suggestion_own", args=[token]))
    registries.event_concepts.register("suggestion", suggestions.concept_of)
    registries.concept_origins.register("suggestion", suggestions.ORIGIN)
    registries.home_cards.register("stories.suggestions", HomeCard(suggestions.suggestion_cards, order=23))
    registries.nav.register(
        "stories.suggestions",
        NavEntry(_("Proposals of the public"), "stories:suggestions", "inbox", _reads, order=24),
    )
    release = Beside(_("Press release"), PRESSED, _release_page, rules.may_write_at)
    registries.beside.register("stories.release", release)
    registries.public_faces.register("destination", destination_face)
    registries.public_faces.register("story", story_face)
    registries.nav.register("stories.stories", NavEntry(_("Stories"), "stories:stories", "book", _reads, order=25))
    registries.nav.register(
        "stories.destinations", NavEntry(_("Destinations"), "stories:destinations", "pin", _reads, order=24)
    )

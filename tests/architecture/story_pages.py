"""The lines of the permission table that are about destinations."""

from __future__ import annotations

from enggang.stories import rules
from enggang.stories.models import Destination, Story
from tests.architecture.arguments import row
from tests.architecture.matrix import EVERYONE, Row, Side, Values, page, post, roles

READERS, WRITERS = roles(*rules.READS_DRAFTS), roles(*rules.WRITERS)


def changed(side: Side) -> Values:
    return {"version": Destination.objects.get(subject__code=side.rows["destination"]).version}


def story_changed(side: Side) -> Values:
    return {"version": Story.objects.get(subject__code=side.rows["story"]).version}


STORIES: dict[str, tuple[Row, ...]] = {
    "stories:stories": (page(READERS),),
    "stories:story_new": (page(WRITERS),),
    "stories:story": (page(READERS, args=row("story")),),
    "stories:story_edit": (page(WRITERS, args=row("story")),),
    "stories:story_move": (post(WRITERS, args=row("story"), data=lambda _side: {"to": "review"}),),
    "stories:story_preview": (post(WRITERS, args=row("story")),),
    "stories:story_wording": (page(WRITERS, args=row("story", language="en")),),
    "stories:story_revision": (
        page(WRITERS, args=row("story", number=1)),
        post(WRITERS, args=row("story", number=1), data=story_changed),
    ),
    "stories:preview": (page(EVERYONE, EVERYONE, args=lambda side: {"token": side.rows["story_preview"]}),),
    "stories:destinations": (page(READERS),),
    "stories:destination_new": (page(WRITERS),),
    "stories:destination": (page(READERS, args=row("destination")),),
    "stories:destination_edit": (page(WRITERS, args=row("destination")),),
    "stories:destination_move": (post(WRITERS, args=row("destination"), data=lambda _side: {"to": "review"}),),
    "stories:destination_wording": (page(WRITERS, args=row("destination", language="en")),),
    "stories:destination_revision": (
        page(WRITERS, args=row("destination", number=1)),
        post(WRITERS, args=row("destination", number=1), data=changed),
    ),
}

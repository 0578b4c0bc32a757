"""The lines of the permission table that are about destinations."""

from __future__ import annotations

from enggang.stories import rules
from enggang.stories.models import Destination
from tests.architecture.arguments import row
from tests.architecture.matrix import Row, Side, Values, page, post, roles

READERS, WRITERS = roles(*rules.READS_DRAFTS), roles(*rules.WRITERS)


def changed(side: Side) -> Values:
    return {"version": Destination.objects.get(subject__code=side.rows["destination"]).version}


STORIES: dict[str, tuple[Row, ...]] = {
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

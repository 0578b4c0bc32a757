"""The lines of the permission table that are about destinations."""

from __future__ import annotations

from enggang.stories import rules
from enggang.stories.models import Destination, Story
from tests.architecture.arguments import fixed, row
from tests.architecture.matrix import EVERYONE, FromSide, Row, Side, Values, page, post, roles

READERS, WRITERS, PUBLISHERS = roles(*rules.READS_DRAFTS), roles(*rules.WRITERS), roles(*rules.PUBLISHERS)


def by_link(*, key: bool = False) -> FromSide:
    return lambda side: {"token": side.rows["proposal_page"], **({"key": side.rows["proposal_key"]} if key else {})}


def own(side: Side) -> Values:
    return {"code": side.organisation.code}


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
    # Whoever writes, and sees the edition.
    "stories:release_new": (page(PUBLISHERS, args=row("festival")), post(PUBLISHERS, args=row("festival"))),
    # Released, everybody reads it.
    "stories:release_file": (page(EVERYONE, EVERYONE, args=row("release", language="en")),),
    "stories:suggest": (page(EVERYONE, args=fixed(what="acara")),),
    "stories:suggestion_own": (page(EVERYONE, EVERYONE, args=by_link()),),
    "stories:suggestion_confirm": (post(EVERYONE, EVERYONE, args=by_link(key=True)),),
    "stories:suggestion_withdraw": (post(EVERYONE, EVERYONE, args=by_link()),),
    "stories:suggestions": (page(READERS),),
    "stories:suggestion": (page(READERS, args=row("proposal_deciding")),),
    "stories:suggestion_photo": (page(READERS, args=row("proposal_deciding")),),
    "stories:suggestion_step": (
        post(PUBLISHERS, args=row("proposal_event", step="terima")),
        post(WRITERS, args=row("proposal_refused", step="disampaikan")),
        post(PUBLISHERS, args=row("proposal_refused", step="lagi")),
    ),
    "stories:suggestion_decide": (
        post(WRITERS, args=row("proposal_waiting", way="telepon"), data=lambda side: {"code": side.rows["call_code"]}),
        post(PUBLISHERS, args=row("proposal_deciding", way="tolak"), data=fixed(reason="Uji")),
        post(PUBLISHERS, args=row("proposal_deciding", way="destinasi"), data=fixed(kind="nature")),
    ),
    "stories:desks": (page(PUBLISHERS),),
    "stories:desk": (
        page(PUBLISHERS, args=own),
        post(PUBLISHERS, args=own, data=fixed(phone="0561 111 1111", version=1)),
    ),
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

"""Destinations for the table of who may."""

from __future__ import annotations

from typing import Any

from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.places.models import Organisation, Region
from enggang.reach.domain.links import make_link
from enggang.reach.queries.nouns import shown_by
from enggang.stories.domain.destinations import change_destination, move_destination, open_destination
from enggang.stories.domain.stories import change_story, hand_out_preview, move_story, open_story
from enggang.stories.enums import PageState
from enggang.stories.models import Destination


def destinations_of(organisation: Organisation, region: Region) -> dict[str, Any]:
    """A draft that was changed once, and a published page."""
    facts: dict[str, Any] = {
        "region": region, "kind": "nature", "summary": "Air terjun.", "description": "Di hutan.", "source": "Uji", "website": "https://pengelola.example/",
        "checked_on": clock.today(), "actor": SYSTEM,
    }  # fmt: skip
    draft = open_destination(organisation=organisation, name=f"Riam {organisation.name}", **facts)
    change_destination(destination=draft, version=draft.version, summary="Air terjun lebar.", actor=SYSTEM)
    shown = open_destination(organisation=organisation, name=f"Bukit {organisation.name}", **facts)
    for to in (PageState.REVIEW, PageState.PUBLISHED):
        move_destination(destination=shown, to=to, actor=SYSTEM)
    return {
        "destination": draft.code,
        "slug": shown.slug,
        "shown_destination": shown.code,
        "short": _link(shown),
        **stories_of(organisation),
    }


def _link(destination: Destination) -> str:
    shown = shown_by(destination.code)
    assert shown
    return make_link(shown=shown, aim="page", language="id", actor=SYSTEM).code


def stories_of(organisation: Organisation) -> dict[str, Any]:
    """A draft that was changed once, and a published story."""
    blocks = [{"kind": "text", "text": "Uji."}]
    draft, shown = (
        open_story(
            organisation=organisation, title=f"{word} {organisation.name}", summary="Uji.", blocks=blocks, actor=SYSTEM
        )
        for word in ("Draf", "Terbit")
    )
    change_story(story=draft, version=draft.version, summary="Uji lagi.", actor=SYSTEM)
    for to in (PageState.REVIEW, PageState.PUBLISHED):
        move_story(story=shown, to=to, actor=SYSTEM)
    token = hand_out_preview(story=draft, actor=SYSTEM)
    return {"story": draft.code, "story_slug": shown.slug, "story_preview": token}

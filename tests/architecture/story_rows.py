"""Destinations for the table of who may."""

from __future__ import annotations

from typing import Any

from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.places.models import Organisation, Region
from enggang.stories.domain.destinations import change_destination, move_destination, open_destination
from enggang.stories.enums import PageState


def destinations_of(organisation: Organisation, region: Region) -> dict[str, Any]:
    """A draft that was changed once, and a published page."""
    facts: dict[str, Any] = {
        "region": region, "kind": "nature", "summary": "Air terjun.", "description": "Di hutan.", "source": "Uji",
        "checked_on": clock.today(), "actor": SYSTEM,
    }  # fmt: skip
    draft = open_destination(organisation=organisation, name=f"Riam {organisation.name}", **facts)
    change_destination(destination=draft, version=draft.version, summary="Air terjun lebar.", actor=SYSTEM)
    shown = open_destination(organisation=organisation, name=f"Bukit {organisation.name}", **facts)
    for to in (PageState.REVIEW, PageState.PUBLISHED):
        move_destination(destination=shown, to=to, actor=SYSTEM)
    return {"destination": draft.code, "slug": shown.slug}

"""Destinations for the table of who may."""

from __future__ import annotations

from typing import Any

from enggang.core import clock
from enggang.core.actor import ANONYMOUS, SYSTEM
from enggang.core.models import Subject
from enggang.notices.models import Notice
from enggang.places.models import Organisation, Region
from enggang.reach.domain.links import make_link
from enggang.reach.queries.nouns import shown_by
from enggang.stories.domain.deciding import confirm_by_phone, keep_desk, refuse_suggestion
from enggang.stories.domain.destinations import change_destination, move_destination, open_destination
from enggang.stories.domain.stories import change_story, hand_out_preview, move_story, open_story
from enggang.stories.domain.suggestions import Picture, Sent, send_suggestion
from enggang.stories.enums import Genre, PageState
from enggang.stories.enums_suggestions import Suggested
from enggang.stories.models import Destination, Suggestion
from tests.training.uploads import JPEG


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
        "short_link": _link(shown),
        **stories_of(organisation),
        **suggestions_of(organisation, region),
    }


def _link(destination: Destination) -> str:
    shown = shown_by(destination.code)
    assert shown
    return make_link(shown=shown, aim="page", language="id", actor=SYSTEM).code


def suggestions_of(organisation: Organisation, region: Region) -> dict[str, Any]:
    """One that waits for its proposer, one to be decided, one of an event, one refused and not told; and a proposer's page."""
    keep_desk(organisation=organisation, version=0, is_open=True, phone="0561 000 0000", hours="", actor=SYSTEM)
    rows: dict[str, Any] = {}
    for number, name in enumerate(("waiting", "deciding", "event", "refused")):
        sent = _proposed(organisation, region, name, number)
        row = sent.suggestion
        if name == "waiting":
            text = Notice.objects.get(subject=row.subject).text
            rows["proposal_page"], rows["call_code"] = sent.token, sent.call_code
            rows["proposal_key"] = text.split("/usul/saya/")[1].split("/")[1]
        else:
            confirm_by_phone(suggestion=row, code=sent.call_code, actor=SYSTEM)
        if name == "refused":
            refuse_suggestion(suggestion=row, reason="Uji", actor=SYSTEM)
        rows[f"proposal_{name}"] = row.code
    return rows


def _proposed(organisation: Organisation, region: Region, name: str, number: int) -> Sent:
    sent = send_suggestion(
        what=Suggested.EVENT if name == "event" else Suggested.DESTINATION, region=region, name=f"{name} {organisation.name}",
        description="Uji.", person="Contoh", phone=f"0812 0000 00{number}0", picture=Picture(JPEG, "foto.jpg"),
        email="usul@contoh.example" if name == "waiting" else "", actor=ANONYMOUS,
    )  # fmt: skip
    row = sent.suggestion
    Suggestion.objects.filter(pk=row.pk).update(organisation=organisation)
    Subject.objects.filter(pk=row.subject_id).update(organisation_code=organisation.code)
    row.organisation = organisation
    return sent


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
    release = open_story(
        organisation=organisation, title=f"Siaran {organisation.name}", summary="Uji.", blocks=blocks, genre=Genre.PRESS,
        actor=SYSTEM,
    )  # fmt: skip
    for to in (PageState.REVIEW, PageState.PUBLISHED):
        move_story(story=release, to=to, actor=SYSTEM)
    return {
        "release": release.code,
        "release_slug": release.slug,
        "story": draft.code,
        "story_slug": shown.slug,
        "story_preview": token,
    }

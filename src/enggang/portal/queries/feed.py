"""Editions for calendars, feeds and other programs: what they are, what has moved, and what is gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.calendars import Entry
from enggang.events.enums import DateState
from enggang.events.models.edition import EditionQuerySet
from enggang.events.queries.dates import days_in_words
from enggang.events.queries.pages import Face, faces_of, withdrawn_editions
from enggang.portal.linked import CANCELLED, MOVED, PLANNED, POSTPONED, status_of
from enggang.portal.pages import whole
from enggang.portal.queries.agenda import EARLIEST_FIRST, narrowed

BACK = timedelta(days=400)  # what is longer over is read on its page
MOST = 1_000
STATUS = {CANCELLED: "cancelled", MOVED: "moved", POSTPONED: "postponed", PLANNED: "scheduled"}
COLUMNS = (
    "id", "removed", "updated_at", "sequence", "title", "language", "summary", "starts_on", "ends_on", "confirmed", "status",
    "previously", "region", "region_code", "place", "kind", "free", "accessible", "url",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """``gone``: it was published once and is no longer."""

    face: Face
    gone: bool


def items(wanted: dict[str, Any], language: str) -> list[Item]:
    """What fits, with what is gone; by its first day."""
    today = clock.today()
    when = wanted.get("kapan") or ""
    rows = narrowed(wanted, today) if when else _recent(narrowed({**wanted, "kapan": "semua"}, today), today)
    shown = faces_of(list(rows.with_names()[:MOST]), language)
    gone = faces_of(list(_fitting(_recent(withdrawn_editions(), today), wanted).with_names()[:MOST]), language)
    return [*(Item(face, False) for face in shown), *(Item(face, True) for face in gone)]


def _recent(rows: EditionQuerySet, today: date) -> EditionQuerySet:
    return rows.filter(Q(ends_on__gte=today - BACK) | Q(starts_on=None)).order_by(*EARLIEST_FIRST)


def _fitting(rows: EditionQuerySet, wanted: dict[str, Any]) -> EditionQuerySet:
    """What is gone is told to all who may have had it: only place and kind are looked at."""
    if region := wanted.get("daerah"):
        rows = rows.filter(event__region=region)
    if kind := wanted.get("jenis"):
        rows = rows.filter(event__kind=kind)
    return rows


def url_of(face: Face, language: str) -> str:
    return whole("edition", language, slug=face.slug, key=face.key)


def entry_of(item: Item, language: str) -> Entry | None:
    """For a calendar: the same UID for ever. Days that were taken back are called off where they stood; none is no entry."""
    face, edition = item.face, item.face.edition
    first = edition.starts_on or face.history.was
    if first is None:
        return None
    zone = ZoneInfo(edition.time_zone)
    last = edition.ends_on if edition.starts_on and edition.ends_on else first
    return Entry(
        uid=f"edition-{edition.code}@enggang", sequence=face.sequence, changed_at=face.changed_at,
        starts_at=datetime.combine(first, time(), zone), ends_at=datetime.combine(last, time(), zone),
        zone=edition.time_zone, summary=face.name.text, location=place_of(face), description=_described(face),
        url=url_of(face, language), cancelled=item.gone or edition.is_cancelled or edition.starts_on is None,
        all_day=True, tentative=edition.date_state == DateState.TENTATIVE,
    )  # fmt: skip


def place_of(face: Face) -> str:
    event = face.edition.event
    return ", ".join(part for part in (event.place, str(event.region)) if part)


def _described(face: Face) -> str:
    moved = ""
    if face.history.was and face.edition.starts_on:
        was = days_in_words(face.history.was, None)
        moved = _("Moved: it was announced for %(day)s.") % {"day": was}
    return "\n\n".join(part for part in (moved, face.summary.text) if part)


def facts_of(item: Item, language: str) -> dict[str, Any]:
    """One row of the feeds. Of what is gone only its name, its number and the time."""
    face, edition = item.face, item.face.edition
    facts: dict[str, Any] = {
        "id": edition.code, "removed": item.gone, "updated_at": face.changed_at.isoformat(), "sequence": face.sequence,
    }  # fmt: skip
    if item.gone:
        return facts
    return facts | {
        "title": face.name.text, "language": face.name.language, "summary": face.summary.text,
        "starts_on": _iso(edition.starts_on), "ends_on": _iso(edition.ends_on),
        "confirmed": edition.date_state == DateState.CONFIRMED,
        "status": "held" if face.is_over else STATUS[status_of(face)],
        "previously": [day.isoformat() for day in face.history.previous],
        "region": str(edition.event.region), "region_code": edition.event.region_id, "place": edition.event.place,
        "kind": edition.event.kind, "free": edition.entry == "free", "accessible": face.for_disabled,
        "url": url_of(face, language),
    }  # fmt: skip


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None

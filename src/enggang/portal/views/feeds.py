"""The calendar for machines: iCalendar for phones, JSON and CSV for programs, Atom for readers."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.calendars import MEDIA_TYPE, calendar_of
from enggang.core.spreadsheets import CSV_TYPE, as_csv
from enggang.events.queries.dates import days_in_words
from enggang.events.queries.pages import LONG_AGO, face_of
from enggang.portal.forms.calendar import CalendarForm
from enggang.portal.pages import clean, open_to_all, public_page, told_of, whole
from enggang.portal.queries.feed import COLUMNS, Item, entry_of, facts_of, items, place_of, url_of
from enggang.portal.views.events import find_event

NEWEST = 50


def _asked(request: HttpRequest) -> dict[str, Any]:
    given = {name: clean(value) for name, value in request.GET.items()}
    return CalendarForm(given, today=clock.today()).asked


@public_page
def calendar_file(request: HttpRequest, language: str) -> HttpResponse:
    """Everything that fits the questions of the calendar: of a kind, of a regency. It can be subscribed to."""
    return _calendar(_("Events of West Kalimantan"), items(_asked(request), language), language)


@public_page
def event_calendar(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """Every edition of one event, those to come with those that were held."""
    row = find_event(slug)
    page = face_of(row, language)
    return told_of(
        _calendar(page.texts["name"].text, [Item(face, False) for face in page.editions], language), row.code
    )


def _calendar(name: str, rows: list[Item], language: str) -> HttpResponse:
    entries = [entry for row in rows if (entry := entry_of(row, language))]
    response = HttpResponse(calendar_of(name, entries), content_type=MEDIA_TYPE)
    response["Content-Disposition"] = 'inline; filename="acara.ics"'
    return response


@public_page
def feed_json(request: HttpRequest, language: str) -> HttpResponse:
    """``sejak``: only what has changed since that moment, with what is gone."""
    since = _moment(request.GET.get("sejak", ""))
    rows = [row for row in items(_asked(request), language) if row.face.changed_at >= since]
    newest = max((row.face.changed_at for row in rows), default=since)
    facts = {
        "title": _("Events of West Kalimantan"), "language": language, "updated_at": newest.isoformat(),
        "items": [facts_of(row, language) for row in rows],
    }  # fmt: skip
    return open_to_all(JsonResponse(facts, json_dumps_params={"ensure_ascii": False}))


def _moment(text: str) -> datetime:
    try:
        found = parse_datetime(text[:40].replace(" ", "+"))
    except ValueError:
        found = None
    if found is None:
        return LONG_AGO
    return found if timezone.is_aware(found) else timezone.make_aware(found)


@public_page
def feed_csv(request: HttpRequest, language: str) -> HttpResponse:
    rows = [facts_of(row, language) for row in items(_asked(request), language)]
    lines = [[_cell(row.get(name)) for name in COLUMNS] for row in rows]
    return open_to_all(HttpResponse(as_csv("", COLUMNS, lines), content_type=CSV_TYPE))


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    return " ".join(value) if isinstance(value, list) else "" if value is None else value


@public_page
def atom(request: HttpRequest, language: str) -> HttpResponse:
    """What was announced, moved or called off last (RFC 4287)."""
    rows = sorted((row for row in items(_asked(request), language) if not row.gone), key=_changed, reverse=True)[
        :NEWEST
    ]
    newest = rows[0].face.changed_at if rows else LONG_AGO
    text = (
        '<?xml version="1.0" encoding="utf-8"?>'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}"><title>{_text(_("Events of West Kalimantan"))}</title>'
        f"<id>{escape(whole('agenda', language))}</id><updated>{newest.isoformat()}</updated><author><name>Enggang</name></author>"
        f'<link rel="self" href={quoteattr(whole("atom", language))}/><link href={quoteattr(whole("agenda", language))}/>'
        f"{''.join(_entry(row, language) for row in rows)}</feed>"
    )
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


def _changed(row: Item) -> datetime:
    return row.face.changed_at


def _entry(row: Item, language: str) -> str:
    face, url = row.face, url_of(row.face, language)
    days = days_in_words(face.edition.starts_on, face.edition.ends_on) or _("Days to be announced")
    news = _news(row)
    words = " · ".join(part for part in (news, days, place_of(face), face.summary.text) if part)
    title = f"{face.name.text}: {news}" if news else face.name.text
    return (
        f"<entry><title>{_text(title)}</title><id>{escape(url)}</id><updated>{face.changed_at.isoformat()}</updated>"
        f"<link href={quoteattr(url)}/><summary>{_text(words)}</summary></entry>"
    )


def _news(row: Item) -> str:
    if row.face.edition.is_cancelled:
        return _("cancelled")
    return _("moved") if row.face.history.previous else ""


def _text(text: str) -> str:
    """Without what XML has no place for."""
    return escape("".join(char for char in text if char.isprintable() or char == "\n"))

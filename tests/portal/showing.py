"""A festival as visitors read it, for tests of the portal."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.events.domain.dating import decide_dates
from enggang.events.domain.pages import translate_event, write_page
from enggang.events.domain.stages import cancel_edition
from enggang.events.enums import DateState, Stage
from enggang.events.models import Edition, Event
from enggang.events.queries.pages import page_of, slug_of
from enggang.places.models import Organisation
from tests.events.factories import brought_to, make_edition, make_event

NAMES = {"en": "Lake Festival", "ms": "Festival Tasik", "zh": "湖泊节"}
SUMMARIES = {"en": "Three days of boats.", "ms": "Tiga hari perahu.", "zh": "三天的船。"}
STORIES = {"en": "Boats race at noon.", "ms": "Perahu berlumba.", "zh": "中午赛船。"}


def show_festival(
    agency: Organisation, name: str = "Festival Danau", *, ahead: int = 40, lasts: int = 3, **facts: Any
) -> Edition:
    """Published, with days that are confirmed."""
    first = clock.today() + timedelta(days=ahead)
    event = facts.pop("event", None) or make_event(agency, name)
    edition = make_edition(
        agency, event=event, year=first.year, first=first, last=first + timedelta(days=lasts - 1), **facts
    )
    edition = brought_to(edition, Stage.PUBLISHED)
    return decided(edition, first, first + timedelta(days=lasts - 1))


def decided(edition: Edition, first: date | None, last: date | None = None, reason: str = "Air surut") -> Edition:
    fresh = Edition.objects.with_names().get(pk=edition.pk)
    state = DateState.CONFIRMED if first else DateState.TENTATIVE
    return decide_dates(
        edition=fresh, version=fresh.version, first=first, last=last, state=state, source="SK Bupati", reason=reason,
        actor=SYSTEM,
    )  # fmt: skip


def moved(edition: Edition, days: int) -> Edition:
    assert edition.starts_on
    assert edition.ends_on
    return decided(edition, edition.starts_on + timedelta(days=days), edition.ends_on + timedelta(days=days))


def called_off(edition: Edition, reason: str = "Banjir") -> None:
    fresh = Edition.objects.with_names().get(pk=edition.pk)
    cancel_edition(edition=fresh, reason=reason, decider="Bupati", decided_on=clock.today(), actor=SYSTEM)


def written(event: Event, *, facilities: tuple[str, ...] = ("ramp", "toilet"), **texts: str) -> Event:
    page = page_of(event)
    given = {"summary": "Tiga hari perahu di danau.", "story": "Perahu berlomba pada siang hari.", **texts}
    return write_page(event=event, version=page.version if page else 0, facilities=facilities, actor=SYSTEM, **given)


def in_all_languages(event: Event) -> None:
    for code, name in NAMES.items():
        texts = {"name": name, "summary": SUMMARIES[code], "story": STORIES[code]}
        translate_event(event=event, language=code, texts=texts, checked=True, actor=SYSTEM)


def page_at(event: Event, language: str = "") -> str:
    return f"{f'/{language}' if language else ''}/agenda/{slug_of(event)}/"

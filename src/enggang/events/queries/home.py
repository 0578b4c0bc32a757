"""What events ask of a person today, for their home page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.events import rules
from enggang.events.enums import RoundState
from enggang.events.models import CurationRound, Edition, Event
from enggang.events.queries.calendar import entries
from enggang.events.queries.judging import waiting_rounds
from enggang.places.models.organisation import below_any

LIMIT = 200
LIMIT_CALLS = 3


def event_cards(_request: HttpRequest, actor: Actor) -> list[dict[str, Any]]:
    """How many editions of one's own agency have something red, this year and the next."""
    paths = actor.paths(*rules.MANAGERS)
    if not paths:
        return []
    year = clock.today().year
    rows = Edition.objects.under_way().filter(below_any(paths, "organisation__path"), year__in=(year, year + 1))
    red = [entry for entry in entries(rows.with_names()[:LIMIT]) if entry.red]
    if not red:
        return []
    title = ngettext("%(count)s event needs attention", "%(count)s events need attention", len(red))
    text = "; ".join(f"{entry.edition}: {entry.red[0]}" for entry in red[:3])
    href = f"{reverse('events:calendar')}?merah=1&tahun={red[0].edition.year}"
    return [{"title": title % {"count": len(red)}, "text": text, "href": href, "tone": "warn"}]


def curation_cards(_request: HttpRequest, actor: Actor) -> list[dict[str, Any]]:
    """The rounds that wait for one's sheets, and the calls that one's agency can still answer."""
    judging = [_to_judge(curation, count) for curation, count in waiting_rounds(actor)]
    return [*judging, *(_to_propose(row) for row in _open_calls(actor)[:LIMIT_CALLS])]


def _to_judge(curation: CurationRound, count: int) -> dict[str, Any]:
    title = ngettext("%(count)s proposal to judge", "%(count)s proposals to judge", count) % {"count": count}
    return {
        "title": title,
        "text": str(curation),
        "href": reverse("events:round", args=[curation.code]),
        "tone": "warn",
    }


def _open_calls(actor: Actor) -> list[CurationRound]:
    paths = actor.paths(*rules.MANAGERS)
    if not paths:
        return []
    curators = Event.objects.filter(below_any(paths, "organisation__path"), curator__isnull=False).values("curator")
    rows = CurationRound.objects.filter(state=RoundState.CALL, deadline__gte=clock.today(), organisation__in=curators)
    return list(rows.with_names())


def _to_propose(curation: CurationRound) -> dict[str, Any]:
    title = _("Proposals until %(day)s") % {"day": date_format(curation.deadline, "j F Y")}
    return {
        "title": title,
        "text": str(curation),
        "href": reverse("events:round", args=[curation.code]),
        "tone": "info",
    }

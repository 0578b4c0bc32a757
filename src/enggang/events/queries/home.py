"""What events ask of a person today, for their home page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, F
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.events import rules
from enggang.events.enums import ENDED, RoundState
from enggang.events.models import Booking, CurationRound, Edition, Event, Slot
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


def visitor_cards(_request: HttpRequest, actor: Actor) -> list[dict[str, Any]]:
    """Visitors who have to be told something by hand, and times that wait for a decision since their edition moved."""
    paths = actor.paths(*rules.MANAGERS)
    if not paths:
        return []
    untold = Booking.objects.visible_to(actor).standing().to_be_told().filter(email="")
    told = untold.order_by().values("slot__part__edition").annotate(n=Count("pk"))
    counts = {row["slot__part__edition"]: row["n"] for row in told}
    moved = Slot.objects.filter(below_any(paths, "part__edition__organisation__path"), first_day__isnull=False)
    unsettled = moved.exclude(first_day=F("part__edition__starts_on")).exclude(part__edition__stage__in=ENDED)
    waiting = set(unsettled.order_by().values_list("part__edition", flat=True))
    rows = Edition.objects.filter(pk__in={*counts, *waiting}).with_names()
    return [card for row in rows for card in _visitor_cards(row, counts.get(row.pk, 0), row.pk in waiting)]


def _visitor_cards(edition: Edition, untold: int, unsettled: bool) -> Iterator[dict[str, Any]]:
    if unsettled:
        title, href = (
            _("Do the times for visitors move with the event?"),
            reverse("events:visitors", args=[edition.code]),
        )
        yield {"title": title, "text": str(edition), "href": href, "tone": "warn"}
    if untold:
        title = ngettext(
            "%(n)d registration of visitors to be told", "%(n)d registrations of visitors to be told", untold
        )
        href = reverse("events:visitor_news", args=[edition.code])
        yield {"title": title % {"n": untold}, "text": str(edition), "href": href, "tone": "warn"}


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

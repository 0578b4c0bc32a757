"""What stalls ask of an organiser today: vendors who have still to be told, stalls that said nothing about yesterday."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import ngettext

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.events import rules
from enggang.events.enums import Stage
from enggang.events.enums_stalls import ApplicationState
from enggang.events.models import StallCall
from enggang.places.models.organisation import below_any

LIMIT = 6  # calls


def stall_cards(_request: HttpRequest, actor: Actor) -> list[dict[str, Any]]:
    paths = actor.paths(*rules.MANAGERS)
    if not paths:
        return []
    yesterday = clock.today() - timedelta(days=1)
    given = Q(applications__state=ApplicationState.ACCEPTED)
    said = given & Q(applications__turnovers__day=yesterday)
    rows = StallCall.objects.filter(below_any(paths, "edition__organisation__path")).exclude(
        edition__stage=Stage.CLOSED
    )
    counted = rows.annotate(
        untold=Count("applications", filter=~Q(applications__news=""), distinct=True),
        given=Count("applications", filter=given, distinct=True),
        said=Count("applications", filter=said, distinct=True),
    )
    held = Q(edition__starts_on__lte=yesterday, edition__ends_on__gte=yesterday) & ~Q(edition__stage=Stage.CANCELLED)
    waiting = counted.filter(Q(untold__gt=0) | held).select_related("edition__event", "edition__subject")
    return [card for call in waiting.order_by("edition__starts_on", "pk")[:LIMIT] for card in _cards(call, yesterday)]


def _cards(call: Any, yesterday: Any) -> list[dict[str, Any]]:
    edition, found = call.edition, []
    if call.untold:
        title = ngettext("%(n)s vendor to be told", "%(n)s vendors to be told", call.untold) % {"n": call.untold}
        found.append(_card(title, edition, reverse("events:stall_news", args=[edition.code])))
    silent = call.given - call.said
    held = edition.starts_on and edition.ends_on and edition.starts_on <= yesterday <= edition.ends_on
    if held and silent and not edition.is_cancelled:
        title = ngettext(
            "%(n)s stall has not reported yesterday", "%(n)s stalls have not reported yesterday", silent
        ) % {"n": silent}  # fmt: skip
        address = reverse("events:turnover", args=[edition.code])
        found.append(_card(title, edition, f"{address}?hari={yesterday.isoformat()}"))
    return found


def _card(title: str, edition: Any, href: str) -> dict[str, Any]:
    return {"title": title, "text": str(edition), "href": href, "tone": "warn"}

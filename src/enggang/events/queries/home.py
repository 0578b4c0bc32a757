"""What events ask of a person today, for their home page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import ngettext

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.events import rules
from enggang.events.models import Edition
from enggang.events.queries.calendar import entries
from enggang.places.models.organisation import below_any

LIMIT = 200


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

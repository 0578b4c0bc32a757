"""Days of organisations as conditions of a question: what the sources of figures by day share."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q

from enggang.core.registries import DayKey, DaySum


def on_days(keys: Collection[DayKey] | None, organisation: str, day: str) -> Q:
    """The rows of these days; None: every row. ``organisation`` and ``day`` are the paths to both."""
    if keys is None:
        return Q()
    whole = {key.organisation for key in keys if key.day is None}
    single: dict[int, list[date]] = {}
    for key in keys:
        if key.day is not None and key.organisation not in whole:
            single.setdefault(key.organisation, []).append(key.day)
    parts = [Q(**{organisation: pk, f"{day}__in": days}) for pk, days in single.items()]
    return reduce(or_, parts, Q(**{f"{organisation}__in": whole}))


def exact(rows: Iterable[tuple[int, str | None, date, int | None]]) -> Iterable[DaySum]:
    """Sums without a range, of rows (organisation, region, day, value); what came to nothing is left out."""
    for organisation, region, day, value in rows:
        if value:
            yield DaySum(organisation, regency(region), day, value, value, value)


def regency(code: str | None) -> str:
    """The regency or city of a region's code; nothing for a whole province."""
    return code[:5] if code and len(code) >= 5 else ""

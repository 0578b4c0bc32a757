"""What events count for the indicators: editions held, their visitors as a range, the turnover of their stalls."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Sum
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from enggang.attendance.models import CountResult
from enggang.attendance.queries.tally_facts import last_results
from enggang.core.registries import Count, IndicatorSource
from enggang.core.specimens import counting
from enggang.events.enums import Stage
from enggang.events.models import Edition, Turnover
from enggang.events.models.edition import EditionQuerySet
from enggang.places.models.organisation import below

HELD = (Stage.RUNNING, Stage.EVALUATED, Stage.CLOSED)


def _held(path: str, since: date, until: date) -> EditionQuerySet:
    """Editions whose last day lies in the period and that were held, of this agency or of one below it."""
    rows = Edition.objects.filter(counting(), below(path, "organisation__path"), stage__in=HELD)
    return rows.filter(ends_on__range=(since, until))


def editions(path: str, since: date, until: date) -> dict[str, Count]:
    found = _held(path, since, until).values_list("event__region", flat=True)
    return _by_region((code, 1) for code in found)


def visitors(path: str, since: date, until: date) -> dict[str, Count]:
    """The sum of closed countings. Where an edition has none, the sum says of how many it is."""
    rows = list(_held(path, since, until).values_list("subject", "event__region"))
    latest = last_results(subject for subject, _code in rows)
    groups: dict[str, list[CountResult | None]] = {"": []}
    for subject, code in rows:
        groups[""].append(latest.get(subject))
        groups.setdefault(code, []).append(latest.get(subject))
    return {code: _sum(results) for code, results in groups.items()}


def sum_of_counts(subjects: Iterable[int]) -> Count:
    """The visitors of editions, by the ids of their subjects."""
    ids = list(subjects)
    latest = last_results(ids)
    return _sum(latest.get(each) for each in ids)


def _sum(results: Iterable[CountResult | None]) -> Count:
    every = list(results)
    numbers = [each.read()["visitors"] for each in every if each is not None]
    known = [each for each in numbers if each and each["value"] is not None]
    if not every:
        return Count(0)
    note = gettext("%(known)d of %(all)d editions have a closed count.") % {"known": len(known), "all": len(every)}
    if not known:
        return Count(None, note=note)
    low, high = (
        sum(each[end] if each[end] is not None else each["value"] for each in known) for end in ("low", "high")
    )
    value = sum(each["value"] for each in known)
    is_range = low != high
    return Count(value, low if is_range else None, high if is_range else None, note)


def turnover(path: str, since: date, until: date) -> dict[str, Count]:
    rows = Turnover.objects.filter(
        counting("application__call__edition__specimen"), below(path, "application__call__edition__organisation__path"),
        day__range=(since, until),
    )  # fmt: skip
    found = rows.order_by().values_list("application__call__edition__event__region").annotate(total=Sum("amount"))
    return _by_region(found)


def _by_region(found: Iterable[tuple[str, int]]) -> dict[str, Count]:
    sums: dict[str, int] = {"": 0}
    for code, number in found:
        sums[""] += number
        sums[code] = sums.get(code, 0) + number
    return {code: Count(number) for code, number in sums.items()}


SOURCES = {
    "events.editions": IndicatorSource(
        _("Events held"), _("events"),
        _("Editions of events of this agency or of one below it that were held and whose last day lies in the period, by the regency of the event."),
        editions, by_region=True,
    ),
    "events.visitors": IndicatorSource(
        _("Visitors of events"), _("visits"),
        _("The sum of the closed countings of these editions, each with its range; whoever came to two events counts twice. Editions without a closed count are named and not estimated."),
        visitors, by_region=True,
    ),
    "events.turnover": IndicatorSource(
        _("Turnover of MSMEs at events"), "Rp",
        _("What stalls reported day by day, summed over the period; days without a report are not estimated, residents and visitors alike."),
        turnover, by_region=True,
    ),
}  # fmt: skip

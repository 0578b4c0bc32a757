"""What events add up by day for the dashboards: editions held, their visitors as a range, the turnover of their stalls.

There are few of them, so an act about one has the days of its whole organisation counted anew: that a date was moved
leaves nothing behind on the old one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from enggang.attendance.queries.tally_facts import last_results
from enggang.core.figures import exact, on_days, regency
from enggang.core.registries import DayFigures, DayKey, DaySum, Touch
from enggang.core.specimens import counting
from enggang.events.models import Edition, Turnover
from enggang.events.models.edition import EditionQuerySet
from enggang.events.queries.counted import HELD, sum_of_counts

EDITIONS = frozenset({
    "events.open_edition", "events.change_edition", "events.decide_dates", "events.advance_edition", "events.step_back",
    "events.cancel_edition", "events.revive_edition", "events.change_event",
})  # fmt: skip
COUNTINGS = EDITIONS | {"attendance.close_counting"}
TURNOVERS = EDITIONS | {"events.report_turnover"}
_EDITION = "application__call__edition"


def _days(touches: Sequence[Touch]) -> set[DayKey]:
    codes = {each.subject_code for each in touches}
    of_stalls = Q(stall_call__applications__subject__code__in=codes)
    rows = Edition.objects.filter(Q(subject__code__in=codes) | Q(event__subject__code__in=codes) | of_stalls)
    return {DayKey(pk) for pk in rows.values_list("organisation", flat=True).distinct()}


def _held(keys: Collection[DayKey] | None) -> EditionQuerySet:
    rows = Edition.objects.filter(counting(), on_days(keys, "organisation", "ends_on"), stage__in=HELD)
    return rows.exclude(ends_on=None)


def editions(keys: Collection[DayKey] | None) -> Iterable[DaySum]:
    sums: dict[tuple[int, str, object], int] = {}
    for key in _held(keys).values_list("organisation", "event__region", "ends_on"):
        sums[key] = sums.get(key, 0) + 1
    return exact((*key, number) for key, number in sums.items())  # type: ignore[misc]


def visitors(keys: Collection[DayKey] | None) -> Iterable[DaySum]:
    """Each edition by itself on its last day; those without a closed count are not estimated."""
    rows = list(_held(keys).values_list("organisation", "event__region", "ends_on", "subject"))
    known = last_results(subject for *_place, subject in rows)
    for organisation, region, day, subject in rows:
        if day is None or subject not in known or (found := sum_of_counts([subject])).value is None:
            continue
        value = int(found.value)
        low, high = (value if end is None else int(end) for end in (found.low, found.high))
        yield DaySum(organisation, regency(region), day, value, low, high)


def turnover(keys: Collection[DayKey] | None) -> Iterable[DaySum]:
    rows = Turnover.objects.filter(counting(f"{_EDITION}__specimen"), on_days(keys, f"{_EDITION}__organisation", "day"))
    found = rows.order_by().values_list(f"{_EDITION}__organisation", f"{_EDITION}__event__region", "day")
    return exact(found.annotate(total=Sum("amount")))


FIGURES = {
    "events.editions": DayFigures(
        _("Events held"), _("events"), _("Editions that were held, by their last day and the regency of the event."), EDITIONS, _days,
        editions, order=20,
    ),
    "events.visitors": DayFigures(
        _("Visitors of events"), _("visits"),
        _("Closed countings of editions with their range, by the last day; an edition without one is not estimated."), COUNTINGS, _days,
        visitors, order=22,
    ),
    "events.turnover": DayFigures(
        _("Turnover of MSMEs at events"), "Rp", _("What stalls reported day by day; days without a report are not estimated."),
        TURNOVERS, _days, turnover, order=23,
    ),
}  # fmt: skip

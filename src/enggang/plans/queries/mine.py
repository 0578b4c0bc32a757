"""What somebody of a committee has to know on the way: their items of the rundown, late or not, and whom to call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from enggang.core import clock
from enggang.plans.models import Member, RundownDay, RundownItem
from enggang.plans.queries.rundown import Forecast, forecast


@dataclass(frozen=True, slots=True)
class MyItem:
    """``foreseen`` on the day itself, when the item begins at another time than planned."""

    item: RundownItem
    foreseen: Forecast | None


def items_of(members: Sequence[Member]) -> list[MyItem]:
    """Of today and later, in the zone of each plan: three questions however many there are."""
    since = clock.now().date() - timedelta(days=1)
    days = RundownDay.objects.filter(date__gte=since, items__member__in=members).distinct().select_related("plan")
    coming = {day.pk: day for day in days if day.date >= day.plan.today}
    if not coming:
        return []
    rows = list(RundownItem.objects.filter(day__in=coming).order_by("day__date", "begins", "pk"))
    for row in rows:
        row.day = coming[row.day_id]
    late = {each.item.pk: each for each in _foreseen(coming.values(), rows) if each.delay_minutes}
    own = {row.pk for row in members}
    return [MyItem(row, late.get(row.pk)) for row in rows if row.member_id in own]


def _foreseen(days: Iterable[RundownDay], rows: Sequence[RundownItem]) -> Iterator[Forecast]:
    """Of the days that are today: what runs late before pushes one's own."""
    for day in days:
        if day.date == day.plan.today:
            yield from forecast(day, [row for row in rows if row.day_id == day.pk])


def leaders_for(members: Sequence[Member]) -> list[Member]:
    """Who leads the committees that these belong to, without themselves."""
    plans = {row.plan_id for row in members}
    rows = Member.objects.filter(plan__in=plans, leads=True).exclude(pk__in=[row.pk for row in members])
    return list(rows.with_names().order_by("plan", "section__position", "section", "pk"))

"""What is to be said after adoption, by when, and what has lapsed."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from enggang.core import clock
from enggang.innovation.enums import Stage
from enggang.innovation.models import Checkup, GateRule, Innovation

MONTHS = 12  # that an adopted innovation is watched
USUAL_EVERY = 3  # months, where no row of the reference says otherwise


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last one."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@dataclass(frozen=True, slots=True)
class Due:
    """One interval: when it ends, and what was said of it."""

    number: int
    due_on: date
    said: Checkup | None
    today: date

    @property
    def is_lapsed(self) -> bool:
        return self.said is None and self.due_on < self.today

    @property
    def is_open(self) -> bool:
        """Whether something can be said of it now: from the day on which the interval before it ended."""
        return self.said is None


@dataclass(frozen=True, slots=True)
class Plan:
    """Empty for what was never adopted."""

    dues: list[Due]
    ends_on: date | None
    today: date

    @property
    def lapsed(self) -> list[Due]:
        return [due for due in self.dues if due.is_lapsed]

    @property
    def next(self) -> Due | None:
        """The first that nobody has said anything of."""
        return next((due for due in self.dues if due.said is None), None)

    @property
    def is_complete(self) -> bool:
        """Whether the months are over and every interval was answered for."""
        return self.ends_on is not None and self.ends_on <= self.today and self.next is None


def every_of(row: Innovation) -> int:
    rows = GateRule.objects.serving(row.organisation).on(clock.today()).filter(stage=Stage.SUSTAINED, every__gt=0)
    rule = max(rows, key=lambda each: each.closeness, default=None)
    return rule.every if rule else USUAL_EVERY


def plan_of(row: Innovation) -> Plan:
    today = clock.today(row.organisation.time_zone)
    if row.adopted_on is None:
        return Plan([], None, today)
    said = {each.number: each for each in row.checkups.filter(adopted_on=row.adopted_on)}
    return dues_from(row.adopted_on, every_of(row), said, today)


def dues_from(adopted_on: date, every: int, said: dict[int, Checkup], today: date) -> Plan:
    """The intervals of ``every`` months, the last one ending with the twelfth month."""
    count = -(-MONTHS // every)
    ends = [months_later(adopted_on, min(number * every, MONTHS)) for number in range(1, count + 1)]
    dues = [Due(number, day, said.get(number), today) for number, day in enumerate(ends, 1)]
    return Plan(dues, ends[-1], today)

"""Reads of turnover: who has reported a day, what it adds up to, and what everybody may see of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.events.enums import Measure
from enggang.events.models import Edition, StallApplication, StallCall, Threshold, Turnover
from enggang.places.queries.dated import closest


@dataclass(frozen=True, slots=True)
class Report:
    """A stall on one day, with its report or without."""

    application: StallApplication
    turnover: Turnover | None


@dataclass(frozen=True, slots=True)
class DaySum:
    """``reported`` of ``stalls`` have said what they took in on ``day``: ``amount`` Rupiah, ``qris`` of them by QRIS.
    None: nobody has said."""

    day: date
    stalls: int
    reported: int
    amount: int
    qris: int | None
    sales: int | None
    hands: int | None

    @property
    def missing(self) -> int:
        return self.stalls - self.reported


@dataclass(frozen=True, slots=True)
class Board:
    days: list[DaySum]
    chosen: date | None
    reports: list[Report]
    all: list[Turnover] = field(repr=False)

    @property
    def total(self) -> int:
        return sum(day.amount for day in self.days)

    @property
    def missing(self) -> list[Report]:
        return [report for report in self.reports if report.turnover is None]

    @property
    def stalls(self) -> int:
        return len(self.reports)


def days_of(edition: Edition) -> list[date]:
    """The days of an edition that have come."""
    if edition.starts_on is None or edition.ends_on is None:
        return []
    last = min(edition.ends_on, clock.today(edition.time_zone))
    return [edition.starts_on + timedelta(days=n) for n in range((last - edition.starts_on).days + 1)]


def board_of(call: StallCall, day: date | None) -> Board:
    """``day``: the one whose stalls are listed; the last that has come when it is none of the edition's."""
    stalls = list(call.applications.accepted().select_related("subject", "category", "plot").order_by("name_key"))
    rows = list(Turnover.objects.filter(application__call=call).select_related("application__category"))
    days = days_of(call.edition)
    chosen = day if day in days else days[-1] if days else None
    known = {row.application_id: row for row in rows if row.day == chosen}
    reports = [Report(each, known.get(each.pk)) for each in stalls]
    return Board([_sum(each, rows, len(stalls)) for each in days], chosen, reports, rows)


def _sum(day: date, rows: Iterable[Turnover], stalls: int) -> DaySum:
    of_day = [row for row in rows if row.day == day]
    amount = sum(row.amount for row in of_day)
    qris, sales, hands = (_known([getattr(row, name) for row in of_day]) for name in ("qris", "sales", "hands"))
    return DaySum(day, stalls, len(of_day), amount, qris, sales, hands)


def _known(values: Iterable[int | None]) -> int | None:
    said = [value for value in values if value is not None]
    return sum(said) if said else None


@dataclass(frozen=True, slots=True)
class Share:
    """A kind of goods: how many businesses reported, and what they took in together."""

    label: str
    businesses: int
    amount: int


@dataclass(frozen=True, slots=True)
class Published:
    """What everybody may see. ``hidden`` days have fewer reports than ``least``, so they are in no sum."""

    least: int
    source: str
    stalls: int
    days: list[DaySum]
    hidden: int
    shares: list[Share]

    @property
    def total(self) -> int:
        return sum(day.amount for day in self.days)

    @property
    def most(self) -> int:
        return max((day.amount for day in self.days), default=0)


def least_of(edition: Edition) -> Threshold | None:
    rows = Threshold.objects.serving(edition.organisation).on(clock.today(edition.time_zone))
    found: Threshold | None = closest(rows.filter(name=Measure.MASKED), lambda row: row.name).get(Measure.MASKED)
    return found


CAUTIOUS = 5  # businesses, where no row says how many


def published(call: StallCall, board: Board | None = None) -> Published:
    """Sums of at least as many businesses as the agency's threshold says, by day and by kind of goods."""
    threshold = least_of(call.edition)
    least = max(1, threshold.value) if threshold else CAUTIOUS
    board = board or board_of(call, None)
    shown = [day for day in board.days if day.reported >= least]
    hidden = sum(0 < day.reported < least for day in board.days)
    days = {day.day for day in shown}
    shares = shares_of([row for row in board.all if row.day in days], least)
    return Published(least, threshold.source if threshold else "", board.stalls, shown, hidden, shares)


def shares_of(rows: Sequence[Turnover], least: int) -> list[Share]:
    """By kind of goods, the largest first. Kinds of too few businesses are counted together, with as many others as it
    takes, so that nobody finds them by subtracting; none are shown when that leaves a single one."""
    groups: dict[str, tuple[set[int], int]] = {}
    for row in rows:
        label = str(row.application.category or "–")
        who, amount = groups.get(label, (set(), 0))
        groups[label] = (who | {row.application_id}, amount + row.amount)
    ordered = sorted(groups.items(), key=lambda each: (len(each[1][0]), each[0]))
    small: set[int] = set()
    amount = count = 0
    while ordered and (len(ordered[0][1][0]) < least or (count and len(small) < least)):
        _label, (who, more) = ordered.pop(0)
        small, amount, count = small | who, amount + more, count + 1
    shares = [Share(label, len(who), more) for label, (who, more) in ordered]
    if count:
        shares.append(Share(_("Other kinds together"), len(small), amount))
    if len(shares) < 2 or any(share.businesses < least for share in shares):
        return []
    return sorted(shares, key=lambda share: -share.amount)

"""Until when a permit is asked for: counted back from the first day, with the holiday lists it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enggang.core import clock
from enggang.events.enums import LeadUnit
from enggang.events.models import Edition, Permit, PermitRule
from enggang.plans.queries.workdays import Deadline, WorkCalendar, work_calendar


@dataclass(frozen=True, slots=True)
class Due:
    """``basis`` is the count in working days with its lists; None where calendar days are counted."""

    day: date
    basis: Deadline | None = None

    @property
    def in_words(self) -> str:
        """Which lists were used and which years have none, for the record of a change."""
        if self.basis is None:
            return _("calendar days")
        used = "; ".join(row.name for row in self.basis.list_used) or _("no list")
        missing = ", ".join(str(year) for year in self.basis.missing)
        return f"{used} · {_('no decree yet for %(years)s') % {'years': missing}}" if missing else used


@dataclass(frozen=True, slots=True)
class Counter:
    """Deadlines of one agency, its holiday lists read once."""

    calendar: WorkCalendar

    def due(self, edition: Edition, rule: PermitRule | None) -> Due | None:
        """None as long as there is no day, or no rule with a lead."""
        if edition.starts_on is None or rule is None or rule.lead is None:
            return None
        if rule.unit == LeadUnit.CALENDAR:
            return Due(edition.starts_on - timedelta(days=rule.lead))
        found = self.calendar.before(edition.starts_on, rule.lead)
        return Due(found.date, found)


def counter_of(edition: Edition) -> Counter:
    region = edition.event.region_id
    return Counter(work_calendar(region=region, organisation=edition.organisation))


def rules_for(edition: Edition, rows: Sequence[PermitRule] | None = None) -> list[PermitRule]:
    """One row for each kind of permit: of those that fit scale and area the nearest to the agency, then the most exact."""
    if rows is None:
        rows = list(PermitRule.objects.serving(edition.organisation).on(clock.today()))
    fitting = [row for row in rows if row.fits(edition.scale, edition.area)]
    exact = sorted(fitting, key=lambda row: (bool(row.scale) + bool(row.area), row.pk))
    best: dict[str, PermitRule] = {}
    for row in exact:
        known = best.get(row.kind)
        if known is None or _beats(row, known):
            best[row.kind] = row
    return list(best.values())


def _beats(row: PermitRule, known: PermitRule) -> bool:
    if row.closeness[0] != known.closeness[0]:
        return row.closeness[0] > known.closeness[0]
    exactness = bool(row.scale) + bool(row.area), bool(known.scale) + bool(known.area)
    return exactness[0] > exactness[1] or (exactness[0] == exactness[1] and row.closeness > known.closeness)


@dataclass(frozen=True, slots=True)
class PermitRow:
    """A permit as a list shows it, with what is red about it."""

    permit: Permit
    due: Due | None
    red: list[str] = field(default_factory=list)

    @property
    def is_stale(self) -> bool:
        """Whether the lists say another day by now than the one on record."""
        return (self.due.day if self.due else None) != self.permit.due_on

    @property
    def missing_years(self) -> tuple[int, ...]:
        return self.due.basis.missing if self.due and self.due.basis else ()


def permit_rows(edition: Edition) -> list[PermitRow]:
    """All permits of an edition, those not needed at the end."""
    permits = list(edition.permits.with_names())
    counter = counter_of(edition)
    today = clock.today(edition.time_zone)
    rows = []
    for permit in permits:
        permit.edition = edition
        rows.append(PermitRow(permit, counter.due(edition, permit.rule), red_of(permit, today)))
    return sorted(rows, key=lambda row: (not row.permit.is_wanted, row.permit.due_on or date.max, row.permit.pk))


def red_of(permit: Permit, today: date) -> list[str]:
    """In words why a permit is red today; nothing while there is time."""
    left = permit.days_left(today)
    if left is None or permit.due_on is None or not permit.edition.is_under_way:
        return []
    words = {"permit": permit, "day": date_format(permit.due_on, "j F Y")}
    if left < 0:
        return [_("%(permit)s: the last day was %(day)s, apply at once; it may be refused") % words]
    if left <= _near(permit):
        count = ngettext(
            "%(permit)s: %(n)s day left, until %(day)s", "%(permit)s: %(n)s days left, until %(day)s", left
        )
        return [count % {**words, "n": left}]
    return []


def _near(permit: Permit) -> int:
    return max(permit.rule.alarm_days, default=0) if permit.rule else 0

"""Acts on holiday lists and their days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.states import keep_version, move
from enggang.places.domain.dated import load_shipped
from enggang.places.models import Organisation, Region
from enggang.plans import rules
from enggang.plans.domain.moved_dates import queue_telling
from enggang.plans.enums import LIST_MOVES, ListState
from enggang.plans.models import Holiday, HolidayList
from enggang.plans.sheets import HolidayRow
from enggang.plans.signals import holidays_changed

DATA = Path(__file__).resolve().parent.parent / "data"


def _changed(years: Sequence[int], organisation: Organisation | None, actor: Actor) -> None:
    if years:
        holidays_changed.send(HolidayList, years=sorted(set(years)), organisation=organisation, actor=actor)
        queue_telling(sorted(set(years)), organisation.path if organisation else "/")


def _told(row: HolidayList, actor: Actor, **details: Any) -> None:
    if row.organisation is not None:
        record_subject(row.organisation.subject)
    record(list=row.pk, year=row.year, **details)
    _changed([row.year], row.organisation, actor)


def _local(row: HolidayList, actor: Actor) -> Organisation:
    """The agency whose list it is; a shipped one is never changed."""
    if row.organisation is None:
        raise Conflict(
            _("A shipped list stays as it is. Add a list of your agency: its days come before the shipped ones.")
        )
    require(rules.may_manage(actor, row.organisation))
    return row.organisation


@act("plans.add_holiday_list")
def add_holiday_list(
    *, organisation: Organisation, rows: Sequence[HolidayRow], actor: Actor, region: Region | None = None,
    **facts: Any,
) -> HolidayList:  # fmt: skip
    """A list with its days. ``facts`` are its fields; ``region`` is where all of its days hold (None: everywhere).

    Raises Conflict when a row has an error or there is none. Whoever counts in working days is told by the signal.
    """
    require(rules.may_manage(actor, organisation))
    wrong = next((row for row in rows if row.error), None)
    if wrong is not None:
        raise Conflict(_("Line %(number)s: %(why)s") % {"number": wrong.number, "why": wrong.error})
    if not rows:
        raise Conflict(_("There is no day in it. Paste the days, one to a line, or choose a file."))
    made = HolidayList(organisation=organisation, **facts)
    made.full_clean()
    with told(HolidayList):
        made.save()
    for row in rows:
        _keep(Holiday(list=made, day=row.day, name=row.name, kind=row.kind, region=region))
    _told(made, actor, days=len(rows))
    return made


def _keep(row: Holiday) -> None:
    if row.day.year != row.list.year:
        raise Conflict(_("%(day)s is not in %(year)s.") % {"day": f"{row.day:%d-%m-%Y}", "year": row.list.year})
    row.organisation, row.source = row.list.organisation, row.source or row.list.source
    row.valid_from = row.valid_from or row.list.valid_from
    row.full_clean()
    with told(Holiday):
        row.save()


@act("plans.change_holiday_list")
def change_holiday_list(*, row: HolidayList, version: int, actor: Actor, **facts: Any) -> HolidayList:
    """The year stays: its days stand in it. From when it was known holds for its days too."""
    _local(row, actor)
    keep_version(row, version)
    for name, value in facts.items():
        setattr(row, name, value)
    row.full_clean()
    with told(HolidayList):
        row.save()
    row.days.update(valid_from=row.valid_from)
    _told(row, actor)
    return row


@act("plans.move_holiday_list")
def move_holiday_list(*, row: HolidayList, to: ListState, actor: Actor) -> HolidayList:
    """Decreed, or withdrawn: what is withdrawn is kept and counts no longer."""
    _local(row, actor)
    move(row, to, moves=LIST_MOVES)
    _told(row, actor, state=str(to))
    return row


@act("plans.keep_holiday")
def keep_holiday(*, row: Holiday, actor: Actor, version: int = 0, **facts: Any) -> Holiday:
    """Add a day to a list, or correct one."""
    _local(row.list, actor)
    if row.pk:
        keep_version(row, version)
    for name, value in facts.items():
        setattr(row, name, value)
    _keep(row)
    _told(row.list, actor, day=row.day.isoformat(), kind=str(row.kind))
    return row


@act("plans.drop_holiday")
def drop_holiday(*, row: Holiday, actor: Actor) -> HolidayList:
    _local(row.list, actor)
    record(day=row.day.isoformat(), kind=str(row.kind))
    row.delete()
    _told(row.list, actor)
    return row.list


@act("plans.load_holidays")
def load_holidays(*, actor: Actor) -> dict[str, int]:
    """Bring the shipped lists to the state of the files; answers how many rows were made. Local ones are left alone."""
    require(rules.may_ship(actor))
    before = _state()
    made = {
        "lists": load_shipped(HolidayList, DATA / "holiday_lists.csv"),
        "days": load_shipped(Holiday, DATA / "holidays.csv"),
    }
    record(**made)
    after = _state()
    _changed([year for year, _day in before ^ after], None, actor)
    return made


def _state() -> set[tuple[int, tuple[date, str, date]]]:
    rows = Holiday.objects.filter(organisation=None).values_list("list__year", "day", "kind", "valid_from")
    return {(year, (day, kind, known)) for year, day, kind, known in rows}

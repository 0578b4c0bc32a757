"""What stalls take in: reported by the vendor until the next noon, by staff for a vendor who tells it, corrected with a reason."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from enggang.access.enums import LinkScope
from enggang.budgets.amounts import shown
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.events import rules
from enggang.events.domain.standing import keep_open
from enggang.events.enums_stalls import ReportedBy
from enggang.events.models import Edition, StallApplication, Turnover, TurnoverChange

UNTIL = time(12)  # of the next day
FACTS = ("amount", "sales", "qris", "hands")


def reporting_ends(edition: Edition, day: date) -> datetime:
    """Until when the vendor themselves may report and correct a day."""
    return datetime.combine(day + timedelta(days=1), UNTIL, tzinfo=ZoneInfo(edition.time_zone))


def days_to_report(edition: Edition) -> list[date]:
    """The days whose report is still the vendor's, the latest first."""
    today = clock.today(edition.time_zone)
    if edition.starts_on is None or edition.ends_on is None:
        return []
    days = (today, today - timedelta(days=1))
    return [
        each
        for each in days
        if edition.starts_on <= each <= edition.ends_on and clock.now() < reporting_ends(edition, each)
    ]


@act("events.report_turnover")
def report_turnover(
    *, application: StallApplication, day: date, amount: int, actor: Actor, sales: int | None = None,
    qris: int | None = None, hands: int | None = None, version: int = 0, reason: str = "",
) -> Turnover:  # fmt: skip
    """Keep the report of a day. ``version`` is that of the report which the sender saw, 0 for none: the same report sent
    twice is one row, and another one than was seen is not overwritten.

    Raises Conflict outside the days of the edition, for a vendor after the next noon, for staff who correct without
    a reason."""
    edition = application.call.edition
    require(rules.may_speak_for_stall(actor, application))
    by = ReportedBy.VENDOR if actor.may_by_link(LinkScope.STALL, application.code) else ReportedBy.STAFF
    _check_day(edition, application, day, by)
    facts = {"amount": amount, "sales": sales, "qris": qris, "hands": hands}
    record_subject(application.subject)
    record(day=str(day), by=str(by))
    row = _found(application, day)
    if row is None:
        fresh = Turnover(application=application, day=day, version=1, **facts)
        return _first(fresh, facts, by, actor)
    if _same(row, facts):
        return row
    if row.version != version:
        raise _overtaken(row)
    return _corrected(row, facts, by, reason, actor)


def _check_day(edition: Edition, application: StallApplication, day: date, by: ReportedBy) -> None:
    keep_open(edition)
    if not application.is_accepted:
        raise Conflict(_("Only a vendor with a stall reports turnover."))
    if edition.starts_on is None or edition.ends_on is None or not edition.starts_on <= day <= edition.ends_on:
        raise Conflict(_("The event is not held on this day."))
    if day > clock.today(edition.time_zone):
        raise Conflict(_("This day has not come yet."))
    if by == ReportedBy.VENDOR and clock.now() >= reporting_ends(edition, day):
        raise Conflict(_("A day can be reported until noon of the next. Tell the committee; they can still enter it."))


def _found(application: StallApplication, day: date) -> Turnover | None:
    return Turnover.objects.select_for_update().filter(application=application, day=day).first()


def _same(row: Turnover, facts: dict[str, int | None]) -> bool:
    return all(getattr(row, name) == facts[name] for name in FACTS)


def _first(fresh: Turnover, facts: dict[str, int | None], by: ReportedBy, actor: Actor) -> Turnover:
    try:
        return _written(fresh, by, actor)
    except Conflict:  # the same report a moment earlier, or another one
        known = _found(fresh.application, fresh.day)
        if known is not None and _same(known, facts):
            return known
        raise


def _written(row: Turnover, by: ReportedBy, actor: Actor) -> Turnover:
    row.reported_by, row.reported_at, row.reported_by_key = by, clock.now(), actor.key
    row.clean_fields(exclude=["application"])
    with told(Turnover):
        row.save()
    return row


def _corrected(row: Turnover, facts: dict[str, int | None], by: ReportedBy, reason: str, actor: Actor) -> Turnover:
    if by == ReportedBy.STAFF and not reason.strip():
        raise Conflict(_("Give the reason of the correction: it is kept with what stood before."))
    was = row.amount
    for name, value in facts.items():
        setattr(row, name, value)
    row.version += 1
    _written(row, by, actor)
    change = TurnoverChange(
        turnover=row, was=was, now=row.amount, reason=reason.strip(), noted_by=by, noted_at=clock.now(),
        noted_by_key=actor.key,
    )  # fmt: skip
    change.clean_fields(exclude=["turnover"])
    change.save()
    return row


def _overtaken(row: Turnover) -> Conflict:
    words = {"day": date_format(row.day, "j F"), "amount": shown(row.amount)}
    return Conflict(_("%(day)s is reported already with %(amount)s. Look at it, then save again.") % words)

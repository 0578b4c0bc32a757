"""What rings: every morning the deadlines of permits that come near, and after a holiday list has changed the new count."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from enggang.access.queries.grants import holders_at
from enggang.core import clock
from enggang.core.actor import SYSTEM, Actor
from enggang.core.acts import act, record, record_subject, require
from enggang.core.jobs import JobRun, enqueue, job
from enggang.events import rules
from enggang.events.domain.permits import recount_deadlines
from enggang.events.enums import WAITING_STATES
from enggang.events.models import Edition, Permit, PermitAlarm
from enggang.notices.domain.messages import Recipient, send

OVERDUE = 0  # an alarm of this many days stands for every day after the deadline as well


def queue_alarms() -> None:
    """Called by the daily schedule."""
    enqueue(ring_permits, actor=SYSTEM)


@job("events.ring_permits")
def ring_permits(run: JobRun) -> None:
    """One notice for each threshold of a deadline; safe to run twice, what has rung is passed over."""
    rung = [permit.pk for permit in permits_due() if ring_permit(permit=permit, actor=run.actor)]
    run.outcome(rung=len(rung))


def permits_due() -> list[Permit]:
    rows = Permit.objects.waiting().filter(due_on__isnull=False).with_names()
    return [row for row in rows if threshold_of(row, clock.today(row.edition.time_zone)) is not None]


def threshold_of(permit: Permit, today: date) -> int | None:
    """The nearest reminder that is due and has not rung for this deadline."""
    left = permit.days_left(today)
    if left is None or permit.rule is None:
        return None
    due = [days for days in permit.rule.alarm_days if left <= days]
    nearest = min(due, default=None)
    rung = nearest is not None and permit.alarms.filter(days=nearest, due_on=permit.due_on or today).exists()
    return None if rung else nearest


@act("events.ring_permit")
def ring_permit(*, permit: Permit, actor: Actor) -> bool:
    """Tell the organisers of the agency how many days are left. Whether it rang."""
    edition = permit.edition
    require(rules.may_manage(actor, edition.organisation))
    today = clock.today(edition.time_zone)
    days = threshold_of(permit, today)
    record_subject(permit.subject)
    if days is None or permit.due_on is None:
        return False
    PermitAlarm.objects.create(permit=permit, due_on=permit.due_on, days=days, sent_at=clock.now())
    left = (permit.due_on - today).days
    context = {"permit": permit, "edition": edition, "left": left, "late": left < OVERDUE}
    people = holders_at(edition.organisation, *rules.MANAGERS)
    for user in people:
        to = Recipient.of(user)
        send(
            to=to, template="events/messages/permit", context=context, actor=actor, subject=permit.subject,
            href=reverse("events:permit", args=[permit.code]),
        )  # fmt: skip
    record(days=days, left=left, told=len(people))
    return True


@job("events.recount_permits")
def recount_permits(run: JobRun, years: list[int], path: str) -> None:
    """Every edition whose first day lies in those years or soon after; ``path`` is that of the agency whose list it is."""
    rows = Edition.objects.under_way().filter(permits__state__in=WAITING_STATES, starts_on__isnull=False)
    rows = rows.filter(
        starts_on__year__in=sorted({*years, *(year + 1 for year in years)}), organisation__path__startswith=path
    )
    found = list(rows.with_names().distinct())
    for edition in found:
        recount_deadlines(edition=edition, why=_("a holiday list has changed"), actor=run.actor)
    run.outcome(editions=len(found))


def queue_recount(years: list[int], path: str, actor: Actor) -> None:
    enqueue(recount_permits, actor=actor, years=years, path=path)

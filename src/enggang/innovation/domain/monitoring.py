"""Twelve months after adoption: check-ups, and who is reminded of what is due."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from enggang.access.queries.grants import holders_at
from enggang.core import clock
from enggang.core.actor import SYSTEM, Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.jobs import JobRun, enqueue, job
from enggang.core.text import one_line
from enggang.innovation import rules
from enggang.innovation.enums import Stage
from enggang.innovation.models import Checkup, Innovation
from enggang.innovation.queries.gates import due_after
from enggang.innovation.queries.monitoring import plan_of
from enggang.notices.domain.messages import Recipient, send

TITLE = gettext_noop("Reminding of gates and check-ups of innovations")
AHEAD = 7  # days before a gate or a check-up is due
AGAIN = 14  # days until what is overdue is told of once more


@act("innovation.keep_checkup")
def keep_checkup(*, innovation: Innovation, use: str, note: str, actor: Actor, users: int | None = None) -> Checkup:
    """Say whether it is still used, for the first interval that nobody has said anything of."""
    require(rules.may_write(actor, innovation))
    if innovation.stage != Stage.ADOPTED or innovation.adopted_on is None:
        raise Conflict(_("Only what is adopted is watched."))
    plan = plan_of(innovation)
    if plan.next is None:
        raise Conflict(_("Everything was said. Its last gate can be decided."))
    row = Checkup(
        innovation=innovation, adopted_on=innovation.adopted_on, number=plan.next.number, use=use, users=users,
        note=one_line(note, 500), said_on=plan.today, said_at=clock.now(), said_by_key=actor.key,
    )  # fmt: skip
    row.clean_fields()
    with told(Checkup):
        row.save()
    record_subject(innovation.subject)
    record(number=row.number, use=str(use))
    _next_due(innovation)
    return row


@act("innovation.take_back_checkup")
def take_back_checkup(*, innovation: Innovation, actor: Actor) -> Innovation:
    """Undo the latest check-up, so that it can be said otherwise."""
    require(rules.may_write(actor, innovation))
    since = innovation.adopted_on
    last = innovation.checkups.filter(adopted_on=since).last() if since else None
    if innovation.stage != Stage.ADOPTED or last is None:
        raise Conflict(_("This was done already."))
    last.delete()
    record_subject(innovation.subject)
    record(number=last.number)
    return _next_due(innovation)


def _next_due(innovation: Innovation) -> Innovation:
    """The next interval that is to be answered for; after the last one the gate itself."""
    plan = plan_of(innovation)
    due = plan.next.due_on if plan.next else due_after(innovation.organisation, Stage.SUSTAINED, plan.today)
    Innovation.objects.filter(pk=innovation.pk).update(due_on=due, reminded_on=None)
    innovation.due_on = due
    return innovation


def queue_reminders() -> None:
    """Called by the clock, every day."""
    enqueue(remind, actor=SYSTEM, title=TITLE)


@job("innovation.remind")
def remind(run: JobRun) -> None:
    """Tell of gates and check-ups that come near, and again of what is overdue. Safe to run twice: nobody is told twice."""
    today = clock.today()
    rows = (
        Innovation.objects.with_names().exclude(stage=Stage.STOPPED).filter(due_on__lte=today + timedelta(days=AHEAD))
    )
    told_lately = Q(reminded_on__gt=today - timedelta(days=AGAIN))
    passed_since = Q(due_on__lt=today, reminded_on__lte=F("due_on"))
    for row in rows.exclude(told_lately & ~passed_since):
        remind_of(innovation=row, today=today, actor=run.actor)


@act("innovation.remind_of")
def remind_of(*, innovation: Innovation, today: date, actor: Actor) -> Innovation:
    """Tell the owner; when it is overdue also those who decide at the agency."""
    overdue = innovation.due_on is not None and innovation.due_on < today
    people = {user.pk: user for user in holders_at(innovation.organisation, *rules.DECIDERS)} if overdue else {}
    owner = innovation.owner.user if innovation.owner else None
    if owner is not None:
        people[owner.pk] = owner
    for user in people.values():
        send(
            to=Recipient.of(user), template="innovation/messages/due", actor=actor, subject=innovation.subject,
            context={"innovation": innovation, "overdue": overdue, "watched": innovation.stage == Stage.ADOPTED},
            href=reverse("innovation:gates", args=[innovation.code]),
        )  # fmt: skip
    Innovation.objects.filter(pk=innovation.pk).update(reminded_on=today)
    record(told=len(people), overdue=overdue)
    return innovation

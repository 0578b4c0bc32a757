"""Telling of a call: coordinators when it opens, superiors when their staff are nominated, WhatsApp for all others."""

from __future__ import annotations

from django.urls import reverse

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import act, record, record_subject, require
from enggang.core.jobs import JobRun, job
from enggang.notices.domain.messages import Recipient, send, whatsapp_text
from enggang.people.models import Employment
from enggang.training import rules
from enggang.training.domain.reaching import recipient
from enggang.training.enums import NominationState, StageBy
from enggang.training.models import CallAgency, Nomination
from enggang.training.queries.letters import coordinators_of


@job("training.tell_called")
def tell_called(run: JobRun, *, call_id: int) -> None:
    """Tell the coordinators of every agency of a call that nobody has told yet; safe to run twice."""
    rows = list(CallAgency.objects.with_names().filter(call=call_id, told_at=None).called())
    for number, row in enumerate(rows):
        run.progress(number, len(rows))
        tell_call(invited=row, actor=run.actor)
    run.outcome(agencies=len(rows))


@act("training.tell_call")
def tell_call(*, invited: CallAgency, actor: Actor) -> int:
    """Tell one agency's coordinators, once for each opening; answers how many."""
    require(rules.may_manage(actor, invited.call.organisation))
    record_subject(invited.subject)
    number = tell_agency(invited, actor)
    record(told=number)
    return number


def tell_agency(invited: CallAgency, actor: Actor) -> int:
    """Within an act: the notices of one agency. Whoever comes second finds it told."""
    if not CallAgency.objects.filter(pk=invited.pk, told_at=None).update(told_at=clock.now()):
        return 0
    users = coordinators_of(invited.agency)
    for user in users:
        send(
            to=Recipient(user_id=user.pk, language=user.language, name=user.name), template="training/messages/call",
            context={"invited": invited, "call": invited.call}, actor=actor, subject=invited.subject,
            href=reverse("training:invited", args=[invited.code]),
        )  # fmt: skip
    CallAgency.objects.filter(pk=invited.pk).update(told=len(users))
    return len(users)


def call_text(invited: CallAgency, address: str) -> str:
    """The call with its private address, as one text for WhatsApp."""
    context = {"invited": invited, "call": invited.call, "address": address}
    return whatsapp_text("training/messages/call", context, "id")


def tell_superior(nomination: Nomination, actor: Actor) -> None:
    """Within an act: the superior hears of the first of their staff in a call, not of each."""
    stage = nomination.stage
    if stage is None or stage.by != StageBy.SUPERIOR or nomination.state != NominationState.WAITING:
        return
    work = nomination.person.employments.present().select_related("superior__user").first()
    if work is None or work.superior is None or work.superior.user_id is None:
        return
    led = Employment.objects.present().filter(superior=work.superior).values("person")
    waiting = Nomination.objects.filter(stage=stage, state=NominationState.WAITING, person__in=led)
    if waiting.exclude(pk=nomination.pk).exists():
        return
    send(
        to=recipient(work.superior), template="training/messages/endorse",
        context={"nomination": nomination, "call": nomination.invited.call}, actor=actor, subject=nomination.subject,
        href=reverse("training:endorsements"),
    )  # fmt: skip

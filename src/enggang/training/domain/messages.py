"""Messages to a wave: written once, delivered by a job to inboxes and mailboxes, and ready to be pasted into WhatsApp."""

from __future__ import annotations

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.jobs import JobRun, enqueue, job
from enggang.notices.domain.messages import send
from enggang.notices.enums import Channel
from enggang.training import rules
from enggang.training.domain.reaching import recipient
from enggang.training.enums import Audience
from enggang.training.models import Registration, Wave, WaveClass, WaveMessage
from enggang.training.queries.audience import addressed

BATCH = 50


@act("training.write_to_wave")
def write_to_wave(
    *, wave: Wave, audience: str, title: str, text: str, actor: Actor, klass: WaveClass | None = None
) -> WaveMessage:
    """Write to everyone of an audience. Delivery is a job; the message counts whom it reached, and how."""
    require(rules.may_manage(actor, wave.organisation))
    if audience == Audience.CLASS and (klass is None or klass.wave_id != wave.pk):
        raise Conflict(_("Choose the class the message is for."))
    last = addressed(wave, audience, klass).order_by("-pk").values_list("pk", flat=True).first()
    if last is None:
        raise Conflict(_("There is nobody in this group now, so nothing was sent."))
    message = WaveMessage(
        wave=wave, audience=audience, klass=klass if audience == Audience.CLASS else None, title=title.strip(),
        text=text.strip(), written_at=clock.now(), written_by_key=actor.key, last_addressed=last,
    )  # fmt: skip
    message.clean_fields()
    message.save()
    enqueue(deliver_message, actor=actor, title=_("Message to a wave"), message_id=message.pk)
    record_subject(wave.subject)
    record(audience=str(audience), message=message.pk)
    return message


@job("training.deliver_message")
def deliver_message(run: JobRun, *, message_id: int) -> None:
    """Tell the audience in batches; a run that was cut off goes on where it stopped, and tells nobody twice."""
    message = WaveMessage.objects.select_related("wave__subject", "klass").get(pk=message_id)
    while not message.is_delivered:
        deliver_batch(message=message, actor=run.actor)
        run.check_cancelled()
    run.outcome(told=message.told, by_hand=message.by_hand)


@act("training.deliver_message")
def deliver_batch(*, message: WaveMessage, actor: Actor) -> WaveMessage:
    """Tell the next ones. Whoever moves ``delivered_upto`` first tells them; a second run finds them told."""
    start = message.delivered_upto
    rows = addressed(message.wave, message.audience, message.klass).filter(pk__gt=start, pk__lte=message.last_addressed)
    batch = list(rows.with_names().select_related("person__user")[:BATCH])
    upto = batch[-1].pk if len(batch) == BATCH else message.last_addressed
    if WaveMessage.objects.filter(pk=message.pk, delivered_upto=start).update(delivered_upto=upto):
        ways = [_tell(row, message, actor) for row in batch]
        WaveMessage.objects.filter(pk=message.pk).update(
            told=F("told") + len(batch),
            by_inbox=F("by_inbox") + sum(Channel.INBOX in way for way in ways),
            by_email=F("by_email") + sum(Channel.EMAIL in way for way in ways),
            by_hand=F("by_hand") + sum(not way for way in ways),
        )
    message.refresh_from_db()
    record_subject(message.wave.subject)
    record(message=message.pk, told=len(batch))
    return message


def _tell(row: Registration, message: WaveMessage, actor: Actor) -> set[str]:
    href = reverse("training:pocket", args=[row.code]) if row.person.user_id else ""
    context = {"registration": row, "wave": message.wave, "message": message}
    notices = send(
        to=recipient(row.person), template="training/messages/wave", context=context, actor=actor,
        subject=row.subject, href=href,
    )  # fmt: skip
    return {notice.channel for notice in notices}

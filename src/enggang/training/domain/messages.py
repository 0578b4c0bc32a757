"""Messages to a wave: written once, delivered by a job to inboxes and mailboxes, and ready to be pasted into WhatsApp."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.jobs import JobRun, enqueue, job
from enggang.notices.domain.messages import compose, send
from enggang.notices.enums import Channel
from enggang.people.models import Person
from enggang.training import rules
from enggang.training.domain.reaching import recipient
from enggang.training.enums import Audience, Notice
from enggang.training.models import Registration, Session, Wave, WaveClass, WaveMessage
from enggang.training.models.session import Slot
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
        text=text.strip(), last_addressed=last,
    )  # fmt: skip
    _begin(message, actor)
    record_subject(wave.subject)
    record(audience=str(audience), message=message.pk)
    return message


def announce_session(session: Session, notice: Notice, actor: Actor) -> WaveMessage | None:
    """Tell those whom a session concerns what became of it, each in their language; part of the act that did it.

    Whoever teaches it, or the one that takes it over, is told at once. None when nobody has a seat: then no participant has to be told. The kept text is
    Indonesian, as what is forwarded is.
    """
    rows = [session, session.merged_into] if session.merged_into else [session]
    for person in {person: None for row in rows for person in row.teachers}:
        _tell_teacher(person, session, notice, actor)
    return _write_of(session, notice, actor)


def announce_move(session: Session, taught: Sequence[Person], was: Slot, actor: Actor) -> WaveMessage | None:
    """Tell those with a seat, and whoever taught it and still does, of the old and the new day, hours and room.

    Part of the act that moved it. Nobody hears of a draft, nor of a change that left all of that as it was.
    """
    now = session.slot
    if session.wave.is_draft or was == now:
        return None
    for person in session.teachers:
        if person in taught:
            _tell_teacher(person, session, Notice.MOVED, actor, was=was, now=now)
    return _write_of(session, Notice.MOVED, actor, was=was, now=now)


def announce_teaching(session: Session, taught: Sequence[Person], was: Slot, actor: Actor) -> None:
    """Tell whoever comes to teach a session, and those of ``taught``, who did before, that they no longer do; never of a draft.

    ``was`` is the day, hours and room that the one who goes knows.
    """
    if session.wave.is_draft:
        return
    teach = session.teachers
    for person in taught:
        if person not in teach:
            _tell_teacher(person, session, "teaching_off", actor, slot=was)
    for person in teach:
        if person not in taught:
            _tell_teacher(person, session, "teaching", actor, slot=session.slot)


def _write_of(session: Session, notice: Notice, actor: Actor, **slots: Slot) -> WaveMessage | None:
    wave, audience = session.wave, Audience.CLASS if session.klass_id else Audience.SEATED
    last = addressed(wave, audience, session.klass).order_by("-pk").values_list("pk", flat=True).first()
    if last is None:
        return None
    words = compose(f"training/messages/{notice}", {"wave": wave, "session": session, **slots}, "id")
    message = WaveMessage(
        wave=wave, audience=audience, klass=session.klass, notice=notice, session=session, title=words.title[:120],
        text=words.text, last_addressed=last, slots={name: slot.kept() for name, slot in slots.items()} or None,
    )  # fmt: skip
    return _begin(message, actor)


def _tell_teacher(person: Person, session: Session, notice: str, actor: Actor, **slots: Slot) -> None:
    send(
        to=recipient(person), template=f"training/messages/{notice}", actor=actor, subject=session.wave.subject,
        context={"wave": session.wave, "session": session, **slots},
        href=reverse("training:public_wave", args=[session.wave.code]),
    )  # fmt: skip


def _begin(message: WaveMessage, actor: Actor) -> WaveMessage:
    message.written_at, message.written_by_key = clock.now(), actor.key
    message.clean_fields()
    message.save()
    enqueue(deliver_message, actor=actor, title=gettext_noop("Message to a wave"), message_id=message.pk)
    return message


@job("training.deliver_message")
def deliver_message(run: JobRun, *, message_id: int) -> None:
    """Tell the audience in batches; a run that was cut off goes on where it stopped, and tells nobody twice."""
    message = WaveMessage.objects.select_related("wave__subject", "klass", "session").get(pk=message_id)
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
    context: dict[str, Any] = {
        "registration": row,
        "wave": message.wave,
        "message": message,
        "session": message.session,
    }
    context |= message.moved
    template = message.notice if message.session else Notice.TEXT
    notices = send(
        to=recipient(row.person), template=f"training/messages/{template}", context=context, actor=actor,
        subject=row.subject, href=href,
    )  # fmt: skip
    return {notice.channel for notice in notices}

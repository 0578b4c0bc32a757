"""What a reader does in the inbox, and what the administrator does in the outbox."""

from __future__ import annotations

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import act, record, record_subject, require
from enggang.core.jobs import enqueue
from enggang.core.states import move
from enggang.notices.domain.sending import send_email
from enggang.notices.enums import NOTICE_MOVES, NoticeState
from enggang.notices.models import Notice
from enggang.notices.rules import may_keep_outbox


def unread_count(actor: Actor) -> int:
    """How many messages this person has not opened yet, for the shell."""
    return Notice.objects.visible_to(actor).unread().count()


@act("notices.read_notices")
def read_notices(*, actor: Actor, notice: Notice | None = None) -> int:
    """Mark one notice of the actor's inbox, or all of them, as read; answers how many were unread."""
    rows = Notice.objects.visible_to(actor).unread()
    if notice is not None:
        rows = rows.filter(pk=notice.pk)
    count = rows.update(state=NoticeState.READ, read_at=clock.now())
    record(count=count)
    return count


@act("notices.resend_notice")
def resend_notice(*, notice: Notice, actor: Actor) -> Notice:
    """Queue one e-mail again, under the same Message-ID. Conflict when it is on its way or has been sent."""
    require(may_keep_outbox(actor))
    record(notice=notice.code, state=notice.state)
    if notice.subject:
        record_subject(notice.subject)
    if notice.state != NoticeState.QUEUED:
        move(notice, NoticeState.QUEUED, moves=NOTICE_MOVES, error="")
    enqueue(send_email, actor=actor, code=notice.code)
    return notice


@act("notices.send_waiting")
def send_waiting(*, actor: Actor) -> int:
    """Try every e-mail that waits (a mail server has been set up, or is back); answers how many."""
    require(may_keep_outbox(actor))
    waiting = list(Notice.objects.in_outbox_of(actor).filter(state=NoticeState.QUEUED).values_list("code", flat=True))
    for code in waiting:
        enqueue(send_email, actor=actor, code=code)
    record(count=len(waiting))
    return len(waiting)

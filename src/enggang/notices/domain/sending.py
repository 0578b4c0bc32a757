"""One e-mail, sent at most once by itself.

SMTP cannot promise exactly one: a process that dies between handing the message over and writing that down
leaves ``sending`` behind. Whoever finds that makes it ``uncertain``; a person decides about a second try,
which carries the same Message-ID, so that a careful mailbox shows it once.
"""

from __future__ import annotations

import smtplib
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils import translation
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.acts import Conflict
from enggang.core.jobs import JobRun, job
from enggang.core.states import move
from enggang.notices.enums import NOTICE_MOVES, NoticeState
from enggang.notices.models import Notice


class NotSent(Exception):
    """The mail server was surely not given the message: trying again does no harm."""


def has_mail_server() -> bool:
    return not settings.EMAIL_BACKEND.endswith("dummy.EmailBackend")


@job("notices.send_email")
def send_email(_run: JobRun, *, code: str) -> None:
    """Hand one queued e-mail to the mail server; without a server it stays queued and says why."""
    notice = Notice.objects.filter(code=code).first()
    if notice is None or notice.state not in {NoticeState.QUEUED, NoticeState.SENDING}:
        return
    if notice.state == NoticeState.SENDING:
        _to(notice, NoticeState.UNCERTAIN, error="cut-off")
    elif not has_mail_server():
        Notice.objects.filter(pk=notice.pk, state=NoticeState.QUEUED).update(error="no-mail-server")
    else:
        _hand_over(notice)


def _hand_over(notice: Notice) -> None:
    try:
        _to(notice, NoticeState.SENDING)
    except Conflict:  # another run of this job has just taken it
        return
    try:
        _deliver(notice)
    except NotSent:
        _to(notice, NoticeState.QUEUED, error="no-connection")
        raise
    except smtplib.SMTPResponseException as refusal:
        _refused(notice, refusal.smtp_code, refusal.smtp_error)
    except smtplib.SMTPRecipientsRefused as refusal:
        _refused(notice, *next(iter(refusal.recipients.values())))
    except (OSError, smtplib.SMTPException):
        _to(notice, NoticeState.UNCERTAIN, error="cut-off")
    else:
        text = "" if notice.is_secret else notice.text
        _to(notice, NoticeState.SENT, error="", sent_at=clock.now(), text=text)


def _deliver(notice: Notice) -> None:
    connection: Any = get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent(type(error).__name__) from error
    try:
        headers = {"Message-ID": notice.message_id, "Auto-Submitted": "auto-generated"}
        message = EmailMessage(notice.title, _body(notice), to=[notice.address], headers=headers)
        connection.send_messages([message])
    finally:
        connection.close()


def _body(notice: Notice) -> str:
    if not notice.href:
        return notice.text
    with translation.override(notice.language):
        return "\n\n".join([notice.text, _("Open: {link}").format(link=f"{settings.PUBLIC_URL}{notice.href}")])


def _refused(notice: Notice, smtp_code: int, answer: bytes | str) -> None:
    said = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    if 400 <= smtp_code < 500:  # the server asks to come back later
        _to(notice, NoticeState.QUEUED, error=f"{smtp_code} {said}"[:300])
        raise NotSent(str(smtp_code))
    _to(notice, NoticeState.FAILED, error=f"{smtp_code} {said}"[:300])


def _to(notice: Notice, state: NoticeState, **also: Any) -> None:
    move(notice, state, moves=NOTICE_MOVES, **also)

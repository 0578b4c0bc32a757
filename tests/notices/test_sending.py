"""One e-mail is sent at most once by itself, whatever the mail server does."""

from __future__ import annotations

import smtplib
from typing import Any

import pytest
from django.conf import LazySettings
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend

from enggang.access.enums import Role
from enggang.core import jobs
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.core.enums import JobState
from enggang.core.models import Job
from enggang.notices.domain.inbox import resend_notice, send_waiting
from enggang.notices.domain.messages import queue_email
from enggang.notices.enums import NoticeState
from enggang.notices.models import Notice
from tests.places.factories import actor, organisation

pytestmark = pytest.mark.django_db
HERE = "tests.notices.test_sending"


class Answering(BaseEmailBackend):
    """A mail server with a fixed answer: the edge of the product, not a part of it."""

    on_open: Exception | None = None
    on_send: Exception | None = None
    handed: list[Any] = []

    def open(self) -> bool:
        if self.on_open:
            raise self.on_open
        return True

    def send_messages(self, messages: Any) -> int:
        if self.on_send:
            raise self.on_send
        self.handed.extend(messages)
        return len(messages)


@pytest.fixture
def server(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> type[Answering]:
    settings.EMAIL_BACKEND = f"{HERE}.Answering"
    from tests.notices.test_sending import Answering as Loaded

    for name, value in (("on_open", None), ("on_send", None), ("handed", [])):
        monkeypatch.setattr(Loaded, name, value)
    return Loaded


def queued(text: str = "Isi") -> Notice:
    return queue_email(address="a@example.org", title="Judul", text=text, language="id", actor=SYSTEM)


def fresh(notice: Notice) -> Notice:
    return Notice.objects.get(pk=notice.pk)


def test_a_queued_mail_is_sent_once_and_its_secret_text_dropped() -> None:
    notice = queued("tautan rahasia")
    assert jobs.run_pending() == 1
    (message,) = mail.outbox
    assert (message.to, message.subject, message.body) == (["a@example.org"], "Judul", "tautan rahasia")
    assert message.extra_headers["Message-ID"] == notice.message_id
    assert (fresh(notice).state, fresh(notice).text) == (NoticeState.SENT, "")


def test_running_the_job_twice_sends_once() -> None:
    notice = queued()
    jobs.enqueue(jobs.kinds["notices.send_email"].function, actor=SYSTEM, code=notice.code)
    jobs.run_pending()
    assert len(mail.outbox) == 1


def test_a_mail_found_half_sent_is_uncertain_and_not_sent_again_by_itself() -> None:
    notice = queued()
    Notice.objects.update(state=NoticeState.SENDING)  # what a killed worker leaves behind
    jobs.run_pending()
    jobs.run_pending()
    assert (fresh(notice).state, fresh(notice).error) == (NoticeState.UNCERTAIN, "cut-off")
    assert fresh(notice).text == "Isi"
    assert mail.outbox == []


def test_one_click_sends_an_uncertain_mail_under_the_same_number() -> None:
    notice = queued()
    Notice.objects.update(state=NoticeState.UNCERTAIN)
    Job.objects.all().delete()
    resend_notice(notice=fresh(notice), actor=actor((Role.ADMINISTRATOR, None)))
    jobs.run_pending()
    assert mail.outbox[0].extra_headers["Message-ID"] == notice.message_id
    with pytest.raises(Conflict):
        resend_notice(notice=fresh(notice), actor=SYSTEM)
    jobs.run_pending()
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("role", sorted(Role))
def test_nobody_below_the_whole_installation_sends_again(role: Role) -> None:
    notice = queued()
    Notice.objects.update(state=NoticeState.FAILED)
    with pytest.raises(NotAllowed):
        resend_notice(notice=fresh(notice), actor=actor((role, organisation())))
    with pytest.raises(NotAllowed):
        send_waiting(actor=actor((role, organisation())))
    assert fresh(notice).state == NoticeState.FAILED


def test_without_a_mail_server_it_waits_with_the_reason_and_the_job_is_done(settings: LazySettings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    notice = queued()
    jobs.run_pending()
    assert (fresh(notice).state, fresh(notice).error) == (NoticeState.QUEUED, "no-mail-server")
    assert fresh(notice).reason
    assert Job.objects.get(name="notices.send_email").state == JobState.DONE
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_waiting(actor=SYSTEM) == 1
    jobs.run_pending()
    assert len(mail.outbox) == 1
    assert fresh(notice).error == ""


def test_a_server_that_is_away_is_tried_again_and_then_given_up(server: type[Answering]) -> None:
    notice = queued()
    server.on_open = ConnectionRefusedError()
    assert jobs.run_pending() == 5
    assert (fresh(notice).state, fresh(notice).error) == (NoticeState.QUEUED, "no-connection")
    assert Job.objects.get().state == JobState.POISONED
    server.on_open = None
    resend_notice(notice=fresh(notice), actor=SYSTEM)
    jobs.run_pending()
    assert fresh(notice).state == NoticeState.SENT
    assert len(server.handed) == 1


@pytest.mark.parametrize(
    "answer", [smtplib.SMTPDataError(554, b"no such user"), smtplib.SMTPRecipientsRefused({"a@example.org": (550, b"unknown")})]
)  # fmt: skip
def test_a_refused_mail_failed_and_says_why(server: type[Answering], answer: Exception) -> None:
    notice = queued()
    server.on_send = answer
    assert jobs.run_pending() == 1
    assert fresh(notice).state == NoticeState.FAILED
    assert fresh(notice).error[:3] in {"550", "554"}


def test_a_server_that_asks_to_come_back_is_asked_again(server: type[Answering]) -> None:
    notice = queued()
    server.on_send = smtplib.SMTPDataError(451, b"greylisted")
    jobs.run_pending(limit=1)
    assert (fresh(notice).state, fresh(notice).error) == (NoticeState.QUEUED, "451 greylisted")
    server.on_send = None
    jobs.run_pending()
    assert fresh(notice).state == NoticeState.SENT


@pytest.mark.parametrize("break_off", [smtplib.SMTPServerDisconnected("gone"), TimeoutError()])
def test_a_connection_that_breaks_while_sending_leaves_it_uncertain(
    server: type[Answering], break_off: Exception
) -> None:
    notice = queued()
    server.on_send = break_off
    assert jobs.run_pending() == 1
    jobs.run_pending()
    assert fresh(notice).state == NoticeState.UNCERTAIN
    assert server.handed == []


def test_a_deleted_notice_is_no_error() -> None:
    queued().delete()
    jobs.run_pending()
    assert Job.objects.get().state == JobState.DONE

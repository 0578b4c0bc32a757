"""Telling people: inbox, e-mail, WhatsApp text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.template import engines

from enggang.core.actor import SYSTEM
from enggang.core.models import Job, Subject
from enggang.notices.domain.messages import Recipient, queue_email, send, whatsapp_link, whatsapp_text
from enggang.notices.enums import Channel, NoticeState
from enggang.notices.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def templates(monkeypatch: pytest.MonkeyPatch) -> None:
    engine: Any = engines["django"]
    monkeypatch.setattr(engine.engine, "dirs", [Path(__file__).parent / "templates"])
    for loader in engine.engine.template_loaders:
        if hasattr(loader, "reset"):
            loader.reset()


def told(to: Recipient, **more: Any) -> list[Notice]:
    return send(to=to, template="notices_test/hello", context={"wave": "Gelombang 1"}, actor=SYSTEM, **more)


def test_an_account_gets_an_inbox_notice_and_an_address_an_email() -> None:
    inbox, email = told(Recipient(user_id=7, address="a@example.org", name="Ja'far <b>"), href="/x/")
    assert (inbox.channel, inbox.state, inbox.user_id, inbox.href) == (Channel.INBOX, NoticeState.SENT, 7, "/x/")
    assert (email.channel, email.state, email.address) == (Channel.EMAIL, NoticeState.QUEUED, "a@example.org")
    assert inbox.title == email.title == "Halo Ja'far <b>"
    assert [(job.name, job.arguments) for job in Job.objects.all()] == [("notices.send_email", {"code": email.code})]


def test_a_job_holds_no_address() -> None:
    told(Recipient(address="a@example.org"))
    assert "example" not in str(Job.objects.get().arguments)


def test_the_language_is_the_recipients() -> None:
    assert told(Recipient(user_id=1, language="en"))[0].text.startswith("[en]")
    assert told(Recipient(user_id=1, language="id"))[0].text.startswith("[id]")
    assert told(Recipient(user_id=1, language="xx"))[0].language == "id"


def test_someone_without_account_and_address_gets_nothing_by_itself() -> None:
    assert told(Recipient(phone="0812")) == []
    assert not Notice.objects.exists()
    assert not Job.objects.exists()


def test_a_notice_keeps_what_it_is_about() -> None:
    subject = Subject.objects.make(kind="wave")
    assert told(Recipient(user_id=1), subject=subject)[0].subject == subject


def test_a_title_is_one_line_and_fits() -> None:
    (notice,) = told(Recipient(user_id=1, name="Baris\r\nBcc: x@example.org " + "y" * 300))
    assert "\n" not in notice.title
    assert "\r" not in notice.title
    assert len(notice.title) == 200


def test_an_account_mail_is_queued_as_a_secret() -> None:
    notice = queue_email(address="a@example.org", title="Reset\nBcc: x", text="link", language="en", actor=SYSTEM)
    assert notice.is_secret
    assert notice.title == "Reset Bcc: x"
    assert notice.message_id.startswith("<")
    assert notice.user_id is None


def test_the_whatsapp_text_has_the_title_in_bold_and_the_link_the_indonesian_number() -> None:
    text = whatsapp_text("notices_test/hello", {"wave": "Gelombang 1", "recipient": Recipient(name="*Budi*")}, "id")
    assert text.startswith("*Halo Budi*\n\n[id]")
    link = whatsapp_link("0812-3456", "Ayo & mari\n")
    assert link == "https://wa.me/628123456?text=Ayo%20%26%20mari%0A"
    assert whatsapp_link("+62 812", "x").startswith("https://wa.me/62812?")
    assert whatsapp_link("", "x") == "https://wa.me/?text=x"

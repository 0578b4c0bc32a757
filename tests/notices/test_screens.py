"""Inbox and outbox."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import HttpRequest
from django.urls import reverse

from enggang.access.domain.actors import actor_for
from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.models import Job
from enggang.core.registries import home_cards
from enggang.notices.domain.inbox import unread_count
from enggang.notices.domain.messages import queue_email
from enggang.notices.domain.retention import delete_old
from enggang.notices.enums import Channel, NoticeState
from enggang.notices.models import Notice
from tests.places.factories import browser, client_of, organisation, user

pytestmark = pytest.mark.django_db
INBOX, OUTBOX = "/pesan/", "/pesan/keluar/"


def notice(user_id: int, title: str = "Judul", href: str = "") -> Notice:
    return Notice.objects.create(
        channel=Channel.INBOX, user_id=user_id, title=title, text="Isi", href=href, state=NoticeState.SENT,
        created_at=clock.now(), sent_at=clock.now(),
    )  # fmt: skip


def test_a_person_reads_their_own_messages_only() -> None:
    mine, other = user(), user()
    notice(mine.pk, "Untuk saya")
    foreign = notice(other.pk, "Bukan untuk saya")
    client = client_of(mine)
    page = client.get(INBOX).content.decode()
    assert "Untuk saya" in page
    assert "Bukan untuk saya" not in page
    assert client.post(reverse("notices:open", args=[foreign.code])).status_code == 404
    foreign.refresh_from_db()
    assert foreign.state == NoticeState.SENT


def test_opening_marks_as_read_and_leads_to_the_matter() -> None:
    me = user()
    row = notice(me.pk, href="/instansi/")
    answer = client_of(me).post(reverse("notices:open", args=[row.code]))
    assert answer.headers["Location"] == "/instansi/"
    row.refresh_from_db()
    assert row.state == NoticeState.READ
    assert row.read_at is not None
    assert client_of(me).post(reverse("notices:open", args=[row.code])).status_code == 302


def test_a_foreign_address_is_not_followed() -> None:
    me = user()
    row = notice(me.pk, href="https://example.org/")
    assert client_of(me).post(reverse("notices:open", args=[row.code])).headers["Location"] == INBOX


def test_all_can_be_marked_as_read_at_once() -> None:
    me, other = user(), user()
    for _ in range(3):
        notice(me.pk)
    notice(other.pk)
    assert unread_count(actor_for(me)) == 3
    client_of(me).post(reverse("notices:read_all"))
    assert unread_count(actor_for(me)) == 0
    assert unread_count(actor_for(other)) == 1


def test_a_stranger_is_asked_to_sign_in(client: object) -> None:
    for address in (INBOX, OUTBOX):
        assert client.get(address).status_code == 302  # type: ignore[attr-defined]


def test_the_home_page_tells_of_unread_messages_and_mail_in_trouble() -> None:
    me = user((Role.ADMINISTRATOR, None))
    actor = actor_for(me)
    assert home_cards["notices"].build(HttpRequest(), actor) == []
    assert home_cards["outbox"].build(HttpRequest(), actor) == []
    notice(me.pk, "Kursi Anda pasti")
    queue_email(address="a@example.org", title="x", text="y", language="id", actor=SYSTEM)
    Notice.objects.filter(channel=Channel.EMAIL).update(state=NoticeState.UNCERTAIN)
    (card,) = home_cards["notices"].build(HttpRequest(), actor)
    assert (card["text"], card["href"]) == ("Kursi Anda pasti", INBOX)
    assert home_cards["outbox"].build(HttpRequest(), actor)[0]["href"] == OUTBOX
    assert home_cards["outbox"].build(HttpRequest(), actor_for(user())) == []


def test_the_outbox_shows_what_became_of_mail_but_neither_text_nor_address() -> None:
    queue_email(address="budi@example.org", title="Atur ulang", text="tautan-rahasia", language="id", actor=SYSTEM)
    page = browser((Role.ADMINISTRATOR, None)).get(OUTBOX).content.decode()
    assert "Atur ulang" in page
    assert "tautan-rahasia" not in page
    assert "budi@example.org" not in page
    assert "bu•••@example.org" in page


@pytest.mark.parametrize("role", sorted(Role))
def test_the_outbox_is_not_for_those_who_serve_one_organisation(role: Role) -> None:
    row = queue_email(address="a@example.org", title="x", text="y", language="id", actor=SYSTEM)
    Notice.objects.update(state=NoticeState.FAILED)
    client = browser((role, organisation()))
    assert client.get(OUTBOX).status_code == 404
    assert client.post(reverse("notices:resend", args=[row.code])).status_code == 404
    assert client.post(reverse("notices:send_waiting")).status_code == 404
    row.refresh_from_db()
    assert row.state == NoticeState.FAILED


def test_an_administrator_sends_once_more() -> None:
    row = queue_email(address="a@example.org", title="x", text="y", language="id", actor=SYSTEM)
    Notice.objects.update(state=NoticeState.FAILED)
    before = Job.objects.count()
    browser((Role.ADMINISTRATOR, None)).post(reverse("notices:resend", args=[row.code]))
    row.refresh_from_db()
    assert row.state == NoticeState.QUEUED
    assert Job.objects.count() == before + 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_take_the_same_queries_for_one_row_and_for_three(
    count: int, django_assert_max_num_queries: object
) -> None:
    me = user((Role.ADMINISTRATOR, None))
    for _ in range(count):
        notice(me.pk)
        queue_email(address="a@example.org", title="x", text="y", language="id", actor=SYSTEM)
    client = client_of(me)
    for address, limit in ((INBOX, 7), (OUTBOX, 8)):
        with django_assert_max_num_queries(limit, info=address):  # type: ignore[operator]
            assert client.get(address).status_code == 200


def test_after_two_years_a_message_is_deleted() -> None:
    me = user()
    old, new = notice(me.pk), notice(me.pk)
    Notice.objects.filter(pk=old.pk).update(created_at=clock.now() - timedelta(days=731))
    assert delete_old(actor=SYSTEM) == 1
    assert list(Notice.objects.all()) == [new]

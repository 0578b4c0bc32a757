"""Codes from the desk. Each test is somebody trying to get in who should not, or somebody who should."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import pytest
from django.conf import settings
from django.db import connection
from django.shortcuts import resolve_url
from django.test import Client

from enggang.accounts.domain.desk import IssuedCode, find_desk_code, issue_desk_code, redeem_desk_code
from enggang.accounts.models import DeskCode, User
from enggang.audit.models import AuditEntry
from enggang.core import clock
from enggang.core.actor import ANONYMOUS, SYSTEM
from enggang.core.acts import Conflict
from tests.accounts.factories import NIP, OTHER_PASSWORD, PASSWORD, make_user, sign_in, signed_in_as

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 7, 5, 0, tzinfo=timezone.utc)  # noqa: UP017 -- datetime.UTC reads worse here
HOME = "/akun/"


def issue(user: User) -> IssuedCode:
    return issue_desk_code(user=user, actor=SYSTEM)


def wrong(issued: IssuedCode) -> str:
    return f"{(int(issued.pin) + 1) % 1_000_000:06d}"


def page(issued: IssuedCode) -> str:
    return f"/akun/kode/{issued.token}/"


def test_link_and_digits_sign_in_and_offer_a_password(client: Client) -> None:
    user = make_user(nip=NIP)
    issued = issue(user)
    response = client.post(page(issued), {"pin": issued.spaced_pin})
    assert (response.status_code, response["Location"]) == (302, "/akun/kata-sandi/baru/")
    assert signed_in_as(client) == user.pk
    chosen = client.post("/akun/kata-sandi/baru/", {"password1": PASSWORD, "password2": PASSWORD})
    assert chosen["Location"] == resolve_url(settings.LOGIN_REDIRECT_URL)
    client.logout()
    sign_in(client)
    assert signed_in_as(client) == user.pk


def test_the_password_can_wait(client: Client) -> None:
    issued = issue(make_user())
    client.post(page(issued), {"pin": issued.pin})
    offered = client.get("/akun/kata-sandi/baru/").content.decode()
    assert f'href="{resolve_url(settings.LOGIN_REDIRECT_URL)}"' in offered
    assert client.get(HOME).status_code == 200


def test_opening_the_link_signs_nobody_in_and_uses_nothing_up(client: Client) -> None:
    issued = issue(make_user())
    for method in (client.get, client.head, client.get):
        assert method(page(issued)).status_code == 200
    assert signed_in_as(client) is None
    code = DeskCode.objects.get()
    assert (code.failed_attempts, code.used_at, code.revoked_at) == (0, None, None)


def test_the_page_names_nobody_before_the_digits_are_right(client: Client) -> None:
    user = make_user("Raden Ayu Kencana", nip=NIP, email="kencana@kalbar.example")
    issued = issue(user)
    pages = [client.get(page(issued)), client.post(page(issued), {"pin": wrong(issued)})]
    for response in pages:
        text = response.content.decode()
        assert not any(word in text for word in ("Raden", "Kencana", NIP, "kencana@", user.username))


def test_a_code_works_once(client: Client) -> None:
    issued = issue(make_user())
    client.post(page(issued), {"pin": issued.pin})
    second = Client()
    assert second.get(page(issued)).status_code == 410
    assert second.post(page(issued), {"pin": issued.pin}).status_code == 410
    assert signed_in_as(second) is None


def test_a_new_code_ends_the_one_before_at_once(client: Client) -> None:
    user = make_user()
    first, second = issue(user), issue(user)
    assert client.post(page(first), {"pin": first.pin}).status_code == 410
    assert (
        client.post(page(second), {"pin": first.pin if first.pin != second.pin else wrong(second)}).status_code == 200
    )
    assert signed_in_as(client) is None
    client.post(page(second), {"pin": second.pin})
    assert signed_in_as(client) == user.pk


def test_a_code_ends_after_a_quarter_of_an_hour(client: Client) -> None:
    with clock.frozen_at(NOON):
        issued = issue(make_user())
    with clock.frozen_at(NOON + timedelta(minutes=15)):
        assert client.get(page(issued)).status_code == 410
        assert client.post(page(issued), {"pin": issued.pin}).status_code == 410
    with clock.frozen_at(NOON + timedelta(minutes=14, seconds=59)):
        assert client.get(page(issued)).status_code == 200


def test_five_wrong_tries_kill_the_code_and_each_tells_what_is_left(client: Client) -> None:
    issued = issue(make_user())
    statuses = []
    for left in (4, 3, 2, 1):
        response = client.post(page(issued), {"pin": wrong(issued)})
        assert str(left) in response.content.decode().split("error-summary", 1)[1][:600]
        statuses.append(response.status_code)
    statuses.append(client.post(page(issued), {"pin": wrong(issued)}).status_code)
    assert statuses == [200, 200, 200, 200, 410]
    assert client.post(page(issued), {"pin": issued.pin}).status_code == 410
    assert signed_in_as(client) is None


@pytest.mark.parametrize("pin", ["", "12345", "1234567", "abcdef", "\x00", "١٢٣٤٥٦", "x" * 100_000, "12 34"])
def test_what_cannot_be_six_digits_costs_no_try(client: Client, pin: str) -> None:
    issued = issue(make_user())
    assert client.post(page(issued), {"pin": pin}).status_code == 200
    assert DeskCode.objects.get().failed_attempts == 0


@pytest.mark.parametrize("token", ["x", "0" * 22, "%00", "a" * 5000, "..%2f..", "é" * 20, "\ud800" * 3])
def test_an_unknown_link_looks_like_an_ended_one(client: Client, token: str) -> None:
    ended = client.get("/akun/kode/AAAAAAAAAAAAAAAAAAAAAA/")
    path = f"/akun/kode/{token}/".encode("utf-8", "surrogatepass").decode("latin-1")
    response = client.get(path)
    assert response.status_code in {404, 410}
    if response.status_code == 410:
        assert _plain(response.content) == _plain(ended.content)


def _plain(content: bytes) -> str:
    text = content.decode()
    return text[text.index("<h1>") : text.index("plain__foot")]


def test_the_digits_of_one_code_do_not_open_another(client: Client) -> None:
    mine, theirs = issue(make_user("Mine")), issue(make_user("Theirs"))
    client.post(page(theirs), {"pin": mine.pin if mine.pin != theirs.pin else wrong(theirs)})
    assert signed_in_as(client) is None


def test_whoever_is_signed_in_is_asked_to_sign_out_first(client: Client) -> None:
    user = make_user("Already Here", nip=NIP, password=PASSWORD)
    sign_in(client)
    issued = issue(make_user("Somebody Else"))
    for response in (client.get(page(issued)), client.post(page(issued), {"pin": issued.pin})):
        assert response.status_code == 409
        assert "Already Here" in response.content.decode()
        assert "Somebody Else" not in response.content.decode()
    assert signed_in_as(client) == user.pk
    assert find_desk_code(issued.token) is not None
    assert client.post("/akun/keluar/", {"next": page(issued)})["Location"] == page(issued)


def test_the_session_gets_a_new_key(client: Client) -> None:
    session = client.session
    session["planted"] = True
    session.save()
    planted = str(session.session_key)
    client.cookies["sessionid"] = planted
    issued = issue(make_user())
    client.post(page(issued), {"pin": issued.pin})
    assert client.session.session_key != planted


def test_a_blocked_account_gets_no_code_and_an_open_one_ends(client: Client) -> None:
    user = make_user()
    issued = issue(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.post(page(issued), {"pin": issued.pin}).status_code == 410
    with pytest.raises(Conflict):
        issue(user)


def test_a_new_password_ends_an_open_code(client: Client) -> None:
    user = make_user(nip=NIP, password=PASSWORD)
    issued = issue(user)
    sign_in(client)
    client.post(
        "/akun/kata-sandi/", {"oldpassword": PASSWORD, "password1": OTHER_PASSWORD, "password2": OTHER_PASSWORD}
    )
    assert find_desk_code(issued.token) is None


def test_a_code_does_not_get_round_the_second_step(client: Client) -> None:
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    user = make_user(nip=NIP, password=PASSWORD)
    TOTP.activate(user, generate_totp_secret())
    issued = issue(user)
    response = client.post(page(issued), {"pin": issued.pin})
    assert response["Location"] == "/akun/langkah-kedua/masuk/"
    assert signed_in_as(client) is None
    assert client.get("/akun/kata-sandi/baru/")["Location"].startswith("/akun/masuk/")


def test_the_way_to_a_new_password_closes_after_a_quarter_of_an_hour(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    issued = issue(make_user(nip=NIP, password=PASSWORD))
    client.post(page(issued), {"pin": issued.pin})
    assert client.get("/akun/kata-sandi/baru/").status_code == 200
    later = time.time() + 15 * 60
    monkeypatch.setattr("enggang.accounts.views.passwords.time.time", lambda: later)
    assert client.get("/akun/kata-sandi/baru/")["Location"] == "/akun/kata-sandi/"


def test_a_password_session_cannot_set_a_password_without_the_old_one(client: Client) -> None:
    user = make_user(nip=NIP, password=PASSWORD)
    sign_in(client)
    data = {"password1": OTHER_PASSWORD, "password2": OTHER_PASSWORD}
    assert client.post("/akun/kata-sandi/baru/", data)["Location"] == "/akun/kata-sandi/"
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_tries_from_one_address_are_limited(client: Client) -> None:
    statuses = [client.post("/akun/kode/AAAAAAAAAAAAAAAAAAAAAA/", {"pin": "123456"}).status_code for _ in range(121)]
    assert statuses == [410] * 120 + [429]


def test_neither_link_nor_digits_are_stored() -> None:
    issued = issue(make_user())
    stored = str(DeskCode.objects.values().get()) + str(list(AuditEntry.objects.values()))
    assert issued.token not in stored
    assert issued.pin not in stored
    assert len(issued.pin) == 6


def test_every_try_stands_in_the_audit_trail() -> None:
    user = make_user()
    issued = issue(user)
    redeem_desk_code(token=issued.token, pin=wrong(issued), actor=ANONYMOUS)
    redeem_desk_code(token=issued.token, pin=issued.pin, actor=ANONYMOUS)
    redeem_desk_code(token=issued.token, pin=issued.pin, actor=ANONYMOUS)
    entries = AuditEntry.objects.filter(code="accounts.redeem_desk_code").order_by("pk")
    assert [each.details["result"] for each in entries] == ["wrong", "right", "ended"]
    assert entries[0].subject_code == user.subject.code  # type: ignore[union-attr]


def test_the_answer_is_not_kept_by_any_cache(client: Client) -> None:
    assert "no-store" in client.get(page(issue(make_user())))["Cache-Control"]


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_have_five_tries_together() -> None:
    issued = issue(make_user())

    def attempt(number: int) -> bool:
        try:
            pin = f"{(int(issued.pin) + 1 + number) % 1_000_000:06d}"
            return redeem_desk_code(token=issued.token, pin=pin, actor=ANONYMOUS).user is None
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(attempt, range(20)))
    assert DeskCode.objects.get().failed_attempts == 5


@pytest.mark.django_db(transaction=True)
def test_right_digits_twice_at_once_sign_in_once() -> None:
    issued = issue(make_user())

    def attempt(_number: int) -> bool:
        try:
            return redeem_desk_code(token=issued.token, pin=issued.pin, actor=ANONYMOUS).user is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(attempt, range(4))) == [False, False, False, True]


@pytest.mark.django_db(transaction=True)
def test_a_doubled_press_leaves_one_code_open() -> None:
    user = make_user()

    def press(_number: int) -> None:
        try:
            issue(user)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(press, range(4)))
    assert DeskCode.objects.open().count() == 1
    assert DeskCode.objects.count() == 4

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import hashers
from django.shortcuts import resolve_url
from django.test import Client
from django.utils import timezone

from enggang.accounts.backends import find_user
from enggang.accounts.enums import HandleKind
from enggang.accounts.models import Handle
from enggang.audit.models import AuditEntry
from tests.accounts.factories import NIP, OTHER_PASSWORD, PASSWORD, make_user, sign_in, signed_in_as

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", [NIP, "19900101 201503 1 001", "1990.0101.2015031001", f"  {NIP}\n"])
def test_an_nip_signs_in_however_it_is_spaced(client: Client, typed: str) -> None:
    user = make_user(nip=NIP, password=PASSWORD)
    response = sign_in(client, typed)
    assert response.status_code == 302
    assert signed_in_as(client) == user.pk


def test_a_confirmed_address_signs_in_in_any_case(client: Client) -> None:
    user = make_user(email="putri@kalbar.example", password=PASSWORD)
    sign_in(client, "Putri@Kalbar.Example")
    assert signed_in_as(client) == user.pk


def test_an_address_that_only_receives_messages_does_not_sign_in(client: Client) -> None:
    make_user(nip=NIP, password=PASSWORD).__class__.objects.update(email="kantor@kalbar.example")
    sign_in(client, "kantor@kalbar.example")
    assert signed_in_as(client) is None


def test_an_unconfirmed_handle_does_not_sign_in(client: Client) -> None:
    user = make_user(password=PASSWORD)
    Handle.objects.create(user=user, kind=HandleKind.EMAIL, value="x@y.example", verified_at=None)
    sign_in(client, "x@y.example")
    assert signed_in_as(client) is None


def test_the_random_user_name_does_not_sign_in(client: Client) -> None:
    user = make_user(nip=NIP, password=PASSWORD)
    sign_in(client, user.username)
    assert signed_in_as(client) is None


def test_sign_in_gives_the_session_a_new_key(client: Client) -> None:
    make_user(nip=NIP, password=PASSWORD)
    session = client.session
    session["planted"] = "by an attacker"
    session.save()
    planted = str(session.session_key)
    client.cookies["sessionid"] = planted
    sign_in(client)
    assert signed_in_as(client) is not None
    assert client.session.session_key != planted
    assert not Client(headers={"cookie": f"sessionid={planted}"}).session.get("_auth_user_id")


def test_a_wrong_password_and_an_unknown_account_are_answered_alike(client: Client) -> None:
    make_user(nip=NIP, password=PASSWORD)
    make_user("Blocked", nip="199001012015031009", password=PASSWORD, is_active=False)
    answers = []
    for login, password in [(NIP, OTHER_PASSWORD), ("199901012020121001", OTHER_PASSWORD), ("no@body.example", "x"),
                            ("199001012015031009", PASSWORD)]:  # fmt: skip
        response = sign_in(client, login, password)
        text = response.content.decode().replace(login, "LOGIN")
        answers.append((response.status_code, text[text.index("<h1>") : text.index("plain__foot")]))
    assert len({status for status, _ in answers}) == 1
    assert len({_without_token(text) for _, text in answers}) == 1
    assert signed_in_as(client) is None


def _without_token(text: str) -> str:
    import re

    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text)


def watch_hasher(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The passwords that the hasher is given from now on."""
    hashed: list[str] = []
    hasher = type(hashers.get_hasher())
    encode = hasher.encode

    def watched(self: Any, password: str, *rest: Any) -> str:
        hashed.append(password)
        return encode(self, password, *rest)

    monkeypatch.setattr(hasher, "encode", watched)
    return hashed


@pytest.mark.parametrize("login", ["199901012020121001", "nobody@kalbar.example", "x" * 254])
def test_an_unknown_account_costs_one_password_hash_as_well(
    client: Client, login: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed = watch_hasher(monkeypatch)
    sign_in(client, login, "guess-1234567")
    assert hashed == ["guess-1234567"]


def test_a_known_account_without_a_password_costs_a_hash_as_well(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_user(nip=NIP)
    hashed = watch_hasher(monkeypatch)
    sign_in(client, NIP, "guess-1234567")
    assert len(hashed) == 1
    assert signed_in_as(client) is None


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("a\x00b", "x"),
        ("\x00", "\x00"),
        ("x" * 100_000, "x"),
        (NIP, "x" * 100_000),
        (NIP, "a\x00"),
        ("", ""),
        (" ", " "),
    ],
)
def test_strange_and_huge_input_is_a_form_error(client: Client, login: str, password: str) -> None:
    make_user(nip=NIP, password=PASSWORD)
    response = sign_in(client, login, password)
    assert response.status_code == 200
    assert signed_in_as(client) is None


def test_the_sixth_wrong_password_in_five_minutes_is_not_even_tried(client: Client) -> None:
    make_user(nip=NIP, password=PASSWORD)
    for typed in [NIP, "19900101 201503 1 001", "1990-0101-2015031001", NIP, f" {NIP}"]:
        sign_in(client, typed, OTHER_PASSWORD)
    response = sign_in(client)  # the right one
    assert signed_in_as(client) is None
    assert "Terlalu banyak" in response.content.decode() or "Too many" in response.content.decode()


def test_the_limit_holds_for_unknown_accounts_too(client: Client) -> None:
    for _ in range(5):
        sign_in(client, "199901012020121001", OTHER_PASSWORD)
    response = sign_in(client, "199901012020121001", OTHER_PASSWORD)
    assert "Terlalu banyak" in response.content.decode() or "Too many" in response.content.decode()


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "https:///evil.example",
     "http://localhost/evil", "\x00//evil.example"],
)  # fmt: skip
def test_next_leads_nowhere_else(client: Client, target: str) -> None:
    make_user(nip=NIP, password=PASSWORD)
    response = sign_in(client, next=target)
    assert response.status_code == 302
    assert response["Location"] == resolve_url(settings.LOGIN_REDIRECT_URL)


def test_next_leads_back_to_where_the_person_wanted_to_go(client: Client) -> None:
    make_user(nip=NIP, password=PASSWORD)
    assert sign_in(client, next="/akun/surel/?x=1")["Location"] == "/akun/surel/?x=1"


def test_a_browser_session_ends_with_the_browser_unless_asked(client: Client) -> None:
    make_user(nip=NIP, password=PASSWORD)
    sign_in(client)
    assert client.session.get_expire_at_browser_close()
    client.logout()
    sign_in(client, remember="on")
    assert not client.session.get_expire_at_browser_close()


def test_sign_in_stands_in_the_audit_trail_without_the_nip(client: Client) -> None:
    user = make_user(nip=NIP, password=PASSWORD)
    sign_in(client)
    entry = AuditEntry.objects.get(code="accounts.note_event")
    assert (entry.user_id, entry.details) == (user.pk, {"event": "signed_in"})


def test_the_sign_in_language_is_the_accounts(client: Client) -> None:
    make_user(nip=NIP, password=PASSWORD, language="en")
    sign_in(client)
    assert client.cookies["django_language"].value == "en"


def test_a_browser_that_chose_its_language_keeps_it(client: Client) -> None:
    make_user(nip=NIP, password=PASSWORD, language="en")
    client.cookies["django_language"] = "id"
    sign_in(client)
    assert client.cookies["django_language"].value == "id"


def test_sign_out_needs_a_post(client: Client) -> None:
    make_user(nip=NIP, password=PASSWORD)
    sign_in(client)
    assert client.get("/akun/keluar/").status_code == 200
    assert signed_in_as(client) is not None
    client.post("/akun/keluar/")
    assert signed_in_as(client) is None


def test_a_blocked_account_loses_its_session(client: Client) -> None:
    user = make_user(nip=NIP, password=PASSWORD)
    sign_in(client)
    user.is_active = False
    user.save()
    assert client.get("/akun/surel/").status_code == 302


@pytest.mark.parametrize(
    "path", ["signup/", "login/", "3rdparty/", "social/", "confirm-email/", "daftar/", "email/", "sessions/"]
)
def test_pages_of_the_library_that_we_do_not_offer_are_not_there(client: Client, path: str) -> None:
    assert client.get(f"/akun/{path}").status_code == 404
    assert client.post(f"/akun/{path}", {"username": "x", "password1": PASSWORD}).status_code == 404


def test_the_present_nip_alone_signs_in_after_a_change() -> None:
    from enggang.accounts.domain.handles import set_nip_handle
    from enggang.core.actor import SYSTEM

    user = make_user(nip=NIP)
    set_nip_handle(user=user, nip="199001012022211001", actor=SYSTEM)
    assert find_user(NIP) is None
    assert find_user("199001012022211001") == user


def test_an_nip_of_another_account_is_refused() -> None:
    from enggang.accounts.domain.handles import set_nip_handle
    from enggang.core.actor import SYSTEM
    from enggang.core.acts import Conflict

    make_user(nip=NIP)
    other = make_user("Other")
    with pytest.raises(Conflict):
        set_nip_handle(user=other, nip=NIP, actor=SYSTEM)
    assert not other.handles.exists()


def test_the_timestamps_are_aware() -> None:
    assert make_user(nip=NIP).date_joined > timezone.now() - timedelta(minutes=1)


def test_a_page_that_opens_only_after_signing_in_leads_there_and_back(client: Client) -> None:
    """The link of a morning's mail, opened where nobody is signed in."""
    page = client.get("/hasil/senin/")
    assert page.status_code == 404
    assert 'href="/akun/masuk/?next=/hasil/senin/"' in page.content.decode()
    make_user(nip=NIP, password=PASSWORD)
    sign_in(client, NIP)
    assert "/akun/masuk/?next" not in client.get("/hasil/bukan-halaman/").content.decode()

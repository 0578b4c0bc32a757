from __future__ import annotations

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from enggang.audit.models import AuditEntry
from tests.accounts.factories import NIP, OTHER_PASSWORD, PASSWORD, make_user, sign_in, signed_in_as

pytestmark = pytest.mark.django_db


def code_now(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def switched_on(client: Client) -> tuple[str, list[str]]:
    """A signed-in client switches the second step on; answers the secret and the recovery codes."""
    sign_in(client)
    client.post("/akun/pastikan/", {"password": PASSWORD})
    secret = client.get("/akun/langkah-kedua/pasang/").context["form"].secret
    response = client.post("/akun/langkah-kedua/pasang/", {"code": code_now(secret)})
    assert response["Location"] == "/akun/langkah-kedua/kode-cadangan/"
    codes = client.get(response["Location"]).context["unused_codes"]
    return secret, codes


def test_a_password_alone_no_longer_signs_in(client: Client) -> None:
    user = make_user(nip=NIP, password=PASSWORD)
    secret, _codes = switched_on(client)
    client.post("/akun/keluar/")
    assert sign_in(client)["Location"] == "/akun/langkah-kedua/masuk/"
    assert signed_in_as(client) is None
    assert client.get("/akun/").status_code == 302
    client.post("/akun/langkah-kedua/masuk/", {"code": "000000" if code_now(secret) != "000000" else "111111"})
    assert signed_in_as(client) is None
    client.post("/akun/langkah-kedua/masuk/", {"code": code_now(secret)})
    assert signed_in_as(client) == user.pk


def test_a_recovery_code_works_once(client: Client) -> None:
    user = make_user(nip=NIP, password=PASSWORD)
    _secret, codes = switched_on(client)
    for expected in (user.pk, None):
        client.post("/akun/keluar/")
        sign_in(client)
        client.post("/akun/langkah-kedua/masuk/", {"code": codes[0]})
        assert signed_in_as(client) == expected


def test_recovery_codes_are_shown_once(client: Client) -> None:
    make_user(nip=NIP, password=PASSWORD)
    _secret, codes = switched_on(client)
    assert len(codes) == 10
    assert codes[0] not in client.get("/akun/langkah-kedua/kode-cadangan/").content.decode()
    assert client.get("/akun/langkah-kedua/kode-cadangan/unduh/").status_code in {403, 404}


def test_the_secret_lies_sealed_in_the_database(client: Client) -> None:
    make_user(nip=NIP, password=PASSWORD)
    secret, _codes = switched_on(client)
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored


def test_switching_on_and_off_asks_for_the_password_again(client: Client) -> None:
    make_user(nip=NIP, password=PASSWORD)
    sign_in(client)
    assert client.get("/akun/langkah-kedua/pasang/")["Location"].startswith("/akun/pastikan/")
    client.post("/akun/pastikan/", {"password": OTHER_PASSWORD})
    assert client.get("/akun/langkah-kedua/pasang/").status_code == 302


def test_guessing_the_second_step_is_limited(client: Client) -> None:
    make_user(nip=NIP, password=PASSWORD)
    secret, _codes = switched_on(client)
    client.post("/akun/keluar/")
    sign_in(client)
    for guess in range(5):
        client.post("/akun/langkah-kedua/masuk/", {"code": f"{guess:06d}"})
    client.post("/akun/langkah-kedua/masuk/", {"code": code_now(secret)})
    assert signed_in_as(client) is None


def test_the_second_step_stands_in_the_audit_trail(client: Client, django_capture_on_commit_callbacks: object) -> None:
    make_user(nip=NIP, password=PASSWORD)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        switched_on(client)
    events = [entry.details["event"] for entry in AuditEntry.objects.filter(code="accounts.note_event")]
    assert sorted(events) == ["added_recovery_codes", "added_totp", "signed_in"]


def test_every_page_of_the_second_step_draws(client: Client) -> None:
    make_user(nip=NIP, password=PASSWORD)
    sign_in(client)
    assert client.get("/akun/langkah-kedua/").status_code == 200
    switched_on_client = Client()
    switched_on(switched_on_client)
    for path in ("", "lepas/", "kode-cadangan/", "kode-cadangan/baru/"):
        assert switched_on_client.get(f"/akun/langkah-kedua/{path}").status_code == 200
    assert switched_on_client.post("/akun/langkah-kedua/lepas/").status_code == 302
    assert not Authenticator.objects.exists()


def test_the_square_code_needs_no_style_or_script(client: Client) -> None:
    make_user(nip=NIP, password=PASSWORD)
    sign_in(client)
    client.post("/akun/pastikan/", {"password": PASSWORD})
    text = client.get("/akun/langkah-kedua/pasang/").content.decode()
    assert "<svg" in text
    assert "style=" not in text

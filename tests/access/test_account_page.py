from __future__ import annotations

import pytest
from django.test import Client

from enggang.access.enums import Role
from enggang.accounts.domain.accounts import set_language
from enggang.core.actor import load_user
from enggang.core.acts import NotAllowed
from tests.access.factories import make_holder, make_organisation
from tests.accounts.factories import NIP, PASSWORD, make_user, sign_in

pytestmark = pytest.mark.django_db


def test_the_page_shows_ones_own_name_handles_and_roles(client: Client) -> None:
    agency = make_organisation("Dinas Kepemudaan")
    user = make_holder(Role.ORGANISER, agency, name="Dayang Putri", nip=NIP, email="putri@kalbar.example")
    client.force_login(user)
    text = client.get("/akun/").content.decode()
    assert all(word in text for word in ("Dayang Putri", NIP, "putri@kalbar.example", "Dinas Kepemudaan"))


def test_it_is_for_those_who_are_signed_in(client: Client) -> None:
    assert client.get("/akun/")["Location"] == "/akun/masuk/?next=/akun/"


def test_the_language_is_kept_with_the_account_and_in_this_browser(client: Client) -> None:
    user = make_user()
    client.force_login(user)
    client.post("/akun/bahasa/", {"language": "en"})
    user.refresh_from_db()
    assert user.language == "en"
    assert client.cookies["django_language"].value == "en"
    assert "My account" in client.get("/akun/").content.decode()


@pytest.mark.parametrize("language", ["", "xx", "../id", "\x00", "x" * 5000])
def test_an_unknown_language_changes_nothing(client: Client, language: str) -> None:
    user = make_user()
    client.force_login(user)
    assert client.post("/akun/bahasa/", {"language": language}).status_code == 302
    user.refresh_from_db()
    assert user.language == "id"


def test_nobody_chooses_for_others() -> None:
    user = make_user()
    with pytest.raises(NotAllowed):
        set_language(user=user, language="en", actor=load_user(make_user("Other").pk))


def test_signing_out_everywhere_else_keeps_this_session(client: Client) -> None:
    make_user(nip=NIP, password=PASSWORD)
    other = Client()
    sign_in(client)
    sign_in(other)
    assert client.post("/akun/keluar-semua/").status_code == 302
    assert client.get("/akun/").status_code == 200
    assert other.get("/akun/").status_code == 302


def test_what_changes_something_takes_a_post(client: Client) -> None:
    client.force_login(make_user())
    assert [client.get(f"/akun/{path}/").status_code for path in ("bahasa", "keluar-semua", "surel/hapus")] == [405] * 3


def test_the_privacy_register_is_for_inspectors_and_administrators(client: Client) -> None:
    agency = make_organisation()
    for role, status in ((Role.INSPECTOR, 200), (Role.ADMINISTRATOR, 200), (Role.ORGANISER, 403), (None, 403)):
        client.force_login(make_holder(role, agency))
        assert client.get("/akses/privasi/").status_code == status


def test_a_form_from_another_site_is_refused() -> None:
    make_user(nip=NIP, password=PASSWORD)
    strict = Client(enforce_csrf_checks=True)
    for path in ("/akun/masuk/", "/akun/keluar/", "/akun/bahasa/", "/akun/kode/x/", "/undangan/x/", "/akun/surel/x/"):
        assert strict.post(path, {"login": NIP, "password": PASSWORD}).status_code == 403

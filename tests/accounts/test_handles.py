from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client

from enggang.accounts.domain.handles import ask_email, confirm_email, email_token, remove_email
from enggang.accounts.enums import HandleKind
from enggang.accounts.models import Handle
from enggang.core.actor import ANONYMOUS, load_user
from enggang.core.acts import Conflict, NotAllowed, Refused
from enggang.notices.models import Notice
from tests.accounts.factories import NIP, PASSWORD, make_user, sign_in, signed_in_as

pytestmark = pytest.mark.django_db
ADDRESS = "putri@kalbar.example"


def signed_in(client: Client) -> None:
    """Signed in, and the password typed once more as the address page asks."""
    sign_in(client)
    client.post("/akun/pastikan/", {"password": PASSWORD})


def test_an_address_becomes_a_handle_only_from_its_own_mailbox(client: Client) -> None:
    user = make_user(nip=NIP, password=PASSWORD)
    signed_in(client)
    assert client.post("/akun/surel/", {"email": ADDRESS.upper()}).status_code == 302
    assert not Handle.objects.filter(kind=HandleKind.EMAIL).exists()
    notice = Notice.objects.get()
    assert notice.address == ADDRESS
    link = next(word for word in notice.text.split() if "/akun/surel/" in word)
    path = link[link.index("/akun/") :]
    elsewhere = Client()
    assert elsewhere.get(path).status_code == 200
    assert not Handle.objects.filter(kind=HandleKind.EMAIL).exists()
    assert elsewhere.post(path).status_code == 200
    assert signed_in_as(elsewhere) is None
    handle = Handle.objects.get(kind=HandleKind.EMAIL)
    assert (handle.user, handle.value, handle.verified_at is not None) == (user, ADDRESS, True)
    user.refresh_from_db()
    assert user.email == ADDRESS


def test_the_address_page_asks_for_the_password_first(client: Client) -> None:
    make_user(nip=NIP, password=PASSWORD)
    sign_in(client)
    response = client.post("/akun/surel/", {"email": ADDRESS})
    assert response["Location"].startswith("/akun/pastikan/")
    assert not Notice.objects.exists()


def test_the_page_does_not_tell_that_another_account_has_the_address(client: Client) -> None:
    make_user("Other", email=ADDRESS)
    make_user(nip=NIP, password=PASSWORD)
    signed_in(client)
    client.cookies["django_language"] = "en"
    taken = client.post("/akun/surel/", {"email": ADDRESS}, follow=True).content.decode()
    free = client.post("/akun/surel/", {"email": "free@kalbar.example"}, follow=True).content.decode()
    assert taken.count(ADDRESS) == free.count("free@kalbar.example") == 1
    assert Notice.objects.count() == 2


def test_an_address_of_another_account_cannot_be_confirmed() -> None:
    owner = make_user("Owner", email=ADDRESS)
    thief = make_user("Thief")
    with pytest.raises(Conflict):
        confirm_email(token=email_token(thief, ADDRESS), actor=ANONYMOUS)
    assert Handle.objects.get(value=ADDRESS).user == owner
    thief.refresh_from_db()
    assert thief.email == ""


def test_the_owner_is_told_of_a_new_address_in_the_inbox_and_at_the_one_before() -> None:
    user = make_user(nip=NIP, email="first@kalbar.example")
    for _again in range(2):
        confirm_email(token=email_token(user, "second@kalbar.example"), actor=ANONYMOUS)
    told = Notice.objects.values_list("channel", "address")
    assert sorted(told) == [("email", "first@kalbar.example"), ("inbox", "")]
    assert all("second@kalbar.example" in text for text in Notice.objects.values_list("text", flat=True))


def test_confirming_twice_is_no_error(client: Client) -> None:
    path = f"/akun/surel/{email_token(make_user(), ADDRESS)}/"
    assert [client.post(path).status_code for _ in range(2)] == [200, 200]
    assert Handle.objects.count() == 1


def test_a_forged_or_old_link_is_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    user = make_user()
    token = email_token(user, ADDRESS)
    forged = signing.dumps([user.pk, "evil@kalbar.example"], salt="something.else")
    for bad in (forged, token[:-1], token + "x", "x", ":", "::", "%00", "a" * 3000):
        assert client.post(f"/akun/surel/{bad}/").status_code in {404, 410}
    monkeypatch.setattr("enggang.accounts.domain.handles.CONFIRM_FOR", timedelta(seconds=-1))
    assert client.post(f"/akun/surel/{token}/").status_code == 410
    assert not Handle.objects.exists()


@pytest.mark.parametrize(
    "address", ["", "x", "a@b", "a b@c.example", "a@b.example\nBcc: x@y.example", "x" * 300 + "@a.example"]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    user = make_user()
    with pytest.raises(Refused):
        ask_email(user=user, address=address, actor=load_user(user.pk))
    assert not Notice.objects.exists()


def test_nobody_adds_or_removes_addresses_of_others() -> None:
    user, other = make_user(email=ADDRESS), make_user("Other")
    with pytest.raises(NotAllowed):
        ask_email(user=user, address="x@y.example", actor=load_user(other.pk))
    with pytest.raises(NotAllowed):
        remove_email(handle=user.handles.get(), actor=load_user(other.pk))
    assert user.handles.count() == 1


def test_removing_an_address_that_is_not_ones_own_is_not_found(client: Client) -> None:
    make_user("Other", email=ADDRESS)
    make_user(nip=NIP, password=PASSWORD)
    signed_in(client)
    assert client.post("/akun/surel/hapus/", {"email": ADDRESS}).status_code == 404
    assert client.post("/akun/surel/hapus/", {"email": NIP}).status_code == 404
    assert client.post("/akun/surel/hapus/", {"email": "\x00"}).status_code == 404
    assert Handle.objects.count() == 2


def test_a_removed_address_no_longer_signs_in(client: Client) -> None:
    user = make_user(nip=NIP, email=ADDRESS, password=PASSWORD)
    signed_in(client)
    assert client.post("/akun/surel/hapus/", {"email": ADDRESS}).status_code == 302
    user.refresh_from_db()
    assert (user.email, user.handles.count()) == ("", 1)


def test_an_nip_cannot_be_taken_off_by_its_holder() -> None:
    user = make_user(nip=NIP)
    with pytest.raises(Conflict):
        remove_email(handle=user.handles.get(), actor=load_user(user.pk))


def test_confirmation_mails_are_limited(client: Client) -> None:
    make_user(nip=NIP, password=PASSWORD)
    signed_in(client)
    statuses = [client.post("/akun/surel/", {"email": ADDRESS}).status_code for _ in range(6)]
    assert statuses == [302] * 5 + [429]
    assert Notice.objects.count() == 5

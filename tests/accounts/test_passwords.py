from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client

from enggang.accounts.domain.passwords import reset_path, send_reset_link, set_password
from enggang.accounts.models import User
from enggang.audit.models import AuditEntry
from enggang.core.actor import load_user
from enggang.core.acts import NotAllowed
from enggang.core.models import Job
from enggang.notices.models import Notice
from tests.accounts.factories import NIP, OTHER_PASSWORD, PASSWORD, make_user, sign_in, signed_in_as

pytestmark = pytest.mark.django_db
ADDRESS = "putri@kalbar.example"
NEW = {"password1": OTHER_PASSWORD, "password2": OTHER_PASSWORD}


def ask(client: Client, address: str) -> None:
    response = client.post("/akun/kata-sandi/lupa/", {"email": address})
    assert (response.status_code, response["Location"]) == (302, "/akun/kata-sandi/lupa/terkirim/")


def mailed_path() -> str:
    job = Job.objects.filter(name="accounts.send_reset_link").latest("pk")
    send_reset_link(None, **job.arguments)
    link = next(word for word in Notice.objects.latest("pk").text.split() if "/akun/" in word)
    assert link.startswith(settings.PUBLIC_URL)
    return link.removeprefix(settings.PUBLIC_URL)


def test_a_forgotten_password_is_set_anew_through_the_mailbox(client: Client) -> None:
    user = make_user(nip=NIP, email=ADDRESS, password=PASSWORD)
    ask(client, ADDRESS.title())
    form = client.get(mailed_path(), follow=True)
    assert form.status_code == 200
    where = form.redirect_chain[-1][0]
    assert where.endswith("-set-password/")  # the key has left the address line
    assert client.post(where, NEW)["Location"] == "/akun/kata-sandi/lupa/selesai/"
    assert signed_in_as(client) is None
    user.refresh_from_db()
    assert user.check_password(OTHER_PASSWORD)


def test_the_answer_and_the_work_are_the_same_for_an_unknown_address(client: Client) -> None:
    make_user(email=ADDRESS)
    make_user("Blocked", email="blocked@kalbar.example", is_active=False)
    make_user("Mail only").__class__.objects.filter(name="Mail only").update(email="only@kalbar.example")
    for address in (ADDRESS, "nobody@kalbar.example", "blocked@kalbar.example", "only@kalbar.example"):
        ask(client, address)
    jobs = list(Job.objects.filter(name="accounts.send_reset_link").order_by("pk"))
    assert [bool(job.arguments["handle_id"]) for job in jobs] == [True, False, False, False]
    for job in jobs:
        send_reset_link(None, **job.arguments)
    assert list(Notice.objects.values_list("address", flat=True)) == [ADDRESS]


def test_the_job_holds_no_address() -> None:
    make_user(email=ADDRESS)
    ask(Client(), ADDRESS)
    assert "@" not in str(Job.objects.values_list("arguments", "title").get(name="accounts.send_reset_link"))


def test_opening_the_link_changes_nothing(client: Client) -> None:
    user = make_user(email=ADDRESS, password=PASSWORD)
    path = reset_path(user)
    for _ in range(3):
        assert client.get(path, follow=True).status_code == 200
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_a_link_works_once(client: Client) -> None:
    user = make_user(email=ADDRESS, password=PASSWORD)
    path = reset_path(user)
    where = client.get(path)["Location"]
    client.post(where, NEW)
    again = Client()
    assert again.get(path).status_code == 200  # the page that says so, no redirect to a form
    assert "password1" not in again.get(path).content.decode()
    assert client.post(where, {"password1": PASSWORD, "password2": PASSWORD}).status_code == 200
    user.refresh_from_db()
    assert user.check_password(OTHER_PASSWORD)


def test_the_key_of_one_account_does_not_open_another(client: Client) -> None:
    mine, theirs = make_user("Mine", email=ADDRESS), make_user("Theirs", email="b@kalbar.example", password=PASSWORD)
    path = re.sub(r"/lupa/[0-9a-z]+-", f"/lupa/{_uid(theirs)}-", reset_path(mine))
    assert "password1" not in client.get(path, follow=True).content.decode()
    theirs.refresh_from_db()
    assert theirs.check_password(PASSWORD)


def _uid(user: User) -> str:
    return reset_path(user).split("/lupa/")[1].split("-")[0]


@pytest.mark.parametrize("key", ["x-y", "zzzzzzzzzzzzz-abc", "1-" + "a" * 200, "1-set-password"])
def test_a_made_up_link_opens_nothing(client: Client, key: str) -> None:
    make_user(email=ADDRESS)
    response = client.get(f"/akun/kata-sandi/lupa/{key}/", follow=True)
    assert response.status_code in {200, 404}
    assert "password1" not in response.content.decode()


def test_a_reset_ends_every_session(client: Client) -> None:
    user = make_user(nip=NIP, email=ADDRESS, password=PASSWORD)
    sign_in(client)
    user.refresh_from_db()
    other = Client()
    other.post(other.get(reset_path(user))["Location"], NEW)
    assert client.get("/akun/").status_code == 302


def test_a_reset_does_not_get_round_the_second_step(client: Client) -> None:
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    user = make_user(nip=NIP, email=ADDRESS, password=PASSWORD)
    TOTP.activate(user, generate_totp_secret())
    client.post(client.get(reset_path(user))["Location"], NEW)
    assert sign_in(client, NIP, OTHER_PASSWORD)["Location"] == "/akun/langkah-kedua/masuk/"
    assert signed_in_as(client) is None


def test_reset_mails_to_one_address_are_limited(client: Client) -> None:
    make_user(email=ADDRESS)
    statuses = [client.post("/akun/kata-sandi/lupa/", {"email": ADDRESS}).status_code for _ in range(6)]
    assert statuses == [302] * 5 + [429]


def test_changing_the_password_needs_the_old_one_and_ends_other_sessions(client: Client) -> None:
    user = make_user(nip=NIP, password=PASSWORD)
    other = Client()
    sign_in(client)
    sign_in(other)
    client.post("/akun/kata-sandi/", {"oldpassword": "not this one", **NEW})
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert client.post("/akun/kata-sandi/", {"oldpassword": PASSWORD, **NEW}).status_code == 302
    assert client.get("/akun/").status_code == 200
    assert other.get("/akun/").status_code == 302


@pytest.mark.parametrize("weak", ["short", "1234567890", "password123", "a" * 2000])
def test_a_weak_or_endless_password_is_refused(client: Client, weak: str) -> None:
    user = make_user(nip=NIP, password=PASSWORD)
    sign_in(client)
    response = client.post("/akun/kata-sandi/", {"oldpassword": PASSWORD, "password1": weak, "password2": weak})
    assert response.status_code == 200
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_the_owner_is_told_when_a_password_is_replaced_and_not_when_it_is_the_first() -> None:
    user = make_user(nip=NIP, email=ADDRESS)
    set_password(user=user, password=PASSWORD, actor=load_user(user.pk))
    assert not Notice.objects.exists()
    set_password(user=user, password=OTHER_PASSWORD, actor=load_user(user.pk))
    assert sorted(Notice.objects.values_list("channel", "address")) == [("email", ADDRESS), ("inbox", "")]
    assert OTHER_PASSWORD not in "".join(Notice.objects.values_list("text", flat=True))


def test_nobody_sets_the_password_of_others() -> None:
    user, other = make_user(password=PASSWORD), make_user("Other")
    with pytest.raises(NotAllowed):
        set_password(user=user, password=OTHER_PASSWORD, actor=load_user(other.pk))
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_the_audit_trail_tells_that_a_password_was_set_and_not_which() -> None:
    user = make_user()
    set_password(user=user, password=OTHER_PASSWORD, actor=load_user(user.pk))
    entry = AuditEntry.objects.get(code="accounts.set_password")
    assert (entry.user_id, entry.details) == (user.pk, {})


def test_passwords_are_kept_by_argon2_in_the_product() -> None:
    from enggang.config import settings as product

    assert product.PASSWORD_HASHERS[0] == "django.contrib.auth.hashers.Argon2PasswordHasher"

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from django.test import Client

from enggang.access.domain.actors import actor_for
from enggang.access.domain.invitations import Invitation, invite_user
from enggang.access.enums import LinkScope, Role
from enggang.access.models import CapabilityLink
from enggang.accounts.models import User
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.notices.models import Notice
from tests.access.factories import actor_with, give, make_holder, make_organisation
from tests.accounts.factories import NIP, OTHER_PASSWORD, PASSWORD, make_user, sign_in, signed_in_as

pytestmark = pytest.mark.django_db
CHOSEN = {"login": NIP, "password1": PASSWORD, "password2": PASSWORD}


def path(invitation: Invitation) -> str:
    assert invitation.url.startswith(settings.PUBLIC_URL)
    return invitation.url.removeprefix(settings.PUBLIC_URL)


def invite(user: User) -> str:
    return path(invite_user(user=user, actor=SYSTEM))


def test_the_invited_person_chooses_a_password_and_is_in(client: Client) -> None:
    user = make_user(nip=NIP)
    where = invite(user)
    assert client.get(where).status_code == 200
    response = client.post(where, CHOSEN)
    assert response["Location"] == resolve_url(settings.LOGIN_REDIRECT_URL)
    assert signed_in_as(client) == user.pk
    client.logout()
    sign_in(client)
    assert signed_in_as(client) == user.pk


def test_opening_uses_nothing_up_and_names_nobody(client: Client) -> None:
    where = invite(make_user("Raden Kencana", nip=NIP))
    for _ in range(3):
        response = client.get(where)
        assert response.status_code == 200
        assert not any(word in response.content.decode() for word in ("Raden", "Kencana", NIP))
    assert CapabilityLink.objects.get().uses_left == 1


def test_it_works_once(client: Client) -> None:
    user = make_user(nip=NIP)
    where = invite(user)
    client.post(where, CHOSEN)
    other = Client()
    assert other.get(where).status_code == 410
    taken = {"login": NIP, "password1": OTHER_PASSWORD, "password2": OTHER_PASSWORD}
    assert other.post(where, taken).status_code == 410
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_a_link_in_the_wrong_hands_opens_nothing(client: Client) -> None:
    user = make_user(nip=NIP)
    make_user("Colleague", nip="199001012015031009")
    where = invite(user)
    for login in ("199001012015031009", "", "nobody@kalbar.example", user.username, "\x00", "x" * 100_000):
        assert client.post(where, {**CHOSEN, "login": login}).status_code == 200
    user.refresh_from_db()
    assert not user.has_usable_password()
    assert signed_in_as(client) is None
    assert CapabilityLink.objects.get().uses_left == 1


def test_guessing_whose_it_is_is_limited(client: Client) -> None:
    where = invite(make_user(nip=NIP))
    statuses = [client.post(where, {**CHOSEN, "login": f"19900101201503{n:04d}"}).status_code for n in range(11)]
    assert statuses == [200] * 10 + [429]


def test_it_ends_after_seven_days_and_with_a_newer_one(client: Client) -> None:
    user = make_user(nip=NIP)
    with clock.frozen_at(clock.now() - timedelta(days=7)):
        old = invite(user)
    assert client.get(old).status_code == 410
    first, second = invite(user), invite(user)
    assert [client.get(each).status_code for each in (first, second)] == [410, 200]


def test_a_weak_password_keeps_the_invitation(client: Client) -> None:
    user = make_user(nip=NIP)
    where = invite(user)
    assert client.post(where, {**CHOSEN, "password1": "short", "password2": "short"}).status_code == 200
    assert client.post(where, {**CHOSEN, "password2": OTHER_PASSWORD}).status_code == 200
    assert client.post(where, CHOSEN).status_code == 302


def test_whoever_is_signed_in_is_asked_to_sign_out_first(client: Client) -> None:
    where = invite(make_user("Somebody Else", nip=NIP))
    client.force_login(make_user("Already Here"))
    response = client.post(where, CHOSEN)
    assert response.status_code == 409
    assert "Somebody Else" not in response.content.decode()
    assert CapabilityLink.objects.get().uses_left == 1


@pytest.mark.parametrize("token", ["x", "%00", "é" * 9, "a" * 4000])
def test_an_unknown_link_is_an_ended_one(client: Client, token: str) -> None:
    assert client.get(f"/undangan/{token}/").status_code in {404, 410}


def test_a_link_of_another_scope_sets_no_password(client: Client) -> None:
    from enggang.access.domain.links import open_link
    from enggang.accounts.domain.accounts import subject_of

    user = make_user(nip=NIP)
    _link, token = open_link(
        scope=LinkScope.REGISTRATION, subject=subject_of(user), actor=SYSTEM,
        expires_at=clock.now() + timedelta(days=1),
    )  # fmt: skip
    assert client.post(f"/undangan/{token}/", CHOSEN).status_code == 410


def test_an_invitation_does_not_get_round_the_second_step(client: Client) -> None:
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    user = make_user(nip=NIP)
    TOTP.activate(user, generate_totp_secret())
    assert client.post(invite(user), CHOSEN)["Location"] == "/akun/langkah-kedua/masuk/"
    assert signed_in_as(client) is None


def test_the_text_can_be_forwarded_and_is_mailed_where_there_is_an_address() -> None:
    user = make_user(nip=NIP, email="putri@kalbar.example")
    invitation = invite_user(user=user, actor=SYSTEM)
    assert invitation.url in invitation.text
    assert user.name in invitation.text
    assert Notice.objects.get().address == invitation.mailed_to == "putri@kalbar.example"


def test_the_invitation_of_a_powerful_account_is_mailed_to_no_address_from_the_staff_list() -> None:
    """Such an address was typed by somebody who may not open the account: they would get the link."""
    user = make_user(nip=NIP)
    User.objects.filter(pk=user.pk).update(email="coordinator@kalbar.example")
    user.refresh_from_db()
    assert invite_user(user=user, actor=SYSTEM).mailed_to == "coordinator@kalbar.example"
    give(user, Role.ORGANISER, make_organisation())
    assert invite_user(user=user, actor=SYSTEM).mailed_to == ""
    assert Notice.objects.count() == 1


def test_an_account_that_cannot_sign_in_or_is_blocked_is_not_invited() -> None:
    with pytest.raises(Conflict):
        invite_user(user=make_user(), actor=SYSTEM)
    with pytest.raises(Conflict):
        invite_user(user=make_user(nip=NIP, is_active=False), actor=SYSTEM)
    assert not CapabilityLink.objects.exists()


def test_only_an_administrator_above_everything_the_account_holds_invites() -> None:
    province = make_organisation("Province")
    agency = make_organisation("Agency", province)
    organiser = make_holder(Role.ORGANISER, province, nip=NIP)
    for actor in (actor_with(Role.ADMINISTRATOR, agency), actor_with(Role.ORGANISER, None), actor_for(organiser)):
        with pytest.raises(NotAllowed):
            invite_user(user=organiser, actor=actor)
    invite_user(user=organiser, actor=actor_with(Role.ADMINISTRATOR, province))


def test_the_token_is_not_stored() -> None:
    where = invite(make_user(nip=NIP))
    assert where.split("/")[2] not in str(list(CapabilityLink.objects.values()))

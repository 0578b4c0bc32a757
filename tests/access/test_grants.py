from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client

from enggang.access.domain.actors import actor_for
from enggang.access.domain.grants import end_role, grant_role
from enggang.access.domain.invitations import invite_user
from enggang.access.enums import Role
from enggang.access.models import CapabilityLink, RoleGrant
from enggang.access.queries.grants import grants_held
from enggang.accounts.backends import find_user
from enggang.accounts.domain.desk import find_desk_code, issue_desk_code
from enggang.accounts.domain.handles import email_token, read_email_token
from enggang.audit.models import AuditEntry
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed, Refused
from tests.access.factories import actor_with, give, make_holder, make_organisation
from tests.accounts.factories import NIP, OTHER_PASSWORD, PASSWORD, make_user, sign_in

pytestmark = pytest.mark.django_db


def test_an_administrator_gives_a_role_below_himself() -> None:
    province = make_organisation("Province")
    agency = make_organisation("Agency", province)
    user = make_user(nip=NIP)
    grant = grant_role(
        user=user, role=Role.ORGANISER, organisation=agency, actor=actor_with(Role.ADMINISTRATOR, province)
    )
    assert actor_for(user).holds(Role.ORGANISER, at=agency.path)
    assert not actor_for(user).holds(Role.ORGANISER, at=province.path)
    entry = AuditEntry.objects.get(code="access.grant_role")
    assert entry.details == {"role": "organiser", "at": agency.code, "grant": grant.code}
    assert entry.subject_code == user.username or entry.subject_code == user.subject.code  # type: ignore[union-attr]


@pytest.mark.parametrize("role", list(Role))
def test_nobody_gives_a_role_above_or_beside_his_subtree(role: Role) -> None:
    province = make_organisation("Province")
    agency, beside = make_organisation("Agency", province), make_organisation("Beside", province)
    actor = actor_with(Role.ADMINISTRATOR, agency)
    user = make_user()
    for where in (None, province, beside):
        with pytest.raises(NotAllowed):
            grant_role(user=user, role=role, organisation=where, actor=actor)
    assert not user.role_grants.exists()


@pytest.mark.parametrize("role", [each for each in Role if each != Role.ADMINISTRATOR])
def test_only_administrators_give_roles(role: Role) -> None:
    agency = make_organisation()
    with pytest.raises(NotAllowed):
        grant_role(user=make_user(), role=Role.PARTICIPANT, organisation=agency, actor=actor_with(role, None))


@pytest.mark.parametrize("everywhere", [True, False])
def test_the_same_role_twice_is_told(everywhere: bool) -> None:
    where = None if everywhere else make_organisation()
    user = make_user()
    grant_role(user=user, role=Role.LEADER, organisation=where, actor=SYSTEM)
    with pytest.raises(Conflict):
        grant_role(user=user, role=Role.LEADER, organisation=where, actor=SYSTEM)
    assert user.role_grants.count() == 1


def test_an_ended_role_can_be_given_again_and_both_stay_on_record() -> None:
    agency, user = make_organisation(), make_user()
    end_role(grant=grant_role(user=user, role=Role.LEADER, organisation=agency, actor=SYSTEM), actor=SYSTEM)
    assert actor_for(user).grants == ()
    grant_role(user=user, role=Role.LEADER, organisation=agency, actor=SYSTEM)
    assert user.role_grants.count() == 2
    assert len(actor_for(user).grants) == 1


def test_a_role_that_ran_out_can_be_given_again() -> None:
    agency, user = make_organisation(), make_user()
    give(user, Role.LEADER, agency, valid_to=clock.today() - timedelta(days=1))
    grant_role(user=user, role=Role.LEADER, organisation=agency, actor=SYSTEM)
    assert len(actor_for(user).grants) == 1


def test_a_role_holds_from_its_first_to_its_last_day() -> None:
    agency, user = make_organisation(), make_user()
    today = clock.today()
    give(user, Role.LEADER, agency, valid_from=today + timedelta(days=1))
    give(user, Role.GRADER, agency, valid_to=today)
    give(user, Role.ASSESSOR, agency, valid_to=today - timedelta(days=1))
    assert [grant.role for grant in actor_for(user).grants] == [Role.GRADER]
    assert {grant.role for grant in grants_held(user)} == {Role.GRADER, Role.LEADER}


@pytest.mark.parametrize(("start", "end"), [(0, -1), (5, 4), (-10, -5)])
def test_days_in_the_wrong_order_are_refused(start: int, end: int) -> None:
    today, user = clock.today(), make_user()
    with pytest.raises(Conflict):
        grant_role(
            user=user, role=Role.LEADER, organisation=make_organisation(), actor=SYSTEM,
            valid_from=today + timedelta(days=start), valid_to=today + timedelta(days=end),
        )  # fmt: skip
    assert not user.role_grants.exists()


def test_a_blocked_account_gets_no_role() -> None:
    with pytest.raises(Conflict):
        grant_role(user=make_user(is_active=False), role=Role.LEADER, organisation=make_organisation(), actor=SYSTEM)


def test_a_role_with_power_ends_open_codes_and_invitations() -> None:
    """Else a coordinator could take a code for somebody who becomes administrator a minute later."""
    agency, user = make_organisation(), make_user(nip=NIP)
    issued = issue_desk_code(user=user, actor=SYSTEM)
    invite_user(user=user, actor=SYSTEM)
    grant_role(user=user, role=Role.PARTICIPANT, organisation=agency, actor=SYSTEM)
    assert find_desk_code(issued.token)
    grant_role(user=user, role=Role.ORGANISER, organisation=agency, actor=SYSTEM)
    assert find_desk_code(issued.token) is None
    assert not CapabilityLink.objects.usable(clock.now()).exists()


def test_what_a_coordinator_may_have_set_opens_no_account_that_rises_to_power(client: Client) -> None:
    """A coordinator signs in with a code for one of their staff, sets a password and an address, and waits."""
    agency, user = make_organisation(), make_user(nip=NIP, email="trap@evil.example", password=PASSWORD)
    pending = email_token(user, "second@evil.example")
    assert sign_in(client)["Location"]
    administrator = actor_with(Role.ADMINISTRATOR, agency)
    grant_role(user=user, role=Role.INSTRUCTOR, organisation=agency, actor=administrator)
    assert client.get("/beranda/").status_code == 200
    grant_role(user=user, role=Role.ORGANISER, organisation=agency, actor=administrator)
    assert client.get("/beranda/").status_code == 302
    assert sign_in(Client()).status_code == 200
    assert find_user("trap@evil.example") is None
    with pytest.raises(Refused):
        read_email_token(pending)
    invitation = invite_user(user=user, actor=administrator)
    assert invitation.mailed_to == ""
    page = invitation.url.partition("//")[2].partition("/")[2]
    chosen = {"login": NIP, "password1": OTHER_PASSWORD, "password2": OTHER_PASSWORD}
    assert Client().post(f"/{page}", chosen).status_code == 302


def test_a_second_role_leaves_the_way_in_as_it_is() -> None:
    agency, user = make_organisation(), make_user(nip=NIP, password=PASSWORD)
    give(user, Role.ORGANISER, agency)
    grant_role(user=user, role=Role.LEADER, organisation=agency, actor=actor_with(Role.ADMINISTRATOR, agency))
    assert sign_in(Client())["Location"]


def test_the_last_administrator_cannot_be_removed_not_even_by_himself() -> None:
    agency = make_organisation()
    last = make_holder(Role.ADMINISTRATOR, agency)
    grant = last.role_grants.get()
    with pytest.raises(Conflict):
        end_role(grant=grant, actor=actor_for(last))
    blocked = make_holder(Role.ADMINISTRATOR, agency, name="Blocked")
    type(blocked).objects.filter(pk=blocked.pk).update(is_active=False)
    give(make_user("Later"), Role.ADMINISTRATOR, agency, valid_from=clock.today() + timedelta(days=1))
    give(make_user("Below"), Role.ADMINISTRATOR, make_organisation("Unit", agency))
    with pytest.raises(Conflict):
        end_role(grant=grant, actor=actor_for(last))
    assert actor_for(last).holds(Role.ADMINISTRATOR, at=agency.path)


def test_an_administrator_may_go_when_one_above_or_beside_him_stays() -> None:
    province = make_organisation("Province")
    agency = make_organisation("Agency", province)
    going = make_holder(Role.ADMINISTRATOR, agency)
    make_holder(Role.ADMINISTRATOR, province, name="Above")
    end_role(grant=going.role_grants.get(), actor=actor_for(going))
    assert actor_for(going).grants == ()


def test_ending_twice_is_told() -> None:
    grant = grant_role(user=make_user(), role=Role.LEADER, organisation=make_organisation(), actor=SYSTEM)
    end_role(grant=grant, actor=SYSTEM)
    with pytest.raises(Conflict):
        end_role(grant=grant, actor=SYSTEM)


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_end_each_other_leave_one() -> None:
    agency = make_organisation()
    one, two = make_holder(Role.ADMINISTRATOR, agency, name="One"), make_holder(Role.ADMINISTRATOR, agency, name="Two")
    pairs = [(actor_for(one), two.role_grants.get()), (actor_for(two), one.role_grants.get())]

    def end(pair: tuple[object, RoleGrant]) -> bool:
        try:
            end_role(grant=pair[1], actor=pair[0])  # type: ignore[arg-type]
        except Conflict:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(end, pairs)) == [False, True]
    assert RoleGrant.objects.on(clock.today()).count() == 1


def signed_in(client: Client, role: Role | None, organisation: object = None) -> None:
    client.force_login(make_holder(role, organisation))  # type: ignore[arg-type]
    client.cookies["django_language"] = "en"


def test_the_list_shows_the_subtree_and_nothing_else(client: Client) -> None:
    province = make_organisation("Province")
    agency, beside = make_organisation("Agency", province), make_organisation("Beside", province)
    for name, where in (("Ours", agency), ("Theirs", beside), ("Above", province), ("Top", None)):
        make_holder(Role.LEADER, where, name=f"{name} Leader")
    signed_in(client, Role.ADMINISTRATOR, agency)
    text = client.get("/akses/peran/").content.decode()
    assert "Ours Leader" in text
    assert not any(name in text for name in ("Theirs Leader", "Above Leader", "Top Leader"))
    assert "Ours Leader" not in client.get("/akses/peran/", {"role": "grader"}).content.decode()
    assert "Ours Leader" in client.get("/akses/peran/", {"text": "OURS"}).content.decode()
    assert client.get("/akses/peran/", {"text": "\x00", "role": "x"}).status_code == 200


def test_a_role_is_given_by_what_the_person_signs_in_with(client: Client) -> None:
    agency = make_organisation()
    user = make_user(nip=NIP)
    signed_in(client, Role.ADMINISTRATOR, agency)
    data = {"login": "19900101 201503 1 001", "role": "coordinator", "organisation": agency.pk, "valid_to": ""}
    assert client.post("/akses/peran/beri/", data)["Location"] == "/akses/peran/"
    assert user.role_grants.get().organisation == agency
    again = client.post("/akses/peran/beri/", data)
    assert again.status_code == 200
    assert "already has that role" in again.content.decode()


@pytest.mark.parametrize(
    "change",
    [{"login": "nobody"}, {"login": "\x00"}, {"role": "king"}, {"organisation": ""}, {"organisation": "999999"},
     {"organisation": "x"}, {"valid_to": "2020-01-01"}, {"valid_to": "soon"}, {"login": "x" * 100_000}],
)  # fmt: skip
def test_a_wrong_form_gives_nothing(client: Client, change: dict[str, str]) -> None:
    agency = make_organisation()
    user = make_user(nip=NIP)
    signed_in(client, Role.ADMINISTRATOR, agency)
    data = {"login": NIP, "role": "coordinator", "organisation": agency.pk, "valid_to": "", **change}
    assert client.post("/akses/peran/beri/", data).status_code == 200
    assert not user.role_grants.exists()


def test_the_form_does_not_take_an_organisation_of_others(client: Client) -> None:
    agency, beside = make_organisation("Agency"), make_organisation("Beside")
    user = make_user(nip=NIP)
    signed_in(client, Role.ADMINISTRATOR, agency)
    data = {"login": NIP, "role": "coordinator", "organisation": beside.pk}
    assert client.post("/akses/peran/beri/", data).status_code == 200
    assert not user.role_grants.exists()


def test_a_grant_of_others_is_not_found(client: Client) -> None:
    agency, beside = make_organisation("Agency"), make_organisation("Beside")
    theirs = give(make_user(), Role.LEADER, beside)
    signed_in(client, Role.ADMINISTRATOR, agency)
    assert client.post(f"/akses/peran/{theirs.code}/akhiri/").status_code == 404
    assert client.post(f"/akses/undang/{theirs.user.username}/").status_code == 404
    theirs.refresh_from_db()
    assert theirs.ended_at is None
    assert not CapabilityLink.objects.exists()


def test_dates_are_those_of_the_calendar() -> None:
    assert give(make_user(), Role.LEADER, None, valid_to=date(2020, 1, 2)).is_running is False

"""Staff at the desk, and those who would like a code that is not for them to give."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from enggang.access.domain.actors import actor_for
from enggang.access.domain.grants import grant_role
from enggang.access.enums import Role
from enggang.access.models import CapabilityLink
from enggang.accounts.backends import find_user
from enggang.accounts.models import DeskCode, User
from enggang.audit.models import AuditEntry
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.people.domain.accounts import ensure_user, hand_out_code, invite_person, may_let_person_in
from enggang.people.models import Person
from enggang.places.models import Organisation
from tests.accounts.factories import signed_in_as
from tests.people.factories import NIP, OTHER_NIP, make_actor, make_organisation, make_person, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_cache(db: None) -> None:
    cache.clear()


@pytest.fixture
def agency() -> Organisation:
    return make_organisation("Disporapar")


def desk(person: Person) -> str:
    return reverse("people:desk_code", args=[person.code])


def test_the_whole_way_from_the_desk_to_the_phone(agency: Organisation) -> None:
    officer, phone = Client(), Client()
    officer.force_login(make_user(Role.COORDINATOR, agency))
    person = make_person(agency, "Siti Aminah", nip=NIP)
    assert officer.get(desk(person)).status_code == 200
    assert not DeskCode.objects.exists()
    shown = officer.post(desk(person), {"way": "code"})
    issued, url = shown.context["issued"], shown.context["url"]
    assert issued.spaced_pin in shown.content.decode()
    assert "<svg" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert issued.pin not in url
    where = url.removeprefix("http://testserver")
    assert phone.get(where).status_code == 200
    phone.post(where, {"pin": issued.pin})
    person.refresh_from_db()
    assert signed_in_as(phone) == person.user_id
    assert find_user(NIP) == person.user


def test_a_second_press_ends_the_first_code(agency: Organisation) -> None:
    officer, phone = Client(), Client()
    officer.force_login(make_user(Role.COORDINATOR, agency))
    person = make_person(agency)
    pages = [officer.post(desk(person), {"way": "code"}).context for _ in range(2)]
    first, second = ((each["issued"], each["url"].removeprefix("http://testserver")) for each in pages)
    assert phone.post(first[1], {"pin": first[0].pin}).status_code == 410
    assert phone.post(second[1], {"pin": second[0].pin}).status_code == 302


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("where", ["own", "other", "below"])
def test_who_gets_which_answer(client: Client, agency: Organisation, role: Role, where: str) -> None:
    homes = {"own": agency, "other": make_organisation("Other"), "below": make_organisation("Unit", agency)}
    person = make_person(homes[where])
    client.force_login(make_user(role, agency))
    may = role in {Role.ADMINISTRATOR, Role.ORGANISER, Role.COORDINATOR} and where != "other"
    sees = role in {Role.ADMINISTRATOR, Role.ORGANISER, Role.COORDINATOR, Role.LEADER, Role.INSPECTOR}
    refused = 403 if sees and where != "other" else 404
    expected = 200 if may else refused
    assert [client.get(desk(person)).status_code, client.post(desk(person)).status_code] == [expected, expected]
    assert DeskCode.objects.exists() is may
    assert User.objects.count() == 1 + may


@pytest.mark.parametrize("held", [role for role in Role if role not in {Role.PARTICIPANT, Role.INSTRUCTOR}])
@pytest.mark.parametrize("by", [Role.COORDINATOR, Role.ORGANISER])
def test_a_coordinator_or_organiser_gets_no_code_for_somebody_with_power(
    agency: Organisation, by: Role, held: Role
) -> None:
    person = make_person(agency)
    grant_role(
        user=ensure_user(person=person, actor=SYSTEM), role=held, organisation=make_organisation("X"), actor=SYSTEM
    )
    actor = make_actor(by, agency)
    for act in (hand_out_code, invite_person):
        with pytest.raises(NotAllowed):
            act(person=person, actor=actor)
    assert not DeskCode.objects.exists()
    assert not CapabilityLink.objects.exists()


def test_a_role_that_begins_tomorrow_counts_today(agency: Organisation) -> None:
    person = make_person(agency)
    grant_role(
        user=ensure_user(person=person, actor=SYSTEM), role=Role.ORGANISER, organisation=agency, actor=SYSTEM,
        valid_from=date(2999, 1, 1),
    )  # fmt: skip
    assert not may_let_person_in(make_actor(Role.COORDINATOR, agency), person)


def test_an_administrator_of_the_agency_hands_a_code_to_its_organiser_but_not_to_the_provinces() -> None:
    province = make_organisation("Province")
    agency = make_organisation("Agency", province)
    organiser, leader = make_person(agency, "Organiser"), make_person(agency, "Leader")
    grant_role(user=ensure_user(person=organiser, actor=SYSTEM), role=Role.ORGANISER, organisation=agency, actor=SYSTEM)
    grant_role(user=ensure_user(person=leader, actor=SYSTEM), role=Role.LEADER, organisation=province, actor=SYSTEM)
    actor = make_actor(Role.ADMINISTRATOR, agency)
    assert hand_out_code(person=organiser, actor=actor)
    with pytest.raises(NotAllowed):
        hand_out_code(person=leader, actor=actor)


def test_nobody_hands_himself_a_code(agency: Organisation) -> None:
    person = make_person(agency)
    user = ensure_user(person=person, actor=SYSTEM)
    grant_role(user=user, role=Role.ADMINISTRATOR, organisation=agency, actor=SYSTEM)
    with pytest.raises(NotAllowed):
        hand_out_code(person=person, actor=actor_for(user))


def test_an_nip_that_signs_in_to_another_account_is_not_taken_over(agency: Organisation) -> None:
    """A coordinator who writes an administrator's NIP into a new person must not reach the administrator's account."""
    from enggang.accounts.domain.handles import set_nip_handle

    administrator = make_user(Role.ADMINISTRATOR, None, "Administrator")
    set_nip_handle(user=administrator, nip=NIP, actor=SYSTEM)
    person = make_person(agency, "Decoy", nip=NIP)
    with pytest.raises(Conflict):
        hand_out_code(person=person, actor=make_actor(Role.COORDINATOR, agency))
    person.refresh_from_db()
    assert person.user_id is None
    assert find_user(NIP) == administrator
    assert not DeskCode.objects.exists()


def test_somebody_who_left_is_let_in_only_from_the_top(agency: Organisation) -> None:
    person = make_person(agency)
    person.employments.update(starts_on=date(2020, 1, 1), ends_on=date(2020, 2, 1))
    assert not may_let_person_in(make_actor(Role.COORDINATOR, agency), person)
    assert not may_let_person_in(make_actor(Role.ADMINISTRATOR, agency), person)
    assert may_let_person_in(make_actor(Role.ADMINISTRATOR, None), person)


def test_ensure_user_can_be_called_again_and_follows_the_staff_list(agency: Organisation) -> None:
    actor = make_actor(Role.COORDINATOR, agency)
    person = make_person(agency, "Siti Aminah", nip=NIP)
    user = ensure_user(person=person, actor=actor)
    assert ensure_user(person=person, actor=actor) == user
    person.name, person.nip = "Siti Aminah, S.Sos", OTHER_NIP
    person.save()
    ensure_user(person=person, actor=actor)
    user.refresh_from_db()
    assert user.name == "Siti Aminah, S.Sos"
    assert list(user.handles.values_list("value", flat=True)) == [OTHER_NIP]
    assert User.objects.filter(person__isnull=False).count() == 1


def test_a_person_without_an_nip_gets_a_code_but_no_invitation(agency: Organisation) -> None:
    actor, person = make_actor(Role.COORDINATOR, agency), make_person(agency, "Juri Adat")
    assert hand_out_code(person=person, actor=actor).pin
    with pytest.raises(Conflict):
        invite_person(person=person, actor=actor)


def test_the_invitation_is_a_text_to_forward(client: Client, agency: Organisation) -> None:
    client.force_login(make_user(Role.COORDINATOR, agency))
    person = make_person(agency, nip=NIP)
    response = client.post(desk(person), {"way": "invitation"})
    assert "/undangan/" in response.context["invitation"].text
    assert response.context["invitation"].text.splitlines()[0] in response.content.decode()
    nobody = client.post(desk(make_person(agency, "No NIP")), {"way": "invitation"})
    assert nobody.status_code == 200
    assert nobody.context["problem"]


def test_the_trail_tells_who_handed_out_what_to_whom(agency: Organisation) -> None:
    actor, person = make_actor(Role.COORDINATOR, agency), make_person(agency, nip=NIP)
    issued = hand_out_code(person=person, actor=actor)
    entry = AuditEntry.objects.get(code="people.hand_out_code")
    assert (entry.actor_key, entry.subject_code, entry.organisation_code) == (actor.key, person.code, agency.code)
    trail = str(list(AuditEntry.objects.values()))
    assert not any(secret in trail for secret in (NIP, issued.pin, issued.token))

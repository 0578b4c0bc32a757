from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from enggang.access.domain.grants import grant_role
from enggang.access.enums import Role
from enggang.audit.models import AuditEntry
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed, Refused
from enggang.people.domain.accounts import ensure_user
from enggang.people.domain.employments import release_person, set_employment, set_superior
from enggang.people.domain.merging import merge_persons
from enggang.people.domain.persons import add_person, change_person, reveal_nip
from enggang.people.models import Employment, Person
from enggang.people.queries.persons import path_of, unsound_persons
from enggang.search.models import SearchEntry
from tests.people.factories import NIP, OTHER_NIP, make_actor, make_organisation, make_person

pytestmark = pytest.mark.django_db


def test_a_person_needs_no_nip() -> None:
    palace = make_organisation("Istana Kadriah")
    person = add_person(
        organisation=palace, name="Pangeran Syarif", kind="outside", phone="0812 3456 7890", actor=SYSTEM
    )
    assert (person.nip, person.phone, person.employments.get().kind) == ("", "+6281234567890", "outside")


def test_two_people_cannot_have_one_nip() -> None:
    agency = make_organisation()
    make_person(agency, nip=NIP)
    with pytest.raises(Conflict):
        make_person(agency, "Markus", nip="19860926 201505 1 001")
    assert Person.objects.count() == 1


def test_the_same_name_and_number_twice_is_asked_about() -> None:
    agency = make_organisation()
    make_person(agency, "Pak Ujang", phone="081234567890")
    with pytest.raises(Conflict):
        make_person(agency, "pak  UJANG", phone="0812-3456-7890")
    make_person(agency, "Pak Ujang", phone="081999999999")
    assert Person.objects.count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "=1+1"},
        {"name": ""},
        {"nip": "123"},
        {"phone": "12"},
        {"email": "x"},
        {"name": "ab" * 101},
        {"post": "x" * 201},
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(wrong: dict[str, str]) -> None:
    with pytest.raises(Refused):
        add_person(**{"organisation": make_organisation(), "name": "Siti", "actor": SYSTEM, **wrong})  # type: ignore[arg-type]
    assert not Person.objects.exists()
    assert not AuditEntry.objects.filter(code="people.add_person").exists()


def test_an_outsider_adds_changes_and_moves_nobody() -> None:
    agency = make_organisation()
    person, stranger = make_person(agency), make_actor(Role.COORDINATOR, make_organisation("Lain"))
    with pytest.raises(NotAllowed):
        add_person(organisation=agency, name="Markus", actor=stranger)
    with pytest.raises(NotAllowed):
        change_person(person=person, version=1, name="Markus", actor=stranger)
    with pytest.raises(NotAllowed):
        set_employment(person=person, version=1, organisation=agency, actor=stranger)
    with pytest.raises(NotAllowed):
        release_person(person=person, version=1, actor=stranger)
    with pytest.raises(NotAllowed):
        reveal_nip(person=person, actor=stranger)
    person.refresh_from_db()
    assert (person.name, person.version) == ("Siti Aminah, S.Sos", 1)


def test_a_coordinator_cannot_take_a_person_from_another_agency() -> None:
    one, two = make_organisation(), make_organisation("Dinas Kesehatan")
    person = make_person(one)
    with pytest.raises(NotAllowed, match="Dinas Pariwisata"):
        set_employment(person=person, version=1, organisation=two, actor=make_actor(Role.COORDINATOR, two))


def test_a_change_keeps_history_and_renews_what_search_knows() -> None:
    agency = make_organisation()
    actor = make_actor(Role.COORDINATOR, agency)
    person = make_person(agency, post="Analis", starts_on=date(2020, 1, 1))
    set_employment(
        person=person, version=1, organisation=agency, post="Kepala Seksi", starts_on=date(2026, 2, 1), actor=actor
    )
    rows = [(row.post, row.starts_on, row.ends_on) for row in person.employments.all()]
    assert rows == [
        ("Kepala Seksi", date(2026, 2, 1), None),
        ("Analis", date(2020, 1, 1), date(2026, 1, 31)),
    ]
    assert "Kepala Seksi" in SearchEntry.objects.get(subject=person.subject).text


def test_nobody_begins_before_the_present_employment_began() -> None:
    agency = make_organisation()
    person = make_person(agency, starts_on=date(2026, 1, 1))
    with pytest.raises(Conflict):
        set_employment(person=person, version=1, organisation=agency, starts_on=date(2025, 1, 1), actor=SYSTEM)
    assert person.employments.get().ends_on is None


def test_whoever_was_released_can_be_taken_up_elsewhere() -> None:
    one, two = make_organisation(), make_organisation("Dinas Kesehatan")
    with clock.frozen_at(datetime(2026, 3, 2, 3, tzinfo=UTC)):
        person = make_person(one)
        release_person(person=person, version=1, actor=make_actor(Role.COORDINATOR, one))
        assert path_of(person) == one.path
        with pytest.raises(Conflict):
            release_person(person=person, version=2, actor=SYSTEM)
        set_employment(person=person, version=2, organisation=two, actor=make_actor(Role.COORDINATOR, two))
    assert (path_of(person), person.subject.organisation_code) == (two.path, two.code)
    assert unsound_persons() == []


def test_name_and_nip_of_an_account_with_power_are_changed_only_from_above() -> None:
    """Else a coordinator frees an administrator's NIP, gives it to somebody else, and waits for the next grant."""
    agency = make_organisation()
    person = make_person(agency, nip=NIP)
    user = ensure_user(person=person, actor=SYSTEM)
    grant_role(user=user, role=Role.ORGANISER, organisation=agency, actor=SYSTEM)
    person = Person.objects.get(pk=person.pk)
    coordinator, administrator = make_actor(Role.COORDINATOR, agency), make_actor(Role.ADMINISTRATOR, agency)
    facts = {"name": person.name, "nip": NIP, "phone": "0812-3456-7890"}
    for change in ({"nip": OTHER_NIP}, {"nip": ""}, {"name": "Orang Lain"}):
        with pytest.raises(NotAllowed):
            change_person(person=person, version=person.version, actor=coordinator, **{**facts, **change})
    change_person(person=person, version=person.version, actor=coordinator, **{**facts, "name": f"{person.name}, S.E."})
    change_person(person=person, version=person.version, actor=administrator, **{**facts, "nip": OTHER_NIP})
    double = make_person(agency, "Orang Lain")
    for kept, gone in ((double, person), (person, double)):
        with pytest.raises(NotAllowed):
            merge_persons(kept=kept, gone=gone, actor=coordinator)


def test_two_tabs_do_not_overwrite_each_other() -> None:
    person = make_person(make_organisation())
    change_person(person=person, version=1, name="Siti Aminah, M.Si", actor=SYSTEM)
    with pytest.raises(Conflict):
        change_person(person=person, version=1, name="Lain", actor=SYSTEM)
    person.refresh_from_db()
    assert (person.name, person.name_key, person.version) == ("Siti Aminah, M.Si", "siti aminah", 2)


def test_the_audit_names_fields_and_no_values() -> None:
    person = make_person(make_organisation())
    change_person(person=person, version=1, name="Siti Aminah", nip=OTHER_NIP, actor=SYSTEM)
    assert AuditEntry.objects.get(code="people.change_person").details == {"fields": ["name", "nip"]}


def test_nobody_is_above_themselves() -> None:
    agency = make_organisation()
    head, staff = make_person(agency, "Kepala"), make_person(agency, "Staf")
    set_superior(person=staff, superior=head, version=1, actor=SYSTEM)
    with pytest.raises(Conflict):
        set_superior(person=head, superior=staff, version=1, actor=SYSTEM)
    with pytest.raises(Conflict):
        set_superior(person=head, superior=head, version=1, actor=SYSTEM)
    set_superior(person=staff, superior=None, version=2, actor=SYSTEM)
    assert staff.employments.get().superior is None


def test_a_superior_sees_the_own_staff() -> None:
    agency = make_organisation()
    head, staff = make_person(agency, "Kepala"), make_person(agency, "Staf")
    from tests.people.factories import make_user

    head.user = make_user()
    head.save()
    set_superior(person=staff, superior=head, version=1, actor=SYSTEM)
    from enggang.access.domain.actors import actor_for

    assert set(Person.objects.visible_to(actor_for(head.user))) == {head, staff}


def test_the_invariant_names_what_is_wrong() -> None:
    person = make_person(make_organisation(), nip=NIP)
    assert unsound_persons() == []
    Person.objects.update(nip="12", name_key="x")
    assert len(unsound_persons()) == 2
    assert Employment.objects.filter(person=person).count() == 1

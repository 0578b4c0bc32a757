"""A reorganisation moves the people of an agency on the day; everything of an agency can be carried away."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from enggang.access.domain.actors import actor_for
from enggang.access.domain.grants import end_role
from enggang.access.enums import Role
from enggang.access.models import RoleGrant
from enggang.accounts.models import User
from enggang.audit.models import AuditEntry
from enggang.core import clock, jobs
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.core.models import Job
from enggang.people.models import Employment
from enggang.people.queries.persons import unsound_persons
from enggang.places.domain.organisations import succeed_organisation
from enggang.places.models import Organisation, Succession
from enggang.search.models import SearchEntry
from tests.people.factories import NIP, OTHER_NIP, make_actor, make_organisation, make_person, make_user

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def _summer() -> object:
    with clock.frozen_at(datetime(2026, 6, 15, 2, tzinfo=UTC)):
        yield


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_people_serve_in_the_successor_from_the_day_and_the_past_stays() -> None:
    old, new = make_organisation("Dinas Pariwisata"), make_organisation("Dinas Pariwisata dan Ekraf")
    siti = make_person(old, "Siti Aminah", nip=NIP, post="Analis", rank="III/c", starts_on=date(2020, 1, 1))
    late = make_person(old, "Dewi Lestari", nip=OTHER_NIP, starts_on=date(2026, 6, 3))
    left = make_person(old, "Pak Ujang", starts_on=date(2020, 1, 1))
    left.employments.update(ends_on=date(2021, 1, 1))
    succeed_organisation(old=old, new=new, on=DAY, actor=SYSTEM)
    now, before = siti.employments.all()
    assert (now.organisation, now.post, now.rank, now.starts_on, now.ends_on) == (new, "Analis", "III/c", DAY, None)
    assert (before.organisation, before.ends_on) == (old, DAY - timedelta(days=1))
    assert [(row.organisation, row.starts_on) for row in late.employments.all()] == [(new, date(2026, 6, 3))]
    assert left.employments.get().organisation == old
    siti.subject.refresh_from_db()
    old.refresh_from_db()
    assert (siti.subject.organisation_code, old.valid_to) == (new.code, date(2026, 5, 31))
    assert SearchEntry.objects.get(subject=siti.subject).organisation_path == new.path
    assert AuditEntry.objects.filter(code="people.follow_agency").count() == 2
    assert unsound_persons() == []


def test_a_divided_agency_has_two_successors_and_those_moved_stay_moved() -> None:
    old, one, two = (make_organisation(name) for name in ("Lama", "Satu", "Dua"))
    siti = make_person(old, nip=NIP, starts_on=date(2020, 1, 1))
    succeed_organisation(old=old, new=one, on=DAY, actor=SYSTEM)
    succeed_organisation(old=old, new=two, on=DAY, actor=SYSTEM)
    assert siti.employments.present().get().organisation == one
    assert [each.new for each in old.successions.all()] == [one, two]
    with pytest.raises(Conflict):
        succeed_organisation(old=old, new=two, on=DAY, actor=SYSTEM)
    assert Succession.objects.count() == Employment.objects.count() == 2


@pytest.mark.parametrize("on", [date(2026, 6, 16), date(2027, 1, 1)])
def test_a_day_to_come_is_refused(on: date) -> None:
    old, new = make_organisation("Lama"), make_organisation("Baru")
    with pytest.raises(Conflict):
        succeed_organisation(old=old, new=new, on=on, actor=SYSTEM)
    assert not Succession.objects.exists()


def test_nothing_succeeds_itself_and_nothing_alive_is_left_below() -> None:
    old, new = make_organisation("Lama"), make_organisation("Baru")
    unit = make_organisation("Bidang", old)
    for successor in (old, unit, new):
        with pytest.raises(Conflict):
            succeed_organisation(old=old, new=successor, on=DAY, actor=SYSTEM)
    with pytest.raises(NotAllowed):
        succeed_organisation(old=unit, new=new, on=DAY, actor=make_actor(Role.ADMINISTRATOR, old))
    assert not Succession.objects.exists()


def test_the_administrator_names_the_successor_on_screen() -> None:
    old, new = make_organisation("Lama"), make_organisation("Baru")
    siti = make_person(old, nip=NIP, starts_on=date(2020, 1, 1))
    client = _client(make_user(Role.ADMINISTRATOR))
    address = reverse("places:organisation_succeed", args=[old.code])
    assert client.get(address).status_code == 200
    assert client.post(address, {"new": new.code, "on": "2030-01-01"}).status_code == 422
    assert client.post(address, {"new": new.code, "on": "2026-06-01"}).status_code == 302
    assert siti.employments.present().get().organisation == new
    assert "Lama" in client.get(reverse("places:organisation", args=[new.code])).text
    stranger = _client(make_user(Role.COORDINATOR, old))
    assert stranger.post(address, {"new": new.code, "on": "2026-06-01"}).status_code == 404


def test_everything_of_an_agency_is_carried_away_as_one_workbook() -> None:
    agency, other = make_organisation(), make_organisation("Dinas Kesehatan")
    make_person(agency, "Siti Aminah", nip=NIP, post="=1+1")
    make_person(other, "Markus Lengkong")
    client = _client(make_user(Role.COORDINATOR, agency))
    assert client.post(reverse("people:export_all"), {"organisation": other.code}).status_code == 404
    assert client.post(reverse("people:export_all"), {"organisation": agency.code}).status_code == 302
    jobs.run_pending()
    job = Job.objects.get(name="people.export_everything")
    book = openpyxl.load_workbook(io.BytesIO(job.result.read()))
    assert len(book.worksheets) == 6
    people = book.worksheets[0]
    assert [cell.value for cell in people[2]][1:3] == ["Siti Aminah", NIP]
    assert (people.max_row, people["H2"].value, people["H2"].data_type) == (2, "=1+1", "s")
    assert book.worksheets[1].max_row == 2
    assert AuditEntry.objects.get(code="people.export_everything").details == {"organisation": agency.code}


def test_whoever_has_left_the_office_downloads_its_workbook_no_more() -> None:
    agency = make_organisation()
    user = make_user(Role.COORDINATOR, agency)
    client = _client(user)
    client.post(reverse("people:export_all"), {"organisation": agency.code})
    jobs.run_pending()
    address = reverse("core:job_result", args=[Job.objects.get().code])
    assert b"".join(client.get(address)).startswith(b"PK")
    end_role(grant=RoleGrant.objects.get(user=user), actor=SYSTEM)
    assert client.get(address).status_code == 404


def test_an_inspector_of_nothing_and_a_leader_carry_nothing_away() -> None:
    agency = make_organisation()
    leader = _client(make_user(Role.LEADER, agency))
    assert leader.post(reverse("people:export_all"), {"organisation": agency.code}).status_code == 404
    assert not Job.objects.exists()


def test_roles_go_on_in_the_first_successor_and_the_last_day_stays() -> None:
    old, one, two = (make_organisation(name) for name in ("Lama", "Satu", "Dua"))
    keeper = make_user(Role.COORDINATOR, old, "Rina")
    both = make_user(Role.COORDINATOR, old, "Budi")
    RoleGrant.objects.create(
        user=both, role=Role.COORDINATOR, organisation=one, valid_from=date(2021, 1, 1), granted_by_key="test"
    )
    RoleGrant.objects.filter(user=keeper).update(valid_to=date(2027, 1, 1))
    succeed_organisation(old=old, new=one, on=DAY, actor=SYSTEM)
    succeed_organisation(old=old, new=two, on=DAY, actor=SYSTEM)
    assert not RoleGrant.objects.filter(organisation=old, ended_at=None).exists()
    assert not RoleGrant.objects.filter(organisation=two).exists()
    moved = RoleGrant.objects.get(user=keeper, ended_at=None)
    assert (moved.organisation, moved.role, moved.valid_from, moved.valid_to) == (
        one,
        "coordinator",
        DAY,
        date(2027, 1, 1),
    )
    assert RoleGrant.objects.get(user=both, ended_at=None).valid_from == date(2021, 1, 1)
    assert AuditEntry.objects.filter(code="access.follow_agency").count() == 2
    assert _may_act_there(keeper, one)


def _may_act_there(user: User, agency: Organisation) -> bool:
    return actor_for(user).holds(Role.COORDINATOR, at=agency.path)


def test_what_ended_before_and_what_is_held_elsewhere_stays_where_it_is() -> None:
    old, new, parent = make_organisation("Lama"), make_organisation("Baru"), make_organisation("Provinsi")
    gone, above = make_user(Role.LEADER, old), make_user(Role.ADMINISTRATOR, parent)
    RoleGrant.objects.filter(user=gone).update(ended_at=clock.now())
    succeed_organisation(old=old, new=new, on=DAY, actor=SYSTEM)
    assert not RoleGrant.objects.filter(organisation=new).exists()
    assert RoleGrant.objects.get(user=above).ended_at is None

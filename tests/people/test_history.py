"""Employments that are over are added, corrected and removed, and never overlap."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from enggang.access.enums import Role
from enggang.audit.models import AuditEntry
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed, Refused
from enggang.people.domain.history import add_past, change_past, drop_past
from enggang.people.models import Employment, Person
from enggang.places.models import Organisation
from tests.people.factories import make_actor, make_organisation, make_person, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Organisation:
    return make_organisation()


@pytest.fixture
def person(agency: Organisation) -> Person:
    """At the agency since 2020."""
    made = make_person(agency)
    Employment.objects.filter(person=made).update(starts_on=date(2020, 1, 1))
    return Person.objects.get()


def add(person: Person, agency: Organisation, first: int, last: int, **facts: Any) -> Employment:
    add_past(
        person=person, version=Person.objects.get(pk=person.pk).version, organisation=agency, actor=SYSTEM,
        starts_on=date(first, 1, 1), ends_on=date(last, 1, 1), **facts,
    )  # fmt: skip
    return person.employments.select_related("organisation__subject", "person__subject").get(
        starts_on=date(first, 1, 1)
    )


def days(person: Person) -> list[tuple[int, int | None]]:
    return [(row.starts_on.year, row.ends_on.year if row.ends_on else None) for row in person.employments.all()]


def test_the_past_is_added_in_order_and_the_present_stays(person: Person) -> None:
    elsewhere = make_organisation("Dinas Lain")
    add(person, elsewhere, 2015, 2020, post="Staf")
    add(person, elsewhere, 2010, 2015, kind="honorary")
    assert days(person) == [(2020, None), (2015, 2020), (2010, 2015)]
    assert AuditEntry.objects.filter(code="people.add_past").count() == 2


@pytest.mark.parametrize(("first", "last"), [(2019, 2021), (2021, 2022), (2014, 2016), (2012, 2025), (2016, 2015)])
def test_what_overlaps_or_is_not_over_is_refused(person: Person, agency: Organisation, first: int, last: int) -> None:
    add(person, agency, 2015, 2017)
    before = days(person)
    with pytest.raises(Conflict):
        add(person, agency, first, last)
    assert days(person) == before


def test_tomorrow_is_not_the_past(agency: Organisation) -> None:
    person = make_person(agency)
    Employment.objects.all().delete()
    with pytest.raises(Conflict):
        add_past(
            person=person, version=1, organisation=agency, starts_on=date(2020, 1, 1),
            ends_on=clock.today() + timedelta(days=1), actor=SYSTEM,
        )  # fmt: skip


def test_it_is_corrected_and_removed_by_version_and_the_present_is_left_alone(
    person: Person, agency: Organisation
) -> None:
    row = add(person, agency, 2015, 2017)
    version = Person.objects.get().version
    values: dict[str, Any] = {
        "organisation": agency,
        "starts_on": date(2014, 1, 1),
        "ends_on": date(2020, 1, 1),
        "post": "Analis",
    }
    with pytest.raises(Conflict):
        change_past(employment=row, version=version - 1, actor=SYSTEM, **values)
    row.refresh_from_db()
    change_past(employment=row, version=version, actor=SYSTEM, **values)
    assert days(person) == [(2020, None), (2014, 2020)]
    present = person.employments.select_related("organisation__subject", "person__subject").get(ends_on=None)
    acts: tuple[tuple[Any, dict[str, Any]], ...] = ((change_past, values), (drop_past, {}))
    for act, more in acts:
        with pytest.raises(Conflict):
            act(employment=present, version=Person.objects.get().version, actor=SYSTEM, **more)
    drop_past(employment=row, version=Person.objects.get().version, actor=SYSTEM)
    assert days(person) == [(2020, None)]
    assert AuditEntry.objects.filter(code__in=["people.change_past", "people.drop_past"]).count() == 2


def test_only_who_keeps_the_persons_list_writes_their_history(person: Person, agency: Organisation) -> None:
    other = make_organisation("Dinas Lain")
    row = add(person, other, 2015, 2017)
    stranger = make_actor(Role.COORDINATOR, other)
    values: dict[str, Any] = {"organisation": other, "starts_on": date(2010, 1, 1), "ends_on": date(2011, 1, 1)}
    with pytest.raises(NotAllowed):
        add_past(person=person, version=2, actor=stranger, **values)
    with pytest.raises(NotAllowed):
        drop_past(employment=row, version=2, actor=stranger)
    with pytest.raises((Conflict, Refused, ValueError)):
        add(person, agency, 2010, 2011, kind="boss")
    with pytest.raises(Refused):
        add(person, agency, 2010, 2011, post="x" * 300)
    assert days(person) == [(2020, None), (2015, 2017)]


def test_the_screens_add_correct_and_remove(person: Person, agency: Organisation, client: Client) -> None:
    client.force_login(
        make_user(Role.COORDINATOR, agency), backend="enggang.accounts.backends.HandleBackend"
    )  # fmt: skip
    base = f"/pegawai/{person.code}/"
    assert f"{base}riwayat/" in client.get(base).content.decode()
    data = {
        "organisation": agency.code,
        "kind": "pns",
        "post": "Staf",
        "starts_on": "2015-01-01",
        "ends_on": "2016-01-01",
    }
    assert client.post(f"{base}riwayat/", {**data, "version": 1}).status_code == 302
    refused = client.post(f"{base}riwayat/", {**data, "version": 2, "post": "Pranata"})
    assert refused.status_code == 200
    assert "Pranata" in refused.content.decode()
    row = person.employments.get(post="Staf")
    assert f"{base}riwayat/{row.pk}/" in client.get(base).content.decode()
    assert client.get(f"{base}riwayat/{row.pk}/").status_code == 200
    assert client.post(f"{base}riwayat/{row.pk}/", {**data, "version": 2, "post": "Analis"}).status_code == 302
    for wrong in ("", "x", "9" * 30, "1"):
        client.post(f"{base}riwayat/{row.pk}/hapus/", {"version": wrong})
    assert person.employments.get(pk=row.pk).post == "Analis"
    client.post(f"{base}riwayat/{row.pk}/hapus/", {"version": 3})
    assert person.employments.count() == 1
    assert client.get(f"{base}riwayat/999999/").status_code == 404

"""A coordinator's own people in a wave: who is registered, and what can be done for each from that list."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from enggang.access.enums import Role
from enggang.core.actor import SYSTEM
from enggang.places.models import Organisation
from enggang.seats.domain.offers import PoolSpec
from enggang.training.domain.registrations import withdraw
from enggang.training.models import Wave
from tests.training.factories import client_of, make_agency, make_person, make_user, make_wave, seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Organisation:
    return make_agency("Dinas")


@pytest.fixture
def wave() -> Wave:
    return make_wave(make_agency("Penyelenggara"), PoolSpec("Terbuka", 2))


@pytest.fixture
def coordinator(agency: Organisation) -> Client:
    return client_of(make_user(Role.COORDINATOR, agency))


def address(wave: Wave, *more: str) -> str:
    return "/".join((f"/pelatihan/gelombang/{wave.code}", *more, ""))


def test_a_coordinator_sees_their_own_people_and_nobody_else(
    wave: Wave, agency: Organisation, coordinator: Client
) -> None:
    mine, other = (
        seat(wave, make_person(where, name)) for where, name in ((agency, "Ani"), (make_agency("Lain"), "Budi"))
    )
    page = coordinator.get(address(wave, "peserta")).content.decode()
    assert mine.person.name in page
    assert other.person.name not in page
    for act in ("ganti", "undur", "halaman"):
        assert f"/pelatihan/pendaftaran/{mine.code}/{act}/" in page
    export = coordinator.get(address(wave, "peserta") + "?_export=csv")
    assert other.person.name not in export.content.decode()


def test_the_list_is_linked_from_where_a_coordinator_looks(
    wave: Wave, agency: Organisation, coordinator: Client
) -> None:
    row, there = seat(wave, make_person(agency)), address(wave, "peserta")
    pages = [coordinator.get(each).content.decode() for each in (address(wave), address(wave, "daftarkan"))]
    assert all(there in page for page in pages)
    assert f"/pelatihan/pendaftaran/{row.code}/" in pages[1]
    pasted = coordinator.post(
        address(wave, "daftarkan", "tempel"), {"lines": make_person(agency).nip, "do": "register"}
    ).content.decode()
    assert there in pasted


def test_who_has_left_or_only_waits_is_offered_what_still_can_be_done(
    wave: Wave, agency: Organisation, coordinator: Client
) -> None:
    rows = [seat(wave, make_person(agency)) for _ in range(3)]
    withdraw(registration=rows[0], actor=SYSTEM)
    seat(wave, make_person(agency))
    page = coordinator.get(address(wave, "peserta")).content.decode()
    assert [f"/{row.code}/undur/" in page for row in rows] == [False, True, True]
    waiting = wave.registrations.waiting().get()
    assert f"/{waiting.code}/ganti/" not in page
    assert f"/{waiting.code}/undur/" in page


def test_others_than_staff_and_coordinators_find_no_list(wave: Wave) -> None:
    assert client_of(make_user()).get(address(wave, "peserta")).status_code == 404
    assert Client().get(address(wave, "peserta")).status_code in {302, 404}


def test_an_administrator_of_the_agency_opens_the_page_of_whom_they_registered(
    wave: Wave, agency: Organisation
) -> None:
    row = seat(wave, make_person(agency))
    administrator = client_of(make_user(Role.ADMINISTRATOR, agency))
    assert row.person.name in administrator.get(address(wave, "peserta")).content.decode()
    assert administrator.get(f"/pelatihan/pendaftaran/{row.code}/").status_code == 200


def test_the_list_asks_the_same_for_one_and_for_three(wave: Wave, agency: Organisation, coordinator: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert coordinator.get(address(wave, "peserta")).status_code == 200
        return len(seen)

    seat(wave, make_person(agency))
    asked()
    before = asked()
    for _ in range(2):
        seat(wave, make_person(agency))
    assert asked() == before <= 16

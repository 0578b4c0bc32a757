"""Quotas by kind of staff, quotas added while people wait, and where a coordinator finds their own to divide."""

from __future__ import annotations

import pytest
from django.test import Client

from enggang.access.enums import Role
from enggang.core.actor import SYSTEM
from enggang.people.enums import StaffKind
from enggang.places.models import Organisation
from enggang.seats.domain.offers import PoolSpec
from enggang.seats.domain.promotion import change_promotion
from enggang.seats.models import Pool
from enggang.seats.queries.offers import idle_seats, unsound_pools
from enggang.training.domain.registrations import pools_for, withdraw
from enggang.training.domain.waves import add_quotas
from enggang.training.models import Registration, Wave
from tests.training.factories import client_of, make_agency, make_person, make_programme, make_user, make_wave, seat

pytestmark = pytest.mark.django_db


def sits_in(*rows: Registration) -> list[str]:
    found = [Registration.objects.select_related("claim__pool").get(pk=row.pk).claim.pool for row in rows]
    return [pool.label if pool else "" for pool in found]


def test_a_quota_of_one_kind_of_staff_takes_that_kind_only_and_before_the_open_one() -> None:
    agency = make_agency()
    wave = make_wave(agency, PoolSpec("Terbuka", 1), PoolSpec("PPPK", 1, kind=StaffKind.PPPK))
    rows = [seat(wave, make_person(agency, kind=kind)) for kind in (StaffKind.PPPK, StaffKind.PNS, StaffKind.PNS)]
    assert sits_in(*rows) == ["PPPK", "Terbuka", ""]
    assert [pool.label for pool in pools_for(wave, agency)] == ["PPPK", "Terbuka"]  # for staff of any kind
    assert [pool.label for pool in pools_for(wave, agency, StaffKind.HONORARY)] == ["Terbuka"]


def test_kind_and_agency_together_narrow_a_quota_and_come_before_the_whole_agency_s() -> None:
    agency, other = make_agency(), make_agency("Dinas Lain")
    wave = make_wave(
        agency,
        PoolSpec("Dinas", 1, organisation=agency),
        PoolSpec("Dinas · Honorer", 1, organisation=agency, kind=StaffKind.HONORARY),
    )
    honorary = [make_person(agency, kind=StaffKind.HONORARY) for _ in range(2)]
    assert sits_in(*[seat(wave, person) for person in honorary]) == ["Dinas · Honorer", "Dinas"]
    assert pools_for(wave, other, StaffKind.HONORARY) == []


def test_the_organiser_plans_and_adds_quotas_by_kind_on_the_screen() -> None:
    agency = make_agency()
    client, programme = client_of(make_user(Role.ORGANISER, agency)), make_programme(agency)
    data = {
        "programme": programme.pk, "name": "Gelombang 1", "starts_on": "2026-12-07", "ends_on": "2026-12-08",
        "pools-TOTAL_FORMS": "3", "pools-INITIAL_FORMS": "0",
        "pools-0-owner": "open", "pools-0-kind": "pppk", "pools-0-size": "5",
        "pools-1-owner": f"organisation:{agency.code}", "pools-1-kind": "honorary", "pools-1-size": "2",
        "pools-2-owner": "open", "pools-2-kind": "", "pools-2-size": "3",
    }  # fmt: skip
    assert client.post("/pelatihan/gelombang/baru/", data).status_code == 302
    wave = Wave.objects.get()
    assert list(Pool.objects.order_by("pk").values_list("kind", "size", "organisation")) == [
        ("pppk", 5, None), ("honorary", 2, agency.pk), ("", 3, None),
    ]  # fmt: skip
    added = client.post(f"/pelatihan/gelombang/{wave.code}/kuota/", {"owner": "open", "kind": "pns", "size": "4"})
    assert added.status_code == 302
    assert Pool.objects.get(kind="pns").label == "PNS"
    wrong = client.post(f"/pelatihan/gelombang/{wave.code}/kuota/", {"owner": "open", "kind": "x", "size": "4"})
    assert (wrong.status_code, Pool.objects.count()) == (422, 4)


def test_a_quota_added_while_people_wait_goes_to_those_it_is_for_and_not_to_the_next_newcomer() -> None:
    agency, other = make_agency(), make_agency("Dinas Lain")
    wave = make_wave(agency, PoolSpec("Lain", 1, organisation=make_agency("Lain")), PoolSpec("Terbuka", 0))
    stranger, waiting = seat(wave, make_person(other)), seat(wave, make_person(agency))
    add_quotas(wave=wave, pools=[PoolSpec("Dinas", 1, organisation=agency)], actor=SYSTEM)
    assert sits_in(stranger, waiting, seat(wave, make_person(agency))) == ["", "Dinas", ""]
    assert (idle_seats(), unsound_pools()) == ([], [])


def test_who_waits_in_the_agency_s_quota_gets_the_kind_s_freed_seat_before_a_newcomer() -> None:
    agency = make_agency()
    wave = make_wave(agency, PoolSpec("Dinas", 1, organisation=agency), PoolSpec("PPPK", 1, kind=StaffKind.PPPK))
    change_promotion(
        offer=wave.offer, promotion="automatic", hold_hours=0, late_substitution=True, then_open=False, actor=SYSTEM
    )
    people = [make_person(agency, kind=StaffKind.PPPK) for _ in range(4)]
    first, second, waiting = (seat(wave, person) for person in people[:3])
    assert sits_in(first, second, waiting) == ["Dinas", "PPPK", ""]
    withdraw(registration=second, actor=SYSTEM)
    assert sits_in(waiting, seat(wave, people[3])) == ["PPPK", ""]


@pytest.fixture
def regency() -> Organisation:
    return make_agency("Kabupaten")


def coordinator_of(regency: Organisation) -> Client:
    return client_of(make_user(Role.COORDINATOR, regency))


def test_a_coordinator_finds_the_quota_to_divide_on_the_home_page_and_on_the_wave(regency: Organisation) -> None:
    make_agency("Disdik", regency)
    wave = make_wave(make_agency(), PoolSpec("Kabupaten", 4, organisation=regency))
    there = f"/pelatihan/gelombang/{wave.code}/kursi/"
    client = coordinator_of(regency)
    assert there in client.get("/beranda/").content.decode()
    assert there in client.get(f"/pelatihan/gelombang/{wave.code}/").content.decode()
    assert client.get(there).status_code == 200


def test_a_coordinator_with_nothing_to_divide_is_sent_to_no_closed_door(regency: Organisation) -> None:
    wave = make_wave(make_agency(), PoolSpec("Kabupaten", 4, organisation=regency))  # no agency below it
    there = f"/pelatihan/gelombang/{wave.code}/kursi/"
    client = coordinator_of(regency)
    for address in ("/beranda/", f"/pelatihan/gelombang/{wave.code}/"):
        assert there not in client.get(address).content.decode()
    assert client.get(there).status_code == 404

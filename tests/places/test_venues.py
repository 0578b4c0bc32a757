from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from enggang.access.enums import Role
from enggang.core.actor import SYSTEM, Actor
from enggang.core.acts import Conflict, NotAllowed
from enggang.places.domain.venues import change_venue
from enggang.places.models import Venue
from enggang.search.queries import find
from tests.places.factories import actor, organisation, region, venue

pytestmark = pytest.mark.django_db


def change(row: Venue, keeper: Actor = SYSTEM, **values: object) -> Venue:
    start = {
        "venue": row, "version": row.version, "name": row.name, "region": row.region, "address": row.address,
        "capacity": row.capacity, "latitude": row.latitude, "longitude": row.longitude, "time_zone": row.time_zone,
        "actor": keeper,
    }  # fmt: skip
    return change_venue(**{**start, **values})  # type: ignore[arg-type]


def test_a_venue_takes_the_zone_of_who_answers_for_it_and_is_found() -> None:
    row = venue("Aula Garuda", organisation(time_zone="Asia/Jayapura"), address="Jalan Contoh 1")
    assert row.time_zone == "Asia/Jayapura"
    assert [hit.title for hit in find("garuda contoh", actor())] == ["Aula Garuda"]


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.ORGANISER])
def test_its_keepers_change_it(role: Role) -> None:
    owner = organisation()
    row = change(venue("Aula", owner), actor((role, owner)), name="Gedung", capacity=80)
    row.refresh_from_db()
    assert (row.name, row.capacity, row.version) == ("Gedung", 80, 2)


def test_the_organiser_of_another_agency_does_not() -> None:
    row = venue("Aula")
    with pytest.raises(NotAllowed):
        change(row, actor((Role.ORGANISER, organisation("Lain"))), name="Gedung")
    row.refresh_from_db()
    assert row.name == "Aula"


def test_half_a_point_is_refused() -> None:
    with pytest.raises(Conflict):
        venue("Aula", latitude=Decimal("-0.03"))
    assert not Venue.objects.exists()


def test_a_name_that_does_not_fit_is_refused_on_both_databases() -> None:
    with pytest.raises(ValidationError):
        venue("A" * 300)
    assert not Venue.objects.exists()


def test_the_second_of_two_tabs_is_told() -> None:
    row = venue("Aula")
    change(row, name="Satu", version=1)
    with pytest.raises(Conflict):
        change(Venue.objects.get(pk=row.pk), name="Dua", version=1)


def test_venues_are_found_by_their_region_too() -> None:
    venue("Aula", region=region("62", "Kalimantan Tengah"))
    assert Venue.objects.all().named("aula tengah").count() == 1

"""Lists ask the database as often for three rows as for one: the pool of instructors, the guests of a wave."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enggang.access.enums import Role
from enggang.core.actor import SYSTEM
from enggang.training.domain import instructors as pool
from enggang.training.domain import money as acts
from enggang.training.domain import travel as travels
from enggang.training.queries.travel import guests
from tests.training.factories import client_of, make_agency, make_person, make_user, make_wave, seat

pytestmark = pytest.mark.django_db


def asked_for(client: Client, *addresses: str) -> list[int]:
    """How many queries each page asks, once its caches are warm."""
    counts = []
    for address in addresses:
        client.get(address)
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        counts.append(len(found))
    return counts


def test_the_pool_of_instructors() -> None:
    agency = make_agency()
    client, address, counts = client_of(make_user(Role.ORGANISER, agency)), reverse("training:instructors"), []
    for names in (("Ani",), ("Budi", "Citra")):
        for name in names:
            person = make_person(agency, name)
            pool.add_instructor(
                organisation=agency, person=person, teacher_origin="own", expertise=f"Foto, {name}", actor=SYSTEM
            )
        counts.append(asked_for(client, address, f"{address}?text=foto"))
        assert all(name in client.get(address).content.decode() for name in names)
    assert counts[0] == counts[1]


def test_the_guests_of_a_wave() -> None:
    agency = make_agency()
    wave = make_wave(agency)
    client, counts = client_of(make_user(Role.ORGANISER, agency)), []
    pages = [reverse("training:travel_list", args=[wave.code, kind]) for kind in ("kamar", "diet")]
    facts = {"leaves_from": "A", "goes_to": "B", "leaves_on": wave.starts_on, "returns_on": wave.ends_on}
    for names in (("Ani",), ("Budi", "Citra")):
        for name in names:
            registration = seat(wave, make_person(agency, name))
            travels.keep_travel_wish(registration=registration, diet=f"tanpa {name}", actor=SYSTEM)
            acts.add_trip(wave=wave, person=registration.person, actor=SYSTEM, **facts)
        with CaptureQueriesContext(connection) as found:
            assert names[-1] in [guest.person.name for guest in guests(wave)]
        counts.append([len(found), *asked_for(client, *pages)])
    assert counts[0] == counts[1]
    assert len(guests(wave)) == 3

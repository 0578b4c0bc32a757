"""SPPD numbers and rooms for many at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enggang.access.enums import Role
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.places.models import Organisation
from enggang.training.domain import money
from enggang.training.domain import trip_blocks as acts
from enggang.training.models import Trip, Wave
from tests.training.factories import client_of, make_actor, make_agency, make_person, make_user, make_wave

pytestmark = pytest.mark.django_db
PATTERN = "094/#/DISPORAPAR/2026"


def travel(wave: Wave, agency: Organisation, *people: tuple[str, str], **facts: Any) -> list[Trip]:
    """One journey for each name; the letter is the sex: ``p`` for women, ``l`` for men, nothing for no NIP."""
    found = []
    for number, (name, sex) in enumerate(people, start=Trip.objects.count() + 1):
        digit = {"p": "2", "l": "1"}.get(sex, "1")
        person = make_person(agency, name, nip=f"19800101201001{digit}{number:03d}")
        if not sex:
            person.nip = ""
            person.save(update_fields=["nip"])
        values = {
            "leaves_from": "Sambas",
            "goes_to": "Pontianak",
            "leaves_on": wave.starts_on,
            "returns_on": wave.ends_on,
        }
        found.append(money.add_trip(wave=wave, person=person, actor=SYSTEM, **{**values, **facts}))
    return found


def numbers(wave: Wave) -> list[str]:
    return list(wave.trips.order_by("person__name_key").values_list("number", flat=True))


def rooms(wave: Wave) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for trip in wave.trips.select_related("person"):
        found.setdefault(trip.room, set()).add(trip.person.name)
    return found


def test_a_block_runs_over_the_list_in_order_and_leaves_whom_it_finds_numbered() -> None:
    wave = make_wave(make_agency())
    trips = travel(wave, make_agency("Dinas"), ("Citra", "p"), ("Ani", "p"), ("Budi", "l"))
    money.change_trip(trip=trips[2], version=1, number="sendiri", actor=SYSTEM)
    acts.number_trips(wave=wave, trips=trips, pattern=PATTERN, first="0099", actor=SYSTEM)
    assert numbers(wave) == ["094/0099/DISPORAPAR/2026", "sendiri", "094/0100/DISPORAPAR/2026"]
    with pytest.raises(Conflict):
        acts.number_trips(wave=wave, trips=trips, pattern=PATTERN, first="0200", actor=SYSTEM)


def test_a_number_that_exists_in_any_wave_of_the_organiser_is_told_with_its_holder() -> None:
    wave = make_wave(make_agency())
    agency = make_agency("Dinas")
    other = make_wave(wave.organisation, programme=wave.programme, name="Gelombang 2")
    (held,) = travel(other, agency, ("Dewi", "p"), number="094/0002/disporapar/2026")
    trips = travel(wave, agency, ("Ani", "p"), ("Budi", "l"))
    with pytest.raises(Conflict, match="Dewi"):
        acts.number_trips(wave=wave, trips=trips, pattern=PATTERN, first="0001", actor=SYSTEM)
    assert numbers(wave) == ["", ""]
    with pytest.raises(Conflict, match="Dewi"):
        money.change_trip(trip=trips[0], version=1, number="094/0002/DISPORAPAR/2026", actor=SYSTEM)
    stranger = make_wave(make_agency("Lain"))
    (theirs,) = travel(stranger, agency, ("Eka", "l"))
    acts.number_trips(wave=stranger, trips=[theirs], pattern=PATTERN, first="0002", actor=SYSTEM)
    assert held.number != numbers(stranger)[0]


@pytest.mark.parametrize(
    ("pattern", "first"),
    [("094/2026", "1"), ("#/#", "1"), (PATTERN, "x"), (PATTERN, "-1"), (PATTERN, "1" * 10), ("#" + "9" * 100, "1"), (PATTERN, "")],
)  # fmt: skip
def test_a_block_that_makes_no_sense_gives_nobody_a_number(pattern: str, first: str) -> None:
    wave = make_wave(make_agency())
    trips = travel(wave, make_agency("Dinas"), ("Ani", "p"))
    with pytest.raises(Conflict):
        acts.number_trips(wave=wave, trips=trips, pattern=pattern, first=first, actor=SYSTEM)
    assert numbers(wave) == [""]


def test_rooms_hold_two_of_the_same_sex_and_free_beds_are_given_first() -> None:
    wave = make_wave(make_agency())
    agency = make_agency("Dinas")
    (eka,) = travel(wave, agency, ("Eka", "p"), room="101")
    trips = travel(
        wave, agency, ("Ani", "p"), ("Budi", "l"), ("Citra", "p"), ("Dodi", "l"), ("Fajar", "l"), ("Gita", "")
    )
    acts.pair_rooms(wave=wave, trips=[eka, *trips], names=["201", "202", "203", "204"], actor=SYSTEM)
    assert rooms(wave) == {
        "101": {"Eka", "Ani"}, "201": {"Citra"}, "202": {"Budi", "Dodi"}, "203": {"Fajar"}, "": {"Gita"},
    }  # fmt: skip
    with pytest.raises(Conflict):
        acts.pair_rooms(wave=wave, trips=trips, names=[], actor=SYSTEM)


def test_too_few_rooms_a_room_twice_or_a_room_in_use_divide_nothing() -> None:
    wave = make_wave(make_agency())
    agency = make_agency("Dinas")
    travel(wave, agency, ("Eka", "p"), ("Dewi", "p"), room="101")
    trips = travel(wave, agency, ("Ani", "p"), ("Budi", "l"))
    for names in (["201"], ["201", "201"], ["101", "201"]):
        with pytest.raises(Conflict):
            acts.pair_rooms(wave=wave, trips=trips, names=names, actor=SYSTEM)
    assert rooms(wave)[""] == {"Ani", "Budi"}
    acts.pair_rooms(wave=wave, trips=trips, names=[], actor=SYSTEM)
    assert "" not in rooms(wave)


def test_who_leaves_before_the_other_comes_shares_no_bed_that_was_free() -> None:
    wave = make_wave(make_agency())
    agency = make_agency("Dinas")
    early = wave.starts_on - timedelta(days=9)
    travel(wave, agency, ("Eka", "p"), room="101", leaves_on=early, returns_on=early)
    trips = travel(wave, agency, ("Ani", "p"))
    acts.pair_rooms(wave=wave, trips=trips, names=["201"], actor=SYSTEM)
    assert rooms(wave)["201"] == {"Ani"}


def test_what_is_typed_into_the_list_is_kept_together_or_not_at_all() -> None:
    wave = make_wave(make_agency())
    ani, budi, citra = travel(wave, make_agency("Dinas"), ("Ani", "p"), ("Budi", "l"), ("Citra", "p"))

    def cells(*typed: tuple[str, str, int]) -> dict[int, acts.TripCells]:
        return {trip.pk: acts.TripCells(*each) for trip, each in zip((ani, budi, citra), typed, strict=True)}

    for wrong in (
        cells(("1", "", 1), ("1", "", 1), ("", "", 1)), cells(("", "7", 1), ("", "7", 1), ("", "7", 1)),
        cells(("1", "", 1), ("2", "", 9), ("", "", 1)), {10**9: acts.TripCells("", "", 1)},
    ):  # fmt: skip
        with pytest.raises(Conflict):
            acts.keep_trip_cells(wave=wave, cells=wrong, actor=SYSTEM)
        assert numbers(wave) == ["", "", ""]
    assert acts.keep_trip_cells(wave=wave, cells=cells(("1", "7", 1), ("2", "7", 1), ("", "", 1)), actor=SYSTEM) == 2
    swapped = cells(("2", "7", 2), ("1", "7", 2), ("", "", 1))
    assert acts.keep_trip_cells(wave=wave, cells=swapped, actor=SYSTEM) == 2
    assert numbers(wave) == ["2", "1", ""]


def test_numbers_and_rooms_are_taken_back_and_strangers_do_none_of_it() -> None:
    wave = make_wave(make_agency())
    trips = travel(wave, make_agency("Dinas"), ("Ani", "p"), ("Budi", "l"))
    acts.number_trips(wave=wave, trips=trips, pattern="#", first="1", actor=SYSTEM)
    assert acts.clear_trip_cells(wave=wave, trips=trips[:1], what="number", actor=SYSTEM) == 1
    assert numbers(wave) == ["", "2"]
    wrong = make_actor(Role.LEADER, wave.organisation)
    for do in (
        lambda: acts.number_trips(wave=wave, trips=trips, pattern="#", first="5", actor=wrong),
        lambda: acts.pair_rooms(wave=wave, trips=trips, names=[], actor=wrong),
        lambda: acts.keep_trip_cells(wave=wave, cells={}, actor=wrong),
        lambda: acts.clear_trip_cells(wave=wave, trips=trips, what="room", actor=wrong),
    ):
        with pytest.raises(NotAllowed):
            do()
    with pytest.raises(Conflict):
        acts.clear_trip_cells(wave=make_wave(make_agency("Lain")), trips=trips, what="room", actor=SYSTEM)
    assert numbers(wave) == ["", "2"]


def test_the_treasurer_does_it_on_the_screen_and_keeps_what_was_typed() -> None:
    wave = make_wave(make_agency())
    ani, budi = travel(wave, make_agency("Dinas"), ("Ani", "p"), ("Budi", "l"))
    client = client_of(make_user(Role.TREASURER, wave.organisation))
    page = reverse("training:trip_blocks", args=[wave.code])
    assert page in client.get(reverse("training:money", args=[wave.code])).content.decode()

    def step(name: str, **data: Any) -> Any:
        return client.post(reverse("training:trip_block", args=[wave.code, name]), data)

    assert step("nomor", pattern="x", first="1").status_code == 422
    assert step("nomor", pattern=PATTERN, first="0101", trips=[ani.pk]).status_code == 302
    assert step("kamar", rooms="210-201").status_code == 422
    assert step("kamar", rooms="201-202").status_code == 302
    assert "094/0101/DISPORAPAR/2026" in client.get(page).content.decode()
    ani.refresh_from_db()
    budi.refresh_from_db()
    typed = {
        f"v-{ani.pk}": ani.version,
        f"n-{ani.pk}": "99",
        f"r-{ani.pk}": "",
        f"v-{budi.pk}": budi.version,
        f"n-{budi.pk}": "99",
    }
    answer = step("simpan", **typed)
    assert answer.status_code == 422
    assert answer.content.decode().count('value="99"') == 2
    assert step("simpan", **{**typed, f"n-{budi.pk}": "100"}).status_code == 302
    assert numbers(wave) == ["99", "100"]
    assert step("lepas-nomor").status_code == 422
    assert step("lepas-nomor", trips=[ani.pk]).status_code == 302
    assert step("lain").status_code == 404
    assert numbers(wave) == ["", "100"]


def test_the_list_asks_as_often_for_three_as_for_one() -> None:
    wave = make_wave(make_agency())
    agency = make_agency("Dinas")
    travel(wave, agency, ("Ani", "p"))
    client = client_of(make_user(Role.TREASURER, wave.organisation))
    page = reverse("training:trip_blocks", args=[wave.code])
    client.get(page)
    with CaptureQueriesContext(connection) as one:
        client.get(page)
    travel(wave, agency, ("Budi", "l"), ("Citra", "p"))
    with CaptureQueriesContext(connection) as three:
        client.get(page)
    assert len(one) == len(three)

"""Who sleeps where and who eats what in a wave, from the travel rows and what participants wished."""

from __future__ import annotations

from dataclasses import dataclass

from enggang.people.models import Person
from enggang.people.nip import sex_digit
from enggang.training.models import TravelWish, Trip, Wave


@dataclass(frozen=True, slots=True)
class Guest:
    """A person of the wave with their travel row, their wish, or both."""

    person: Person
    trip: Trip | None
    wish: TravelWish | None

    @property
    def room(self) -> str:
        return self.trip.room if self.trip else ""

    @property
    def diet(self) -> str:
        """What the organiser wrote stands before what was wished."""
        return (self.trip.diet if self.trip else "") or (self.wish.diet if self.wish else "")


def guests(wave: Wave) -> list[Guest]:
    """By name; two queries for any number of people."""
    trips = {row.person_id: row for row in wave.trips.select_related("person")}
    seated = wave.registrations.seated()
    wishes = TravelWish.objects.filter(registration__in=seated).select_related("registration__person")
    wished = {row.registration.person_id: row for row in wishes}
    people = {row.person_id: row.person for row in trips.values()}
    people |= {row.registration.person_id: row.registration.person for row in wishes}
    found = sorted(people.values(), key=lambda one: (one.name_key, one.pk))
    return [Guest(person, trips.get(person.pk), wished.get(person.pk)) for person in found]


def wish_of(trip: Trip) -> TravelWish | None:
    """What the participant themselves wrote about their journey."""
    rows = TravelWish.objects.filter(registration__wave=trip.wave_id, registration__person=trip.person_id)
    return rows.order_by("-pk").first()


@dataclass(frozen=True, slots=True)
class Sleeper:
    """A journey in the list of numbers and rooms. ``mixed``: shares the room with somebody of another sex."""

    trip: Trip
    sex: str
    mixed: bool


def sleepers(wave: Wave) -> list[Sleeper]:
    """In the order of the list; one query."""
    trips = list(wave.trips.select_related("person").order_by("person__name_key", "pk"))
    rooms: dict[str, set[str]] = {}
    for trip in trips:
        rooms.setdefault(trip.room.casefold(), set()).add(sex_digit(trip.person.nip or ""))
    return [
        Sleeper(trip, sex_digit(trip.person.nip or ""), bool(trip.room) and {"1", "2"} <= rooms[trip.room.casefold()])
        for trip in trips
    ]

"""SPPD numbers and rooms for many at once: a run of numbers over the list, rooms by two, then changed by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, islice

from django.db.models import F
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.states import keep_version
from enggang.people.nip import sex_digit
from enggang.training import rules
from enggang.training.models import Trip, Wave

MARK = "#"
BEDS = 2
MOST = 500


@dataclass(frozen=True, slots=True)
class TripCells:
    """What was typed beside one person; ``version`` is the one that was read."""

    number: str
    room: str
    version: int


@act("training.number_trips")
def number_trips(*, wave: Wave, trips: Sequence[Trip], pattern: str, first: str, actor: Actor) -> list[Trip]:
    """Hand out numbers from ``first`` on, in the order of the list, to those who have none yet.

    ``pattern`` is the number with ``#`` where the running part stands; ``first`` keeps its leading zeros. Raises Conflict,
    and gives nobody a number, when one of them is taken already by a journey of this organiser.
    """
    require(rules.may_pay(actor, wave))
    record_subject(wave.subject)
    rows = [trip for trip in _held(wave, trips) if not trip.number]
    if not rows:
        raise Conflict(_("Everybody who is ticked has a number already. Clear it first to give another."))
    numbers = list(_run(pattern.strip(), first.strip(), len(rows)))
    refuse_taken(wave, numbers)
    for trip, number in zip(rows, numbers, strict=True):
        trip.number = number
    return _kept(rows, ["number"])


def _run(pattern: str, first: str, needed: int) -> Iterator[str]:
    if pattern.count(MARK) != 1:
        raise Conflict(
            _("Write the number with one # where the running part stands, for example 094/#/DISPORAPAR/2026.")
        )
    if not (first.isascii() and first.isdigit()) or len(first) > 9:
        raise Conflict(_("The first running number is made of digits, for example 0101."))
    for number in range(int(first), int(first) + needed):
        found = pattern.replace(MARK, str(number).zfill(len(first)))
        if len(found) > 100:
            raise Conflict(_("A number has at most 100 characters."))
        yield found


def refuse_taken(wave: Wave, numbers: Iterable[str], beside: Iterable[int] = ()) -> None:
    """Raises Conflict with who has which of these numbers, in any wave of the organiser, but for the rows ``beside``."""
    wanted = {number.casefold() for number in numbers if number}
    if not wanted:
        return
    rows = Trip.objects.filter(wave__organisation=wave.organisation_id).exclude(pk__in=list(beside))
    rows = rows.annotate(key=Lower("number")).filter(key__in=[each.lower() for each in wanted])
    taken = list(rows.select_related("person", "wave__programme").order_by("number")[:5])
    if taken:
        held = "; ".join(f"{trip.number}: {trip.person.name} ({trip.wave})" for trip in taken)
        raise Conflict(_("These numbers are taken already: %(held)s. Nothing was changed.") % {"held": held})


@act("training.pair_rooms")
def pair_rooms(*, wave: Wave, trips: Sequence[Trip], names: Sequence[str], actor: Actor) -> list[Trip]:
    """Put those without a room by two into rooms, women with women and men with men, of one agency where it can be.

    A bed that is free beside somebody of the same sex is given first. ``names`` are the rooms of the hotel; without any
    they are counted. Whose sex the NIP does not tell is left out. Raises Conflict when there are too few rooms.
    """
    require(rules.may_pay(actor, wave))
    record_subject(wave.subject)
    rows = [trip for trip in _held(wave, trips) if not trip.room and _sex_of(trip)]
    if not rows:
        raise Conflict(_("Nobody who is ticked can be paired: they have a room, or their NIP does not tell their sex."))
    used: dict[str, list[Trip]] = {}
    for trip in Trip.objects.filter(wave=wave).exclude(room="").select_related("person"):
        used.setdefault(trip.room.casefold(), []).append(trip)
    placed, left = _fill(rows, used)
    pairs = list(_pairs(left))
    rooms = _rooms(names, used, len(pairs))
    for room, pair in zip(rooms, pairs, strict=True):
        for trip in pair:
            trip.room = room
    return _kept([*placed, *left], ["room"])


def _fill(rows: list[Trip], used: Mapping[str, list[Trip]]) -> tuple[list[Trip], list[Trip]]:
    """Those who got a bed that was free, and those who are left."""
    free = [found[0] for found in used.values() if len(found) == 1]
    placed, left = [], []
    for trip in rows:
        mate = next((each for each in free if _sex_of(each) == _sex_of(trip) and _meet(each, trip)), None)
        if mate is None:
            left.append(trip)
            continue
        trip.room = mate.room
        free.remove(mate)
        placed.append(trip)
    return placed, left


def _meet(one: Trip, other: Trip) -> bool:
    return one.leaves_on <= other.returns_on and other.leaves_on <= one.returns_on


def _pairs(rows: Sequence[Trip]) -> Iterator[Sequence[Trip]]:
    for sex in ("2", "1"):
        same = [trip for trip in rows if _sex_of(trip) == sex]
        same.sort(key=lambda trip: (trip.leaves_from.casefold(), trip.person.name_key, trip.pk))
        for start in range(0, len(same), BEDS):
            yield same[start : start + BEDS]


def _rooms(names: Sequence[str], used: Mapping[str, object], needed: int) -> list[str]:
    if not names:
        fresh = (_("Room %(number)s") % {"number": number} for number in count(1))
        return list(islice((name for name in fresh if name.casefold() not in used), needed))
    taken = [name for name in names if name.casefold() in used]
    if taken:
        raise Conflict(_("Somebody sleeps in these rooms already: %(rooms)s.") % {"rooms": ", ".join(taken[:10])})
    if len({name.casefold() for name in names}) < len(names):
        raise Conflict(_("A room is named twice."))
    if len(names) < needed:
        raise Conflict(_("%(needed)s rooms are needed, %(given)s are named.") % {"needed": needed, "given": len(names)})
    return list(names[:needed])


@act("training.keep_trip_cells")
def keep_trip_cells(*, wave: Wave, cells: Mapping[int, TripCells], actor: Actor) -> int:
    """Numbers and rooms as they were typed into the list; answers how many rows changed.

    Raises Conflict, and changes nothing, for a number that is taken, a third person in a room, or an older list.
    """
    require(rules.may_pay(actor, wave))
    record_subject(wave.subject)
    found = {trip.pk: trip for trip in _held(wave, Trip.objects.filter(wave=wave, pk__in=list(cells)[:MOST]))}
    changed = []
    for pk, typed in cells.items():
        trip = found.get(pk)
        if trip is None:
            raise Conflict(_("The list has changed in the meantime. Reload the page to see how it stands."))
        if (trip.number, trip.room) != (typed.number.strip(), typed.room.strip()):
            keep_version(trip, typed.version)
            trip.number, trip.room = typed.number.strip(), typed.room.strip()
            trip.clean_fields()
            changed.append(trip)
    _refuse_twice([trip.number for trip in changed if trip.number])
    refuse_taken(wave, [trip.number for trip in changed], beside=[trip.pk for trip in changed])
    Trip.objects.bulk_update(changed, ["number", "room"])
    _refuse_crowds(wave, {trip.room for trip in changed})
    record(rows=len(changed))
    return len(changed)


def _refuse_twice(numbers: Sequence[str]) -> None:
    seen: set[str] = set()
    for number in numbers:
        if number.casefold() in seen:
            raise Conflict(_("The number %(number)s is typed twice. Nothing was changed.") % {"number": number})
        seen.add(number.casefold())


def _refuse_crowds(wave: Wave, rooms: Iterable[str]) -> None:
    for room in sorted(filter(None, rooms)):
        people = Trip.objects.filter(wave=wave, room__iexact=room).select_related("person")
        if len(people) > BEDS:
            names = ", ".join(trip.person.name for trip in people)
            raise Conflict(
                _("%(room)s would hold more than two: %(names)s. Nothing was changed.") % {"room": room, "names": names}
            )


@act("training.clear_trip_cells")
def clear_trip_cells(*, wave: Wave, trips: Sequence[Trip], what: str, actor: Actor) -> int:
    """Take the ``number`` or the ``room`` of these people back. The number of a journey that was paid stays."""
    require(rules.may_pay(actor, wave))
    if what not in {"number", "room"}:
        raise Conflict(_("Choose what to do."))
    record_subject(wave.subject)
    rows = [trip for trip in _held(wave, trips) if getattr(trip, what)]
    if what == "number":
        paid = [trip.person.name for trip in rows if trip.payments.filter(voided_at=None).exists()]
        if paid:
            raise Conflict(
                _("These journeys are paid, so their numbers stay: %(names)s.") % {"names": ", ".join(paid[:10])}
            )
    for trip in rows:
        setattr(trip, what, "")
    _kept(rows, [what])
    return len(rows)


def _held(wave: Wave, trips: Iterable[Trip]) -> list[Trip]:
    """These journeys of the wave in the order of the list, the wave locked: two blocks of one moment take turns."""
    Wave.objects.select_for_update(of=("self",)).only("pk").get(pk=wave.pk)
    ids = [trip.pk for trip in trips]
    rows = list(Trip.objects.filter(wave=wave, pk__in=ids).select_related("person").order_by("person__name_key", "pk"))
    if not rows or len(rows) != len(set(ids)) or len(rows) > MOST:
        raise Conflict(_("Tick between 1 and %(limit)s people of this wave.") % {"limit": MOST})
    return rows


def _kept(rows: Sequence[Trip], fields: list[str]) -> list[Trip]:
    Trip.objects.bulk_update(rows, fields)
    Trip.objects.filter(pk__in=[trip.pk for trip in rows]).update(version=F("version") + 1)
    record(rows=len(rows))
    return list(rows)


def _sex_of(trip: Trip) -> str:
    return sex_digit(trip.person.nip or "")

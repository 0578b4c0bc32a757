"""What cannot be at once: one room, one instructor, one participant in two sessions that overlap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import F
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enggang.core.text import folded
from enggang.training.enums import SessionState, WaveState
from enggang.training.models import ClassPlace, Registration, Session, Teaching, Wave

NAMED = 3


@dataclass(frozen=True, slots=True)
class Clash:
    """Two sessions and why they cannot both be."""

    session: Session
    other: Session
    why: str

    def __str__(self) -> str:
        day = date_format(self.session.day, "j F")
        hours = f"{self.session.begins:%H.%M}–{self.session.ends:%H.%M}"
        values = {"day": day, "hours": hours, "one": self.session.title, "other": _titled(self), "why": self.why}
        return _("%(day)s, %(hours)s: “%(one)s” and “%(other)s”: %(why)s") % values


def _titled(clash: Clash) -> str:
    same = clash.other.wave_id == clash.session.wave_id
    return clash.other.title if same else f"{clash.other.title} ({clash.other.wave})"


def clashes(wave: Wave) -> list[Clash]:
    """All clashes of a wave's planned sessions, among themselves and with other waves. Seven queries for any size."""
    if wave.is_cancelled:
        return []
    mine = list(wave.sessions.planned().with_places())
    theirs = _others(wave, mine)
    pairs = list(_overlapping(mine, theirs))
    people = _people({wave.pk, *(other.wave_id for _one, other in pairs)})
    found = []
    for one, other in pairs:
        found += [Clash(one, other, why) for why in _reasons(one, other, people)]
    return found


def away_teachers(wave: Wave) -> list[str]:
    """Who teaches a planned session of the wave on a day for which they have said since that they cannot. One query."""
    if wave.is_cancelled:
        return []
    day = F("session__day")
    rows = Teaching.objects.filter(
        session__wave=wave, session__state=SessionState.PLANNED,
        person__teaches__away__first_day__lte=day, person__teaches__away__last_day__gte=day,
    )  # fmt: skip
    return [
        _("%(name)s is away on %(day)s and stands in “%(session)s”.")
        % {"name": row.person.name, "day": date_format(row.session.day, "j F"), "session": row.session.title}
        for row in rows.select_related("person", "session").order_by("session__day", "session__begins", "pk").distinct()
    ]


def clashes_of_people(wave: Wave, people: list[int]) -> dict[int, str]:
    """For whoever of ``people`` sits in another wave at the hours of this one: the sentence that says where. Four queries.

    Sessions of one class of ``wave`` do not count: who is only to be registered is in no class yet.
    """
    mine = [row for row in wave.sessions.planned().select_related("wave") if row.klass_id is None]
    pairs = list(_overlapping_with(mine, _others(wave, mine)))
    if not people or not pairs:
        return {}
    wanted, seats = set(people), _people({other.wave_id for _one, other in pairs})
    found: dict[int, str] = {}
    for one, other in pairs:
        for seat in seats.get(other.wave_id, []):
            if seat.person_id in wanted and _is_for(other, seat):
                found.setdefault(seat.person_id, _elsewhere(one, other))
    return found


def own_clashes(registration: Registration) -> list[str]:
    """What a participant reads of their sessions that are at one time, in this wave or with another of theirs."""
    wave = registration.wave
    if wave.is_cancelled or not registration.is_seated:
        return []
    mine = list(wave.sessions.planned().with_places())
    theirs = _others(wave, mine)
    seats = _people({wave.pk, *(other.wave_id for other in theirs)}, registration.person_id)
    own = [row for row in (*mine, *theirs) if any(_is_for(row, seat) for seat in seats.get(row.wave_id, []))]
    here, there = [row for row in own if row.wave_id == wave.pk], [row for row in own if row.wave_id != wave.pk]
    return [str(Clash(one, other, _("a seat in both"))) for one, other in _overlapping(here, there)]


def _elsewhere(one: Session, other: Session) -> str:
    values = {"day": date_format(other.day, "j F"), "title": other.title, "wave": other.wave, "mine": one.title}
    return _("At the hours of “%(mine)s” on %(day)s the person has a seat in “%(title)s” (%(wave)s).") % values


def _overlapping_with(mine: list[Session], theirs: list[Session]) -> Iterator[tuple[Session, Session]]:
    for one in mine:
        for other in theirs:
            if one.starts_at < other.ends_at and other.starts_at < one.ends_at:
                yield one, other


def _others(wave: Wave, mine: list[Session]) -> list[Session]:
    standing = Session.objects.planned().filter(day__in={row.day for row in mine}).exclude(wave=wave)
    return list(standing.exclude(wave__state=WaveState.CANCELLED).with_places())


def _overlapping(mine: list[Session], theirs: list[Session]) -> Iterator[tuple[Session, Session]]:
    for number, one in enumerate(mine):
        for other in mine[number + 1 :] + theirs:
            if one.starts_at < other.ends_at and other.starts_at < one.ends_at:
                yield one, other


def _reasons(one: Session, other: Session, people: dict[int, list[_Seat]]) -> list[str]:
    reasons = []
    room = folded(one.shown_room)
    if room and room == folded(other.shown_room) and one.place == other.place:
        reasons.append(_("the same room, %(room)s") % {"room": one.shown_room})
    both = [person for person in one.teachers if person in other.teachers]
    reasons += [_("the same instructor, %(name)s") % {"name": person} for person in both]
    names = _both(one, other, people)
    if names:
        more = len(names) - NAMED
        shown = ", ".join(names[:NAMED])
        text = ngettext("the same participant: %(names)s", "the same participants: %(names)s", len(names))
        if more > 0:
            shown = _("%(names)s and %(more)s more") % {"names": shown, "more": more}
        reasons.append(text % {"names": shown})
    return reasons


@dataclass(frozen=True, slots=True)
class _Seat:
    person_id: int
    name: str
    classes: frozenset[int]


def _both(one: Session, other: Session, people: dict[int, list[_Seat]]) -> list[str]:
    """Names of those whom both sessions concern."""
    there = {seat.person_id for seat in people.get(other.wave_id, []) if _is_for(other, seat)}
    return sorted(seat.name for seat in people.get(one.wave_id, []) if seat.person_id in there and _is_for(one, seat))


def _is_for(session: Session, seat: _Seat) -> bool:
    return session.klass_id is None or session.klass_id in seat.classes


def _people(waves: set[int], person_id: int | None = None) -> dict[int, list[_Seat]]:
    classes: dict[int, set[int]] = {}
    places = ClassPlace.objects.filter(klass__wave__in=waves).values_list("registration_id", "klass_id")
    for registration_id, klass_id in places:
        classes.setdefault(registration_id, set()).add(klass_id)
    found: dict[int, list[_Seat]] = {}
    rows = Registration.objects.filter(wave__in=waves).seated()
    if person_id is not None:
        rows = rows.filter(person=person_id)
    for pk, wave_id, who, name in rows.values_list("pk", "wave_id", "person_id", "person__name"):
        found.setdefault(wave_id, []).append(_Seat(who, name, frozenset(classes.get(pk, ()))))
    return found

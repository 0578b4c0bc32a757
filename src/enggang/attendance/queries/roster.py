"""Who is expected at an occasion, with name and agency, and what is known of them. Read under attendance's own rule:
an instructor sees the names of those who hold a pass in their group, and nothing else of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from enggang.accounts.queries.names import names_of_keys
from enggang.attendance.enums import Status
from enggang.attendance.models import Mark, Occasion, Pass, TakenMark
from enggang.attendance.queries.audience import audience_of
from enggang.core.registries import pass_holders
from enggang.core.text import folded
from enggang.people.models import Employment, Person

SHOWN = 200


@dataclass(frozen=True, slots=True)
class Attendee:
    """One line of a list; ``code`` is the holder's subject code."""

    code: str
    name: str
    agency: str
    sort_key: str
    mark: Mark | None = None

    @property
    def status(self) -> str:
        return self.mark.status if self.mark else ""

    @property
    def takes_note(self) -> bool:
        """A reason is asked for once somebody is marked as not there: 500 rows need not carry 500 empty fields."""
        return self.mark is not None and not self.mark.is_present


def roster(occasion: Occasion) -> list[Attendee]:
    """Everybody with a valid pass whom the occasion is for, and whoever is marked there, by name.

    Four queries for any size, and those of the group's own audience.
    """
    passes = Pass.objects.valid().filter(group_id=occasion.group_id).select_related("holder")
    marks = {mark.holder_id: mark for mark in Mark.objects.filter(occasion=occasion)}
    audience = audience_of(occasion)
    holders = {
        row.holder_id: row.holder.code
        for row in passes
        if audience is None or row.holder_id in audience or row.holder_id in marks
    }
    people = _people(holders)
    lines = [_line(code, people.get(holder_id), marks.get(holder_id)) for holder_id, code in holders.items()]
    return sorted(lines, key=lambda line: (line.sort_key, line.code))


def attendee(holder_id: int, code: str, mark: Mark | None = None) -> Attendee:
    """One person, as on the list. Two queries."""
    return _line(code, _people([holder_id]).get(holder_id), mark)


def people_of(holder_ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Name and present agency by subject id; of holders who are no persons what their app says of them. Two queries for
    any size, and one of each app that is asked."""
    return {key: (who.name, who.agency) for key, who in _people(holder_ids).items()}


def group_people(group_id: int) -> list[tuple[int, str, str]]:
    """Subject id, subject code and name of everybody with a valid pass in a group, by name. Two queries."""
    passes = Pass.objects.valid().filter(group_id=group_id).values_list("holder_id", "holder__code")
    codes = dict(passes)
    people = Person.objects.filter(subject_id__in=codes).order_by("name_key", "pk")
    return [(person.subject_id, codes[person.subject_id], person.name) for person in people]


class _Who(NamedTuple):
    name: str
    agency: str
    sort_key: str


def _people(holder_ids: Iterable[int]) -> dict[int, _Who]:
    """Persons with the name of their present agency, and other holders of passes, by subject id."""
    wanted = set(holder_ids)
    people = list(Person.objects.filter(subject_id__in=wanted))
    present = Employment.objects.present().filter(person__in=people).values_list("person_id", "organisation__name")
    agencies = dict(present)
    found = {row.subject_id: _Who(row.name, agencies.get(row.pk, ""), row.name_key) for row in people}
    for ask in pass_holders:
        if missing := wanted - found.keys():
            found |= {key: _Who(name, note, folded(name)) for key, (name, note) in ask(missing).items()}
    return found


def _line(code: str, found: _Who | None, mark: Mark | None) -> Attendee:
    who = found or _Who(code, "", code)
    return Attendee(code, who.name, who.agency, who.sort_key, mark)


def count_by_status(lines: Iterable[Attendee]) -> dict[str, int]:
    """How many of each status, and under the empty name those of whom nothing is known yet."""
    counts = dict.fromkeys([*Status.values, ""], 0)
    for line in lines:
        counts[line.status] += 1
    return counts


def notes_on_record(occasion: Occasion) -> dict[str, str]:
    """The notes of an occasion's marks that have one, by holder code."""
    rows = Mark.objects.filter(occasion=occasion).exclude(note="")
    return dict(rows.values_list("holder__code", "note"))


@dataclass(frozen=True, slots=True)
class Taken:
    """A mark that was taken back, with whose it was and who took it."""

    mark: TakenMark
    name: str
    by: str


def taken_marks(occasion: Occasion, *, most: int | None = SHOWN) -> list[Taken]:
    """What was taken back at an occasion and not given back since, the last first. Three queries, one when none was."""
    rows = list(TakenMark.objects.filter(occasion=occasion, given_at__isnull=True)[:most])
    if not rows:
        return []
    names, by = people_of({row.holder_id for row in rows}), names_of_keys({row.taken_by_key for row in rows})
    return [Taken(row, names.get(row.holder_id, ("–", ""))[0], by.get(row.taken_by_key, "")) for row in rows]

"""Persons on record, as plain values, looked up by the hundred for a roster."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q

from enggang.core import clock
from enggang.people.models import Employment, Person
from enggang.people.models.person import PersonQuerySet
from enggang.places.models.organisation import below

ASKED_AT_ONCE = 20_000  # values in one question
FEW = 1_000


class Known(NamedTuple):
    """A person with their present employment, if they have one (``employment_id`` is None otherwise)."""

    person_id: int
    subject_id: int
    subject_code: str
    name: str
    name_key: str
    nip: str
    phone: str
    email: str
    employment_id: int | None
    organisation_id: int | None
    organisation_code: str | None
    organisation_name: str | None
    path: str | None
    kind: str | None
    post: str | None
    rank: str | None
    unit: str | None
    superior_id: int | None
    post_type_id: int | None
    starts_on: date | None
    ends_on: date | None
    next_on: date | None = None  # the day another post begins that is on record already


PERSON = ("pk", "subject_id", "subject__code", "name", "name_key", "nip", "phone", "email")
EMPLOYMENT = (
    "pk", "organisation_id", "organisation__subject__code", "organisation__name", "organisation__path",
    "kind", "post", "rank", "unit", "superior_id", "post_type_id", "starts_on", "ends_on",
)  # fmt: skip
BEGINS = EMPLOYMENT.index("starts_on")
NOWHERE = (None,) * len(EMPLOYMENT)


def known_by_nip(nips: Iterable[str]) -> dict[str, Known]:
    """Everyone who has one of these NIPs, wherever they work."""
    has_nip = Person.objects.exclude(nip="")  # said again, so that the index of NIPs serves
    return {known.nip: known for part in _parts(nips) for known in _read(has_nip.filter(nip__among=part))}


def known_by_name(keys: Iterable[str], *, path: str) -> dict[str, list[Known]]:
    """Those presently employed at ``path`` or below who go by one of these name keys."""
    wanted = set(keys)
    found: dict[str, list[Known]] = {}
    for known in _of_agency(wanted, path):
        if known.name_key in wanted and known.path is not None and known.path.startswith(path):
            found.setdefault(known.name_key, []).append(known)
    return found


def last_path(person_id: int) -> str:
    """Where a released person was last; who was nowhere belongs to the whole installation."""
    rows = Employment.objects.filter(person_id=person_id, starts_on__lte=clock.today()).order_by("-starts_on", "-pk")
    return rows.values_list("organisation__path", flat=True).first() or "/"


def _of_agency(keys: set[str], path: str) -> Iterator[Known]:
    """Everyone of the agency when it is no larger than the list; else whoever goes by the names, wherever.

    A list of a whole agency would meet every namesake of the province, and it is most often the agency's first.
    """
    here = Employment.objects.present().filter(below(path, "organisation__path")).order_by()
    most = max(FEW, 2 * len(keys))
    people = list(here.values_list("person_id", flat=True)[: most + 1]) if keys else []
    if len(people) <= most:
        for part in _parts(people):
            yield from _read(Person.objects.filter(pk__among=part))
        return
    for part in _parts(keys):
        yield from _read(Person.objects.filter(name_key__among=part))


def _read(rows: PersonQuerySet) -> Iterator[Known]:
    """Persons and employments in two plain questions: a join over fresh tables is planned badly on PostgreSQL."""
    people = list(rows.order_by().values_list(*PERSON))
    places, coming = _work_of(row[0] for row in people)
    for row in people:
        yield Known._make((*row, *places.get(row[0], NOWHERE), coming.get(row[0])))


def _work_of(people: Iterable[int]) -> tuple[dict[int, list[Any]], dict[int, date]]:
    """The present employment of each, and the day on which the next post begins that is on record already."""
    today = clock.today()
    places: dict[int, list[Any]] = {}
    coming: dict[int, date] = {}
    for part in _parts(people):
        rows = Employment.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today), person_id__among=part).order_by()
        for person, *rest in rows.values_list("person_id", *EMPLOYMENT):
            begins = rest[BEGINS]
            if begins <= today:
                places[person] = rest
            else:
                coming[person] = min(begins, coming.get(person, begins))
    return places, coming


def _parts(values: Iterable[Any]) -> Iterator[list[Any]]:
    ordered = sorted({value for value in values if value})
    for start in range(0, len(ordered), ASKED_AT_ONCE):
        yield ordered[start : start + ASKED_AT_ONCE]

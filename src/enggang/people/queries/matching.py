"""Persons on record, as plain values, looked up by the hundred for a roster."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from enggang.people.models import Employment, Person
from enggang.people.models.person import PersonQuerySet

ASKED_AT_ONCE = 20_000  # values in one question where the database sets no limit (SQLite: 999)
MARGIN = 9


@dataclass(frozen=True, slots=True)
class Known:
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
    starts_on: date | None


PERSON = ("pk", "subject_id", "subject__code", "name", "name_key", "nip", "phone", "email")
EMPLOYMENT = (
    "pk", "organisation_id", "organisation__subject__code", "organisation__name", "organisation__path",
    "kind", "post", "rank", "unit", "superior_id", "starts_on",
)  # fmt: skip
NOWHERE = (None,) * len(EMPLOYMENT)


def known_by_nip(nips: Iterable[str]) -> dict[str, Known]:
    """Everyone who has one of these NIPs, wherever they work."""
    has_nip = Person.objects.exclude(nip="")  # said again, so that the index of NIPs serves
    return {known.nip: known for part in _parts(nips) for known in _read(has_nip.filter(nip__in=part))}


def known_by_name(keys: Iterable[str], *, path: str) -> dict[str, list[Known]]:
    """Those presently employed at ``path`` or below who go by one of these name keys."""
    found: dict[str, list[Known]] = {}
    for part in _parts(keys):
        for known in _read(Person.objects.filter(name_key__in=part)):
            if known.path is not None and known.path.startswith(path):
                found.setdefault(known.name_key, []).append(known)
    return found


def _read(rows: PersonQuerySet) -> Iterator[Known]:
    """Persons and employments in two plain questions: a join over fresh tables is planned badly on PostgreSQL."""
    people = list(rows.order_by().values_list(*PERSON))
    places = {
        person: rest
        for part in _parts(row[0] for row in people)
        for person, *rest in Employment.objects.present()
        .filter(person_id__in=part)
        .order_by()
        .values_list("person_id", *EMPLOYMENT)
    }
    for row in people:
        yield Known(*row, *places.get(row[0], NOWHERE))


def _parts(values: Iterable[Any]) -> Iterator[list[Any]]:
    ordered = sorted({value for value in values if value})
    size = connection.features.max_query_params or ASKED_AT_ONCE
    for start in range(0, len(ordered), size - MARGIN):
        yield ordered[start : start + size - MARGIN]

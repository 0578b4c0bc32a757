"""Persons on record, as plain values, looked up by the hundred for a roster."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import FilteredRelation, Q

from enggang.people.models import Person
from enggang.people.models.person import PersonQuerySet
from enggang.places.models.organisation import below

ASKED_AT_ONCE = 900  # SQLite takes 999 values in one question


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


COLUMNS = (
    "pk", "subject_id", "subject__code", "name", "name_key", "nip", "phone", "email",
    "now__pk", "now__organisation_id", "now__organisation__subject__code", "now__organisation__name",
    "now__organisation__path", "now__kind", "now__post", "now__rank", "now__unit", "now__superior_id", "now__starts_on",
)  # fmt: skip


def known_by_nip(nips: Iterable[str]) -> dict[str, Known]:
    """Everyone who has one of these NIPs, wherever they work."""
    return {known.nip: known for part in _parts(nips) for known in _read(Person.objects.filter(nip__in=part))}


def known_by_name(keys: Iterable[str], *, path: str) -> dict[str, list[Known]]:
    """Those presently employed at ``path`` or below who go by one of these name keys."""
    found: dict[str, list[Known]] = {}
    for part in _parts(keys):
        rows = Person.objects.filter(name_key__in=part)
        for known in _read(rows, below(path, "now__organisation__path") & Q(now__isnull=False)):
            found.setdefault(known.name_key, []).append(known)
    return found


def _read(rows: PersonQuerySet, *conditions: Q) -> Iterator[Known]:
    joined = rows.annotate(now=FilteredRelation("employments", condition=Q(employments__ends_on__isnull=True)))
    for values in joined.filter(*conditions).order_by().values_list(*COLUMNS).iterator(chunk_size=2000):
        yield Known(*values)


def _parts(values: Iterable[str]) -> Iterator[list[str]]:
    ordered = sorted(set(values) - {""})
    for start in range(0, len(ordered), ASKED_AT_ONCE):
        yield ordered[start : start + ASKED_AT_ONCE]

"""All that is on record of the people of a subtree, as rows for a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.people import rules
from enggang.people.enums import StaffKind
from enggang.people.models import Employment, Person, RosterImport
from enggang.people.models.person import masked
from enggang.people.queries.persons import present_of, with_present
from enggang.places.models import Organisation
from enggang.places.models.organisation import below


def people_below(path: str) -> Any:
    """Everyone who serves there, or has served there last or before."""
    work = Employment.objects.filter(below(path, "organisation__path"), person=OuterRef("pk"))
    return Person.objects.filter(Exists(work))


def person_rows(path: str, actor: Actor) -> Iterator[list[Any]]:
    for person in with_present(people_below(path)).iterator(chunk_size=1_000):
        row = present_of(person)
        place = row.organisation.path if row else "/"
        full = rules.may_read_nip(actor, place, person.user_id)
        yield [
            person.code, person.name, person.nip if full else masked(person.nip),
            person.phone if full else "", person.email if full else "", person.nip_pending,
            row.organisation.name if row else "", row.post if row else "", row.rank if row else "",
            row.short_kind if row else "", row.unit if row else "",
        ]  # fmt: skip


def employment_rows(path: str) -> Iterator[list[Any]]:
    rows = Employment.objects.filter(below(path, "organisation__path")).order_by("person_id", "starts_on")
    wanted = rows.values_list(
        "person__subject__code", "person__name", "organisation__name", "kind", "post", "rank", "unit",
        "superior__name", "starts_on", "ends_on",
    )  # fmt: skip
    for code, name, agency, kind, *rest in wanted.iterator(chunk_size=2_000):
        yield [code, name, agency, str(StaffKind(kind).label), *rest]


def organisation_rows(path: str) -> Iterator[list[Any]]:
    rows = Organisation.objects.filter(below(path)).order_by("path")
    for row in rows.select_related("subject", "parent__subject"):
        parent = row.parent.code if row.parent else ""
        yield [row.code, row.name, row.short_name, row.get_kind_display(), parent, row.valid_from, row.valid_to]


def roster_rows(path: str) -> Iterator[list[Any]]:
    names = ("rows", "created", "updated", "unchanged", "rejected", "warnings")
    rows = RosterImport.objects.filter(below(path, "organisation__path")).select_related("subject", "organisation")
    for row in rows:
        counts = [row.counts.get(name, "") for name in names]
        yield [row.code, row.organisation.name, clock.day_of(row.created_at), row.get_state_display(), *counts]

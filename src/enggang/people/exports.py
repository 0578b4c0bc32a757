"""The list of people as a workbook, in the columns of a roster: it can be read in again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from enggang.core.actor import Actor
from enggang.people import rules
from enggang.people.models import Person
from enggang.people.models.person import PersonQuerySet
from enggang.people.queries.persons import present_of, with_present
from enggang.people.roster.header import CLEAN_HEADER
from enggang.people.roster.workbooks import workbook

AGENCY_COLUMN = "Instansi"
WIDTHS = (34, 24, 34, 18, 18, 28, 12, 30, 40)


def people_workbook(rows: PersonQuerySet, actor: Actor) -> tuple[bytes, int]:
    """The workbook and how many people are in it. NIP and numbers only of those whose the actor may read."""
    lines = list(_lines(rows, actor))
    return workbook(_("People"), [*CLEAN_HEADER, AGENCY_COLUMN], lines, widths=WIDTHS), len(lines)


def _lines(rows: PersonQuerySet, actor: Actor) -> Iterator[list[Any]]:
    for person in with_present(rows).iterator(chunk_size=1000):
        yield _line(person, actor)


def _line(person: Person, actor: Actor) -> list[Any]:
    row = present_of(person)
    path = row.organisation.path if row else "/"
    full = rules.may_read_nip(actor, path, person.user_id)
    contact = [person.shown_phone, person.email] if full else ["", ""]
    nip = person.spaced_nip if full else person.masked_nip
    if row is None:
        return [person.name, nip, "", "", *contact, "", "", ""]
    return [person.name, nip, row.post, row.rank, *contact, row.short_kind, row.unit, row.organisation.name]

"""Organisations, actors and roster files for the tests of people."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import xlsxwriter

from enggang.access.domain.actors import actor_for
from enggang.access.enums import Role
from enggang.access.models import RoleGrant
from enggang.accounts.models import User
from enggang.core.actor import SYSTEM, Actor
from enggang.people.domain.persons import add_person
from enggang.people.models import Person
from enggang.people.roster.header import CLEAN_HEADER
from enggang.places.enums import OrganisationKind
from enggang.places.models import Organisation

NIP = "198609262015051001"
OTHER_NIP = "199001012020122002"
PPPK_NIP = "199203042024211003"


def make_organisation(
    name: str = "Dinas Pariwisata", parent: Organisation | None = None, **fields: Any
) -> Organisation:
    subject = Organisation.new_subject()
    subject.organisation_code = subject.code
    subject.save()
    path = f"{parent.path if parent else '/'}{subject.code}/"
    values = {"short_name": name[:60], "kind": OrganisationKind.AGENCY, "parent": parent, "path": path, **fields}
    return Organisation.objects.create(subject=subject, name=name, **values)


def make_user(role: Role | None = None, organisation: Organisation | None = None, name: str = "Rina") -> User:
    """``role`` is granted on ``organisation``; without one, on the whole installation."""
    user = User.objects.create(name=name)
    if role:
        RoleGrant.objects.create(
            user=user, role=role, organisation=organisation, valid_from=date(2020, 1, 1), granted_by_key="test"
        )
    return user


def make_actor(role: Role | None = None, organisation: Organisation | None = None) -> Actor:
    return actor_for(make_user(role, organisation))


def make_person(organisation: Organisation, name: str = "Siti Aminah, S.Sos", **fields: Any) -> Person:
    return add_person(organisation=organisation, name=name, actor=SYSTEM, **fields)


def row(name: str = "Siti Aminah, S.Sos", nip: Any = NIP, **fields: str) -> list[Any]:
    """A row in the order of the clean header."""
    given = {"Nama": name, "NIP": nip, **fields}
    return [given.get(title, "") for title in CLEAN_HEADER]


def xlsx(*rows: Sequence[Any], header: Sequence[str] | None = CLEAN_HEADER) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_numbers": False})
    sheet = book.add_worksheet()
    for number, cells in enumerate([*([header] if header else []), *rows]):
        for column, cell in enumerate(cells):
            sheet.write(number, column, cell)
    book.close()
    return out.getvalue()


def csv_file(*rows: Sequence[Any], delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([CLEAN_HEADER, *rows])
    return out.getvalue().encode(encoding)

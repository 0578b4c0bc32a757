"""Keeping and loading reference rows, for the acts of the apps that have some."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from enggang.core.acts import Conflict, record, record_subject, require
from enggang.core.states import keep_version
from enggang.places.enums import Origin
from enggang.places.models import Organisation
from enggang.places.queries.dated import is_dated


def keep_dated(row: Any, organisation: Organisation, version: int) -> Any:
    """Save an agency's row, new or changed; a shipped row is never changed, only outranked. The caller asks who may."""
    if row.is_shipped:
        raise Conflict(_("A shipped row stays as it is. Add a row of your agency: it takes its place."))
    if row.valid_to and row.valid_to < row.valid_from:
        raise Conflict(_("The row ends before it begins."))
    if row.pk:
        require(row.organisation_id == organisation.pk)
        keep_version(row, version)
    row.organisation = organisation
    row.full_clean()
    row.save()
    record_subject(organisation.subject)
    record(table=type(row).__name__, row=row.pk)
    return row


def load_shipped(model: type[Any], path: Path) -> int:
    """Bring the shipped rows of a table to the state of a CSV file; answers how many were made.

    The columns are the fields, ``key`` tells the rows apart, and a key to another table is that row's ``key``.
    Local rows are left alone.
    """
    fields = model._meta
    lines = _lines(path)
    joined = {
        name: _by_key(fields.get_field(name).related_model) for name in lines[0] if is_dated(fields.get_field(name))
    }
    known = _by_key(model)
    made = []
    for line in lines:
        old = known.get(line["key"])
        values = {
            name: joined[name][text] if name in joined else _value(fields.get_field(name), text)
            for name, text in line.items()
        }
        if old is not None and all(getattr(old, name) == value for name, value in values.items()):
            continue
        row = old or model(origin=Origin.SHIPPED)
        for name, value in values.items():
            setattr(row, name, value)
        row.full_clean(exclude=joined, validate_unique=False, validate_constraints=False)  # the database holds them
        if old is None:
            made.append(row)
        else:
            row.save()
    model.objects.bulk_create(made)
    return len(made)


@cache
def _lines(path: Path) -> list[dict[str, str]]:
    """A shipped file does not change while it is in use."""
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _by_key(model: type[Any]) -> dict[str, Any]:
    return {row.key: row for row in model.objects.filter(origin=Origin.SHIPPED)}


def _value(field: Any, text: str) -> Any:
    if not text:
        return None if field.null else field.get_default()
    if isinstance(field, models.BooleanField):
        return text == "yes"
    if isinstance(field, models.DateField):
        return date.fromisoformat(text)
    return field.to_python(text)

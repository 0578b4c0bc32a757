"""Constraint violations as sentences, on both databases.

PostgreSQL names the constraint that failed; SQLite names only the columns of a unique one. Either is
looked up among the model's own constraints, whose ``violation_error_message`` is what the person reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from enggang.core.acts import Conflict


@contextmanager
def told(model: type[models.Model]) -> Iterator[None]:
    """Run the block in a savepoint; a violated constraint of ``model`` becomes a Conflict with its sentence."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        constraint = violated(model, error)
        if constraint is None:
            raise
        raise Conflict(_sentence(constraint)) from error


def violated(model: type[models.Model], error: IntegrityError) -> models.BaseConstraint | None:
    """Which of the model's constraints the error speaks of, or None."""
    text = str(error)
    for constraint in model._meta.constraints:
        if constraint.name in text:
            return constraint
    columns = _sqlite_columns(text, model._meta.db_table)
    return next((each for each in model._meta.constraints if columns and _columns_of(model, each) == columns), None)


def _sentence(constraint: models.BaseConstraint) -> str:
    message = constraint.violation_error_message
    return str(message) if message else _("This is already on record.")


def _sqlite_columns(text: str, table: str) -> set[str]:
    match = re.search(r"UNIQUE constraint failed: (.+)$", text)
    named = match.group(1).split(", ") if match else []
    return {name.removeprefix(f"{table}.") for name in named if name.startswith(f"{table}.")}


def _columns_of(model: type[models.Model], constraint: models.BaseConstraint) -> set[str]:
    names = getattr(constraint, "fields", ())
    return {str(field.column) for field in model._meta.concrete_fields if field.name in names}

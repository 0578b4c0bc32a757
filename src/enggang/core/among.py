"""``field__among=values``: one of many values, given to the database as one value.

An ``IN`` with a place for each of some thousand values is taken apart by the driver every time, and SQLite bears no more
than some hundred places. Values are plain texts or whole numbers.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, ForeignObject, Lookup
from django.db.models.sql.compiler import SQLCompiler

if TYPE_CHECKING:
    AnyLookup = Lookup[Any]
else:
    AnyLookup = Lookup


class Among(AnyLookup):
    lookup_name = "among"
    prepare_rhs = False

    def get_db_prep_lookup(self, value: Any, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        values = list(value)
        return ("ANY(%s)", [values]) if connection.vendor == "postgresql" else (
            "(SELECT value FROM json_each(%s))", [json.dumps(values)]
        )  # fmt: skip

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        sign = "=" if connection.vendor == "postgresql" else "IN"
        return f"{left} {sign} {right}", [*left_params, *right_params]


def offer_among() -> None:
    """Make the lookup known to every field; called once at start."""
    Field.register_lookup(Among)
    ForeignObject.register_lookup(Among)  # it takes none from Field

"""What the two databases do differently, kept out of everything else."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState

Statements = str | list[Any]


class VendorSQL(migrations.RunSQL):
    """SQL that only one kind of database runs; on the other the step counts as done."""

    def __init__(self, vendor: str, sql: Statements, reverse_sql: Statements) -> None:
        super().__init__(sql, reverse_sql)
        self.vendor = vendor

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return self.__class__.__qualname__, [self.vendor, self.sql, self.reverse_sql], {}

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        if schema_editor.connection.vendor == self.vendor:
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        if schema_editor.connection.vendor == self.vendor:
            super().database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"SQL on {self.vendor}"


def on_vendor(vendor: str, sql: Statements, reverse: Statements) -> VendorSQL:
    """A migration step for ``vendor`` ("sqlite" or "postgresql") only.

    SQLite rebuilds a table whenever Django alters it, and drops triggers and foreign columns with the old
    one: keep what is made here in a table of its own there.
    """
    return VendorSQL(vendor, sql, reverse)

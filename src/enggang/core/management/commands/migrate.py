"""Django's ``migrate``, which makes the tables of an empty database from the models at once.

Every migration since the first, one after the other, ends at the same tables and takes fifty times as long. An empty
database has no rows to carry over, so only what no model says is taken from the migrations: their SQL. All of them
count as applied then. A test holds both ways to the same tables; ``--step-by-step`` goes the long one.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.management.base import CommandParser
from django.core.management.commands import migrate
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

from enggang.core.db import VendorSQL


class Command(migrate.Command):
    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--step-by-step", action="store_true", help="Take an empty database through every migration."
        )

    def handle(self, *args: Any, **options: Any) -> Any:
        stepwise = options.pop("step_by_step")
        connection = connections[options["database"]]
        if not stepwise and _is_plain(options) and not connection.introspection.table_names():
            self.verbosity = options["verbosity"]
            self._make_tables(connection)
        return super().handle(*args, **options)

    def _make_tables(self, connection: BaseDatabaseWrapper) -> None:
        """All tables or none: one transaction, so that whoever is interrupted starts from nothing again."""
        # SQLite changes this outside a transaction only, and makes no table while it checks foreign keys.
        connection.disable_constraint_checking()
        try:
            with transaction.atomic(using=connection.alias):
                self.sync_apps(connection, {app.label for app in apps.get_app_configs()})
                _take_from_migrations(connection)
        finally:
            connection.enable_constraint_checking()


def _is_plain(options: dict[str, Any]) -> bool:
    """Whether everything is asked for, as opposed to one app's part, a plan or a mere note of what is there."""
    return not any(options[name] for name in ("app_label", "plan", "fake", "fake_initial", "check_unapplied", "prune"))


def _take_from_migrations(connection: BaseDatabaseWrapper) -> None:
    """The SQL that no model says, in the order of the migrations; then each of them counts as applied."""
    executor = MigrationExecutor(connection)
    executor.recorder.ensure_schema()
    for migration, _backwards in executor.migration_plan(executor.loader.graph.leaf_nodes()):
        for operation in migration.operations:
            if isinstance(operation, VendorSQL):
                with connection.schema_editor() as editor:
                    operation.database_forwards(migration.app_label, editor, ProjectState(), ProjectState())
        executor.recorder.record_applied(migration.app_label, migration.name)
    executor.check_replacements()

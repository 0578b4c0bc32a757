"""Empty tables after a test that has committed: those that hold rows, and what the framework itself keeps there stays.

Django's own way truncates every table and makes all content types and permissions anew. With more than three hundred
tables that takes ten seconds on PostgreSQL, where each truncated table is a new file, and most of a second on SQLite.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache

from django.apps import apps
from django.db import connection, transaction
from django.db.models.signals import post_migrate
from django.test import TransactionTestCase

KEPT = {"django_migrations", "django_content_type", "auth_permission"}
DJANGOS_OWN = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]


def empty_tables(case: TransactionTestCase) -> None:
    if not may_put_keys_to_sleep():
        DJANGOS_OWN(case)
        return
    with foreign_keys_asleep(), connection.cursor() as cursor:
        for table in filled():
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608 -- our own tables
    post_migrate.send(  # the index of the search is no table of a model
        sender=apps.get_app_config("search"), app_config=apps.get_app_config("search"), verbosity=0, interactive=False,
        using=connection.alias, plan=[], apps=apps,
    )  # fmt: skip


@cache
def may_put_keys_to_sleep() -> bool:
    """On PostgreSQL that takes a superuser, as the user of a developer's machine mostly is."""
    if connection.vendor == "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        return bool(cursor.fetchone()[0])


def filled() -> list[str]:
    tables = sorted(set(connection.introspection.django_table_names(only_existing=True, include_views=False)) - KEPT)
    found = list[str]()
    with connection.cursor() as cursor:
        for part in parts(tables):
            asked = (f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {connection.ops.quote_name(name)})" for name in part)  # noqa: S608 -- as above
            cursor.execute(" UNION ALL ".join(asked))
            found += [name for (name,) in cursor.fetchall()]
    return found


def parts(tables: list[str]) -> Iterable[list[str]]:
    """SQLite joins no more than 500 questions to one."""
    return (tables[start : start + 400] for start in range(0, len(tables), 400))


@contextmanager
def foreign_keys_asleep() -> Iterator[None]:
    """Rows may go in any order; what watches over rows that are only added sleeps as well."""
    if connection.vendor == "sqlite":
        with connection.constraint_checks_disabled(), transaction.atomic():
            yield
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            yield

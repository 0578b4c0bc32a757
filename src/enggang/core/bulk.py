"""Sets of rows straight into a table, at the speed of the database: COPY on PostgreSQL, prepared rows on SQLite.

Nothing is cleaned here and nothing is told to anyone: only for rows that a diff has made, inside an act.
Values are given as the driver takes them: days in ISO form, instants by ``instant``, JSON as text.
"""

from __future__ import annotations

import gc
import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Field, Model

from enggang.core.codes import TO_ALPHABET

Row = Sequence[Any]
T = TypeVar("T")
PART = 5_000  # rows held in memory at a time
ROOMY = -40_000  # kilobytes of pages, in SQLite's way of saying so
FEW = 50  # rows for which a temporary table costs more than it saves


@contextmanager
def without_collector() -> Iterator[None]:
    """Hold the garbage collector back: with some hundred thousand rows in memory, none in a circle, it only costs."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def roomy_cache() -> Iterator[None]:
    """Let SQLite keep more of its pages at hand while a large set is written.

    With the few megabytes that do for a page of the site, every row of a hundred thousand evicts what the next one needs.
    """
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size")
        (before,) = cursor.fetchone()
        cursor.execute(f"PRAGMA cache_size = {ROOMY}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA cache_size = {int(before)}")


def in_parts(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of ``size``, the last one shorter."""
    stream = iter(rows)
    while part := list(islice(stream, size)):
        yield part


def random_codes(count: int, length: int = 12) -> list[str]:
    """``count`` random codes at once, as ``codes.random_code`` makes one."""
    text = secrets.token_bytes(count * length).translate(TO_ALPHABET).decode("ascii")
    return [text[start : start + length] for start in range(0, len(text), length)]


def reserve_ids(model: type[Model], count: int) -> Sequence[int]:
    """Ids that no other row will have. On SQLite the running transaction is the only writer."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            return _from_sequence(cursor, table, count)
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()
        return range((last[0] if last else 0) + 1, (last[0] if last else 0) + 1 + count)


def _from_sequence(cursor: Any, table: str, count: int) -> Sequence[int]:
    """One row, and in it every number only when somebody else took some between ours."""
    if not count:
        return range(0)
    cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table])  # once: it looks into the catalogue each time
    cursor.execute(
        "WITH taken AS MATERIALIZED (SELECT nextval(%s) AS id FROM generate_series(1, %s))"
        " SELECT min(id), CASE WHEN max(id) - min(id) >= count(*) THEN array_agg(id) END FROM taken",
        [cursor.fetchone()[0], count],
    )
    first, scattered = cursor.fetchone()
    return scattered or range(first, first + count)


def instant(moment: datetime) -> Any:
    """An aware instant as the column of the running database keeps it."""
    return connection.ops.adapt_datetimefield_value(moment)


def insert_rows(model: type[Model], fields: Sequence[str], rows: Iterable[Row]) -> None:
    """Insert ``rows``, whose values stand in the order of ``fields`` and are as the driver takes them."""
    columns = [_column(model, name) for name in fields]
    if connection.vendor == "postgresql":
        _copy(model._meta.db_table, columns, rows)
    else:
        _insert_each(model, columns, rows)


def measure_again(*models: type[Model]) -> None:
    """Tell PostgreSQL how many rows its tables hold after many were added.

    Autovacuum does so within minutes. Until then PostgreSQL plans as if they were as small as before and reads them
    whole, in the very minutes in which everybody comes.
    """
    if connection.vendor == "postgresql":
        tables = _names([model._meta.db_table for model in models])
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {tables}")


def upsert_rows(model: type[Model], fields: Sequence[str], rows: Sequence[Row]) -> None:
    """Insert ``rows`` or, where the first of ``fields`` (unique) is there already, renew all the others."""
    if connection.vendor == "postgresql" and len(rows) > FEW and not _any_there(model, fields[0], rows):
        insert_rows(model, fields, rows)
        return
    key, *rest = [connection.ops.quote_name(_column(model, name)) for name in fields]
    clause = f"ON CONFLICT ({key}) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in rest)}"
    columns = [_column(model, name) for name in fields]
    if connection.vendor == "postgresql" and len(rows) > FEW:
        _upsert_by_table(model, columns, rows, clause)
    else:
        _insert_each(model, columns, rows, clause)


def _any_there(model: type[Model], key: str, rows: Sequence[Row]) -> bool:
    return model._default_manager.filter(**{f"{key}__among": [row[0] for row in rows]}).exists()


def _upsert_by_table(model: type[Model], columns: Sequence[str], rows: Iterable[Row], clause: str) -> None:
    names, table = _names(columns), connection.ops.quote_name(model._meta.db_table)
    passing = f"passing_{model._meta.db_table}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {passing} ON COMMIT DROP AS SELECT {names} FROM {table} WITH NO DATA")  # noqa: S608 -- our own names
        _copy(passing, columns, rows)
        cursor.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM {passing} {clause}")  # noqa: S608 -- as above
        cursor.execute(f"DROP TABLE {passing}")


def _insert_each(model: type[Model], columns: Sequence[str], rows: Iterable[Row], clause: str = "") -> None:
    table, marks = connection.ops.quote_name(model._meta.db_table), ", ".join(["%s"] * len(columns))
    sql = f"INSERT INTO {table} ({_names(columns)}) VALUES ({marks}) {clause}"  # noqa: S608 -- our own names
    with connection.cursor() as cursor:
        for part in in_parts(rows, PART):
            cursor.executemany(sql, part)


def _copy(table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    sql = f"COPY {connection.ops.quote_name(table)} ({_names(columns)}) FROM STDIN"
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.cursor.copy(sql) as copy:
        for row in rows:
            copy.write_row(row)


def _names(columns: Sequence[str]) -> str:
    return ", ".join(map(connection.ops.quote_name, columns))


def update_rows(model: type[Model], fields: Sequence[str], rows: Iterable[Row], *, also: str = "") -> None:
    """Set ``fields`` of the rows whose id stands last in each row. ``also`` is SQL of our own, such as a counter."""
    quote = connection.ops.quote_name
    sets = [f"{quote(_column(model, name))} = %s" for name in fields] + ([also] if also else [])
    sql = f"UPDATE {quote(model._meta.db_table)} SET {', '.join(sets)} WHERE id = %s"  # noqa: S608 -- our own names
    with connection.cursor() as cursor:
        cursor.executemany(sql, _in_order(rows))  # in one order: two sets cannot wait for each other


def _in_order(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: int(row[-1]))


def _column(model: type[Model], name: str) -> str:
    field = model._meta.get_field(name)
    assert isinstance(field, Field)
    return str(field.column)

"""Rows for the few paths that are asked hundreds of times a second: the models' own rows, with SQL that is made once.

Django makes the SQL of a query anew each time, which costs ten times what the database needs to answer it. Here the
text is kept, by model and shape. The questions are plain on purpose: columns that equal a value or are among some, over
foreign keys if need be. No signals are sent and no model's ``__init__`` is run, which costs more than the rows
themselves. Whoever asks more, or rarely, asks a QuerySet.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from enum import Enum
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.models.base import ModelState
from django.db.models.constants import LOOKUP_SEP
from django.db.models.expressions import DatabaseDefault
from psycopg.types.json import Jsonb

M = TypeVar("M", bound=models.Model)
Convert = Callable[[Any], Any]
Ready = Callable[[BaseDatabaseWrapper, Any], Any]
MOST = 200  # rows of one INSERT: both databases have a limit of values
AMONG = "__in"


class _Part(NamedTuple):
    """One model's columns in the answer, and where its instance hangs: the path of foreign keys to it."""

    path: str
    model: type[models.Model]
    names: list[str]
    converters: list[tuple[int, Convert]]


class _Slot(NamedTuple):
    """One column of an INSERT. A value of one of the types in ``plain`` goes to the driver as it is."""

    name: str
    plain: frozenset[type]
    field: models.Field[Any, Any]
    ready: Ready | None  # makes of a value of ``made_of`` what the driver takes, without asking the field
    made_of: tuple[type, ...]


class _Blueprint(NamedTuple):
    """A new row of a model: the values nobody gave, those to be made anew each time, and the foreign keys."""

    fixed: dict[str, Any]
    made: list[tuple[str, Callable[[], Any]]]
    keys: dict[str, tuple[str, str]]  # name -> column's attribute, attribute of the row it leads to


class _Reading(NamedTuple):
    sql: str
    parts: list[_Part]


def find(model: type[M], *, related: Sequence[str] = (), **where: Any) -> list[M]:
    """The rows of ``model`` for which every condition holds, in no order, with the rows that ``related`` names.

    A condition is ``name=value`` (None: empty) or ``name__in=values``; a name may lead over foreign keys.
    """
    connection = _connection()
    shape, values = _conditions(connection, model, where)
    if values is None:
        return []
    reading = _reading(connection.vendor, model, tuple(related), shape)
    with _cursor(connection) as cursor:
        cursor.execute(reading.sql, values)
        return [_instance(connection, reading.parts, row) for row in cursor.fetchall()]


def find_one(model: type[M], *, related: Sequence[str] = (), **where: Any) -> M | None:
    """One of the rows that ``find`` finds, or None."""
    return next(iter(find(model, related=related, **where)), None)


def new_row(model: type[M], **values: Any) -> M:
    """A new row, not inserted yet, as ``model(**values)`` would be."""
    plan = _blueprint(model)
    row = model.__new__(model)
    row._state = ModelState()
    inside = row.__dict__
    inside.update(plan.fixed)
    for name, make in plan.made:
        inside[name] = make()
    for name, value in values.items():
        if name in plan.keys:
            column, key = plan.keys[name]
            inside[column] = None if value is None else getattr(value, key)
            row._state.fields_cache[name] = value
        elif name in inside:
            inside[name] = value
        else:
            raise TypeError(f"{model.__name__} has no {name}")
    return row


def add(row: M) -> M:
    """Insert one new row; it has its id afterwards."""
    connection = _connection()
    sql, slots = _insertion(connection.vendor, type(row), 1, "RETURNING")
    with _cursor(connection) as cursor:
        cursor.execute(sql, _values(connection, slots, row))
        _take_id(connection, row, cursor.fetchone()[0])
    return row


def add_new(row: models.Model) -> bool:
    """Insert one row unless it breaks a unique constraint; it has its id when it was inserted."""
    connection = _connection()
    sql, slots = _insertion(connection.vendor, type(row), 1, "SKIP RETURNING")
    with _cursor(connection) as cursor:
        cursor.execute(sql, _values(connection, slots, row))
        made = cursor.fetchone()
    if made is not None:
        _take_id(connection, row, made[0])
    return made is not None


def add_all(rows: Iterable[M], *, skip_known: bool = False) -> int:
    """Insert rows of one model, whose ids stay unknown; answers how many.

    With ``skip_known`` those that break a unique constraint are left out.
    """
    connection = _connection()
    stream, tail, count = iter(rows), "SKIP" if skip_known else "", 0
    while part := list(islice(stream, MOST)):
        with _cursor(connection) as cursor:
            cursor.execute(*_several(connection, part, tail))
            count += cursor.rowcount
    return count


def add_each(rows: Sequence[M], *, key: str, skip_known: bool = False) -> list[M]:
    """Insert a few rows of one model in this order; answers those that were inserted, which have their ids then.

    ``key`` names a column of whole numbers or text in which no two of them are alike. With ``skip_known`` those that
    break a unique constraint are left out.
    """
    if not rows:
        return []
    connection, found = _connection(), {getattr(row, key): row for row in rows}
    column = _field(type(rows[0]), key).column
    tail = f"{'SKIP ' if skip_known else ''}RETURNING, {_quoted(str(column))}"
    with _cursor(connection) as cursor:
        cursor.execute(*_several(connection, rows, tail))
        made = cursor.fetchall()
    for pk, known_by in made:
        _take_id(connection, found[known_by], pk)
    return [row for row in rows if not row._state.adding]


def _take_id(connection: BaseDatabaseWrapper, row: models.Model, pk: Any) -> None:
    row.pk, row._state.adding, row._state.db = pk, False, connection.alias


def change(model: type[models.Model], values: dict[str, Any], **where: Any) -> int:
    """Set ``values`` in the rows for which every condition holds; answers how many there were."""
    connection = _connection()
    shape, wanted = _conditions(connection, model, where)
    if wanted is None:
        return 0
    sql, fields = _changing(connection.vendor, model, tuple(values), shape)
    new = [field.get_db_prep_save(value, connection) for field, value in zip(fields, values.values(), strict=True)]
    with _cursor(connection) as cursor:
        cursor.execute(sql, [*new, *wanted])
        return int(cursor.rowcount)


def _connection() -> BaseDatabaseWrapper:
    return connections[DEFAULT_DB_ALIAS]


def _cursor(connection: BaseDatabaseWrapper) -> CursorWrapper:
    """One whose texts stay planned, where the database can."""
    return connection.prepared() if connection.vendor == "postgresql" else connection.cursor()  # type: ignore[attr-defined]


# -- conditions -----------------------------------------------------------------------------------

Shape = tuple[tuple[str, int | None], ...]  # name, and how many values: 0 for «equals», None for «is empty»


def _conditions(
    connection: BaseDatabaseWrapper, model: type[models.Model], where: dict[str, Any]
) -> tuple[Shape, list[Any] | None]:
    """The shape of the question and the values that go with it; None when nothing can match."""
    shape: list[tuple[str, int | None]] = []
    values: list[Any] = []
    for name, wanted in where.items():
        if name.endswith(AMONG):
            among = list(wanted)
            if not among:
                return (), None
            among += among[-1:] * (_round_up(len(among)) - len(among))  # few shapes, so few texts to keep
            shape.append((name.removesuffix(AMONG), len(among)))
            values += _prepared(connection, model, name.removesuffix(AMONG), among)
        else:
            shape.append((name, None if wanted is None else 0))
            values += [] if wanted is None else _prepared(connection, model, name, [wanted])
    return tuple(shape), values


def _round_up(count: int) -> int:
    return 1 << (count - 1).bit_length()


def _prepared(
    connection: BaseDatabaseWrapper, model: type[models.Model], name: str, wanted: Iterable[Any]
) -> list[Any]:
    field = _field(model, name)
    return [field.get_db_prep_value(value, connection) for value in wanted]


@lru_cache(maxsize=256)
def _field(model: type[models.Model], path: str) -> models.Field[Any, Any]:
    *steps, last = path.split(LOOKUP_SEP)
    for step in steps:
        model = _target(model, step)
    field = model._meta.pk if last == "pk" else model._meta.get_field(last)
    assert isinstance(field, models.Field)
    return field


def _target(model: type[models.Model], step: str) -> type[models.Model]:
    field = model._meta.get_field(step)
    assert isinstance(field, models.ForeignKey)
    target = field.related_model
    return model if isinstance(target, str) else target


# -- texts ----------------------------------------------------------------------------------------


class _Joins:
    """The tables of one question: each foreign key on the way to a column is joined once."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model, self.texts = model, dict[str, str]()

    def column(self, path: str) -> str:
        return f"{self._table(path.rpartition(LOOKUP_SEP)[0])}.{_quoted(_field(self.model, path).column)}"

    def _table(self, path: str) -> str:
        if not path:
            return _quoted(self.model._meta.db_table)
        if path not in self.texts:
            key, target = self.column(path), _target_of(self.model, path)
            name = _quoted(f"by_{path}")
            left = "LEFT " if _field(self.model, path).null or LOOKUP_SEP in path else ""
            on = f"{name}.{_quoted(str(target._meta.pk.column))} = {key}"
            self.texts[path] = f"{left}JOIN {_quoted(target._meta.db_table)} {name} ON {on}"
        return _quoted(f"by_{path}")


def _target_of(model: type[models.Model], path: str) -> type[models.Model]:
    for step in path.split(LOOKUP_SEP):
        model = _target(model, step)
    return model


@lru_cache(maxsize=512)
def _reading(_vendor: str, model: type[models.Model], related: tuple[str, ...], shape: Shape) -> _Reading:
    joins, columns, parts = _Joins(model), list[str](), list[_Part]()
    for path in ("", *_with_those_between(related)):
        part_model = _target_of(model, path) if path else model
        fields = part_model._meta.concrete_fields
        columns += [joins.column(LOOKUP_SEP.join(filter(None, (path, field.name)))) for field in fields]
        parts.append(_Part(path, part_model, [field.attname for field in fields], _converters(part_model)))
    condition = _condition(joins, shape)
    table, joined = _quoted(model._meta.db_table), " ".join(joins.texts.values())
    return _Reading(f"SELECT {', '.join(columns)} FROM {table} {joined} WHERE {condition}", parts)  # noqa: S608 -- our own names


def _with_those_between(related: Iterable[str]) -> Iterator[str]:
    seen = set[str]()
    for path in related:
        steps = path.split(LOOKUP_SEP)
        for length in range(1, len(steps) + 1):
            if (part := LOOKUP_SEP.join(steps[:length])) not in seen:
                seen.add(part)
                yield part


def _condition(joins: _Joins, shape: Shape) -> str:
    return " AND ".join(_one_condition(joins.column(name), count) for name, count in shape) or "TRUE"


def _one_condition(column: str, count: int | None) -> str:
    if count is None:
        return f"{column} IS NULL"
    return f"{column} IN ({', '.join(['%s'] * count)})" if count else f"{column} = %s"


def _several(connection: BaseDatabaseWrapper, rows: Sequence[models.Model], tail: str) -> tuple[str, list[Any]]:
    """SQL and values of one INSERT. PostgreSQL takes each column as one array: a text with hundreds of places for values
    would be taken apart anew each time, which costs the driver more than all the rest."""
    model = type(rows[0])
    if connection.vendor != "postgresql":
        sql, slots = _insertion(connection.vendor, model, len(rows), tail)
        return sql, [value for row in rows for value in _values(connection, slots, row)]
    sql, slots = _insertion_of_columns(connection.vendor, model, tail)
    columns = zip(*(_values(connection, slots, row) for row in rows), strict=True)
    return sql, [_array(column) for column in columns]


def _array(column: Sequence[Any]) -> str | list[Any]:
    """A column as PostgreSQL writes an array. The driver, given a list, looks for special letters in each value four
    times over; it gets the list all the same where a value is of a type that is not written here."""
    try:
        return f"{{{','.join([_WRITTEN[type(value)](value) for value in column])}}}"
    except KeyError:
        return list(column)


def _in_quotes(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


_WRITTEN: dict[type, Callable[[Any], str]] = {
    type(None): lambda _value: "NULL",
    bool: str,
    int: str,
    str: _in_quotes,
    datetime: datetime.isoformat,
    Jsonb: lambda value: _in_quotes((value.dumps or json.dumps)(value.obj)),
}


@lru_cache(maxsize=256)
def _insertion_of_columns(_vendor: str, model: type[models.Model], tail: str) -> tuple[str, list[_Slot]]:
    fields, start, end = _parts_of_insertion(model, tail)
    # Without a length: a cast would cut what is too long, where the column refuses it.
    kinds = [str(field.db_type(_connection())).partition("(")[0] for field in fields]
    arrays = ", ".join(f"%s::{kind}[]" for kind in kinds)
    return f"{start} SELECT * FROM unnest({arrays}) {end}", _slots(fields)  # noqa: S608 -- our own names


@lru_cache(maxsize=512)
def _insertion(_vendor: str, model: type[models.Model], count: int, tail: str) -> tuple[str, list[_Slot]]:
    fields, start, end = _parts_of_insertion(model, tail)
    row = f"({', '.join(['%s'] * len(fields))})"
    return f"{start} VALUES {', '.join([row] * count)} {end}", _slots(fields)


def _parts_of_insertion(model: type[models.Model], tail: str) -> tuple[list[models.Field[Any, Any]], str, str]:
    """The columns of a new row, and what stands before and behind the values."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    names = ", ".join(_quoted(str(field.column)) for field in fields)
    key = _quoted(str(model._meta.pk.column))
    end = tail.replace("SKIP", "ON CONFLICT DO NOTHING").replace("RETURNING", f"RETURNING {key}")
    return fields, f"INSERT INTO {_quoted(model._meta.db_table)} ({names})", end


@lru_cache(maxsize=256)
def _changing(
    _vendor: str, model: type[models.Model], names: tuple[str, ...], shape: Shape
) -> tuple[str, list[models.Field[Any, Any]]]:
    fields = [_field(model, name) for name in names]
    sets = ", ".join(f"{_quoted(str(field.column))} = %s" for field in fields)
    condition = " AND ".join(_one_condition(_quoted(str(_field(model, name).column)), n) for name, n in shape)
    return f"UPDATE {_quoted(model._meta.db_table)} SET {sets} WHERE {condition}", fields  # noqa: S608 -- our own names


def _quoted(name: str) -> str:
    return str(_connection().ops.quote_name(name))


# -- rows and instances ---------------------------------------------------------------------------


def _values(connection: BaseDatabaseWrapper, slots: Sequence[_Slot], row: models.Model) -> list[Any]:
    inside = row.__dict__
    return [
        value if type(value := inside[slot.name]) in slot.plain else _value(connection, slot, row) for slot in slots
    ]


def _value(connection: BaseDatabaseWrapper, slot: _Slot, row: models.Model) -> Any:
    field, given = slot.field, row.__dict__[slot.name]
    if slot.ready is not None and type(given) in slot.made_of:
        return slot.ready(connection, given)
    if isinstance(given, Enum) and type(given.value) in slot.plain:
        return given.value
    value = field.pre_save(row, add=True)
    if type(value) is datetime and type(field) is models.DateTimeField:
        return _instant(connection.vendor, value)  # of a field that makes the moment itself
    return field.get_db_prep_save(_unless_given(field) if isinstance(value, DatabaseDefault) else value, connection)


@lru_cache(maxsize=64)
def _instant(_vendor: str, value: datetime) -> Any:
    """The rows of one act share a moment or two."""
    return models.DateTimeField().get_db_prep_save(value, _connection())


def _slots(fields: Iterable[models.Field[Any, Any]]) -> list[_Slot]:
    return [_Slot(field.attname, _plain(field), field, *_ready(field)) for field in fields]


def _ready(field: models.Field[Any, Any]) -> tuple[Ready | None, tuple[type, ...]]:
    own = type(field)
    if own is models.DateTimeField and not (field.auto_now or field.auto_now_add):  # type: ignore[attr-defined]
        return (lambda connection, value: _instant(connection.vendor, value)), (datetime,)
    if own is models.JSONField and field.encoder is None:  # type: ignore[attr-defined]
        return (lambda connection, value: connection.ops.adapt_json_value(value, None)), (dict, list)
    return None, ()


def _plain(field: models.Field[Any, Any]) -> frozenset[type]:
    """The types of which the field and the driver change nothing; none for a field that is not known here."""
    own = type(field)
    if own is models.DateTimeField:
        return frozenset() if field.auto_now or field.auto_now_add else frozenset({type(None)})  # type: ignore[attr-defined]
    if own.pre_save is not models.Field.pre_save:
        return frozenset()
    if own in {models.ForeignKey, models.OneToOneField}:
        return _plain(field.target_field)  # type: ignore[attr-defined]
    if own in {models.CharField, models.TextField}:
        return frozenset({str, type(None)})
    if own in _WHOLE:
        return frozenset({int, type(None)})
    if own is models.BooleanField:
        return frozenset({bool, type(None)})
    return frozenset()


_WHOLE = {
    models.AutoField, models.BigAutoField, models.IntegerField, models.BigIntegerField, models.SmallIntegerField,
    models.PositiveIntegerField, models.PositiveSmallIntegerField, models.PositiveBigIntegerField,
}  # fmt: skip


@lru_cache(maxsize=128)
def _blueprint(model: type[models.Model]) -> _Blueprint:
    plan = _Blueprint({}, [], {})
    for field in model._meta.concrete_fields:
        if field.has_default() and callable(field.default):
            plan.made.append((field.attname, field.get_default))
        plan.fixed[field.attname] = _unless_given(field)
        if isinstance(field, models.ForeignKey):
            plan.keys[field.name] = (field.attname, field.target_field.attname)
    return plan


def _unless_given(field: models.Field[Any, Any]) -> Any:
    """A fixed default, which may be the column's own."""
    if field.has_default() and callable(field.default):
        return None
    value = field.get_default()
    if not isinstance(value, DatabaseDefault):
        return value
    known = field.db_default
    return known.value if isinstance(known, models.Value) else known


def _converters(model: type[models.Model]) -> list[tuple[int, Convert]]:
    found, connection = [], _connection()
    for place, field in enumerate(model._meta.concrete_fields):
        column = field.get_col(model._meta.db_table)
        steps = [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]
        found += [(place, _bound(step, column, connection)) for step in steps]
    return found


def _bound(step: Callable[..., Any], column: Any, connection: BaseDatabaseWrapper) -> Convert:
    return lambda value: step(value, column, connection)


def _instance(connection: BaseDatabaseWrapper, parts: Sequence[_Part], row: Sequence[Any]) -> Any:
    made: dict[str, Any] = {}
    start = 0
    for part in parts:
        values = list(row[start : start + len(part.names)])
        start += len(part.names)
        for place, convert in part.converters:
            values[place] = convert(values[place])
        made[part.path] = _made(connection.alias, part, values)
        if part.path:
            parent, _sep, name = part.path.rpartition(LOOKUP_SEP)
            if made[parent] is not None:
                made[parent]._state.fields_cache[name] = made[part.path]
    return made[""]


def _made(alias: str, part: _Part, values: list[Any]) -> models.Model | None:
    if part.path and values[part.names.index(part.model._meta.pk.attname)] is None:
        return None
    row = part.model.__new__(part.model)
    row._state = state = ModelState()
    state.adding, state.db = False, alias
    row.__dict__.update(zip(part.names, values, strict=True))
    return row

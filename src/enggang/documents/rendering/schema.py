"""The part of JSON Schema that our document kinds use, checked without another dependency.

Objects are closed: a property the schema does not name is an error, because it would not be printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

Schema = dict[str, Any]
_TYPES = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool}


class Misshapen(ValueError):
    """The data is not what the document kind asks for; ``problems`` names each place and what is wrong there."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("; ".join(problems))


def check(data: object, schema: Schema) -> None:
    """Raise Misshapen unless ``data`` fits ``schema``."""
    if problems := list(_problems(data, schema, "")):
        raise Misshapen(problems)


def _problems(value: object, schema: Schema, path: str) -> Iterator[str]:
    expected = schema["type"]
    if not isinstance(value, _TYPES[expected]) or (expected == "integer" and isinstance(value, bool)):
        yield f"{path or 'data'}: is not of type {expected}"
        return
    yield from (f"{path}: {problem}" for problem in _CHECKS[expected](value, schema))
    if isinstance(value, dict):
        for name in value.keys() & schema["properties"].keys():
            yield from _problems(value[name], schema["properties"][name], f"{path}.{name}".lstrip("."))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _problems(item, schema["items"], f"{path}[{index}]")


def _object(value: dict[str, Any], schema: Schema) -> Iterator[str]:
    yield from (f"{name} is missing" for name in schema.get("required", ()) if name not in value)
    yield from (f"{name} is not known" for name in sorted(value.keys() - schema["properties"].keys()))


def _array(value: list[Any], schema: Schema) -> Iterator[str]:
    if len(value) > schema.get("maxItems", len(value)):
        yield f"has more than {schema['maxItems']} items"


def _string(value: str, schema: Schema) -> Iterator[str]:
    if len(value) < schema.get("minLength", 0):
        yield f"is shorter than {schema['minLength']}"
    if len(value) > schema.get("maxLength", len(value)):
        yield f"is longer than {schema['maxLength']}"
    if value not in schema.get("enum", (value,)):
        yield f"is not one of {', '.join(schema['enum'])}"
    if not re.search(schema.get("pattern", ""), value):
        yield "has the wrong form"
    if schema.get("format") == "date" and not _is_date(value):
        yield "is not a date"


def _integer(value: int, schema: Schema) -> Iterator[str]:
    if not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        yield f"is outside {schema.get('minimum')} to {schema.get('maximum')}"


def _boolean(_value: bool, _schema: Schema) -> Iterator[str]:
    yield from ()


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


_CHECKS: dict[str, Callable[[Any, Schema], Iterator[str]]] = {
    "object": _object, "array": _array, "string": _string, "integer": _integer, "boolean": _boolean,
}  # fmt: skip

"""The tables of reference rows that an app shows and keeps, by the word that stands in their address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from enggang.places.models.dated import Dated

DATES = ("valid_from", "valid_to", "source")
R = TypeVar("R", bound=Dated)


@dataclass(frozen=True, slots=True)
class DatedTable:
    """``fields`` in the order of the form; ``joins`` are the keys that a list asks for with its rows."""

    word: str
    model: type[Any]
    label: Any
    fields: tuple[str, ...]
    joins: tuple[str, ...] = ()

    @property
    def shown(self) -> tuple[str, ...]:
        """The columns of its list: without what stands in the columns that all lists have."""
        return tuple(name for name in self.fields if name not in {*DATES, "verified", "standing", "position"})


def plain_cell(row: Any, name: str) -> str:
    """A value as a list shows it."""
    display = getattr(row, f"get_{name}_display", None)
    value = display() if display else getattr(row, name)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, date):
        return date_format(value, "j M Y")
    return "" if value is None else str(value)


def plain_field(field: Any, **kwargs: Any) -> Any:
    return field.formfield(**kwargs)


@dataclass(frozen=True, slots=True)
class Shelf:
    """``space`` names the addresses: ``<space>s`` is a list, ``<space>_new`` and ``<space>`` the forms.

    ``keep`` is the app's act: it takes ``row``, ``organisation``, ``version`` and ``actor``.
    """

    space: str
    tables: Mapping[str, DatedTable]
    readers: tuple[str, ...]
    managers: tuple[str, ...]
    keep: Callable[..., Any]
    home: tuple[str, Any]  # address and label of the page that leads here
    lead: Any
    cell: Callable[[Any, str], str] = plain_cell
    field: Callable[..., Any] = plain_field


def closest(rows: Iterable[R], same: Callable[[R], Any]) -> dict[Any, R]:
    """Of the rows that answer one question (those with the same ``same``) the one nearest to the agency."""
    found: dict[Any, R] = {}
    for row in rows:
        known = found.get(same(row))
        if known is None or (row.closeness, row.pk) > (known.closeness, known.pk):
            found[same(row)] = row
    return found


def is_dated(field: models.Field[Any, Any]) -> bool:
    """Whether a field leads to a reference row."""
    related = field.related_model
    return isinstance(related, type) and issubclass(related, Dated)


def serves(row: Dated, path: str) -> bool:
    """Whether a row holds for the organisation at ``path``: shipped, or of an organisation there or above it.

    For rows whose organisation was asked for with them.
    """
    return row.organisation is None or path.startswith(row.organisation.path)

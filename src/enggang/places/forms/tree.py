"""Organisations to choose from, as people look for them: parents before their children, and each level by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.forms.models import ModelChoiceIterator

from enggang.places.models import Organisation

if TYPE_CHECKING:
    _Field = forms.ModelChoiceField[Organisation]
else:
    _Field = forms.ModelChoiceField  # takes no type while running


def in_tree(rows: Iterable[Organisation]) -> list[Organisation]:
    """Each after its parent, by name on every level. Paths alone are in the order of their random codes."""
    found = list(rows)
    names = {row.path: row.name_key for row in found}
    return sorted(found, key=lambda row: [(names.get(path, ""), path) for path in _down_to(row.path)])


def _down_to(path: str) -> Iterator[str]:
    for place, letter in enumerate(path[1:], 2):
        if letter == "/":
            yield path[:place]


class TreeIterator(ModelChoiceIterator):
    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        for row in in_tree(self.queryset or ()):
            yield self.choice(row)


def indented(row: Organisation) -> str:
    return f"{'– ' * row.depth}{row.name}"


def offer_in_tree(field: _Field, rows: QuerySet[Organisation]) -> None:
    """Offer these organisations in a field that a model's form has made."""
    field.iterator = TreeIterator
    field.label_from_instance = indented  # type: ignore[method-assign,assignment]
    field.queryset = rows


class TreeField(_Field):
    """One of the organisations that are offered."""

    iterator = TreeIterator

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Organisation.objects.none(), **kwargs)

    def label_from_instance(self, obj: Organisation) -> str:
        return indented(obj)

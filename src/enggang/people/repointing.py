"""Rows that follow a person when two records become one, and go back when they part: for the receivers of every app."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet


def repoint(rows: QuerySet[Any], field: str, to: Model, *, beside: tuple[str, ...] = ()) -> list[int]:
    """Point ``rows`` to ``to``; answers their ids.

    With ``beside``, a row stays where it is when ``to`` has one with the same values already: a pass, a mark.
    """
    model = rows.model
    taken = set(model._default_manager.filter(**{field: to}).values_list(*beside)) if beside else set()
    ids = [pk for pk, *key in rows.values_list("pk", *beside) if not beside or tuple(key) not in taken]
    model._default_manager.filter(pk__in=ids).update(**{field: to})
    return ids


def point_back(model: type[Model], field: str, ids: list[int], to: Model) -> None:
    model._default_manager.filter(pk__in=ids).update(**{field: to})

"""Rows that follow a person when two records become one, and go back when they part: for the receivers of every app."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Model, Q, QuerySet


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


def repoint_by_strength(
    moved: dict[str, Any],
    key: str,
    rows: QuerySet[Any],
    field: str,
    *,
    kept: Model,
    gone: Model,
    beside: tuple[str, ...],
    stronger: Q,
) -> None:
    """As ``repoint`` with ``beside``, but what is ``stronger`` (a seat, a valid pass) goes before what is not.

    A weaker row of ``kept`` changes places with it. Both are noted in ``moved`` for ``part_by_strength``.
    """
    everyone = rows.model._default_manager
    strong = set(rows.filter(stronger).values_list(*beside))
    weaker = everyone.filter(**{field: kept}).exclude(stronger).values_list("pk", *beside)
    given = [pk for pk, *values in weaker if tuple(values) in strong]
    _park(rows.model, field, given)
    moved[key] = repoint(rows, field, kept, beside=beside)
    everyone.filter(pk__in=given).update(**{field: gone})
    if given:
        moved[f"{key}.given"] = given


def part_by_strength(
    model: type[Model], field: str, moved: dict[str, Any], key: str, *, kept: Model, gone: Model
) -> None:
    """Point the rows back that ``repoint_by_strength`` has moved, in both directions."""
    given = moved.get(f"{key}.given", [])
    _park(model, field, given)
    point_back(model, field, moved.get(key, []), gone)
    point_back(model, field, given, kept)


def _park(model: type[Model], field: str, ids: list[int]) -> None:
    """Out of the way for a moment, so that two rows can change places where only one of a kind may stand.

    Keys are looked at when the transaction ends; nobody has a negative id.
    """
    model._default_manager.filter(pk__in=ids).update(**{field: -1 * F("pk")})

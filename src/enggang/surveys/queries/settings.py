"""The settings of surveys as they stand for an organisation."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

from django.db.models import Q

from enggang.core import clock
from enggang.core.hot import find
from enggang.places.models import Organisation
from enggang.surveys.models import Setting


@lru_cache
def shipped(name: str) -> list[dict[str, Any]]:
    """Reference rows that come with the product, from ``data/<name>.json``."""
    rows: list[dict[str, Any]] = json.loads(files("enggang.surveys").joinpath(f"data/{name}.json").read_text("utf-8"))
    return rows


def setting(key: str, organisation: Organisation, on: date | None = None) -> Setting:
    """The row that counts: of the nearest organisation above or at this one, the newest that is valid."""
    rows = Setting.objects.filter(key=key, valid_from__lte=on or clock.today()).select_related("organisation")
    return _nearest(key, rows, organisation)


def numbers(*keys: str, organisation: Organisation) -> list[int]:
    """The values that count today for these keys, in one question that a path asked often can afford."""
    today = clock.today()
    rows = [row for row in find(Setting, related=("organisation",), key__in=keys) if row.valid_from <= today]
    return [_nearest(key, [row for row in rows if row.key == key], organisation).value for key in keys]


def _nearest(key: str, rows: Iterable[Setting], organisation: Organisation) -> Setting:
    found = [row for row in rows if row.organisation is None or organisation.path.startswith(row.organisation.path)]
    if found:
        return max(
            found, key=lambda row: (len(row.organisation.path) if row.organisation else 0, row.valid_from, row.pk)
        )
    return as_row(next(row for row in shipped("settings") if row["key"] == key))


def as_row(row: dict[str, Any]) -> Setting:
    return Setting(key=row["key"], value=row["value"], valid_from=date.fromisoformat(row["valid_from"]),
                   source=row["source"], verified=row["verified"])  # fmt: skip


def settings_of(paths: tuple[str, ...]) -> list[Setting]:
    """The installation's rows and those of the given organisations, for the screen that changes them."""
    own = Q(organisation=None)
    for path in paths:
        own |= Q(organisation__path__startswith=path)
    return list(Setting.objects.filter(own).select_related("organisation"))

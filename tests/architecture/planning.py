"""A holiday list for the table of who may."""

from __future__ import annotations

from typing import Any

from tests.plans.factories import make_list


def lay_plans(side: Any) -> None:
    made = make_list(side.organisation)
    side.rows["holidays"], side.rows["holiday"] = made.pk, made.days.get().pk


def listed(side: Any) -> dict[str, Any]:
    return {"list_id": side.rows["holidays"]}


def day(side: Any) -> dict[str, Any]:
    return {**listed(side), "day_id": side.rows["holiday"]}

"""What an import has changed, as plain values small enough to be kept beside it until it can no longer be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from enggang.people.roster.plan import Change, Placement, Plan
from enggang.people.roster.write import began_on, day_of, post_type_of, superior_of, until_of

FACTS = ("name", "name_key", "nip", "phone", "email")
WORK = ("organisation_id", "kind", "post", "rank", "unit", "superior_id", "post_type_id", "ends_on")


def trace_of(plan: Plan, created: Iterable[int], today: date) -> dict[str, Any]:
    """``created``: runs of ids, first and last. ``changed``: facts and work of each, as they were and as they are now."""
    changed = [_changed(change, today) for change in plan.changed]
    return {"created": _runs(created), "changed": changed} if created or changed else {}


def _runs(ids: Iterable[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for pk in sorted(ids):
        if runs and runs[-1][1] == pk - 1:
            runs[-1][1] = pk
        else:
            runs.append([pk, pk])
    return runs


def ids_of(runs: Iterable[list[int]]) -> Iterator[int]:
    for first, last in runs:
        yield from range(first, last + 1)


def _changed(change: Change, today: date) -> dict[str, Any]:
    known = change.known
    row: dict[str, Any] = {"person": known.person_id}
    if change.fields:
        row["was"] = {name: getattr(known, name) for name in FACTS}
        row["now"] = {name: getattr(change, name) for name in FACTS}
    if change.placement:
        row["work"] = _work(change, change.placement, today)
    return row


def _work(change: Change, new: Placement, today: date) -> dict[str, Any]:
    """``employment``: the one there was. Corrected in place (``day`` is nothing), or ended for one that began on ``day``."""
    known, day = change.known, day_of(change, new, today)
    now = (
        new.organisation.pk, str(new.kind), new.post, new.rank, new.unit, superior_of(change, new), post_type_of(change, new),
        until_of(change, new),
    )  # fmt: skip
    return {
        "employment": known.employment_id,
        "day": None if began_on(change, day) else day.isoformat(),
        "was": {name: _plain(getattr(known, name)) for name in WORK} if known.employment_id else None,
        "now": dict(zip(WORK, now, strict=True)),
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value

"""What was corrected about a call, as its agencies read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from enggang.training.models import Call, CallAgency, CallChange

SHOWN = 10


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One corrected point; a change of several has several lines."""

    change: CallChange
    label: str
    was: Any
    now: Any


def changes_for(invited: CallAgency) -> list[CallChange]:
    """The latest that concern an agency: those of the whole call and its own."""
    rows = CallChange.objects.filter(Q(invited=None) | Q(invited=invited), call=invited.call_id)
    return list(rows[:SHOWN])


def change_lines(call: Call) -> list[ChangeLine]:
    rows = call.changes.select_related("invited__agency")
    return [ChangeLine(row, *line) for row in rows for line in row.lines]

"""What came of editions that are over: how many people were counted, and how that was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from enggang.attendance.models import CountResult
from enggang.attendance.queries.tally_facts import last_results
from enggang.events.queries.counting import Number, told
from enggang.events.queries.pages import Face


@dataclass(frozen=True, slots=True)
class Result:
    """``visitors`` with its range; ``methods``: how it was counted, in words."""

    visitors: Number
    methods: list[str]
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Held:
    face: Face
    result: Result | None


def held_of(faces: Sequence[Face]) -> list[Held]:
    """The editions that are over or called off, the newest first, each with the last result that was closed."""
    rows = [face for face in faces if face.is_over or face.edition.is_cancelled]
    closed = last_results({face.edition.subject_id for face in rows})
    return [Held(face, _result(closed.get(face.edition.subject_id))) for face in rows]


def _result(row: CountResult | None) -> Result | None:
    if row is None:
        return None
    found = told(row.read())
    if not found.has_visitors:
        return None
    return Result(found.visitors, sorted({point.method for point in found.points}), found.as_of)

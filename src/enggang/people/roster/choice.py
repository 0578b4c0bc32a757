"""What people decided about a list: which sheets and columns are meant, and what they answered to its questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from enggang.people.roster.header import FIELDS, Columns

KEEP, NEW, DIFFERENT = "keep", "new", "different"


@dataclass(frozen=True, slots=True)
class Choice:
    """``sheets`` are the taken ones (None: every one with a list), ``columns`` by sheet; rows go by ``sheet:row``.

    ``answers`` say of a row whose NIP is another's on record: the same person under the old or the new name, or
    somebody else; with the code of the person who was asked about. ``accepted`` rows are right though they look odd.
    ``moves`` are rows whose person does come from another agency, with the code of the agency that was named.
    """

    sheets: tuple[int, ...] | None = None
    columns: Mapping[int, Columns] = field(default_factory=dict)
    answers: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    accepted: frozenset[str] = frozenset()
    accepts_all: bool = False
    moves: Mapping[str, str] = field(default_factory=dict)
    moves_all: bool = False
    without_nip: bool = False

    def accepts(self, key: str) -> bool:
        return self.accepts_all or key in self.accepted

    def confirms_move(self, key: str, agency: str | None) -> bool:
        return self.moves_all or (agency is not None and self.moves.get(key) == agency)

    def as_data(self) -> dict[str, Any]:
        data = asdict(self)
        data["columns"] = {str(index): dict(columns) for index, columns in self.columns.items()}
        return {**data, "accepted": sorted(self.accepted)}

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Choice:
        if not data:
            return cls()
        sheets = data.get("sheets")
        return cls(
            sheets=None if sheets is None else tuple(sheets),
            columns={int(index): _sound(columns) for index, columns in data.get("columns", {}).items()},
            answers={key: (say, person) for key, (say, person) in data.get("answers", {}).items()},
            accepted=frozenset(data.get("accepted", ())),
            accepts_all=bool(data.get("accepts_all")),
            moves=dict(data.get("moves", {})),
            moves_all=bool(data.get("moves_all")),
            without_nip=bool(data.get("without_nip")),
        )


def _sound(columns: Mapping[str, Any]) -> Columns:
    return {name: int(index) for name, index in columns.items() if name in FIELDS}


NO_CHOICE = Choice()

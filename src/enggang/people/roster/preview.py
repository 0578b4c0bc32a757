"""How a list was understood, as plain data: what the screen shows before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from enggang.people.models.person import masked
from enggang.people.reasons import DOUBTS, Remark
from enggang.people.roster.plan import Plan
from enggang.people.roster.reading import Page, Roster, lost_nips
from enggang.people.roster.rows import Entry

SHOWN_ROWS = 50
SAMPLES = 10
QUESTIONS = 100
NO_SHEETS: Mapping[int, str] = MappingProxyType({})
_SHOWN = ("row", "name", "nip", "post", "rank", "phone", "email", "unit")


def preview_of(found: Roster, plan: Plan) -> dict[str, Any]:
    doubts = [entry for entry in plan.rejected if _is_doubt(entry)]
    return {
        "pages": [_page(page, found.entries) for page in found.pages],
        "lost": lost_nips(found),
        "doubts": [{**shown_row(entry, _doubts_of(entry)), "key": entry.key} for entry in doubts[:QUESTIONS]],
        "doubts_count": len(doubts),
        "questions": [
            {"key": entry.key, "row": entry.row, "name": entry.name, "known": name, "nip": masked(known.nip),
             "person": known.subject_code}
            for entry, known, name in plan.questions[:QUESTIONS]
        ],
        "moves": [
            {"key": entry.key, "row": entry.row, "name": entry.name, "agency": known.organisation_name,
             "code": known.organisation_code}
            for entry, known in plan.moves[:QUESTIONS]
        ],
        "moves_count": len(plan.moves),
    }  # fmt: skip


def shown_row(entry: Entry, remarks: Iterable[Remark], sheets: Mapping[int, str] = NO_SHEETS) -> dict[str, Any]:
    """``sheets`` by number, when there are several: a row's number alone does not tell then."""
    shown = {"row": entry.row, "sheet": entry.sheet, "name": entry.name}
    page = {"page": sheets[entry.sheet]} if sheets.get(entry.sheet) else {}
    return {**shown, **page, "remarks": [each.as_data() for each in remarks]}


def _doubts_of(entry: Entry) -> list[Remark]:
    return [remark for remark in entry.warnings if remark.reason in DOUBTS]


def _is_doubt(entry: Entry) -> bool:
    """Rejected for nothing but a doubt that a person may lift."""
    return bool(entry.errors) and {str(each.reason) for each in entry.errors} == {"not_accepted"}


def _page(page: Page, entries: list[Entry]) -> dict[str, Any]:
    header = page.header
    samples = [entry for entry in entries if entry.sheet == page.index][:SAMPLES] if page.taken else []
    return {
        "index": page.index,
        "name": page.name,
        "visible": page.visible,
        "taken": page.taken,
        "people": page.people,
        "is_list": header is not None,
        "certain": page.is_sure,
        "remembered": page.remembered,
        "labels": header.labels if header else [],
        "columns": header.columns if header else {},
        "fingerprint": header.fingerprint if header else "",
        "samples": [_sample(entry) for entry in samples],
        "passed": [[each.row, each.text, str(each.why), each.doubtful] for each in page.passed],
    }


def _sample(entry: Entry) -> dict[str, Any]:
    said = {name: getattr(entry, name) for name in _SHOWN}
    return {**said, "nip": masked(entry.nip), "kind": str(entry.kind or entry.nip_kind or "")}

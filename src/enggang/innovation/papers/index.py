"""The index of a pack: profile, indicators with their evidence, and what is still lacking and why. Indonesian, as the form is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from enggang.core.text import Absent
from enggang.innovation.enums_iid import SubmissionState
from enggang.innovation.papers.origins import DOUBT, ORIGINS
from enggang.innovation.queries.profile import Answer
from enggang.innovation.queries.scores import Sheet
from enggang.people.roster.workbooks import several_sheets

Places = dict[tuple[str, int], str]


def index_workbook(sheet: Sheet, answers: Sequence[Answer], places: Places) -> bytes:
    """Four sheets; what is missing stands in red."""
    return several_sheets(
        {
            "Ringkasan": (["Hal", "Keterangan"], list(_summary(sheet, answers))),
            "Profil": (["Isian", "Isi", "Wajib", "Asal", "Catatan"], [_field(each) for each in answers]),
            "Indikator": (
                [
                    "No.",
                    "Indikator",
                    "Wajib",
                    "Bobot",
                    "Parameter",
                    "Uraian",
                    "Nilai",
                    "Bukti",
                    "Letak",
                    "Sumber bobot",
                ],
                list(_indicators(sheet, places)),
            ),
            "Yang masih kurang": (["Hal", "Keterangan"], list(lacking(sheet, answers))),
        }
    )


def _summary(sheet: Sheet, answers: Sequence[Answer]) -> Iterator[list[Any]]:
    row, score = sheet.submission, sheet.score
    yield ["Inovasi", row.innovation.title]
    yield ["Perangkat daerah", row.innovation.organisation.name]
    yield ["Tahun", row.year]
    yield ["Keadaan validasi internal", str(SubmissionState(row.state).label)]
    yield ["Nilai mandiri (internal, belum diverifikasi)", score.points]
    yield ["Nilai tertinggi menurut pedoman tahun ini", score.most]
    yield ["Isian profil yang terisi", f"{sum(bool(each.text) for each in answers)} dari {len(answers)}"]
    if sheet.guide.doubts:
        yield ["Catatan", DOUBT]


def _field(each: Answer) -> list[Any]:
    text: Any = each.text or (Absent("(kosong)") if each.field.is_mandatory else "")
    return [each.field.title, text, each.field.is_mandatory, ORIGINS[each.origin], each.fault]


def _indicators(sheet: Sheet, places: Places) -> Iterator[list[Any]]:
    for each in sheet.standings:
        common = [
            each.guide.code, each.guide.title, each.guide.is_mandatory, each.guide.weight or "", each.line.parameter,
            each.chosen, each.line.points,
        ]  # fmt: skip
        source = " · ".join(filter(None, (each.guide.source, each.guide.doubt)))
        if not each.evidence:
            yield [*common, Absent("(belum ada bukti)") if each.guide.is_mandatory else "", "", source]
        for evidence in each.evidence:
            place = places.get((each.guide.code, evidence.pk), "")
            yield [*common, evidence.title, place or Absent("(tidak terbaca)"), source]


def lacking(sheet: Sheet, answers: Sequence[Answer]) -> Iterator[list[Any]]:
    """Everything mandatory that is empty or too short, with whether this system could have filled it."""
    for each in answers:
        if each.fault and each.field.is_mandatory:
            yield [Absent(each.field.title), each.fault]
    for standing in sheet.missing:
        why = (
            "Parameter belum dipilih."
            if standing.evidence
            else "Belum ada bukti, dan sistem tidak menyimpan usulan bukti."
        )
        yield [Absent(f"Indikator {standing.guide}"), why]


def profile_text(sheet: Sheet, answers: Sequence[Answer]) -> str:
    """To be copied field by field into the ministry's form."""
    lines = [f"{sheet.submission.innovation.title} · {sheet.submission.year}", ""]
    for each in answers:
        lines += [f"[{each.field.title}]{' *' if each.field.is_mandatory else ''}", each.text or "(kosong)", ""]
    return "\r\n".join(lines)

"""The proposal for the competition of public service innovations (KIPP), from the record the index is scored by.

Its criteria are rows of the year; what the record has no answer for stands there as missing, never left out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import translation

from enggang.core import clock
from enggang.documents.domain.letters import emblem_named, head_of
from enggang.documents.models import Letterhead
from enggang.documents.rendering.docx_working_paper import render_working_docx
from enggang.documents.rendering.wording import long_date
from enggang.documents.rendering.working_paper import Form, render_working_paper
from enggang.documents.report_parts import Part, Section, column, items, missing, number, section, table, text
from enggang.innovation.enums_iid import Answer
from enggang.innovation.models import ProposalCriterion, Submission
from enggang.innovation.queries.guide import criteria_of, guide_of
from enggang.innovation.queries.profile import profile_of
from enggang.innovation.queries.scores import Sheet, sheet_of
from enggang.innovation.queries.trial import changes_in_words

FORM = Form(lettered=True)
TITLE = "Proposal Inovasi Pelayanan Publik"
Told = dict[str, str]  # fields of the profile by their code


def kipp_data(submission: Submission) -> dict[str, Any]:
    """Plain JSON in the shape of a report; Indonesian, as the paper is."""
    with translation.override("id"):
        sections = _sections(submission)
    innovation, today = submission.innovation, clock.today(submission.innovation.organisation.time_zone)
    return paper(
        submission, TITLE, [innovation.title, innovation.organisation.name, f"Tahun {submission.year}"], sections, today
    )


def paper(
    submission: Submission, title: str, subtitle: list[str], sections: list[Section], today: Any
) -> dict[str, Any]:
    """A working paper under the agency's letterhead, or its name where it has none."""
    agency = submission.innovation.organisation
    head = Letterhead.objects.filter(organisation=agency).select_related("emblem").on(today, "").first()
    return {
        "title": title, "subtitle": subtitle, "mark": "", "version": 0, "as_of": long_date(today), "day": today.isoformat(),
        "head": head_of(head) if head else {"lines": [agency.name], "address": [], "city": "", "emblem": ""},
        "sections": sections,
    }  # fmt: skip


def kipp_pdf(submission: Submission) -> bytes:
    """Outside any transaction. Raises Refused when no font has a character."""
    return drawn(submission, kipp_data(submission), FORM, render_working_paper)


def kipp_docx(submission: Submission) -> bytes:
    return drawn(submission, kipp_data(submission), FORM, render_working_docx)


def drawn(submission: Submission, data: dict[str, Any], form: Form, render: Callable[..., bytes]) -> bytes:
    emblem = emblem_named(data["head"]["emblem"], submission.innovation.organisation)
    return render(data, form, emblem=emblem)


def _sections(submission: Submission) -> list[Section]:
    agency = submission.innovation.organisation
    answers = profile_of(submission)
    told = {each.field.code: each.text for each in answers}
    sheet = sheet_of(submission, guide_of(agency, submission.year))
    criteria = criteria_of(agency, submission.year)
    return [
        section("profile", "Identitas inovasi", [_identity(told)]),
        section("summary", "Latar belakang dan gagasan", _summary(submission)),
        *(section(f"c-{row.pk}", _titled(row), _criterion(row, told, sheet)) for row in criteria),
        section("basis", "Dasar kriteria", [items("basis", [_source(row) for row in criteria])] if criteria else []),
    ]


def _identity(told: Told) -> Part:
    names = (
        ("nama", "Nama inovasi"), ("pelaksana", "Instansi"), ("nama_inisiator", "Inovator"), ("urusan", "Urusan"),
        ("bentuk", "Bentuk"), ("jenis", "Jenis"), ("uji_coba", "Mulai uji coba"), ("penerapan", "Mulai diterapkan"),
    )  # fmt: skip
    rows = [(code, [label, told.get(code) or "(belum diisi)"]) for code, label in names]
    return table("identity", [column("Hal", 3), column("Keterangan", 7)], rows)


def _summary(submission: Submission) -> list[Part]:
    row = submission.innovation
    return [text("problem", f"Masalah: {row.problem}"), text("idea", f"Gagasan: {row.idea}")]


def _titled(row: ProposalCriterion) -> str:
    return f"{row.title} ({row.percent}%)" if row.percent is not None else row.title


def _criterion(row: ProposalCriterion, told: Told, sheet: Sheet) -> list[Part]:
    asked: list[Part] = [text("asked", f"Pertanyaan: {row.question}")] if row.question else []
    answer = ANSWERS.get(row.feeds)
    parts = answer(told, sheet) if answer else []
    return [*asked, *(parts or [missing("none", "Catatan inovasi belum memuat jawabannya.")])]


def _words(*codes: str) -> Callable[[Told, Sheet], list[Part]]:
    return lambda told, _sheet: [text(code, told[code]) for code in codes if told.get(code)]


def _shown(*codes: str) -> Callable[[Told, Sheet], list[Part]]:
    """What indicators of the guide say, with their evidence."""

    def parts(_told: Told, sheet: Sheet) -> list[Part]:
        found = [each for code in codes if (each := sheet.standing(code)) and (each.chosen or each.evidence)]
        columns = [column("Hal", 3), column("Keadaan", 4), column("Bukti", 4), number("Nilai", 1)]
        rows = [
            (
                each.guide.code,
                [
                    each.guide.title,
                    each.chosen or "–",
                    "; ".join(map(str, each.evidence)) or "–",
                    str(each.line.points),
                ],
            )
            for each in found
        ]
        return [table("shown", columns, rows)] if rows else []

    return parts


def _measured(_told: Told, sheet: Sheet) -> list[Part]:
    """Baseline and value after the trial, as they were measured."""
    found = changes_in_words(sheet.submission.innovation)
    columns = [column("Yang diukur", 4), column("Sebelum", 4), column("Sesudah", 4)]
    rows = [(str(number), list(row)) for number, row in enumerate(found)]
    return [table("measured", columns, rows)] if rows else []


def _after(*steps: Callable[[Told, Sheet], list[Part]]) -> Callable[[Told, Sheet], list[Part]]:
    return lambda told, sheet: [part for step in steps for part in step(told, sheet)]


# What answers a criterion, by its row's ``feeds``.
ANSWERS: dict[str, Callable[[Told, Sheet], list[Part]]] = {
    Answer.DESIGN: _words("rancang_bangun"),
    Answer.PURPOSE: _words("tujuan", "hasil"),
    Answer.BENEFIT: _after(_words("manfaat"), _shown("33")),
    Answer.CHANGE: _after(_words("hasil"), _measured, _shown("33", "34")),
    Answer.REPLICATION: _shown("31", "26"),
    Answer.SUSTAINABILITY: _shown("16", "17", "18", "21", "34"),
}


def _source(row: ProposalCriterion) -> str:
    doubt = f" ({row.doubt})" if row.doubt else ""
    return f"{row.title}: {row.source}{doubt}"

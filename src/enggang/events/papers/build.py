"""The papers of an edition: which there are, what each says, drawn as PDF or DOCX from what is on record now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from enggang.documents.domain.letters import emblem_named, head_of, signing_of
from enggang.documents.models import Signatory
from enggang.documents.rendering.docx_working_paper import render_working_docx
from enggang.documents.rendering.letter import SPECIMEN
from enggang.documents.rendering.working_paper import Form, render_working_paper
from enggang.documents.report_parts import Section
from enggang.events.papers import account, budget, gaps, rundown, terms
from enggang.events.papers.folder import Folder
from enggang.events.queries.missing import Missing


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that is printed, not sent: ``title`` is what stands on it."""

    label: Any
    title: str
    build: Callable[[Folder], list[Section]]
    gaps: Callable[[Folder], list[Missing]]
    form: Form


PAPERS = {
    "kak": Paper(
        _("Terms of reference (KAK)"), "Kerangka Acuan Kerja (KAK)", terms.sections, gaps.of_terms, Form(lettered=True)
    ),
    "rab": Paper(
        _("Budget plan (RAB)"), "Rencana Anggaran Biaya (RAB)", budget.sections, gaps.of_budget, Form(wide=True)
    ),
    "rundown": Paper(_("Rundown"), "Susunan Acara (Rundown)", rundown.sections, gaps.of_rundown, Form(wide=True)),
    "relawan": Paper(
        _("List of committee and volunteers"), "Daftar Panitia dan Relawan", account.volunteers, gaps.of_people, Form()
    ),
    "penilaian": Paper(
        _("Evaluation"), "Laporan Evaluasi Kegiatan", account.evaluation, gaps.of_account, Form(lettered=True)
    ),
    "lpj": Paper(
        _("Accountability report (LPJ)"),
        "Laporan Pertanggungjawaban (LPJ)",
        account.sections,
        gaps.of_account,
        Form(lettered=True),
    ),
}


def paper_data(folder: Folder, paper: Paper, signatory: Signatory | None) -> dict[str, Any]:
    """Plain JSON in the shape of a report. Without a letterhead the agency's name stands there."""
    agency = folder.edition.organisation
    head = head_of(folder.head) if folder.head else {"lines": [agency.name], "address": [], "city": "", "emblem": ""}
    with translation.override("id"):
        data: dict[str, Any] = {
            "title": paper.title,
            "subtitle": _subtitle(folder),
            "head": head,
            "mark": SPECIMEN if folder.edition.specimen else "",
            "version": 0,
            "as_of": folder.as_of,
            "day": folder.today.isoformat(),
            "sections": paper.build(folder),
        }
    return {**data, **({"signing": signing_of(signatory)} if signatory else {})}


def _subtitle(folder: Folder) -> list[str]:
    edition = folder.edition
    year = f"Tahun Anggaran {edition.budget.year}" if edition.budget else f"Tahun {edition.year}"
    return [str(edition), *([edition.theme] if edition.theme else []), year]


def paper_pdf(folder: Folder, paper: Paper, signatory: Signatory | None) -> bytes:
    """Outside any transaction. Raises Refused when no font has a character."""
    return _drawn(folder, paper, signatory, render_working_paper)


def paper_docx(folder: Folder, paper: Paper, signatory: Signatory | None) -> bytes:
    return _drawn(folder, paper, signatory, render_working_docx)


def _drawn(folder: Folder, paper: Paper, signatory: Signatory | None, render: Callable[..., bytes]) -> bytes:
    data = paper_data(folder, paper, signatory)
    return render(data, paper.form, emblem=emblem_named(data["head"]["emblem"], folder.edition.organisation))

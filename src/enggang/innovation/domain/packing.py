"""The pack that is carried to the ministry's form: the profile, the index, and the evidence in folders by indicator.

It has no empty mandatory field that the system could have filled: what the record knows is filled in, and a mandatory
indicator without evidence is not packed as long as a proposal for it waits for somebody's decision.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from typing import IO

from django.utils import translation
from django.utils.translation import gettext as _

from enggang.core.actor import Actor
from enggang.core.acts import Conflict, Refused, act, record_subject, require
from enggang.core.jobs import JobRun, enqueue, job
from enggang.core.models import Job
from enggang.files.domain.storing import read_bytes, safe_name
from enggang.innovation import rules_iid
from enggang.innovation.enums_iid import EvidenceKind
from enggang.innovation.models import Evidence, Submission
from enggang.innovation.papers.extract import extract_pdf
from enggang.innovation.papers.index import index_workbook, profile_text
from enggang.innovation.papers.kipp import kipp_docx
from enggang.innovation.queries.guide import guide_of
from enggang.innovation.queries.profile import left_empty, profile_of
from enggang.innovation.queries.proposals import list_behind, proposals_of
from enggang.innovation.queries.scores import Sheet, Standing, sheet_of

INDEX, PROFILE, KIPP = "00-INDEKS.xlsx", "01-PROFIL.txt", "02-PROPOSAL-KIPP.docx"


def _may_read(actor: Actor, *, submission: str) -> bool:
    found = Submission.objects.with_names().filter(subject__code=submission).first()
    return found is not None and rules_iid.sees_inside(actor, found)


def undecided(sheet: Sheet) -> list[Standing]:
    """Mandatory indicators that bring nothing although the system holds something for them."""
    return [each for each in sheet.missing if each.proposals and not each.evidence]


@act("innovation.pack_submission")
def pack_submission(*, submission: Submission, actor: Actor) -> Job:
    """Queue the pack; the trail keeps who asked for it. Raises Conflict while the system holds something undecided for a
    mandatory indicator that is empty."""
    require(rules_iid.sees_inside(actor, submission))
    guide = guide_of(submission.innovation.organisation, submission.year)
    waiting = undecided(sheet_of(submission, guide, proposals_of(submission, guide)))
    if waiting:
        names = ", ".join(str(each.guide) for each in waiting)
        raise Conflict(_("Decide first about what the system proposes for: %(names)s") % {"names": names})
    record_subject(submission.subject)
    return enqueue(write_pack, actor=actor, title=f"{submission}", submission=submission.code)


@job("innovation.pack_submission", attempts=2, may_read=_may_read)
def write_pack(run: JobRun, *, submission: str) -> None:
    """A ZIP: index, profile, KIPP proposal, and a folder for every indicator. One damaged file keeps no other back."""
    found = Submission.objects.with_names().get(subject__code=submission)
    require(rules_iid.sees_inside(run.actor, found))
    sheet = sheet_of(found, guide_of(found.innovation.organisation, found.year))
    with tempfile.TemporaryFile() as out:
        lost = _write(out, run, sheet)
        run.outcome(
            points=sheet.score.points,
            missing=len(sheet.missing) + len(left_empty(profile_of(found))),
            unreadable=len(lost),
        )
        run.result_file(f"iid-{found.year}-{submission}.zip", out)


def _write(out: IO[bytes], run: JobRun, sheet: Sheet) -> list[str]:
    """Answers what could not be read."""
    lost: list[str] = []
    places: dict[tuple[str, int], str] = {}
    pieces = list(_pieces(sheet))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for number, (standing, evidence) in enumerate(pieces, 1):
            where = _pack(package, sheet.submission, standing, evidence, number)
            places[standing.guide.code, evidence.pk] = where
            if not where:
                lost.append(f"{standing.guide} · {evidence}")
            run.progress(number, len(pieces))
        with translation.override("id"):
            answers = profile_of(sheet.submission)
            package.writestr(INDEX, index_workbook(sheet, answers, places))
            package.writestr(PROFILE, profile_text(sheet, answers).encode())
        package.writestr(KIPP, kipp_docx(sheet.submission))
    return lost


def _pieces(sheet: Sheet) -> Iterator[tuple[Standing, Evidence]]:
    for standing in sheet.standings:
        for evidence in standing.evidence:
            yield standing, evidence


def folder_of(standing: Standing) -> str:
    return safe_name(f"{standing.guide.code} {standing.guide.title}".replace("/", "-"))[:60]


def _pack(
    package: zipfile.ZipFile, submission: Submission, standing: Standing, evidence: Evidence, number: int
) -> str:  # fmt: skip
    """Where it lies in the pack, its address for a link; empty when it could not be read."""
    if evidence.kind == EvidenceKind.LINK:
        return evidence.link
    try:
        content, ending = _content(submission, evidence)
    except Refused:
        return ""
    title = safe_name(evidence.title.replace("/", "-"))[:80]
    place = f"{folder_of(standing)}/{number:02d} {title}{ending}"
    package.writestr(place, content)
    return place


def _content(submission: Submission, evidence: Evidence) -> tuple[bytes, str]:
    if evidence.file is not None:
        name = evidence.file.name
        return read_bytes(evidence.file), f".{name.rsplit('.', 1)[-1]}" if "." in name else ""
    rows: Sequence[Sequence[str]] | None = list_behind(evidence, submission.year)
    return extract_pdf(submission, evidence, rows), ".pdf"

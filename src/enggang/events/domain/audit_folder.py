"""The folder for whoever audits an edition: papers, letters, permits, evidence and contracts, with an index in which what
is missing stands in red. Packed by a job."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator

from django.utils import translation

from enggang.budgets.exports import budget_workbook
from enggang.budgets.models import EvidenceFile
from enggang.core.actor import Actor
from enggang.core.acts import Refused, act, record_subject, require
from enggang.core.jobs import JobRun, enqueue, job
from enggang.core.models import Job
from enggang.documents.models import Letter
from enggang.documents.rendering.working_paper import Form
from enggang.documents.report_parts import Part, Section, items, missing, section, text
from enggang.events import rules
from enggang.events.models import Edition, Permit, PermitFile, StallContract
from enggang.events.papers.build import PAPERS, Paper, paper_pdf
from enggang.events.papers.folder import Folder, folder_of
from enggang.events.queries.accounting import missing_of_account
from enggang.files.domain.storing import read_bytes, safe_name
from enggang.files.models import StoredFile


def _may_read(actor: Actor, *, edition: str) -> bool:
    found = Edition.objects.with_names().filter(subject__code=edition).first()
    return found is not None and rules.sees_inside(actor, found)


@act("events.pack_audit_folder")
def pack_audit_folder(*, edition: Edition, actor: Actor) -> Job:
    """Queue the folder; the trail keeps who asked for it."""
    require(rules.sees_inside(actor, edition))
    record_subject(edition.subject)
    return enqueue(write_audit_folder, actor=actor, title=f"{edition}", edition=edition.code)


@job("events.pack_audit_folder", attempts=2, may_read=_may_read)
def write_audit_folder(run: JobRun, *, edition: str) -> None:
    """A ZIP with numbered folders and DAFTAR-ISI.pdf; one damaged file keeps nothing else from the auditor."""
    found = Edition.objects.with_names().select_related("budget__organisation").get(subject__code=edition)
    require(rules.sees_inside(run.actor, found))
    folder, index = folder_of(found), _Index()
    with tempfile.TemporaryFile() as out:  # a thick folder does not fit in memory
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            _pack_papers(package, folder, index)
            _pack_recap(package, found, index)
            stored = list(_stored(found))
            for number, (place, name, file) in enumerate(stored, 1):
                _pack(package, index, place, name, file)
                run.progress(number, len(stored))
            with translation.override("id"):
                lacking = [each.text for each in missing_of_account(found)]
            package.writestr("DAFTAR-ISI.pdf", _index_pdf(folder, index, lacking))
        run.outcome(files=index.count, missing=len(lacking), unreadable=len(index.lost))
        run.result_file(f"berkas-audit-{edition}.zip", out)


class _Index:
    """What lies in which folder, and what could not be read."""

    def __init__(self) -> None:
        self.places: dict[str, list[str]] = {}
        self.lost: list[str] = []

    @property
    def count(self) -> int:
        return sum(map(len, self.places.values()))

    def put(self, place: str, name: str) -> str:
        self.places.setdefault(place, []).append(name)
        return f"{place}/{name}"


PAPERS_PLACE = "01 Naskah"
LETTERS, PERMITS, EVIDENCE, STALLS = "02 Surat", "03 Izin", "04 Bukti belanja", "05 Lapak"


def _pack_papers(package: zipfile.ZipFile, folder: Folder, index: _Index) -> None:
    """A name that no font can print does not keep the other papers back."""
    signatory = next(iter(folder.signatories), None)
    for word, paper in PAPERS.items():
        name = f"{word}.pdf"
        try:
            content = paper_pdf(folder, paper, signatory)
        except Refused as refused:
            index.lost.append(f"{PAPERS_PLACE}/{name}: {refused.message}")
        else:
            package.writestr(index.put(PAPERS_PLACE, name), content)


def _pack_recap(package: zipfile.ZipFile, edition: Edition, index: _Index) -> None:
    """Plan, sources, contracts and payments with their numbers, evidence, as the workbook that the budget hands out."""
    if edition.budget is not None:
        with translation.override("id"):
            package.writestr(index.put(EVIDENCE, "rekap-keuangan.xlsx"), budget_workbook(edition.budget))


Kept = tuple[str, str, StoredFile]  # folder, name, file


def _stored(edition: Edition) -> Iterator[Kept]:
    """Everything that is kept as files."""
    for letter in Letter.objects.filter(about=edition.subject).select_related("file", "scan"):
        yield from _letter(letter)
    yield from _of_permits(edition)
    yield from _of_money(edition)
    yield from _of_stalls(edition)


def _of_permits(edition: Edition) -> Iterator[Kept]:
    for permit in Permit.objects.filter(edition=edition).select_related("scan", "letter__file", "letter__scan"):
        if permit.scan:
            yield PERMITS, f"{permit} - izin", permit.scan
        if permit.letter:
            yield from _letter(permit.letter)
    for each in PermitFile.objects.filter(permit__edition=edition).select_related("file", "permit"):
        yield PERMITS, f"{each.permit} - {each.name}", each.file


def _of_money(edition: Edition) -> Iterator[Kept]:
    rows = EvidenceFile.objects.filter(line__budget=edition.budget_id).select_related("file", "line")
    for row in rows if edition.budget_id else []:
        yield f"{EVIDENCE}/{row.line.position:02d} {_named(row.line.item)}", f"{row.pk} {row.name}", row.file


def _of_stalls(edition: Edition) -> Iterator[Kept]:
    rows = StallContract.objects.filter(application__call__edition=edition)
    for contract in rows.select_related("application", "file", "handover_file"):
        for file in filter(None, (contract.file, contract.handover_file)):
            yield STALLS, f"{contract.application} - {contract}", file


def _letter(letter: Letter) -> Iterator[tuple[str, str, StoredFile]]:
    if kept := letter.scan or letter.file:
        yield LETTERS, f"{letter.number or letter.code} - {letter}", kept


def _named(words: str) -> str:
    """As the name of a file: a slash stands between words here, not between folders."""
    return safe_name(words.replace("/", "-").replace("\\", "-"))[:80]


def _pack(package: zipfile.ZipFile, index: _Index, place: str, name: str, stored: StoredFile) -> None:
    told = f"{_named(name)} - {safe_name(stored.name)}"
    try:
        content = read_bytes(stored)
    except Refused:
        index.lost.append(f"{place}/{told}")
    else:
        package.writestr(index.put(place, told), content)


def _index_pdf(folder: Folder, index: _Index, lacking: list[str]) -> bytes:
    paper = Paper(
        "", "Daftar isi berkas pemeriksaan", lambda _folder: _index_sections(index, lacking), lambda _f: [], Form()
    )
    return paper_pdf(folder, paper, None)


def _index_sections(index: _Index, lacking: list[str]) -> list[Section]:
    """What is missing comes first: it is what is read first."""
    red: list[Part] = [missing(f"missing-{n}", words) for n, words in enumerate(lacking, 1)]
    lost: list[Part] = [missing(f"lost-{n}", f"Tidak terbaca: {name}") for n, name in enumerate(index.lost, 1)]
    places = [
        section(f"place-{n}", place, [items("files", sorted(names))])
        for n, (place, names) in enumerate(sorted(index.places.items()), 1)
    ]
    return [section("missing", "Yang masih kurang", red + lost or [text("nothing", "Tidak ada yang kurang.")]), *places]

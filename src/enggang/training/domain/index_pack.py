"""The evidence pack of the professionalism index: an index workbook and every certificate, packed by a job."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from enggang.core.actor import Actor
from enggang.core.acts import Refused, act, record, record_subject, require
from enggang.core.jobs import JobRun, enqueue, job
from enggang.core.models import Job
from enggang.files.domain.storing import read_bytes, safe_name
from enggang.people.models import Employment, Person
from enggang.people.queries.persons import present_of
from enggang.people.rules import may_read_nip
from enggang.places.models import Organisation
from enggang.places.models.organisation import below
from enggang.training import rules
from enggang.training.queries.index import Evidence, IndexScore, kind_words, scores_of

Row = tuple[IndexScore, Evidence, str]
PACKING = "training.pack_index"


def _work(agency: str, person: str) -> list[Employment]:
    rows = Employment.objects.present().select_related("person__subject", "organisation__subject", "post_type")
    if person:
        return list(rows.filter(person__subject__code=person))
    path = Organisation.objects.get(subject__code=agency).path
    return list(rows.filter(below(path, "organisation__path")).order_by("person__name_key", "pk"))


def _may_read(actor: Actor, *, agency: str, person: str, year: int) -> bool:
    """Asked again when the file is fetched: whoever has left the office has left the pack too."""
    if person:
        found = Person.objects.filter(subject__code=person).first()
        work = present_of(found) if found else None
        return found is not None and rules.sees_index(actor, found, work.organisation if work else None)
    office = Organisation.objects.filter(subject__code=agency).first()
    return office is not None and actor.holds(*rules.SEES_INDEX, at=office.path)


@act("training.pack_index")
def ask_for_pack(*, year: int, actor: Actor, agency: Organisation | None = None, person: Person | None = None) -> Job:
    """Queue the pack of a person, or of an agency with all below it; the trail keeps who asked for it."""
    office, whose = agency.code if agency else "", person.code if person else ""
    require(_may_read(actor, agency=office, person=whose, year=year))
    record_subject(person.subject if person else agency.subject if agency else None)
    record(year=year)
    title = gettext_noop("Evidence pack IP ASN")
    return enqueue(write_pack, actor=actor, title=title, agency=office, person=whose, year=year)


@job(PACKING, attempts=2, may_read=_may_read)
def write_pack(run: JobRun, *, agency: str, person: str, year: int) -> None:
    """A ZIP: index.xlsx with every training, what is missing in red, and a folder of certificates per person."""
    require(_may_read(run.actor, agency=agency, person=person, year=year))
    scores = scores_of(_work(agency, person), year)
    out, rows = io.BytesIO(), list[Row]()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for number, score in enumerate(scores, start=1):
            rows += [(score, each, _packed(package, score, each)) for each in score.evidence]
            run.progress(number, len(scores))
        package.writestr("indeks.xlsx", pack_index(rows, run.actor))
    run.outcome(missing=sum(not file for _score, _evidence, file in rows))
    run.result_file(f"ip-asn-{person or agency}-{year}.zip", out.getvalue())


def _packed(package: zipfile.ZipFile, score: IndexScore, evidence: Evidence) -> str:
    """The name in the pack; empty when there is no file, or it is damaged: the others are packed all the same."""
    if evidence.file is None:
        return ""
    who = f"{safe_name(score.employment.person.name)[:60]} {score.employment.person.code}"
    name = f"{who}/{evidence.ends_on} {evidence.code} {safe_name(evidence.title)[:60]}{_ending(evidence.file.name)}"
    try:
        package.writestr(name, read_bytes(evidence.file))
    except Refused:
        return ""
    return name


def _ending(name: str) -> str:
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else "pdf"
    return f".{ending}" if ending.isalnum() else ".pdf"


def pack_index(rows: Sequence[Row], actor: Actor) -> bytes:
    """A row per training with the name of its file in the pack; where the file is missing the row is red.

    The NIP goes by the rule of the export: in full for whoever may read it there, as the personnel office enters both.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(_("Evidence"))
    header = [
        _("Name"), _("NIP"), _("Training"), _("Who held it"), _("Number of the certificate"), _("Last day"), _("JP"),
        _("Kind"), _("Counts"), _("Reason"), _("File"),
    ]  # fmt: skip
    sheet.write_row(0, 0, header, book.add_format({"bold": True, "bottom": 1}))
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(header) - 1, 22)
    red, plain = book.add_format({"bg_color": "#F8D7DA", "font_color": "#9C0006"}), book.add_format({"num_format": "@"})
    for number, (score, evidence, file) in enumerate(rows, 1):
        for column, cell in enumerate([*_evidence_cells(score, evidence, actor), file or _("MISSING")]):
            sheet.write_string(number, column, str(cell), plain if file else red)
    book.close()
    return out.getvalue()


def _evidence_cells(score: IndexScore, evidence: Evidence, actor: Actor) -> list[Any]:
    work, person, relevance = score.employment, score.employment.person, evidence.relevance
    nip = person.nip if may_read_nip(actor, work.organisation.path, person.user_id) else person.masked_nip
    counts = "" if relevance is None else _("yes") if relevance.counts_in(score.year) else _("no")
    return [
        person.name, nip, evidence.title, evidence.organiser, evidence.number,
        evidence.ends_on.isoformat(), evidence.jp, kind_words(evidence), counts, relevance.reason if relevance else "",
    ]  # fmt: skip

"""The evidence folder for the treasurer: workbook, checklist and every file, packed by a job."""

from __future__ import annotations

import tempfile
import zipfile

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from enggang.budgets.models import Budget, EvidenceFile
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, Refused, act, record, record_subject, require
from enggang.core.jobs import JobRun, enqueue, job
from enggang.core.models import Job
from enggang.files.domain.storing import read_bytes, safe_name
from enggang.files.models import StoredFile
from enggang.training import rules
from enggang.training.domain.money_recap import recap_pdf, recap_workbook
from enggang.training.models import Receipt, Wave
from enggang.training.queries.recap import missing_papers


def _may_read(actor: Actor, *, wave: str) -> bool:
    found = Wave.objects.select_related("organisation").filter(subject__code=wave).first()
    return found is not None and rules.sees_money(actor, found)


@act("training.pack_evidence")
def pack_evidence(*, wave: Wave, actor: Actor) -> Job:
    """Queue the folder; the trail keeps who asked for it."""
    require(rules.sees_money(actor, wave))
    if wave.budget is None:
        raise Conflict(_("This wave has no budget yet."))
    record_subject(wave.subject)
    record(budget=wave.budget.code)
    return enqueue(write_folder, actor=actor, title=gettext_noop("Evidence folder"), wave=wave.code)


@job("training.pack_evidence", attempts=2, may_read=_may_read)
def write_folder(run: JobRun, *, wave: str) -> None:
    """A ZIP: the recap, a folder per line with its papers, the receipts, and a list of what is missing."""
    found = Wave.objects.with_names().select_related("budget__subject", "budget__organisation").get(subject__code=wave)
    require(rules.sees_money(run.actor, found))
    assert found.budget is not None
    with tempfile.TemporaryFile() as out:  # a thick folder does not fit in memory
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("rekap.xlsx", recap_workbook(found, found.budget))
            lost = _pack_recap(package, found, found.budget)
            lost += _pack_files(run, package, found.budget) + _pack_receipts(package, found)
            package.writestr("YANG-KURANG.txt", _missing(found, found.budget, lost))
        run.outcome(unreadable=len(lost))
        run.result_file(f"bukti-{wave}.zip", out)


def _pack_recap(package: zipfile.ZipFile, wave: Wave, budget: Budget) -> list[str]:
    """A name that no font can print does not keep the papers from the treasurer either."""
    try:
        package.writestr("rekap.pdf", recap_pdf(wave, budget))
    except Refused as refused:
        return [f"rekap.pdf: {refused.message}"]
    return []


def _pack_files(run: JobRun, package: zipfile.ZipFile, budget: Budget) -> list[str]:
    rows = list(EvidenceFile.objects.filter(line__budget=budget).select_related("file", "line"))
    lost = []
    for number, row in enumerate(rows, start=1):
        folder = f"{row.line.position:02d} {_named(row.line.item)}"
        if not _pack(package, f"{folder}/{row.pk} {_named(row.name)} - {safe_name(row.file.name)}", row.file):
            lost.append(f"{row.line.item}: {row.name}")
        run.progress(number, len(rows))
    return lost


def _pack_receipts(package: zipfile.ZipFile, wave: Wave) -> list[str]:
    rows = Receipt.objects.filter(trip__wave=wave, file__isnull=False).select_related("file", "trip__person")
    lost = []
    for row in rows:
        name = f"perjalanan/{_named(row.trip.person.name)} {row.pk} {_named(row.name)}"
        if row.file and not _pack(package, f"{name} - {safe_name(row.file.name)}", row.file):
            lost.append(f"{row.trip.person.name}: {row.name}")
    return lost


def _named(words: str) -> str:
    """As the name of a file: a slash stands between words here, not between folders."""
    return safe_name(words.replace("/", "-").replace("\\", "-"))[:60]


def _pack(package: zipfile.ZipFile, name: str, stored: StoredFile) -> bool:
    """One damaged file does not keep the others from the treasurer: it is listed instead."""
    try:
        package.writestr(name, read_bytes(stored))
    except Refused:
        return False
    return True


def _missing(wave: Wave, budget: Budget, lost: list[str]) -> str:
    lines = [f"- {where}: {what}" for where, what in missing_papers(wave, budget)]
    lines += [f"- {_('unreadable')}: {name}" for name in lost]
    return "\n".join(lines) or _("Nothing is missing.")

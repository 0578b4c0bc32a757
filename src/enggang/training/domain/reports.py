"""Acts on the activity report of a wave: its words, its photos, and the versions that are frozen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.canonical import canonical_bytes
from enggang.core.integrity import told
from enggang.core.jobs import JobRun, enqueue, job
from enggang.core.models import Job
from enggang.core.states import keep_version, move
from enggang.documents.changes import changes_between
from enggang.documents.domain.letters import emblem_named
from enggang.documents.models import Signatory
from enggang.documents.rendering.docx_report import render_report_docx
from enggang.documents.rendering.photos import LARGEST, check_photo
from enggang.documents.rendering.report import DRAWING, render_report
from enggang.files.domain.storing import read_bytes, store_file
from enggang.files.domain.tickets import Ticket, ticket_for
from enggang.files.domain.uploading import claim_upload
from enggang.files.enums import Accepts, Purpose
from enggang.files.models import StoredFile, Upload
from enggang.files.sniffing import DOCX_TYPE
from enggang.training import rules
from enggang.training.enums import REPORT_MOVES, PointKind, ReportState
from enggang.training.models import ActivityReport, ReportPhoto, ReportPoint, ReportVersion, Wave
from enggang.training.reporting.build import CHANGES, Data, draft, numbered, substance
from enggang.training.reporting.opening import prefilled

MOST_PHOTOS, MOST_POINTS = 12, 60
LARGEST_SCAN = 20 * 1024 * 1024  # bytes


def report_of(wave: Wave) -> ActivityReport | None:
    return ActivityReport.objects.filter(wave=wave).select_related("subject", "signatory").first()


def _begun(wave: Wave) -> ActivityReport:
    """The wave's report; the first to write in it starts it with the texts that are offered. Inside an act."""
    Wave.objects.select_for_update().get(pk=wave.pk)
    found = report_of(wave)
    if found is None:
        found = ActivityReport(wave=wave, **prefilled(wave))
        found.subject = ActivityReport.new_subject(wave.organisation.code)
        with told(ActivityReport):
            found.save()
    return found


def _write(wave: Wave, actor: Actor) -> ActivityReport:
    require(rules.may_manage(actor, wave.organisation))
    record_subject(wave.subject)
    return _begun(wave)


@act("training.keep_report_texts")
def keep_report_texts(
    *,
    wave: Wave,
    background: str,
    legal_basis: str,
    purpose: str,
    signatory: Signatory | None,
    version: int,
    actor: Actor,
) -> ActivityReport:
    """Change the words. ``version`` is that of the form, 0 before anybody had written."""
    report = _write(wave, actor)
    if signatory is not None and signatory.organisation_id != wave.organisation_id:
        raise Conflict(_("Choose somebody who signs for your organisation."))
    keep_version(report, version or 1)
    report.background, report.legal_basis, report.purpose = background.strip(), legal_basis.strip(), purpose.strip()
    report.signatory = signatory
    report.full_clean(exclude=["subject", "wave"])
    report.save(update_fields=["background", "legal_basis", "purpose", "signatory"])
    record(signatory=signatory.pk if signatory else None)
    return report


@act("training.add_report_point")
def add_report_point(
    *, wave: Wave, kind: str, text: str, actor: Actor, owner: str = "", due_on: date | None = None
) -> ReportPoint:
    """An obstacle, or something to be done with its owner and date."""
    report = _write(wave, actor)
    if report.points.count() >= MOST_POINTS:
        raise Conflict(_("The list is full. Put some of them together."))
    point = ReportPoint(report=report, kind=PointKind(kind), text=text.strip(), owner=owner.strip(), due_on=due_on)
    point.full_clean(exclude=["report"])
    point.save()
    record(kind=str(point.kind))
    return point


@act("training.drop_report_point")
def drop_report_point(*, wave: Wave, point: ReportPoint, actor: Actor) -> None:
    _write(wave, actor)
    record(kind=str(point.kind))
    point.delete()


def photo_ticket(wave: Wave, actor: Actor) -> Ticket:
    return ticket_for(
        actor=actor, organisation=wave.organisation, context=_photos(wave), purpose=Purpose.REPORT,
        accepts=Accepts.PHOTO.value, max_bytes=LARGEST,
    )  # fmt: skip


def _photos(wave: Wave) -> str:
    return f"report-photo:{wave.code}"


def bring_photo(*, wave: Wave, code: str, caption: str, alt: str, actor: Actor) -> ReportPhoto:
    """Look at the picture outside the transaction, then keep it. Raises Conflict for one that cannot be printed."""
    upload = Upload.objects.filter(code=code[:24], owner_key=actor.key, context=_photos(wave)).first()
    if upload is None:
        raise Conflict(_("Choose a photo first."))
    if upload.file is None:
        raise Conflict(upload.why or _("The photo is still being checked. Wait a moment, then press again."))
    check_photo(read_bytes(upload.file))
    return add_report_photo(wave=wave, code=code, caption=caption, alt=alt, actor=actor)


@act("training.add_report_photo")
def add_report_photo(*, wave: Wave, code: str, caption: str, alt: str, actor: Actor) -> ReportPhoto:
    """``code`` is that of an upload that has arrived and was looked at."""
    report = _write(wave, actor)
    if report.photos.count() >= MOST_PHOTOS:
        raise Conflict(_("A report holds at most %(count)d photos. Remove one first.") % {"count": MOST_PHOTOS})
    upload = claim_upload(code=code, context=_photos(wave), actor=actor)
    photo = ReportPhoto(report=report, upload=upload, caption=caption.strip(), alt=alt.strip())
    photo.full_clean(exclude=["report", "upload"])
    photo.save()
    record(upload=upload.pk)
    return photo


@act("training.drop_report_photo")
def drop_report_photo(*, wave: Wave, photo: ReportPhoto, actor: Actor) -> None:
    """Take it out of the coming versions; those that are frozen keep it."""
    _write(wave, actor)
    record(photo=photo.pk)
    photo.delete()


def make_version(*, wave: Wave, reason: str, actor: Actor) -> ReportVersion:
    """Reckon the report as it stands, outside the transaction, and ask for it to be drawn as the next version."""
    return want_report(wave=wave, data=draft(wave, report_of(wave)).data, reason=reason, actor=actor)


@act("training.want_report")
def want_report(*, wave: Wave, data: Data, reason: str, actor: Actor) -> ReportVersion:
    """Write down what the next version says; from here on it never changes. Drawing it is a job.

    From the second version on the list of what changed stands first. Raises Conflict when nothing has changed.
    """
    report = _write(wave, actor)
    last = report.versions.first()
    changes = changes_between(last.content, data, without=CHANGES) if last else []
    if last is not None and substance(last.content) == substance(data):
        raise Conflict(_("Nothing has changed since version %(number)d.") % {"number": last.number})
    if last is not None and not reason.strip():
        raise Conflict(_("Say why a new version is needed; the earlier one stays."))
    said = numbered(
        data,
        number=last.number + 1 if last else 1,
        changes=_told(reason, changes) if last else [],
        specimen=wave.specimen,
    )
    version = ReportVersion(
        report=report, number=said["version"], data=canonical_bytes(said), drawing=DRAWING, reason=reason.strip()[:300],
        made_at=clock.now(), made_by_key=actor.key,
    )  # fmt: skip
    version.subject = ReportVersion.new_subject(wave.organisation.code)
    with told(ReportVersion):
        version.save()
    enqueue(draw_version, actor=actor, title=gettext_noop("Activity report"), version=version.code)
    record(number=version.number, changes=len(changes))
    return version


def _told(reason: str, changes: list[str]) -> list[str]:
    """The changes the paper has room for; the canonical data of both versions holds them all."""
    most = 190
    rest = len(changes) - most
    return [f"Alasan: {reason.strip()[:300]}", *changes[:most], *([f"dan {rest} perubahan lain."] if rest > 0 else [])]


@act("training.redraw_report")
def redraw_report(*, version: ReportVersion, actor: Actor) -> Job:
    """Ask again for a version whose drawing was given up."""
    require(rules.may_manage(actor, version.report.wave.organisation))
    record_subject(version.subject)
    if version.is_frozen:
        raise Conflict(_("This version is drawn already."))
    return enqueue(draw_version, actor=actor, title=gettext_noop("Activity report"), version=version.code)


@job("training.draw_report", attempts=3)
def draw_version(run: JobRun, *, version: str) -> None:
    """Draw and freeze; safe to run twice."""
    found = ReportVersion.objects.with_names().get(subject__code=version)
    if found.is_frozen:
        return
    pdf, docx = draw(found.content, found.report.wave, path=found.drawing)
    freeze_report(version=found, pdf=pdf, docx=docx, actor=run.actor)


def draw(data: Data, wave: Wave, *, path: str = DRAWING) -> tuple[bytes, bytes]:
    """PDF and DOCX of the same data. Takes about a second: outside any transaction."""
    pictures = pictures_of(data, wave)
    return render_report(data, path=path, **pictures), render_report_docx(data, **pictures)


def pictures_of(data: Data, wave: Wave) -> dict[str, Any]:
    """What the data names by SHA-256, as the drawing functions take it."""
    names = [part["sha256"] for each in data["sections"] for part in each["parts"] if part["kind"] == "photo"]
    return {
        "emblem": emblem_named(data["head"]["emblem"], wave.organisation),
        "photos": {row.sha256: read_bytes(row) for row in _stored(wave, names)},
    }


def _stored(wave: Wave, names: Iterable[str]) -> Iterable[StoredFile]:
    return StoredFile.objects.filter(organisation=wave.organisation, purpose=Purpose.REPORT, sha256__in=list(names))


@act("training.freeze_report")
def freeze_report(*, version: ReportVersion, pdf: bytes, docx: bytes, actor: Actor) -> ReportVersion:
    """Keep the drawn report for ever. Safe to do twice with the same PDF; another one is a Conflict."""
    wave = version.report.wave
    require(rules.may_manage(actor, wave.organisation))
    digest = hashlib.sha256(pdf).hexdigest()
    try:
        move(version, ReportState.FROZEN, moves=REPORT_MOVES, sha256=digest, frozen_at=clock.now())
    except Conflict:
        version.refresh_from_db()
        if not version.is_frozen or version.sha256 != digest:
            raise
        return version
    name = f"laporan-kegiatan-{wave.code}-v{version.number}"
    kept = {"purpose": Purpose.REPORT, "organisation": wave.organisation, "actor": actor}
    version.pdf = store_file(content=pdf, name=f"{name}.pdf", media_type="application/pdf", **kept)  # type: ignore[arg-type]
    version.docx = store_file(content=docx, name=f"{name}.docx", media_type=DOCX_TYPE, **kept)  # type: ignore[arg-type]
    version.save(update_fields=["pdf", "docx"])
    record(number=version.number, sha256=digest)
    return version


def scan_ticket(version: ReportVersion, actor: Actor) -> Ticket:
    return ticket_for(
        actor=actor, organisation=version.report.wave.organisation, context=f"report-scan:{version.code}",
        purpose=Purpose.REPORT, accepts=f"{Accepts.PHOTO},{Accepts.DOCUMENT}", max_bytes=LARGEST_SCAN,
    )  # fmt: skip


@act("training.keep_report_scan")
def keep_report_scan(*, version: ReportVersion, code: str, actor: Actor) -> ReportVersion:
    """Attach the scan of the signed copy; a better one replaces what is shown."""
    require(rules.may_manage(actor, version.report.wave.organisation))
    if not version.is_frozen:
        raise Conflict(_("Only a frozen version has a signed copy."))
    version.scan = claim_upload(code=code, context=f"report-scan:{version.code}", actor=actor)
    version.save(update_fields=["scan"])
    record(number=version.number)
    return version

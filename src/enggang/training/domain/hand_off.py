"""A certificate small enough for the personnel portal: a copy made by a job, the certificate stays as it was issued."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from enggang.core.actor import Actor
from enggang.core.acts import Conflict, Refused, act, record, record_subject, require
from enggang.core.jobs import JobRun, enqueue, job
from enggang.core.models import Job
from enggang.documents.rendering.lighter import CannotRead, lighter_pdf
from enggang.files.domain.storing import read_bytes
from enggang.files.models import StoredFile
from enggang.people.models import Person
from enggang.people.queries.persons import present_of
from enggang.training import rules
from enggang.training.queries.hand_off import KB, HandOff, hand_off_named

COPYING = "training.write_upload_copy"


def _person(code: str) -> Person | None:
    return Person.objects.filter(merged_into=None, subject__code=code).select_related("subject").first()


def _sees(actor: Actor, person: Person | None) -> bool:
    work = present_of(person) if person else None
    return person is not None and work is not None and rules.sees_index(actor, person, work.organisation)


def _may_read(actor: Actor, *, person: str, evidence: str) -> bool:
    return _sees(actor, _person(person))


@act("training.want_upload_copy")
def want_upload_copy(*, person: Person, evidence: str, actor: Actor) -> Job:
    """Queue the copy of a certificate that is too large for the portal, or a picture. Raises Conflict when it fits."""
    require(_sees(actor, person))
    found = hand_off_named(person, evidence)
    if found is None or not found.needs_copy:
        raise Conflict(_("This certificate can be uploaded as it is."))
    record_subject(person.subject)
    record(evidence=evidence, most_kb=found.most_kb)
    return enqueue(
        write_upload_copy, actor=actor, title=gettext_noop("Copy for upload"), person=person.code, evidence=evidence
    )


@job(COPYING, attempts=2, may_read=_may_read)
def write_upload_copy(run: JobRun, *, person: str, evidence: str) -> None:
    """Read the certificate, and keep a smaller PDF of it as the result; what cannot be made small enough is told."""
    owner = _person(person)
    require(_sees(run.actor, owner))
    found = hand_off_named(owner, evidence) if owner else None
    if found is None or found.evidence.file is None or found.most_kb is None:
        raise Refused(_("The certificate file is missing. Bring it on the page of your learning hours."))
    content = _lighter(found, found.evidence.file, found.most_kb)
    run.outcome(was_kb=found.size_kb, is_kb=-(-len(content) // KB))
    run.result_file(f"salinan-unggah-{evidence}.pdf", content)


def _lighter(found: HandOff, file: StoredFile, most_kb: int) -> bytes:
    again = _("Scan the certificate again in grey at 150 dpi, or print it into a smaller PDF.")
    try:
        content = lighter_pdf(read_bytes(file), most_kb * KB, says=copy_words(file))
    except CannotRead:
        raise Refused(_("This file cannot be taken apart.") + " " + again) from None
    if content is None:
        text = _("Even at its coarsest the certificate stays above %(most)s KB.") % {"most": most_kb}
        raise Refused(f"{text} {again}")
    return content


def copy_words(file: StoredFile) -> str:
    """What stands at the foot of the copy, in the language of the papers."""
    with override("id"):
        return _("Copy for upload, not the certificate itself. SHA-256 of the original: %(sha)s") % {"sha": file.sha256}

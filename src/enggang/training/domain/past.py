"""Taking in a list of past certificates: looked at first, then written as one, and taken back as one."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, require
from enggang.core.integrity import told
from enggang.core.jobs import JobRun, enqueue, job
from enggang.core.models import Job, Subject
from enggang.core.states import move
from enggang.files.domain.storing import read_bytes, store_file
from enggang.files.enums import Purpose
from enggang.people.models import Person
from enggang.places.models import Organisation
from enggang.training import rules
from enggang.training.enums import IMPORT_MOVES, CertificateState, ImportState
from enggang.training.models import OutsideCertificate, PastImport
from enggang.training.models.learning import title_key
from enggang.training.queries.past import PastPlan, PastRow, past_plan


@act("training.upload_past")
def upload_past(*, organisation: Organisation, content: bytes, name: str, actor: Actor) -> PastImport:
    """Keep the list and look whether it can be read; nothing is written of the people in it yet."""
    require(rules.may_import_past(actor, organisation))
    plan = past_plan(content, organisation)
    if not plan.rows:
        raise Conflict(_("There is no row below the column names."))
    source = store_file(content=content, name=name, purpose=Purpose.ROSTER, organisation=organisation, actor=actor)
    row = PastImport(organisation=organisation, source=source, created_at=clock.now(), created_by_key=actor.key)
    row.subject = PastImport.new_subject(organisation.code)
    row.save()
    record(rows=len(plan.rows), rejected=len(plan.rejected))
    return row


def ask_for_import(*, past: PastImport, actor: Actor) -> Job:
    """Queue the taking in; who may is asked again when it runs."""
    require(rules.may_import_past(actor, past.organisation))
    return enqueue(
        take_in_past, actor=actor, title=gettext_noop("Past certificates"), subject_code=past.code, import_id=past.pk
    )


@job("training.take_in_past")
def take_in_past(run: JobRun, *, import_id: int) -> None:
    past = PastImport.objects.select_related("subject", "organisation", "source").get(pk=import_id)
    if past.is_imported:
        return
    import_past(past=past, actor=run.actor)
    run.outcome(added=past.added, known=past.known, rejected=past.rejected)


@act("training.import_past")
def import_past(*, past: PastImport, actor: Actor) -> PastImport:
    """Write what can be read and is not on record; the same list a second time adds nothing."""
    require(rules.may_import_past(actor, past.organisation))
    plan = past_plan(read_bytes(past.source), past.organisation)
    added = _write(plan, past, actor)
    known, rejected = plan.known_count, len(plan.rejected)
    record(added=added, known=known, rejected=rejected)
    return move(past, ImportState.IMPORTED, moves=IMPORT_MOVES, added=added, known=known, rejected=rejected)


def _write(plan: PastPlan, past: PastImport, actor: Actor) -> int:
    rows = plan.fresh
    gone = OutsideCertificate.objects.filter(
        state=CertificateState.WITHDRAWN, person__in={row.person.person_id for row in rows if row.person}
    )
    withdrawn = {(each.person_id, each.title_key, each.ends_on): each.pk for each in gone}
    again = [withdrawn[row.key] for row in rows if row.key in withdrawn]
    for certificate in OutsideCertificate.objects.filter(pk__in=again).select_related("agency", "person"):
        _settle(certificate, actor, past)
        certificate.save(update_fields=["state", "past_import", "decided_at", "decided_by_key"])
    fresh = [row for row in rows if row.key not in withdrawn]
    codes = [row.person.organisation_code or "" for row in fresh if row.person]
    subjects = Subject.objects.bulk_create(
        [Subject(kind=OutsideCertificate.subject_kind, organisation_code=code) for code in codes]
    )
    agencies = Organisation.objects.in_bulk({row.person.organisation_id for row in fresh if row.person})
    people = Person.objects.in_bulk({row.person.person_id for row in fresh if row.person})
    made = [_certificate(row, subject, past, actor) for row, subject in zip(fresh, subjects, strict=True)]
    for each in made:
        each.agency, each.person = agencies[each.agency_id], people[each.person_id]
        _settle(each, actor, past)
    with told(OutsideCertificate):
        OutsideCertificate.objects.bulk_create(made, batch_size=500)
    return len(rows)


def _certificate(row: PastRow, subject: Subject, past: PastImport, actor: Actor) -> OutsideCertificate:
    assert row.person is not None  # a fresh row is matched and read
    assert row.person.organisation_id is not None
    assert row.learned is not None
    learned = row.learned
    return OutsideCertificate(
        subject=subject, person_id=row.person.person_id, agency_id=row.person.organisation_id, title=learned.title,
        title_key=title_key(learned.title), organiser=learned.organiser, number=learned.number,
        starts_on=learned.starts_on, ends_on=learned.ends_on, jp=learned.jp, past_import=past,
        brought_at=clock.now(), brought_by_key=actor.key,
    )  # fmt: skip


def _settle(certificate: OutsideCertificate, actor: Actor, past: PastImport) -> None:
    """Accepted at once where the importer may check it; their own, and those of whom they may not check, wait."""
    certificate.past_import = past
    if rules.may_check_certificate(actor, certificate):
        certificate.state = CertificateState.ACCEPTED
        certificate.decided_at, certificate.decided_by_key = clock.now(), actor.key
    else:
        certificate.state = CertificateState.WAITING
        certificate.decided_at, certificate.decided_by_key = None, ""


@act("training.undo_past")
def undo_past(*, past: PastImport, actor: Actor) -> PastImport:
    """Take back what this import brought; it can be taken in again."""
    require(rules.may_import_past(actor, past.organisation))
    standing = [CertificateState.ACCEPTED, CertificateState.WAITING]
    taken = past.certificates.filter(state__in=standing).update(state=CertificateState.WITHDRAWN)
    record(withdrawn=taken)
    return move(past, ImportState.UNDONE, moves=IMPORT_MOVES)

"""Good work becomes a work of its authors: registered by those who teach, valid once every author agreed."""

from __future__ import annotations

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.media.domain.receiving import end_received, receive_work
from enggang.training import rules
from enggang.training.models import HandIn, Licence, Registration, Work, WorkAuthor


@act("training.register_work")
def register_work(*, hand_in: HandIn, title: str, licence: Licence, actor: Actor) -> Work:
    """Propose an accepted work under a licence; a proposal that was withdrawn is made anew and asked again."""
    wave = hand_in.assignment.wave
    require(rules.may_teach(actor, wave))
    version = hand_in.versions.first()
    if version is None or not hand_in.is_accepted:
        raise Conflict(_("Only work that was graded and accepted becomes good work."))
    work = Work.objects.filter(version=version).first()
    if work and work.withdrawn_at is None:
        raise Conflict(_("This work is registered already."))
    work = work or Work(
        subject=Work.new_subject(wave.organisation.code), organisation=wave.organisation, version=version
    )
    work.title, work.licence, work.registered_at, work.withdrawn_at = title.strip(), licence, clock.now(), None
    work.full_clean()
    work.save()
    work.authors.all().delete()
    authors = [WorkAuthor(work=work, person=row.person) for row in hand_in.authors()]
    WorkAuthor.objects.bulk_create(authors)
    end_received(source=work.subject, actor=actor)  # of a proposal made anew: nobody has agreed to it yet
    record(licence=licence.key, authors=len(authors))
    return work


@act("training.withdraw_work")
def withdraw_work(*, work: Work, actor: Actor) -> Work:
    """Undo: it is no longer offered to anybody."""
    require(rules.may_keep_work(actor, work.organisation))
    if not Work.objects.filter(pk=work.pk, withdrawn_at=None).update(withdrawn_at=clock.now()):
        raise Conflict(_("This was done already."))
    _settle_library(work, actor)
    return work


@act("training.restore_work")
def restore_work(*, work: Work, actor: Actor) -> Work:
    """Bring a withdrawn work back as it was; what its authors had agreed to still stands."""
    require(rules.may_keep_work(actor, work.organisation))
    if not Work.objects.filter(pk=work.pk).exclude(withdrawn_at=None).update(withdrawn_at=None):
        raise Conflict(_("This was done already."))
    _settle_library(work, actor)
    return work


@act("training.agree_to_work")
def agree_to_work(*, work: Work, registration: Registration, agrees: bool, actor: Actor) -> Work:
    """An author agrees that the work is used under its licence, or takes that back."""
    require(rules.is_own(actor, registration))
    rows = WorkAuthor.objects.filter(work=work, person=registration.person, work__withdrawn_at=None)
    stamp, key = (clock.now(), actor.key) if agrees else (None, "")
    if not rows.filter(agreed_at__isnull=agrees).update(agreed_at=stamp, agreed_by_key=key):
        raise Conflict(_("This was done already."))
    _settle_library(work, actor)
    record_subject(work.subject)
    record(licence=work.licence.key, agrees=agrees)
    return work


def _settle_library(work: Work, actor: Actor) -> None:
    """The library has the work as long as it stands and every author agrees: it comes, or its licence ends there."""
    if not Work.objects.agreed().filter(pk=work.pk, authors__isnull=False).exists():
        end_received(source=work.subject, actor=actor)
        return
    wave = work.version.hand_in.assignment.wave
    pieces = work.version.pieces.select_related("upload__file")
    receive_work(
        organisation=work.organisation, source=work.subject, title=work.title, licence=work.licence.key,
        authors=[each.person for each in work.authors.select_related("person").order_by("pk")],
        files=[each.upload.file for each in pieces if each.upload.file is not None], about=wave.subject, actor=actor,
    )  # fmt: skip

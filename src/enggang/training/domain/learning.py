"""Certificates from outside: brought by the person or their agency, checked by the agency's staff officer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, require
from enggang.core.integrity import told
from enggang.core.states import move
from enggang.people.models import Person
from enggang.places.domain.dated import keep_dated, load_shipped
from enggang.places.models import Organisation
from enggang.training import rules
from enggang.training.domain.asking import keep_evidence
from enggang.training.domain.registrations import present_agency
from enggang.training.enums import CERTIFICATE_MOVES, CertificateState
from enggang.training.models import JpLimit, OutsideCertificate
from enggang.training.models.learning import title_key
from enggang.training.queries.learning import held_here, same_here
from enggang.training.queries.past import Learned

DATA = Path(__file__).resolve().parent.parent / "data"


@act("training.bring_certificate")
def bring_certificate(
    *, person: Person, learned: Learned, actor: Actor, content: bytes = b"", name: str = ""
) -> OutsideCertificate:
    """Put a certificate up for checking, with its scan. One that was withdrawn or refused may be brought again."""
    agency = present_agency(person)
    require(rules.may_bring_certificate(actor, person, agency))
    if not content:
        raise Conflict(_("Add the certificate itself: a photo or a PDF."))
    waves = held_here([person.pk]).get(person.pk, ())
    held = same_here(waves, title_key(learned.title), learned.starts_on, learned.ends_on)
    if held:
        raise Conflict(_("This is a training held here, which counts by itself: %(wave)s.") % {"wave": held})
    row = _refused_before(person, learned) or OutsideCertificate(person=person)
    row.agency, row.state, row.reason = agency, CertificateState.WAITING, ""
    fill(row, learned, actor)
    row.file = keep_evidence(content=content, name=name, organisation=agency, actor=actor)
    if row._state.adding:
        row.subject = OutsideCertificate.new_subject(agency.code)
    with told(OutsideCertificate):
        row.save()
    record(jp=row.jp)
    return row


def _refused_before(person: Person, learned: Learned) -> OutsideCertificate | None:
    again = [CertificateState.WITHDRAWN, CertificateState.REFUSED]
    rows = person.outside_certificates.filter(title_key=title_key(learned.title), ends_on=learned.ends_on)
    return rows.filter(state__in=again).select_related("subject").first()


def fill(row: OutsideCertificate, learned: Learned, actor: Actor) -> None:
    """What the certificate says, into its row; refuses what cannot be."""
    if learned.ends_on < learned.starts_on:
        raise Conflict(_("The last day lies before the first."))
    if learned.ends_on > clock.today():
        raise Conflict(_("The last day lies in the future. Bring the certificate when the training is over."))
    row.title, row.title_key = learned.title.strip(), title_key(learned.title)
    row.organiser, row.number, row.jp = learned.organiser.strip(), learned.number.strip(), learned.jp
    row.starts_on, row.ends_on = learned.starts_on, learned.ends_on
    row.brought_at, row.brought_by_key = clock.now(), actor.key
    row.clean_fields(exclude=["subject"])


@act("training.accept_certificate")
def accept_certificate(*, certificate: OutsideCertificate, actor: Actor) -> OutsideCertificate:
    """Its JP count from now on."""
    require(rules.may_check_certificate(actor, certificate), _not_yours())
    return _decide(certificate, CertificateState.ACCEPTED, actor)


@act("training.refuse_certificate")
def refuse_certificate(*, certificate: OutsideCertificate, reason: str, actor: Actor) -> OutsideCertificate:
    """Its JP do not count; the person reads why."""
    require(rules.may_check_certificate(actor, certificate), _not_yours())
    if not reason.strip():
        raise Conflict(_("Say why it is refused: the person will read it."))
    return _decide(certificate, CertificateState.REFUSED, actor, reason.strip()[:300])


@act("training.recheck_certificate")
def recheck_certificate(*, certificate: OutsideCertificate, actor: Actor) -> OutsideCertificate:
    """Undo a decision: it waits to be checked again."""
    require(rules.may_check_certificate(actor, certificate), _not_yours())
    return _decide(certificate, CertificateState.WAITING, actor)


@act("training.withdraw_certificate")
def withdraw_certificate(*, certificate: OutsideCertificate, actor: Actor) -> OutsideCertificate:
    """Take back what nobody has checked yet."""
    require(rules.may_bring_certificate(actor, certificate.person, certificate.agency))
    return _decide(certificate, CertificateState.WITHDRAWN, actor)


def _decide(row: OutsideCertificate, state: CertificateState, actor: Actor, reason: str = "") -> OutsideCertificate:
    return move(row, state, moves=CERTIFICATE_MOVES, reason=reason, decided_at=clock.now(), decided_by_key=actor.key)


def _not_yours() -> str:
    return _("A certificate is checked by the coordinator of the agency, never by the person it belongs to.")


@act("training.export_learning")
def export_learning(*, actor: Actor, count: int, form: str) -> int:
    """Note that learning hours leave the house as a file of ``count`` people."""
    record(count=count, form=form)
    return count


@act("training.keep_jp_limit")
def keep_jp_limit(*, row: Any, organisation: Organisation, actor: Actor, version: int = 0) -> Any:
    """Save an agency's limit of learning hours; a shipped row is never changed, only outranked."""
    require(rules.may_keep_limits(actor, organisation))
    return keep_dated(row, organisation, version)


@act("training.load_jp_limits")
def load_jp_limits(*, actor: Actor) -> int:
    """Bring the shipped limits to the state of the file; answers how many were made. Local rows are left alone."""
    require(rules.may_ship(actor))
    made = load_shipped(JpLimit, DATA / "jp_limits.csv")
    record(made=made)
    return made

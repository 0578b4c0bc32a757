"""What training does when an engine below tells it something."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.dispatch import receiver
from django.urls import reverse

from enggang.budgets.models import Payment
from enggang.budgets.signals import payment_corrected
from enggang.core.actor import Actor
from enggang.core.retention import forget_results
from enggang.credentials.models import Award
from enggang.credentials.signals import award_reissued, award_voided, awards_issued, name_removed
from enggang.notices.domain.messages import Recipient, send
from enggang.people.models import Employment, Person
from enggang.people.signals import person_answered_for
from enggang.seats.models import Claim
from enggang.seats.signals import claim_due, claim_expired, claim_promoted
from enggang.training.domain.desk import tell_answer
from enggang.training.domain.hand_off import COPYING
from enggang.training.domain.index_pack import PACKING
from enggang.training.domain.nominated import release_nomination
from enggang.training.domain.reaching import recipient
from enggang.training.domain.registrations import give_pass
from enggang.training.models import Fee, Registration, Trip
from enggang.training.queries.letters import coordinators_of


@receiver(claim_promoted, dispatch_uid="training.claim_promoted")
def tell_promoted(sender: object, *, claim: Claim, actor: Actor, **_kwargs: Any) -> None:
    """A waiting participant has moved up: they get their pass, or a time to confirm, and are told."""
    registration = Registration.objects.filter(claim=claim).with_names().first()
    if registration is None:
        return
    if registration.is_held:
        _tell(registration, "training/messages/held", actor, until=claim.held_until)
        _tell_agency(registration, "training/messages/held_agency", actor, until=claim.held_until)
    else:
        give_pass(registration, actor)
        _tell(registration, "training/messages/promoted", actor)


@receiver(claim_due, dispatch_uid="training.claim_due")
def remind_held(sender: object, *, claim: Claim, actor: Actor, **_kwargs: Any) -> None:
    """The time to confirm a held seat comes near: its holder and the agency's coordinators are told once more."""
    registration = Registration.objects.filter(claim=claim).with_names().first()
    if registration is None:
        return
    _tell(registration, "training/messages/held_soon", actor, until=claim.held_until)
    _tell_agency(registration, "training/messages/held_soon_agency", actor, until=claim.held_until)


@receiver(claim_expired, dispatch_uid="training.claim_expired")
def tell_expired(sender: object, *, claim: Claim, actor: Actor, **_kwargs: Any) -> None:
    """A held seat was not confirmed in time: its holder and the agency are told that it has gone to the next."""
    registration = Registration.objects.filter(claim=claim).with_names().first()
    if registration is not None:
        release_nomination(registration, actor)
        _tell(registration, "training/messages/expired", actor)
        _tell_agency(registration, "training/messages/expired_agency", actor)


@receiver(person_answered_for, dispatch_uid="training.person_answered_for")
def tell_answered_for(sender: object, *, employment: Employment, actor: Actor, **_kwargs: Any) -> None:
    """An agency has said whether somebody seated at the desk is theirs: the organisers are told."""
    tell_answer(employment, actor)


@receiver(awards_issued, dispatch_uid="training.awards_issued")
def tell_awarded(sender: object, *, awards: Sequence[Award], actor: Actor, **_kwargs: Any) -> None:
    """Certificates are ready: tell their holders."""
    rows = Registration.objects.filter(subject__in=[award.basis_id for award in awards]).with_names()
    registrations = {row.subject_id: row for row in rows}
    for award in awards:
        if (registration := registrations.get(award.basis_id)) is not None:
            _tell(registration, "training/messages/awarded", actor, award=award)


@receiver(award_voided, dispatch_uid="training.award_voided")
def free_registration(sender: object, *, award: Award, actor: Actor, known: bool, **_kwargs: Any) -> None:
    """A certificate was voided: its registration may be given a new one, and a holder who had it is told."""
    Registration.objects.filter(award=award).update(award=None)
    registration = Registration.objects.filter(subject=award.basis_id).with_names().first()
    if registration is not None and known:
        _tell(registration, "training/messages/voided", actor, award=award)


@receiver(award_reissued, dispatch_uid="training.award_reissued")
def follow_new_name(sender: object, *, award: Award, **_kwargs: Any) -> None:
    """The registration leads to the new certificate, and prints the new name from now on."""
    Registration.objects.filter(subject=award.basis_id).update(award=award, printed_name=award.holder_name)


@receiver(name_removed, dispatch_uid="training.name_removed")
def forget_packs(sender: object, *, person: Person, offices: set[str], **_kwargs: Any) -> None:
    """Packs and copies of certificates that somebody asked for, and that still hold the name."""
    forget_results(PACKING, lambda asked: asked["person"] == person.code or asked["agency"] in offices)
    forget_results(COPYING, lambda asked: asked["person"] == person.code)


@receiver(payment_corrected, dispatch_uid="training.payment_corrected")
def follow_payment(sender: object, *, payment: Payment, replaced: Payment, **_kwargs: Any) -> None:
    """The honorarium or journey that was paid by a voided payment is paid by the one that took its place."""
    for fee in Fee.objects.filter(payments=replaced):
        fee.payments.add(payment)
    Fee.objects.filter(payment=replaced).update(payment=payment)
    for trip in Trip.objects.filter(payments=replaced):
        trip.payments.add(payment)


def _tell(registration: Registration, template: str, actor: Actor, **context: object) -> None:
    send(
        to=recipient(registration.person),
        template=template,
        context={"registration": registration, "wave": registration.wave, **context},
        actor=actor,
        subject=registration.subject,
        href=reverse("training:pocket", args=[registration.code]),
    )


def _tell_agency(registration: Registration, template: str, actor: Actor, **context: object) -> None:
    """The coordinators of the participant's agency, apart from the participant."""
    for user in coordinators_of(registration.agency):
        if user.pk != registration.person.user_id:
            send(
                to=Recipient(user_id=user.pk, language=user.language, name=user.name),
                template=template,
                context={"registration": registration, "wave": registration.wave, **context},
                actor=actor,
                subject=registration.subject,
                href=reverse("training:participants", args=[registration.wave.code]),
            )

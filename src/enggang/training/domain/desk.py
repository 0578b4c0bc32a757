"""Somebody at the door with an assignment letter whom no list knows: seated now, to be confirmed by their agency."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.urls import reverse

from enggang.core.actor import Actor
from enggang.core.acts import act, record, require
from enggang.notices.domain.messages import Recipient, send
from enggang.people.domain.answering import place_person
from enggang.people.domain.persons import enter_person
from enggang.people.enums import StaffKind, Standing
from enggang.people.models import Employment, Person
from enggang.people.queries.persons import present_of
from enggang.places.models import Organisation
from enggang.training import rules
from enggang.training.domain.assignments import AgencyLetter, receive_assignment
from enggang.training.domain.registrations import register_walk_in
from enggang.training.enums import Source
from enggang.training.models import Registration, Wave
from enggang.training.queries.letters import coordinators_of, organisers_of


@dataclass(frozen=True, slots=True)
class Guest:
    """What somebody at the desk says of themselves. ``known``: codes of those on record who were looked at and are others."""

    organisation: Organisation
    name: str
    kind: StaffKind | str
    nip: str
    phone: str
    post: str = ""
    known: Collection[str] = ()


@act("training.register_guest")
def register_guest(
    *,
    wave: Wave,
    guest: Guest | Person,
    agency: Organisation,
    letter: AgencyLetter,
    actor: Actor,
    any_quota: bool = False,
) -> Registration:
    """Seat somebody whom no list knows, or who is on record without an agency, for the letter in their hand.

    They are taken on record as staff of ``agency``, to be confirmed by it, and get a free seat as any walk-in does: with no
    seat nothing of it is kept. The agency's coordinators are told. Raises OnRecord when somebody on record may be the person.
    """
    require(rules.may_manage(actor, wave.organisation))
    person = guest if isinstance(guest, Person) else _enter(guest, actor)
    work = present_of(person)
    if work is None:
        work = present_of(place_person(person=person, organisation=agency, actor=actor))
    registration = register_walk_in(
        wave=wave, person=person, letter_number=letter.number, any_quota=any_quota, actor=actor
    )
    receive_assignment(wave=wave, people=[registration], letter=letter, actor=actor)
    told = _ask(registration, letter, actor) if work and work.is_to_confirm else 0
    record(entered=not isinstance(guest, Person), told=told)
    return registration


def _enter(guest: Guest, actor: Actor) -> Person:
    return enter_person(
        organisation=guest.organisation, name=guest.name, kind=guest.kind, nip=guest.nip, phone=guest.phone,
        post=guest.post, known=guest.known, actor=actor,
    )  # fmt: skip


def _ask(registration: Registration, letter: AgencyLetter, actor: Actor) -> int:
    """The agency's coordinators read who sits in their name, and where to answer."""
    users = coordinators_of(registration.agency)
    for user in users:
        send(
            to=Recipient(user_id=user.pk, language=user.language, name=user.name), template="training/messages/guest",
            context={"registration": registration, "wave": registration.wave, "letter": letter}, actor=actor,
            subject=registration.person.subject,
            href=f"{reverse('people:detail', args=[registration.person.code])}#konfirmasi",
        )  # fmt: skip
    return len(users)


def tell_answer(employment: Employment, actor: Actor) -> None:
    """Within an act: the organisers of the waves in which somebody was seated at the desk read what their agency says."""
    denied = employment.standing == Standing.DENIED
    rows = Registration.objects.filter(person=employment.person, agency=employment.organisation, source=Source.DESK)
    for registration in rows.standing().with_names().select_related("wave__organisation"):
        for user in organisers_of(registration.wave.organisation):
            send(
                to=Recipient(user_id=user.pk, language=user.language, name=user.name),
                template=f"training/messages/{'guest_denied' if denied else 'guest_confirmed'}",
                context={"registration": registration, "wave": registration.wave, "employment": employment},
                actor=actor, subject=registration.subject,
                href=reverse("training:pocket", args=[registration.code]),
            )  # fmt: skip

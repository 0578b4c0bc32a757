"""Registering oneself without an account: the roster knows the NIP and the name, or nobody is registered."""

from __future__ import annotations

from enggang.access.domain.links import open_link
from enggang.access.enums import LinkScope
from enggang.core.actor import Actor
from enggang.core.acts import act, record_subject
from enggang.core.hot import find_one
from enggang.people.models import Person
from enggang.people.names import name_key
from enggang.training.domain.registrations import page_expires_at, register_person
from enggang.training.enums import Source
from enggang.training.models import Registration, Wave


def find_on_roster(*, nip: str, name: str) -> Person | None:
    """The person a roster knows by this NIP and (titles and case aside) this name."""
    number = digits_of(nip)
    person = find_one(Person, related=("subject",), nip=number) if number else None
    return person if person and name_key(person.name) == name_key(name) else None


def digits_of(nip: str) -> str:
    return "".join(char for char in nip if char in "0123456789")


@act("training.register_self")
def register_self(*, wave: Wave, person: Person, actor: Actor) -> tuple[Registration, str]:
    """Register a person found on the roster; answers the registration and the token of their private page."""
    registration = register_person(wave=wave, person=person, source=Source.SELF, actor=actor)
    record_subject(registration.subject)
    expires = page_expires_at(registration)
    _link, token = open_link(
        scope=LinkScope.REGISTRATION, subject=registration.subject, actor=actor, expires_at=expires
    )
    return registration, token

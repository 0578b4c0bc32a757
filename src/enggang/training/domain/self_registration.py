"""Registering oneself without an account: the roster knows the NIP and the name, or nobody is registered."""

from __future__ import annotations

from enggang.access.domain.links import open_link
from enggang.access.enums import LinkScope
from enggang.core.actor import Actor
from enggang.core.acts import act
from enggang.people.models import Person
from enggang.people.names import name_key
from enggang.training.domain.registrations import page_expires_at, register_person
from enggang.training.enums import Source
from enggang.training.models import Registration, Wave


def find_on_roster(*, nip: str, name: str) -> Person | None:
    """The person a roster knows by this NIP and (titles and case aside) this name."""
    number = "".join(char for char in nip if char in "0123456789")
    person = Person.objects.filter(nip=number).select_related("subject").first() if number else None
    return person if person and name_key(person.name) == name_key(name) else None


@act("training.register_self")
def register_self(*, wave: Wave, person: Person, actor: Actor) -> tuple[Registration, str]:
    """Register a person found on the roster; answers the registration and the token of their private page."""
    registration = register_person(wave=wave, person=person, source=Source.SELF, actor=actor)
    expires = page_expires_at(registration)
    _link, token = open_link(
        scope=LinkScope.REGISTRATION, subject=registration.subject, actor=actor, expires_at=expires
    )
    return registration, token

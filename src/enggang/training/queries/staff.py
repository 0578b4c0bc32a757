"""Whom a coordinator may register, with what is already known of them in this wave."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Prefetch

from enggang.access.enums import Role
from enggang.core.actor import Actor
from enggang.people.models import Employment, Person
from enggang.people.models.person import PersonQuerySet
from enggang.people.names import name_key
from enggang.places.models.organisation import below_any
from enggang.training import rules
from enggang.training.models import Registration, Wave
from enggang.training.queries.clashes import clashes_of_people

AT_DESK = 20


@dataclass(frozen=True, slots=True)
class StaffLine:
    person: Person
    agency: str
    post: str
    registration: Registration | None
    elsewhere: str = ""  # the seat they have in another wave at these hours


def registrable(wave: Wave, actor: Actor, text: str = "") -> PersonQuerySet:
    """People with a present agency whom the actor may register for the wave."""
    present = Employment.objects.present()
    if not rules.may_manage(actor, wave.organisation):
        present = present.filter(below_any(actor.paths(Role.COORDINATOR, Role.ADMINISTRATOR), "organisation__path"))
    people = Person.objects.filter(employments__in=present)
    text = text.replace("\x00", "").strip()[:100]
    if text:
        # An NIP only in full, so that nobody can feel their way to one digit by digit.
        people = people.filter(name__icontains=text) | people.filter(nip=text.replace(" ", ""))
    work = Prefetch("employments", Employment.objects.present().select_related("organisation"))
    mine = Prefetch("registrations", Registration.objects.filter(wave=wave).select_related("claim__pool", "subject"))
    return people.select_related("subject").prefetch_related(work, mine).order_by("name_key", "pk").distinct()


def at_desk(wave: Wave, actor: Actor, text: str) -> list[Person]:
    """Whom a NIP in full, a mobile number in full or parts of a name may mean; some, when they are many."""
    text = text.replace("\x00", "").strip()[:100]
    if not name_key(text):
        return []
    return list(registrable(wave, actor).filter(merged_into=None).matching(text)[:AT_DESK])


def staff_lines(wave: Wave, people: list[Person]) -> list[StaffLine]:
    """One line per person, ready for the page, with where else they have a seat. Four queries for any number."""
    clashing, lines = clashes_of_people(wave, [person.pk for person in people]), []
    for person in people:
        work = person.employments.all()[0]
        registrations = [row for row in person.registrations.all() if not row.is_withdrawn]
        mine, elsewhere = registrations[0] if registrations else None, clashing.get(person.pk, "")
        lines.append(StaffLine(person, work.organisation.name, work.post, mine, elsewhere))
    return lines

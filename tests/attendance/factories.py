"""Rows for tests of attendance, as plain functions."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.test import Client

from enggang.access.enums import Role
from enggang.access.models import RoleGrant
from enggang.accounts.models import User
from enggang.attendance.domain import issue_pass, open_occasion
from enggang.attendance.models import Occasion, Pass
from enggang.core.actor import SYSTEM, Actor, ActorKind, Grant
from enggang.core.models import Subject
from enggang.people.models import Employment, Person
from enggang.places.enums import OrganisationKind
from enggang.places.models import Organisation

MORNING = datetime(2026, 11, 7, 1, 0, tzinfo=UTC)  # 08.00 in Pontianak
NOON = datetime(2026, 11, 7, 5, 0, tzinfo=UTC)
EVENING = datetime(2026, 11, 7, 9, 0, tzinfo=UTC)


def make_organisation(name: str = "Disporapar") -> Organisation:
    subject = Organisation.new_subject()
    return Organisation.objects.create(
        subject=subject, name=name, short_name=name, kind=OrganisationKind.AGENCY, path=f"/{subject.code.lower()}/"
    )


def make_group() -> Subject:
    return Subject.objects.make(kind="group")


def make_person(name: str = "Siti Rahmawati", agency: Organisation | None = None) -> Person:
    person = Person.objects.create(subject=Person.new_subject(), name=name, name_key=name.lower())
    if agency:
        Employment.objects.create(person=person, organisation=agency, starts_on=date(2020, 1, 1))
    return person


def make_occasion(
    organisation: Organisation | None = None,
    group: Subject | None = None,
    title: str = "Komposisi foto",
    starts_at: datetime = MORNING,
    ends_at: datetime = NOON,
) -> Occasion:
    return open_occasion(
        organisation=organisation or make_organisation(),
        group=group or make_group(),
        title=title,
        starts_at=starts_at,
        ends_at=ends_at,
        actor=SYSTEM,
    )


def make_pass(occasion: Occasion, name: str = "Siti Rahmawati", agency: Organisation | None = None) -> Pass:
    person = make_person(name, agency)
    return issue_pass(holder=person.subject, group=occasion.group, organisation=occasion.organisation, actor=SYSTEM)


def make_actor(role: Role, organisation: Organisation) -> Actor:
    return Actor(ActorKind.USER, f"user:{role}", grants=(Grant(role, organisation.path),))


def signed_in(role: Role, organisation: Organisation) -> Client:
    """A browser, in English, of somebody with this role there."""
    user = User.objects.create(name=str(role))
    RoleGrant.objects.create(
        user=user, role=role, organisation=organisation, valid_from=date(2020, 1, 1), granted_by_key="system"
    )
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client

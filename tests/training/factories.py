"""A small province for tests of training: two agencies, their people, a programme and a wave."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

from django.test import Client

from enggang.access.domain.grants import grant_role
from enggang.access.enums import Role
from enggang.accounts.models import User
from enggang.core import clock
from enggang.core.actor import SYSTEM, Actor, ActorKind, Grant
from enggang.people.domain.persons import add_person
from enggang.people.models import Person
from enggang.places.enums import OrganisationKind
from enggang.places.models import Organisation
from enggang.seats.domain.offers import PoolSpec
from enggang.training.domain.certificates import Signing
from enggang.training.domain.programmes import ModuleSpec, open_programme
from enggang.training.domain.registrations import register_person
from enggang.training.domain.sessions import add_session
from enggang.training.domain.waves import open_wave, plan_wave
from enggang.training.enums import Source
from enggang.training.models import Programme, Registration, Wave

_numbers = count(1)
SIGNING = Signing(city="Pontianak", on=date(2026, 11, 20), post="Kepala Dinas (contoh)", name="Contoh Pejabat")


def make_agency(name: str = "Disporapar", parent: Organisation | None = None) -> Organisation:
    subject = Organisation.new_subject()
    path = f"{parent.path if parent else '/'}{subject.code}/"
    subject.organisation_code = subject.code
    subject.save()
    return Organisation.objects.create(
        subject=subject, name=name, short_name=name, kind=OrganisationKind.AGENCY, parent=parent, path=path
    )


def make_actor(role: Role, at: Organisation, user: User | None = None) -> Actor:
    key = f"user:{user.pk}" if user else f"user:{role}"
    return Actor(ActorKind.USER, key, user_id=user.pk if user else None, grants=(Grant(role, at.path),))


def make_person(agency: Organisation, name: str = "", *, nip: str = "", **facts: Any) -> Person:
    number = next(_numbers)
    return add_person(
        organisation=agency,
        name=name or f"Peserta {number}",
        nip=nip or f"19800101201001{number % 2 + 1}{number % 999 + 1:03d}",
        actor=SYSTEM,
        **facts,
    )


def make_programme(agency: Organisation, title: str = "Pelatihan ASN Kreatif", **facts: Any) -> Programme:
    modules = [ModuleSpec("Fotografi", 10), ModuleSpec("Videografi", 14)]
    return open_programme(organisation=agency, title=title, modules=modules, actor=SYSTEM, **facts)


def make_wave(
    agency: Organisation, *pools: PoolSpec, opened: bool = True, sessions: int = 2, specimen: bool = True, **facts: Any
) -> Wave:
    """A wave that starts tomorrow, with one session a day."""
    first = clock.today() + timedelta(days=1)
    wave = plan_wave(
        programme=facts.pop("programme", None) or make_programme(agency),
        name=facts.pop("name", "Gelombang 1"),
        starts_on=facts.pop("starts_on", first),
        ends_on=facts.pop("ends_on", first + timedelta(days=max(sessions, 1) - 1)),
        pools=pools or [PoolSpec("Terbuka", 2)],
        specimen=specimen,
        actor=SYSTEM,
        **facts,
    )
    for number in range(sessions):
        day = first + timedelta(days=number)
        add_session(wave=wave, title=f"Hari {number + 1}", day=day, begins=time(8), ends=time(12), jp=12, actor=SYSTEM)
    return open_wave(wave=wave, actor=SYSTEM) if opened else wave


def seat(wave: Wave, person: Person, source: Source = Source.ORGANISER) -> Registration:
    return register_person(wave=wave, person=person, source=source, actor=SYSTEM)


def make_user(role: Role | None = None, at: Organisation | None = None, name: str = "Pengguna") -> User:
    from enggang.accounts.domain.accounts import create_account

    user = create_account(name=name, actor=SYSTEM)
    if role:
        grant_role(user=user, role=role, organisation=at, actor=SYSTEM)
    return user


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="enggang.accounts.backends.HandleBackend")
    return client


def aware(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour)).astimezone()

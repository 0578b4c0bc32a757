"""Rows for tests of seats, as plain functions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import SYSTEM, Actor, ActorKind, Grant
from enggang.core.models import Subject
from enggang.places.enums import OrganisationKind
from enggang.places.models import Organisation
from enggang.seats.domain import PoolSpec, open_offer
from enggang.seats.models import Offer, Pool


def make_organisation(name: str = "Disporapar", parent: Organisation | None = None) -> Organisation:
    subject = Organisation.new_subject()
    path = f"{parent.path if parent else '/'}{subject.code.lower()}/"
    return Organisation.objects.create(
        subject=subject, name=name, short_name=name, kind=OrganisationKind.AGENCY, parent=parent, path=path
    )


def make_actor(role: Role, organisation: Organisation) -> Actor:
    return Actor(ActorKind.USER, f"user:{role}", grants=(Grant(role, organisation.path),))


def make_holder() -> Subject:
    return Subject.objects.make(kind="person")


def make_offer(
    *specs: PoolSpec,
    organisation: Organisation | None = None,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
) -> Offer:
    return open_offer(
        organisation=organisation or make_organisation(),
        title="Pelatihan ASN Kreatif",
        pools=specs or [PoolSpec("Umum", 2)],
        opens_at=opens_at,
        closes_at=closes_at,
        actor=SYSTEM,
    )


def pools_of(offer: Offer) -> Sequence[Pool]:
    return list(offer.pools.order_by("position", "pk"))


def at(hours: int) -> datetime:
    return clock.now() + timedelta(hours=hours)

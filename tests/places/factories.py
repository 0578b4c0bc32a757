"""Regions, organisations, venues and users with roles, for the tests of the ground."""

from __future__ import annotations

from typing import Any

from django.test import Client

from enggang.access.domain.actors import actor_for
from enggang.access.enums import Role
from enggang.access.models import RoleGrant
from enggang.accounts.models import User
from enggang.core import clock
from enggang.core.actor import SYSTEM, Actor
from enggang.places.domain.organisations import open_organisation
from enggang.places.domain.venues import open_venue
from enggang.places.enums import OrganisationKind
from enggang.places.models import Organisation, Region, Venue


def region(code: str = "61", name: str = "Kalimantan Barat") -> Region:
    parent = code.rpartition(".")[0]
    above = region(parent, f"Above {code}") if parent else None
    return Region.objects.get_or_create(
        code=code, defaults={"name": name, "level": code.count(".") + 1, "parent": above}
    )[0]


def organisation(name: str = "Dinas Contoh", parent: Organisation | None = None, **values: Any) -> Organisation:
    start: dict[str, Any] = {"short_name": name[:60], "kind": OrganisationKind.AGENCY, "actor": SYSTEM}
    return open_organisation(name=name, parent=parent, **{**start, **values})


def venue(name: str = "Aula", owner: Organisation | None = None, **values: Any) -> Venue:
    start: dict[str, Any] = {"region": region(), "actor": SYSTEM}
    return open_venue(name=name, organisation=owner or organisation(), **{**start, **values})


def user(*grants: tuple[Role, Organisation | None], name: str = "Someone") -> User:
    row = User.objects.create(name=name)
    for role, at in grants:
        RoleGrant.objects.create(user=row, role=role, organisation=at, valid_from=clock.today(), granted_by_key="test")
    return row


def actor(*grants: tuple[Role, Organisation | None], name: str = "Someone") -> Actor:
    return actor_for(user(*grants, name=name))


def client_of(row: User) -> Client:
    client = Client()
    client.force_login(row)
    return client


def browser(*grants: tuple[Role, Organisation | None], name: str = "Someone") -> Client:
    """A client signed in as somebody with these roles."""
    return client_of(user(*grants, name=name))

"""A small tree, and accounts with roles in it."""

from __future__ import annotations

from datetime import date

from enggang.access.domain.actors import actor_for
from enggang.access.enums import Role
from enggang.access.models import RoleGrant
from enggang.accounts.models import User
from enggang.core.actor import Actor
from enggang.places.enums import OrganisationKind
from enggang.places.models import Organisation
from tests.accounts.factories import make_user


def make_organisation(name: str = "Disporapar", parent: Organisation | None = None) -> Organisation:
    row = Organisation(name=name, short_name=name[:60], kind=OrganisationKind.AGENCY, parent=parent)
    row.subject = Organisation.new_subject()
    row.subject.organisation_code = row.subject.code
    row.subject.save()
    row.path = f"{parent.path if parent else '/'}{row.subject.code}/"
    row.save()
    return row


def give(user: User, role: Role, organisation: Organisation | None = None, **fields: date | None) -> RoleGrant:
    values = {"valid_from": date(2020, 1, 1), **fields}
    return RoleGrant.objects.create(user=user, role=role, organisation=organisation, granted_by_key="test", **values)


def make_holder(role: Role | None, organisation: Organisation | None = None, **fields: str) -> User:
    user = make_user(fields.pop("name", str(role or "nobody")), **fields)
    if role is not None:
        give(user, role, organisation)
    return user


def actor_with(role: Role | None, organisation: Organisation | None = None) -> Actor:
    return actor_for(make_holder(role, organisation))

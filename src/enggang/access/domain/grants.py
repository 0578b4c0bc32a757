"""Roles given and ended. A row is never deleted: who held what, and when, stays readable."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from enggang.access.domain.invitations import close_invitations
from enggang.access.enums import Role
from enggang.access.models import RoleGrant
from enggang.access.queries.grants import grants_held, other_administrators
from enggang.access.rules import is_powerful, may_grant
from enggang.accounts.domain.accounts import subject_of
from enggang.accounts.domain.desk import close_desk_codes
from enggang.accounts.domain.passwords import forget_credentials
from enggang.accounts.models import User
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.places.models import Organisation


@act("access.grant_role")
def grant_role(
    *,
    user: User,
    role: Role,
    organisation: Organisation | None,
    actor: Actor,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> RoleGrant:
    """Give a role on an organisation's subtree (None: on the whole installation), both days included.

    Codes and invitations that are still open end with it: they were handed out for an account with less power. So do
    password, addresses and sessions of an account that had no power before: whoever helped to set them (a coordinator
    with a code) may not open it any more, and must not know a way in.
    """
    require(may_grant(actor, organisation.path if organisation else "/"))
    rises = is_powerful(role) and not any(is_powerful(held.role) for held in grants_held(user))
    start = valid_from or clock.today()
    _check(user, start, valid_to)
    RoleGrant.objects.filter(
        user=user, role=role, organisation=organisation, ended_at__isnull=True, valid_to__lt=clock.today()
    ).update(ended_at=clock.now())
    with told(RoleGrant):
        grant = RoleGrant.objects.create(
            user=user,
            role=role,
            organisation=organisation,
            valid_from=start,
            valid_to=valid_to,
            granted_by_key=actor.key,
        )
    if is_powerful(role):
        close_desk_codes(user)
        close_invitations(user)
    if rises and not actor.is_system:
        forget_credentials(user=user, actor=actor)
    _note(grant)
    return grant


@act("access.end_role")
def end_role(*, grant: RoleGrant, actor: Actor) -> RoleGrant:
    """End a role at once. The last administrator over an organisation stays: nobody could be let in any more."""
    require(may_grant(actor, grant.path))
    if grant.role == Role.ADMINISTRATOR and not other_administrators(grant):
        raise Conflict(_("This is the last administrator here. Appoint another one first."))
    if not RoleGrant.objects.filter(pk=grant.pk, ended_at__isnull=True).update(ended_at=clock.now()):
        raise Conflict(_("This role has already ended."))
    grant.refresh_from_db()
    _note(grant)
    return grant


def _check(user: User, start: date, end: date | None) -> None:
    if not user.is_active:
        raise Conflict(_("This account is blocked."))
    if end is not None and end < max(start, clock.today()):
        raise Conflict(_("The last day lies before the first, or in the past."))


def _note(grant: RoleGrant) -> None:
    record_subject(subject_of(grant.user))
    record(role=grant.role, at=grant.organisation.code if grant.organisation else "", grant=grant.code)

"""Persons and their accounts: made when first needed, opened by staff who stand above everything they hold."""

from __future__ import annotations

from django.utils.translation import gettext as _

from enggang.access.domain.invitations import Invitation, write_invitation
from enggang.access.queries.grants import grants_held
from enggang.access.rules import is_powerful, may_let_in, rules_over
from enggang.accounts.domain.accounts import create_account, rename_account
from enggang.accounts.domain.desk import IssuedCode, issue_desk_code
from enggang.accounts.domain.handles import set_nip_handle
from enggang.accounts.models import User
from enggang.core.actor import Actor
from enggang.core.acts import act, record, record_subject, require
from enggang.people.models import Person
from enggang.people.queries.persons import path_of, present_of
from enggang.people.rules import may_manage_people_at


def may_let_person_in(actor: Actor, person: Person) -> bool:
    """Whether the actor may hand this person a code or an invitation."""
    present = present_of(person)
    home = present.organisation.path if present else None
    return may_let_in(actor, person.user_id, home, grants_held(person.user))


def require_over_account(actor: Actor, person: Person) -> None:
    """NIP and name are what an account goes by: of one that holds power, only those above it change them.

    Else a coordinator could pass an administrator's NIP to somebody else, and the next role given to it with it.
    """
    power = [grant for grant in grants_held(person.user) if is_powerful(grant.role)]
    text = _("{name} holds a role, so name and NIP are changed by an administrator.")
    require(rules_over(actor, power), text.format(name=person.name))


@act("people.ensure_user")
def ensure_user(*, person: Person, actor: Actor) -> User:
    """The person's account, made now when there is none; its name and NIP follow the staff list.

    It can be called as often as one likes. Raises Conflict when another account signs in with the NIP.
    """
    require(actor.is_system or may_manage_people_at(actor, path_of(person)))
    record_subject(person.subject)
    locked = Person.objects.select_for_update().get(pk=person.pk)
    user = locked.user
    if user is None:
        user = create_account(name=person.name, email=person.email, actor=actor)
        Person.objects.filter(pk=person.pk).update(user=user)
        record(made=True)
    person.user = user
    return _follow(person, user, actor)


def _follow(person: Person, user: User, actor: Actor) -> User:
    if user.name != person.name:
        rename_account(user=user, name=person.name, actor=actor)
    if list(user.handles.filter(kind="nip").values_list("value", flat=True)) != ([person.nip] if person.nip else []):
        set_nip_handle(user=user, nip=person.nip, actor=actor)
    return user


@act("people.hand_out_code")
def hand_out_code(*, person: Person, actor: Actor) -> IssuedCode:
    """A code for the desk, for 15 minutes and one use; the one before it ends at once."""
    require(may_let_person_in(actor, person))
    record_subject(person.subject)
    return issue_desk_code(user=ensure_user(person=person, actor=actor), actor=actor)


@act("people.invite_person")
def invite_person(*, person: Person, actor: Actor) -> Invitation:
    """An invitation to choose a password, for seven days and one use. Conflict for a person without NIP and e-mail."""
    require(may_let_person_in(actor, person))
    record_subject(person.subject)
    return write_invitation(user=ensure_user(person=person, actor=actor), actor=actor)

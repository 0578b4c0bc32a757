"""The first administrator of an installation: prints a link, good once, for setting the password."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from enggang.access.domain.grants import grant_role
from enggang.access.domain.invitations import invite_user
from enggang.access.enums import Role
from enggang.accounts.backends import find_user
from enggang.accounts.domain.accounts import create_account
from enggang.accounts.enums import HandleKind
from enggang.accounts.models import Handle, User
from enggang.accounts.models.handle import normalise_handle
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Refused


class Command(BaseCommand):
    help = "Make an account that administers the whole installation."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the person's name")
        parser.add_argument("handle", help="what they will sign in with: an NIP or an e-mail address")

    def handle(self, *_args: Any, name: str, handle: str, **_options: Any) -> None:
        try:
            with transaction.atomic():
                invitation = invite_user(user=_administrator(name, handle), actor=SYSTEM)
        except Refused as refused:
            raise CommandError(refused.message) from refused
        self.stdout.write(invitation.url)


def _administrator(name: str, typed: str) -> User:
    """The account behind the handle, or a new one; whoever runs this command vouches for the address."""
    user = find_user(typed)
    if user is None:
        value = normalise_handle(typed)
        user = create_account(name=name, actor=SYSTEM)
        kind = HandleKind.EMAIL if "@" in value else HandleKind.NIP
        Handle.objects.create(user=user, kind=kind, value=value, verified_at=clock.now())
    if not user.role_grants.filter(role=Role.ADMINISTRATOR, organisation=None, ended_at=None).exists():
        grant_role(user=user, role=Role.ADMINISTRATOR, organisation=None, actor=SYSTEM)
    return user

"""What Django and allauth do by themselves, put into the audit trail. All of these signals come from below."""

from __future__ import annotations

from typing import Any

from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_logged_in

from enggang.accounts.domain.accounts import note_event
from enggang.accounts.models import User
from enggang.core.actor import load_user


def connect() -> None:
    user_logged_in.connect(_signed_in, dispatch_uid="enggang.accounts")
    authenticator_added.connect(_factor_added, dispatch_uid="enggang.accounts")
    authenticator_removed.connect(_factor_removed, dispatch_uid="enggang.accounts")
    authenticator_reset.connect(_factor_reset, dispatch_uid="enggang.accounts")


def _signed_in(*, user: User, **_kwargs: Any) -> None:
    """Sent by Django whenever a session begins to belong to an account."""
    _note(user, "signed_in")


def _factor_added(*, user: User, authenticator: Any, **_kwargs: Any) -> None:
    """Sent by allauth when an authenticator app or recovery codes are added."""
    _note(user, f"added_{authenticator.type}")


def _factor_removed(*, user: User, authenticator: Any, **_kwargs: Any) -> None:
    """Sent by allauth when an authenticator app or recovery codes are removed."""
    _note(user, f"removed_{authenticator.type}")


def _factor_reset(*, user: User, authenticator: Any, **_kwargs: Any) -> None:
    """Sent by allauth when recovery codes are made anew."""
    _note(user, f"renewed_{authenticator.type}")


def _note(user: User, event: str) -> None:
    if isinstance(user, User):
        note_event(user=user, event=event, actor=load_user(user.pk))

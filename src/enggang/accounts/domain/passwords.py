"""Passwords: set by their owner, or set anew through a link that goes to a confirmed mailbox."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.tokens import default_token_generator
from django.db.models import F
from django.urls import reverse
from django.utils import translation
from django.utils.http import int_to_base36
from django.utils.translation import gettext as _

from enggang.accounts.domain.accounts import subject_of
from enggang.accounts.domain.desk import close_desk_codes
from enggang.accounts.enums import HandleKind
from enggang.accounts.models import Handle, User
from enggang.core.actor import SYSTEM, Actor
from enggang.core.acts import act, record, record_subject, require
from enggang.core.jobs import JobRun, enqueue, job
from enggang.notices.domain.messages import Recipient, queue_email, send


def set_password(*, user: User, password: str, actor: Actor) -> User:
    """Hash outside the transaction (a hash takes longer than a transaction may), then write."""
    return store_password(user=user, encoded=make_password(password), actor=actor)


@act("accounts.set_password")
def store_password(*, user: User, encoded: str, actor: Actor) -> User:
    """Keep a new password hash. Every other session of the account ends, and so does a code from the desk."""
    require(actor.is_system or actor.user_id == user.pk)
    user.refresh_from_db()
    replaced = user.has_usable_password()
    User.objects.filter(pk=user.pk).update(password=encoded)
    user.refresh_from_db()
    close_desk_codes(user)
    record_subject(subject_of(user))
    if replaced:
        _tell_owner(user, actor)
    return user


def _tell_owner(user: User, actor: Actor) -> None:
    """A password that somebody else has changed must not go unnoticed."""
    to = Recipient.of(user)
    send(to=to, template="accounts/messages/password_changed", context={}, actor=actor)


@act("accounts.forget_credentials")
def forget_credentials(*, user: User, actor: Actor) -> User:
    """Take away whatever opens the account but its NIP: password, addresses, second factor, sessions.

    Until its owner accepts a new invitation or code nobody is let in. The caller's act has asked its own rule.
    """
    record_subject(subject_of(user))
    removed, _rows = Handle.objects.filter(user=user, kind=HandleKind.EMAIL).delete()
    Authenticator.objects.filter(user=user).delete()
    unusable = make_password(None)
    User.objects.filter(pk=user.pk).update(password=unusable, email="", session_epoch=F("session_epoch") + 1)
    user.refresh_from_db()
    record(addresses=removed)
    return user


def ask_reset(address: str) -> None:
    """Queue a reset link. The work done here is the same for an unknown address: the answer's time tells nothing."""
    rows = Handle.objects.filter(kind=HandleKind.EMAIL, value=address, verified_at__isnull=False, user__is_active=True)
    handle = rows.first()
    enqueue(send_reset_link, actor=SYSTEM, handle_id=handle.pk if handle else 0)


@job("accounts.send_reset_link")
def send_reset_link(_run: JobRun, *, handle_id: int) -> None:
    """Write the mail with the link; run twice, it sends the same link again."""
    handle = Handle.objects.select_related("user").filter(pk=handle_id, kind=HandleKind.EMAIL).first()
    if handle is None or not handle.user.is_active:
        return
    with translation.override(handle.user.language):
        queue_email(
            address=handle.value,
            title=_("Set a new password"),
            text=_reset_text(handle.user),
            language=handle.user.language,
            actor=SYSTEM,
        )


def reset_path(user: User) -> str:
    key = {"uidb36": int_to_base36(user.pk), "key": default_token_generator.make_token(user)}
    return reverse("account_reset_password_from_key", kwargs=key)


def _reset_text(user: User) -> str:
    return _(
        "Somebody asked for a new password for the account of {name}.\n\n"
        "If that was you, open this link within a day:\n{link}\n\n"
        "If not, do nothing: your password stays as it is."
    ).format(name=user.name, link=f"{settings.PUBLIC_URL}{reset_path(user)}")

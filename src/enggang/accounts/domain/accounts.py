"""Accounts themselves: made, named, ended sessions. Whoever calls has asked its own rule; here it is only written."""

from __future__ import annotations

from django.conf import settings
from django.db.models import F

from enggang.accounts.models import User
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.models import Subject


@act("accounts.create_account")
def create_account(*, name: str, actor: Actor, language: str = "", email: str = "") -> User:
    """A new account that nobody can sign in to yet: it has neither password nor handle.

    ``email`` is where messages go; it becomes a handle only when its owner has confirmed it.
    """
    user = User(name=name.strip()[:200], language=_known(language), email=email.strip().lower())
    user.set_unusable_password()
    user.full_clean(exclude=["subject"])
    user.subject = Subject.objects.make(kind=User.subject_kind)
    user.save()
    return user


@act("accounts.rename_account")
def rename_account(*, user: User, name: str, actor: Actor) -> User:
    """Let the account's name follow the staff list."""
    user.name = name.strip()[:200]
    user.save(update_fields=["name"])
    record_subject(subject_of(user))
    return user


@act("accounts.set_language")
def set_language(*, user: User, language: str, actor: Actor) -> User:
    """Choose the language of pages and messages for one's own account."""
    require(actor.is_system or actor.user_id == user.pk)
    User.objects.filter(pk=user.pk).update(language=_known(language))
    user.refresh_from_db()
    record_subject(subject_of(user))
    return user


@act("accounts.sign_out_everywhere")
def sign_out_everywhere(*, user: User, actor: Actor) -> User:
    """End every session of the account at once."""
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    user.refresh_from_db()
    record_subject(subject_of(user))
    return user


def subject_of(user: User) -> Subject:
    """The account's subject, made now when nothing has linked to it before. Call inside an act."""
    if user.subject is None:
        subject = Subject.objects.make(kind=User.subject_kind)
        if not User.objects.filter(pk=user.pk, subject__isnull=True).update(subject=subject):
            subject.delete()
        user.refresh_from_db(fields=["subject"])
    if user.subject is None:  # the row itself is gone
        raise Conflict
    return user.subject


@act("accounts.note_event")
def note_event(*, user: User, event: str, actor: Actor) -> User:
    """Put into the audit trail what the sign-in library did by itself: a sign-in, a second factor added or removed."""
    record(event=event)
    record_subject(subject_of(user))
    return user


def _known(language: str) -> str:
    codes = [code for code, _name in settings.LANGUAGES]
    return language if language in codes else settings.LANGUAGE_CODE

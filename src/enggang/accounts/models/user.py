"""The account. What a person types to sign in are handles: rows, because an NIP can change and e-mail is optional."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

from enggang.core import clock, codes
from enggang.core.models import Subject


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username=username)


class User(AbstractBaseUser):
    """``username`` is a random code that nobody types; ``email`` is for messages, never for signing in by itself.

    ``session_epoch`` is part of every session's hash: one step further, and all of them have ended.
    ``subject`` is made when something first links to the account.
    """

    subject_kind = "account"

    username = models.CharField(max_length=16, unique=True, default=codes.random_code)
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=5, default="id")
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=clock.now)
    session_epoch = models.PositiveIntegerField(default=0)
    subject = models.OneToOneField(
        Subject, null=True, blank=True, on_delete=models.PROTECT, related_name="accounts_user"
    )

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]

    def get_session_auth_hash(self) -> str:
        return self._session_hash(settings.SECRET_KEY)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        for secret in settings.SECRET_KEY_FALLBACKS:
            yield self._session_hash(secret)

    def _session_hash(self, secret: str | bytes) -> str:
        value = f"{self.password}\n{self.session_epoch}"
        return salted_hmac("enggang.accounts.session", value, secret=secret, algorithm="sha256").hexdigest()

"""Sign-in by handle: whatever the person typed, an NIP or a verified e-mail address, leads to one account."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from enggang.accounts.enums import HandleKind
from enggang.accounts.models import Handle, User
from enggang.accounts.models.handle import normalise_handle


class HandleBackend(BaseBackend):
    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_kwargs: Any
    ) -> User | None:
        if not username or password is None:
            return None
        user = find_user(username)
        if user is None:
            User().set_password(password)  # as slow as a real check: the answer's time tells nothing
            return None
        return user if user.check_password(password) and user.is_active else None

    def get_user(self, user_id: int) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first()


def find_user(typed: str) -> User | None:
    """The account behind a typed NIP or verified e-mail address."""
    rows = Handle.objects.select_related("user").filter(value=normalise_handle(typed))
    handle = (
        rows.filter(kind=HandleKind.NIP).first()
        or rows.filter(kind=HandleKind.EMAIL, verified_at__isnull=False).first()
    )
    return handle.user if handle else None

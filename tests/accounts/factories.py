"""Accounts with what they sign in with."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.utils import timezone

from enggang.accounts.domain.accounts import create_account
from enggang.accounts.domain.handles import set_nip_handle
from enggang.accounts.enums import HandleKind
from enggang.accounts.models import Handle, User
from enggang.core.actor import SYSTEM

NIP = "199001012015031001"
PASSWORD = "burung-enggang-77"  # for tests only
OTHER_PASSWORD = "tenun-sambas-88"


def make_user(name: str = "Dayang Putri", *, nip: str = "", email: str = "", password: str = "", **fields: Any) -> User:
    user = create_account(name=name, actor=SYSTEM)
    if nip:
        set_nip_handle(user=user, nip=nip, actor=SYSTEM)
    if email:
        Handle.objects.create(user=user, kind=HandleKind.EMAIL, value=email, verified_at=timezone.now())
        fields.setdefault("email", email)
    if password:
        user.set_password(password)
    for field, value in fields.items():
        setattr(user, field, value)
    user.save()
    return user


def signed_in_as(client: Client) -> int | None:
    """The account id of the client's session, or None."""
    value = client.session.get("_auth_user_id")
    return int(value) if value else None


def sign_in(client: Client, login: str = NIP, password: str = PASSWORD, **data: str) -> Any:
    return client.post("/akun/masuk/", {"login": login, "password": password, **data})

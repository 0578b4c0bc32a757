"""First sign-in without e-mail: staff at the desk hand a person a QR and six digits.

The link is worth nothing without the digits: posted in a group, or opened by a messenger's preview, it signs
nobody in and shows no name. The digits are worth nothing without the link.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from enggang.accounts.domain.accounts import subject_of
from enggang.accounts.models import DeskCode, User
from enggang.accounts.models.desk_code import TRIES
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject
from enggang.core.integrity import told

LIFETIME = timedelta(minutes=15)
DIGITS = 6


@dataclass(frozen=True, slots=True)
class IssuedCode:
    """Shown once, never stored: the link's token, the digits beside it, and until when both hold."""

    token: str
    pin: str
    expires_at: datetime

    @property
    def spaced_pin(self) -> str:
        return f"{self.pin[:3]} {self.pin[3:]}"


@dataclass(frozen=True, slots=True)
class Redemption:
    """``user`` when the digits were right; otherwise how many tries are left (0: the code has ended)."""

    user: User | None
    tries_left: int = 0


@act("accounts.issue_desk_code")
def issue_desk_code(*, user: User, actor: Actor) -> IssuedCode:
    """Make a code for 15 minutes and one use; the one before it ends at once.

    The caller's act has asked who may. Raises Conflict when the account is blocked.
    """
    locked = User.objects.select_for_update().get(pk=user.pk)
    if not locked.is_active:
        raise Conflict(_("This account is blocked."))
    record_subject(subject_of(user))
    record(ended=close_desk_codes(user))
    issued = IssuedCode(
        secrets.token_urlsafe(16), f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}", clock.now() + LIFETIME
    )
    with told(DeskCode):
        DeskCode.objects.create(
            user=user,
            token_hash=_hash_token(issued.token),
            pin_hash=_hash_pin(issued.token, issued.pin),
            issued_by_key=actor.key,
            expires_at=issued.expires_at,
        )
    return issued


@act("accounts.redeem_desk_code")
def redeem_desk_code(*, token: str, pin: str, actor: Actor) -> Redemption:
    """Try digits against a link. A wrong try is written and answered, not raised: a refusal would undo its count.

    The try is claimed before it is looked at, so that many at once cannot have more than five.
    """
    code = find_desk_code(token)
    if code is None or not _claim_try(code):
        record(result="ended")
        return Redemption(None)
    record_subject(subject_of(code.user))
    code.refresh_from_db(fields=["failed_attempts"])
    if not constant_time_compare(code.pin_hash, _hash_pin(token, clean_pin(pin))):
        record(result="wrong", tries=code.failed_attempts)
        return Redemption(None, TRIES - code.failed_attempts)
    if not DeskCode.objects.open().filter(pk=code.pk).update(used_at=clock.now()):
        record(result="ended")
        return Redemption(None)
    record(result="right", issued_by=code.issued_by_key)
    return Redemption(code.user, TRIES)


def find_desk_code(token: str) -> DeskCode | None:
    """The code behind a link while it can still be used."""
    return DeskCode.objects.usable(clock.now()).select_related("user").filter(token_hash=_hash_token(token)).first()


def close_desk_codes(user: User) -> int:
    """End the account's open codes. Call inside an act; answers how many there were."""
    return DeskCode.objects.open().filter(user=user).update(revoked_at=clock.now())


def clean_pin(text: str) -> str:
    """The digits a person typed, without spaces and dashes."""
    return "".join(char for char in text if char.isascii() and char.isdigit())


def _claim_try(code: DeskCode) -> bool:
    """One more try, without a join: PostgreSQL looks again at a row it had to wait for, but not at a subquery."""
    rows = DeskCode.objects.open().filter(pk=code.pk, failed_attempts__lt=TRIES)
    return bool(rows.update(failed_attempts=F("failed_attempts") + 1))


def _hash_token(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def _hash_pin(token: str, pin: str) -> str:
    """Keyed with the token, which is not stored: from the database alone six digits cannot be tried out."""
    return salted_hmac("enggang.accounts.desk", f"{token}:{pin}", algorithm="sha256").hexdigest()

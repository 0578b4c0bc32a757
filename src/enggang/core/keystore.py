"""Ed25519 keys with key ids and rotation: a retired key still verifies, only the active one signs."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import ADMINISTRATOR, Actor
from enggang.core.acts import Conflict, act, record, require
from enggang.core.codes import random_code
from enggang.core.models.key import Key


def signer(purpose: str) -> tuple[str, Ed25519PrivateKey]:
    """The active key of ``purpose`` as (key id, private key); made at first use.

    Raises Conflict when SECRET_KEY is not the one it was sealed with.
    """
    key = Key.objects.filter(purpose=purpose, retired_at__isnull=True).first() or _first(purpose)
    return key.kid, _opened(key)


def _opened(key: Key) -> Ed25519PrivateKey:
    try:
        return Ed25519PrivateKey.from_private_bytes(sealer("keystore").decrypt(bytes(key.sealed_private)))
    except InvalidToken as error:
        raise Conflict(
            _(
                "The key “%(purpose)s” cannot be opened: ENGGANG_SECRET_KEY has changed. Ask the administrator to put the "
                "former value back, or to make new keys: enggang manage renew_keys. What the old ones signed stays valid."
            )
            % {"purpose": key.purpose}
        ) from error


def unopenable() -> list[str]:
    """The purposes whose active key is sealed with another SECRET_KEY."""
    found = []
    for key in Key.objects.filter(retired_at__isnull=True).order_by("purpose"):
        try:
            _opened(key)
        except Conflict:
            found.append(key.purpose)
    return found


@act("core.renew_keys")
def renew_keys(*, actor: Actor) -> list[str]:
    """A new key in place of each that cannot be opened any more; answers their purposes."""
    require(actor.holds(ADMINISTRATOR, at="/"))
    lost = unopenable()
    record(keys={purpose: rotate(purpose) for purpose in lost})
    return lost


def check_keys() -> tuple[bool, str]:
    """For ``enggang doctor``."""
    lost = unopenable()
    if not lost:
        return True, _("every signing key can be opened")
    return False, _(
        "ENGGANG_SECRET_KEY has changed: the keys {names} cannot be opened. Put the former value back, or run: "
        "enggang manage renew_keys"
    ).format(names=", ".join(lost))


def public_key(kid: str, purpose: str) -> Ed25519PublicKey | None:
    """The public half of a key, active or retired; None when the id is unknown for this purpose."""
    key = Key.objects.filter(kid=kid, purpose=purpose).first()
    return Ed25519PublicKey.from_public_bytes(bytes(key.public)) if key else None


def public_keys(purpose: str) -> dict[str, bytes]:
    """The raw public halves of every key of ``purpose``, retired ones too, by key id."""
    return {key.kid: bytes(key.public) for key in Key.objects.filter(purpose=purpose)}


def rotate(purpose: str) -> str:
    """Retire the active key and make a new one; what the old one signed stays verifiable. Answers the new id."""
    with transaction.atomic():
        Key.objects.filter(purpose=purpose, retired_at__isnull=True).update(retired_at=clock.now())
        return _make(purpose).kid


def _first(purpose: str) -> Key:
    try:
        with transaction.atomic():
            return _make(purpose)
    except IntegrityError:  # another process made it in the same moment
        return Key.objects.get(purpose=purpose, retired_at__isnull=True)


def _make(purpose: str) -> Key:
    private = Ed25519PrivateKey.generate()
    raw = private.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return Key.objects.create(
        kid=random_code(6),
        purpose=purpose,
        sealed_private=sealer("keystore").encrypt(raw),
        public=public,
        created_at=clock.now(),
    )


def sealer(purpose: str) -> Fernet:
    """Seals what rests in the database with a key of its own purpose, derived from SECRET_KEY."""
    digest = hashlib.sha256(f"enggang.{purpose}.{settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))

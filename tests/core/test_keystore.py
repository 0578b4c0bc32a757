from __future__ import annotations

import pytest
from cryptography.exceptions import InvalidSignature

from enggang.core import keystore
from enggang.core.models import Key

pytestmark = pytest.mark.django_db


def test_the_same_key_signs_until_it_is_rotated_and_the_old_one_still_verifies() -> None:
    kid, private = keystore.signer("pass")
    assert keystore.signer("pass")[0] == kid
    signature = private.sign(b"words")
    newer = keystore.rotate("pass")
    assert newer != kid
    assert keystore.signer("pass")[0] == newer
    old = keystore.public_key(kid, "pass")
    assert old is not None
    old.verify(signature, b"words")
    with pytest.raises(InvalidSignature):
        old.verify(signature, b"other words")


def test_a_key_of_one_purpose_is_unknown_to_another() -> None:
    kid, _private = keystore.signer("pass")
    assert keystore.public_key(kid, "badge") is None
    assert keystore.public_key("NOKEY1", "pass") is None


def test_the_private_half_is_not_stored_in_the_clear() -> None:
    _kid, private = keystore.signer("pass")
    sealed = bytes(Key.objects.get().sealed_private)
    assert private.private_bytes_raw() not in sealed

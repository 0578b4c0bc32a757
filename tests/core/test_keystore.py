from __future__ import annotations

import pytest
from cryptography.exceptions import InvalidSignature
from django.core.management import call_command
from pytest_django import Settings

from enggang.core import keystore
from enggang.core.acts import Conflict
from enggang.core.management.commands import doctor
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


def test_another_secret_key_is_told_with_what_to_do_and_new_keys_leave_old_signatures_valid(settings: Settings) -> None:
    kid, private = keystore.signer("pass")
    signature = private.sign(b"words")
    assert keystore.check_keys()[0]
    settings.SECRET_KEY = "another" * 8
    with pytest.raises(Conflict) as refused:
        keystore.signer("pass")
    assert "ENGGANG_SECRET_KEY" in refused.value.message
    finding = next(each for each in doctor.examine(invariants=False) if each.check == "keys")
    assert (finding.ok, "pass" in finding.text, "renew_keys" in finding.text) == (False, True, True)
    call_command("renew_keys")
    assert keystore.signer("pass")[0] != kid
    assert keystore.check_keys()[0]
    old = keystore.public_key(kid, "pass")
    assert old is not None
    old.verify(signature, b"words")
    call_command("renew_keys")
    assert Key.objects.count() == 2  # nothing was left to renew

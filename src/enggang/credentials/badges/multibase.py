"""Multibase and Multikey (W3C Controlled Identifiers 1.0): how a proof and a public key are written as text."""

from __future__ import annotations

_DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_VALUES = {char: value for value, char in enumerate(_DIGITS)}
_ED25519 = b"\xed\x01"  # the multicodec of an Ed25519 public key
LONGEST = 200  # characters: a signature takes 89


def base58(content: bytes) -> str:
    """Bytes in base58btc with its multibase letter ``z``."""
    number, text = int.from_bytes(content), ""
    while number:
        number, digit = divmod(number, 58)
        text = _DIGITS[digit] + text
    return "z" + "1" * (len(content) - len(content.lstrip(b"\0"))) + text


def from_base58(text: str) -> bytes:
    """The bytes of a multibase text in base58btc. Raises ValueError for anything else."""
    if not 1 < len(text) <= LONGEST or text[0] != "z" or any(char not in _VALUES for char in text[1:]):
        raise ValueError("not base58btc")
    body, number = text[1:], 0
    for char in body:
        number = number * 58 + _VALUES[char]
    return b"\0" * (len(body) - len(body.lstrip("1"))) + number.to_bytes((number.bit_length() + 7) // 8)


def multikey(public: bytes) -> str:
    """The public half of an Ed25519 key as ``publicKeyMultibase``."""
    return base58(_ED25519 + public)

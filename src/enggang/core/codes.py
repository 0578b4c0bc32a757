"""Random public codes. The alphabet has no I, L, O or U, so a printed code survives a phone call.

A verify code carries 65 random bits (13 characters of 5 bits) and one check character by the Luhn
algorithm over the 32 characters: it catches every single wrong character and nearly every swap.
"""

from __future__ import annotations

import secrets

from stdnum import luhn
from stdnum.exceptions import ValidationError as StdnumError

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
VERIFY_LENGTH = 14
TO_ALPHABET = bytes(ord(ALPHABET[byte % 32]) for byte in range(256))  # 256 is a multiple of 32: each as likely
_CONFUSED = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})


def random_code(length: int = 12) -> str:
    """A random code of ``length`` characters, 5 bits each."""
    return secrets.token_bytes(length).translate(TO_ALPHABET).decode("ascii")


def verify_code() -> str:
    """A new verify code of 14 characters, the last one the check character."""
    body = random_code(VERIFY_LENGTH - 1)
    return body + luhn.calc_check_digit(body, ALPHABET)


def normalise_code(text: str) -> str:
    """What a person typed, as the code it stands for: case, spaces, dashes and look-alikes undone."""
    return "".join(char for char in text.upper().translate(_CONFUSED) if char in ALPHABET)


def is_verify_code(code: str) -> bool:
    """Whether a normalised code has the right length and check character."""
    try:
        return len(code) == VERIFY_LENGTH and bool(luhn.validate(code, ALPHABET))
    except StdnumError:
        return False


def grouped(code: str, size: int = 5) -> str:
    """The code in groups for reading aloud: ``ABCDE-FGHJK-MNPQ``."""
    return "-".join(code[start : start + size] for start in range(0, len(code), size))

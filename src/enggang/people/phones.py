"""Mobile numbers in one form: ``+62812…``."""

from __future__ import annotations

import re

_KEPT = re.compile(r"[^\d+]")
_SEVERAL = re.compile(r"[/,;|\n]|\bdan\b|\bor\b|\batau\b")


def read_phone(value: object) -> tuple[str, bool]:
    """The number in international form (or nothing when it cannot be one), and whether there were several."""
    if isinstance(value, float) and value == value and abs(value) < 10**15:
        value = int(value)
    if isinstance(value, str) and value.isdigit():
        return normalise_phone(value), False
    parts = [part for part in _SEVERAL.split(str(value or "")) if any(map(str.isdigit, part))]
    return (normalise_phone(parts[0]) if parts else ""), len(parts) > 1


def normalise_phone(text: str) -> str:
    """``0812-3456-789``, ``812 3456 789`` and ``62812…`` as ``+62812…``; nothing when it is no telephone number."""
    if text.isdigit() and text.isascii() and text.startswith("08") and 10 <= len(text) <= 14:
        return f"+62{text[1:]}"  # nearly all of them
    digits = _KEPT.sub("", text)
    plus, digits = digits.startswith("+"), digits.replace("+", "")
    if not digits.isascii():
        return ""
    if not plus:
        digits = _with_country(digits)
    if digits.startswith("620"):  # +62 0812: the zero is not dialled from abroad
        digits = "62" + digits[3:]
    return f"+{digits}" if 9 <= len(digits) <= 15 else ""


def _with_country(digits: str) -> str:
    if digits.startswith("00"):
        return digits[2:]
    if digits.startswith("0"):
        return "62" + digits[1:]
    return "62" + digits if digits.startswith("8") else digits


def shown_phone(phone: str) -> str:
    """In groups for reading aloud: ``0812-3456-7890``."""
    if not phone.startswith("+62"):
        return phone
    local = "0" + phone[3:]
    return "-".join(local[start : start + 4] for start in range(0, len(local), 4))

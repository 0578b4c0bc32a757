"""Numbers as people write and read them: ``8.990`` and ``52,03`` in Indonesian, ``8,990`` and ``52.03`` in English."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from django.utils import formats, translation

_THOUSANDS = re.compile(r"-?\d{1,3}(?:([.,\u00a0 ])\d{3})(?:\1\d{3})*")


def shown(value: Decimal | float | None, decimals: int = 0) -> str:
    """In the reader's language; an unknown value is a dash."""
    if value is None:
        return "–"
    return formats.number_format(Decimal(str(value)), decimal_pos=decimals, use_l10n=True, force_grouping=True)


def read(cell: object) -> Decimal | None:
    """The number in a cell or a field, or None: ``52,03``, ``1.234.567``, ``1,234.5``, ``12 %``, a number of Excel.

    ``1.234`` is read as Indonesian writes it, a thousand and more, unless the reader's language is English. What can be
    neither (``1.2.3``) is None, and so is what is no finite number.
    """
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, int | float | Decimal):
        return _finite(str(cell))
    text = str(cell).replace("%", "").replace("\u2212", "-").strip()
    return _finite(_plain(text))


def _plain(text: str) -> str:
    dots, commas = text.count("."), text.count(",")
    if dots and commas:  # the later one parts the decimals
        mark = max(".", ",", key=text.rfind)
        group = "," if mark == "." else "."
        head, _mark, tail = text.rpartition(mark)
        return f"{head.replace(group, '')}.{tail}" if mark not in head and _grouped(head, group) else ""
    if whole := _THOUSANDS.fullmatch(text):
        mark = whole.group(1)
        if mark in "\u00a0 " or text.count(mark) > 1 or mark == _grouping():
            return text.replace(mark, "")
    return text.replace(",", ".") if commas <= 1 and dots <= 1 else ""


def _grouped(head: str, group: str) -> bool:
    return group not in head or re.fullmatch(rf"-?\d{{1,3}}(?:{re.escape(group)}\d{{3}})+", head) is not None


def _grouping() -> str:
    return "," if (translation.get_language() or "").startswith("en") else "."


def _finite(text: str) -> Decimal | None:
    if not re.fullmatch(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?", text) or len(text) > 60:
        return None
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None

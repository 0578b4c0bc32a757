"""How official Indonesian paper writes dates, numbers and civil servants' numbers.

Certificates are Indonesian documents whatever the language of the screen, so none of this goes through gettext.
"""

from __future__ import annotations

from datetime import date

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_ONES = ("", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas")
_SCALES = (
    (10**12, "triliun", ""), (10**9, "miliar", ""), (10**6, "juta", ""), (1_000, "ribu", "seribu"), (100, "ratus", "seratus"),
)  # fmt: skip
NBSP = "\u00a0"


def long_date(day: date) -> str:
    """``7 November 2022``, kept on one line."""
    return f"{day.day}{NBSP}{MONTHS[day.month - 1]}{NBSP}{day.year}"


def date_range(first: date, last: date) -> str:
    """``7 s.d. 9 November 2022``: what both dates share is written once."""
    if first == last:
        return long_date(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}{NBSP}s.d.{NBSP}{long_date(last)}"
    if first.year == last.year:
        return f"{first.day}{NBSP}{MONTHS[first.month - 1]} s.d. {long_date(last)}"
    return f"{long_date(first)} s.d. {long_date(last)}"


def spelled(number: int) -> str:
    """A number from 0 to below 10¹⁵ in words: ``dua puluh empat``."""
    return _spelled(number) or "nol"


def _spelled(number: int) -> str:
    for scale, word, one in _SCALES:
        if number >= scale:
            count, rest = divmod(number, scale)
            head = one if count == 1 and one else f"{_spelled(count)} {word}"
            return f"{head} {_spelled(rest)}".strip()
    if number < len(_ONES):
        return _ONES[number]
    tens, ones = divmod(number, 10)
    return f"{_ONES[ones]} belas" if tens == 1 else f"{_ONES[tens]} puluh {_ONES[ones]}".strip()


def spaced_nip(nip: str) -> str:
    """An 18-digit NIP in its groups of 8, 6, 1 and 3; anything else as it was given."""
    digits = "".join(nip.split())
    if len(digits) != 18 or not digits.isascii() or not digits.isdigit():
        return nip
    return NBSP.join((digits[:8], digits[8:14], digits[14], digits[15:]))

"""The employee number (NIP), read as people and spreadsheets write it.

Perka BKN 43/2007: 8 digits birth date, 6 digits year and month of appointment, 1 sex, 3 serial; no check digit.
Contract staff (PPPK) have 18 digits too, with a contract code where the month stands: no broken permanent number.
An error is said only of what cannot be an NIP; what merely looks odd is a warning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from enggang.people.enums import StaffKind
from enggang.people.reasons import Reason

LENGTH = 18
OLD_LENGTH = 9  # the numbers before 2009
NIK_LENGTH = 16
KEPT_BY_EXCEL = 15  # significant digits of a number in a spreadsheet
YOUNGEST, OLDEST = 16, 100

_LABEL = re.compile(r"^\s*(?:ni\s*pppk|nip(?:\s*baru)?|ni)\b[\s.:]*", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s.'’‘`´\-_/\u200b\ufeff]+")
_SCIENTIFIC = re.compile(r"^\d(?:[.,]\d+)?e\+?\d+$", re.IGNORECASE)
_NOTHING = frozenset({"", "-", "–", "—", "0", "x", "n/a", "#n/a", "null", "none", "nihil", "tidak ada", "belum ada"})


@dataclass(frozen=True, slots=True)
class Nip:
    """What was read: 18 ``digits`` or nothing, and the one ``error`` that makes it none.

    ``kind`` is told also by a number that has lost its last digits when those that tell it were kept.
    """

    digits: str = ""
    error: Reason | None = None
    warnings: tuple[Reason, ...] = ()
    kind: StaffKind | None = None


NO_NIP = Nip()


def read_nip(value: object, *, today: date) -> Nip:
    """An NIP from a cell or a form field: text, a number, or nothing."""
    if value is None or isinstance(value, bool):
        return NO_NIP
    if isinstance(value, int | float):
        return _read_number(value, today)
    if isinstance(value, str) and len(value) == LENGTH and value.isascii() and value.isdigit():
        return _read_digits(value, today)  # nearly all of them
    text = str(value).strip()
    if text.casefold() in _NOTHING:
        return NO_NIP
    if _SCIENTIFIC.match(text.replace(" ", "")):
        return Nip(error=Reason.NIP_LOST)
    return _read_digits(_SEPARATORS.sub("", _LABEL.sub("", text)), today)


def _read_number(value: float, today: date) -> Nip:
    """A number of over 15 digits has lost its last ones, whatever they look like: refused, never guessed."""
    if value != value or value in (float("inf"), float("-inf")):
        return Nip(error=Reason.NIP_NOT_DIGITS)
    if abs(value) >= 10**KEPT_BY_EXCEL:
        return Nip(error=Reason.NIP_LOST, kind=_kind_of(str(int(value))))
    if not value:
        return NO_NIP
    return _read_digits(str(int(value)) if value == int(value) else str(value), today)


def _read_digits(digits: str, today: date) -> Nip:
    if not digits:
        return NO_NIP
    if not (digits.isascii() and digits.isdigit()):
        return Nip(error=Reason.NIP_NOT_DIGITS)
    if len(digits) != LENGTH:
        return Nip(error=_wrong_length(len(digits)))
    if digits.endswith("000"):  # serials begin at 001: these are the zeros Excel put where digits were lost
        return Nip(error=Reason.NIP_LOST, kind=_kind_of(digits))
    return _judge(digits, today)


def _wrong_length(length: int) -> Reason:
    return {OLD_LENGTH: Reason.NIP_OLD, NIK_LENGTH: Reason.NIP_IS_NIK}.get(length, Reason.NIP_LENGTH)


def _judge(digits: str, today: date) -> Nip:
    born = _date_of(digits[:8])
    if born is None or born > today or born.year < 1900:
        return Nip(error=Reason.NIP_BIRTH)
    kind = _kind_of(digits)
    permanent = kind == StaffKind.PNS
    known_sex = digits[14] in "12"
    if permanent and not known_sex:
        return Nip(error=Reason.NIP_SEX)
    warnings = [] if known_sex else [Reason.NIP_SEX_ODD]
    warnings += _age_warnings(born, digits, permanent=permanent, today=today)
    return Nip(digits, warnings=tuple(warnings), kind=kind)


def _kind_of(digits: str) -> StaffKind | None:
    """A contract number has its code where a permanent one has the month of appointment."""
    if len(digits) != LENGTH:
        return None
    return StaffKind.PNS if 1 <= int(digits[12:14]) <= 12 else StaffKind.PPPK


def kind_by_nip(said: StaffKind | str, told: StaffKind | None) -> StaffKind | str:
    """The kind of staff once the NIP is known: who has one is not honorary, and a contract number is no permanent one's."""
    goes_before = {StaffKind.HONORARY: told, StaffKind.PNS: StaffKind.PPPK}
    return told if told and goes_before.get(StaffKind(said)) == told else said


def _age_warnings(born: date, digits: str, *, permanent: bool, today: date) -> list[Reason]:
    year, month = int(digits[8:12]), int(digits[12:14]) if permanent else 1
    found = []
    if (year, month) > (today.year, today.month):
        found.append(Reason.NIP_APPOINTED_LATER)
    if year - born.year < YOUNGEST:
        found.append(Reason.NIP_TOO_YOUNG)
    if today.year - born.year > OLDEST:
        found.append(Reason.NIP_TOO_OLD)
    return found


@lru_cache(maxsize=50_000)
def _date_of(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None


def sex_digit(nip: str) -> str:
    """The fifteenth digit: ``1`` for men, ``2`` for women, nothing where it does not tell.

    Of the number of contract staff (NI PPPK) this layout is unverified; who prints it says so.
    """
    digit = nip[14:15] if len(nip) == LENGTH else ""
    return digit if digit in {"1", "2"} else ""


def birth_date(nip: str) -> date | None:
    """The birth date that a stored NIP carries."""
    return _date_of(nip[:8]) if len(nip) == LENGTH else None

"""The pattern of a register, such as ``{classification}/{seq:04d}/{unit}/{roman_month}/{year}``, and numbers made from it.

Patterns are typed by people, so they are parsed here and never handed to ``str.format``, which would let
them reach into the objects behind the fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from string import Formatter

from django.utils.translation import gettext as _

from enggang.core.acts import Conflict
from enggang.documents.rendering.wording import ROMAN_MONTHS

FIELDS = ("classification", "seq", "unit", "roman_month", "month", "year")
_WIDTH = re.compile(r"0([1-9])d")


def check_pattern(pattern: str, *, yearly: bool) -> None:
    """Raise Conflict unless every number made from the pattern is different from every other of its register."""
    names = [name for _literal, name, _width in _pieces(pattern)]
    if names.count("seq") != 1:
        raise Conflict(_("The pattern needs {seq} exactly once: it is the running number."))
    if yearly and "year" not in names:
        raise Conflict(_("Numbers that start again every year need {year} in their pattern."))


def number_text(pattern: str, *, seq: int, on: date, classification: str = "", unit: str = "") -> str:
    """The number as it is printed: ``800.1.4.2/0001/DISPORAPAR/XI/2022``."""
    values = {
        "classification": classification,
        "seq": seq,
        "unit": unit,
        "roman_month": ROMAN_MONTHS[on.month - 1],
        "month": on.month,
        "year": on.year,
    }
    return "".join(
        literal + (str(values[name]).zfill(width) if name else "") for literal, name, width in _pieces(pattern)
    )


def _pieces(pattern: str) -> Iterator[tuple[str, str, int]]:
    """(text before, field name, least digits) of each part of the pattern."""
    try:
        parts = list(Formatter().parse(pattern))
    except ValueError as error:
        raise Conflict(_("A brace in the pattern is not closed.")) from error
    for literal, name, spec, conversion in parts:
        width = _WIDTH.fullmatch(spec or "")
        if name is not None and (name not in FIELDS or conversion or (spec and not width)):
            raise Conflict(
                _("The pattern has an unknown field {field}. Known: {known}.")
                .replace("{field}", f"{{{name}}}")
                .replace("{known}", ", ".join(f"{{{field}}}" for field in FIELDS))
            )
        yield literal, name or "", int(width[1]) if width else 0

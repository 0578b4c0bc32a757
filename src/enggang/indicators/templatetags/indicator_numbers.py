"""``{{ value|number:row.decimals }}``: a number in the reader's language, a dash where it is not known."""

from __future__ import annotations

from decimal import Decimal

from django import template

from enggang.indicators.numbers import shown

register = template.Library()


@register.filter
def number(value: Decimal | None, decimals: int = 0) -> str:
    return shown(value, decimals)

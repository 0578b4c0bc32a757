"""``{{ value|number:row.decimals }}``: a number in the reader's language, a dash where it is not known."""

from __future__ import annotations

from decimal import Decimal

from django import template

from enggang.indicators.numbers import shown

register = template.Library()


@register.filter
def number(value: Decimal | None, decimals: int = 0) -> str:
    return shown(value, decimals)


@register.filter
def figure(value: Decimal | None) -> str:
    """With as many decimals as it has, six at most."""
    if value is None:
        return shown(None)
    exponent = value.normalize().as_tuple().exponent
    return shown(value, min(max(0, -exponent), 6) if isinstance(exponent, int) else 0)

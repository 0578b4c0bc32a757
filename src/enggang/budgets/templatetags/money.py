"""``{% load money %}``: rupiah on a page."""

from __future__ import annotations

from django import template

from enggang.budgets import amounts

register = template.Library()


@register.filter
def rupiah(amount: int | None) -> str:
    return "–" if amount is None else amounts.shown(int(amount))

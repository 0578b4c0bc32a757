"""Addresses of public pages in the language of the page they stand on."""

from __future__ import annotations

from datetime import date

from django import template

from enggang.events.queries.dates import days_in_words
from enggang.portal.languages import address

register = template.Library()


@register.simple_tag
def page_address(name: str, language: str, **kwargs: str) -> str:
    return address(name, language or "id", **kwargs)


@register.filter(expects_localtime=True)
def day(value: date | None) -> str:
    """A day as it is written in the language of the page."""
    return days_in_words(value, None)

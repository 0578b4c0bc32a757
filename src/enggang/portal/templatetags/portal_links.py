"""Addresses of public pages in the language of the page they stand on."""

from __future__ import annotations

from django import template

from enggang.portal.languages import address

register = template.Library()


@register.simple_tag
def page_address(name: str, language: str, **kwargs: str) -> str:
    return address(name, language or "id", **kwargs)

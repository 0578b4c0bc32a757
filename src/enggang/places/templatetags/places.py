from __future__ import annotations

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def grouped(value: float) -> str:
    """A whole number with its thousands parted, in the reader's language."""
    return number_format(value, 0, force_grouping=True)

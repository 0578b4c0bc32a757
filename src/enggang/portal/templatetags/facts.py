"""What a page tells machines."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

register = template.Library()
# As Django's own ``json_script`` does: inside a script no text can end it, nor begin another.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag
def json_ld(facts: Any) -> str:
    """A block of linked data. The browser runs nothing of it, so the content policy lets it stand."""
    text = json.dumps(facts, ensure_ascii=False).translate(_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 -- escaped above

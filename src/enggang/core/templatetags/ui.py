"""The template tags of the design system: ``{% load ui %}``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from enggang.core import registries
from enggang.core.joined import addresses
from enggang.core.paging import told_count
from enggang.core.public import address_in, language_now

register = template.Library()

TONES = ("neutral", "good", "warn", "bad", "info")
THEMES = ("light", "dark")
DASHES = ">---------<"  # what the framework writes for "nothing chosen"
LEVEL_TONES = {"success": "good", "warning": "warn", "error": "bad"}


@register.simple_tag
def icon(name: str, label: str = "", size: int = 20) -> SafeString:
    """A drawing of the sprite; silent for screen readers unless it is given a ``label``."""
    href = f"{static('core/icons.svg')}#{name}"
    voice = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html(
        '<svg class="icon" width="{0}" height="{0}" {1} focusable="false"><use href="{2}"></use></svg>',
        size,
        voice,
        href,
    )


@register.inclusion_tag("core/components/badge.html")
def badge(label: str, tone: str = "neutral", icon: str = "") -> dict[str, str]:
    """A state in words, with a shape of its own for every tone."""
    return {"label": label, "tone": tone, "icon": icon}


def badge_html(label: str, tone: str = "neutral", icon: str = "") -> SafeString:
    """The badge for Python code, such as a ``render_state()`` of a table."""
    return render_to_string("core/components/badge.html", {"label": label, "tone": tone, "icon": icon})


@register.inclusion_tag("core/components/field.html")
def field(bound: BoundField, hint: str = "") -> dict[str, Any]:
    """One form field with label, help and errors."""
    return {"field": bound, "hint": hint}


@register.filter
def tone_of(level_tag: str) -> str:
    """The tone of a Django message level tag."""
    return LEVEL_TONES.get(level_tag, "info")


@register.filter
def known_tone(tone: str) -> str:
    return tone if tone in TONES else "neutral"


@register.filter
def wants(bound: BoundField, kind: str) -> bool:
    """Whether the field's widget asks for the layout ``check``, ``choices`` or ``line``."""
    if bound.widget_type == "checkbox":
        return kind == "check"
    return kind == ("choices" if bound.use_fieldset else "line")


@register.filter
def without_dashes(bound: BoundField) -> SafeString:
    """The field as drawn, with a word where the framework writes hyphens for "nothing chosen"."""
    drawn = str(bound)
    if DASHES not in drawn:
        return SafeString(drawn)
    word = _("Choose") if bound.field.required else _("Not chosen")
    return SafeString(drawn.replace(DASHES, f">{escape(word)}<"))


@register.filter
def elided(page: Page[Any]) -> Iterator[int | str]:
    """Page numbers with gaps, for a paginator of any length."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.filter
def paired(first: Iterable[Any], second: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """``{% for year, value in years|paired:values %}``: two lists of one length, as pairs."""
    return zip(first, second, strict=True)


@register.filter(expects_localtime=True)
def long_day(day: date | None) -> str:
    """«4 February 2027» in words; where the year is told first, as that language writes it."""
    as_written = (get_language() or "").startswith("zh")
    return date_format(day, "DATE_FORMAT" if as_written else "j F Y") if day else ""


@register.filter
def counted(count: int) -> str:
    """A count as it is told: beyond a thousand «1,000+»."""
    return told_count(count)


@register.simple_tag(takes_context=True)
def href_with(context: Context, **changes: object) -> str:
    """The present address with query values replaced; an empty value drops its key."""
    return _query(context, {key: str(value) for key, value in changes.items()})


@register.simple_tag(takes_context=True)
def page_href(context: Context, number: object, field: str = "page") -> str:
    """The present address at another page of the list that counts under ``field``."""
    return _query(context, {field or "page": str(number)})


def _query(context: Context, changes: dict[str, str]) -> str:
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    for key, value in changes.items():
        if value:
            query[key] = value
        else:
            query.pop(key, None)
    return f"{context.get('list_at', '')}?{query.urlencode()}"  # a list that came back with an error stands elsewhere


@register.simple_tag
def styles(name: str) -> SafeString:
    """A stylesheet of ``settings.JOINED``."""
    return format_html_join("", '<link rel="stylesheet" href="{}">', ([href] for href in addresses(name)))


@register.simple_tag
def scripts(name: str) -> SafeString:
    """A module of ``settings.JOINED``."""
    return format_html_join("", '<script type="module" src="{}"></script>', ([href] for href in addresses(name)))


@register.simple_tag
def public_url(name: str, **kwargs: str) -> str:
    """The address of a page for visitors in the language that is spoken now."""
    return address_in(language_now(), name, **kwargs)


@register.simple_tag
def staff_languages() -> tuple[str, ...]:
    """Those that every page speaks; the others are offered to visitors."""
    return tuple(settings.STAFF_LANGUAGES)


@register.simple_tag(takes_context=True)
def beside(context: Context, subject: Any, organisation: Any) -> list[tuple[Any, str]]:
    """What apps above say of a noun, as label and address: ``{% beside row.subject row.organisation as others %}``."""
    actor: Any = context.get("actor")
    known = [each for each in registries.beside if actor is not None and subject.kind in each.kinds]
    entries = [each for each in known if each.show(actor, organisation.path)]
    return [(each.label, each.url(subject.code)) for each in entries]


@register.simple_tag(takes_context=True)
def theme(context: Context) -> str:
    """The theme this browser has chosen for itself, or nothing: the system's choice then."""
    request = context.get("request")
    chosen = request.COOKIES.get("theme", "") if request else ""
    return chosen if chosen in THEMES else ""


# As Django's own ``json_script`` does: inside a script no text can end it, nor begin another.
_IN_SCRIPT = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag
def json_ld(facts: Any) -> SafeString:
    """What a page tells search engines, as a block of linked data. No browser runs it, so the content policy lets it stand."""
    text = json.dumps(facts, ensure_ascii=False).translate(_IN_SCRIPT)
    return format_html('<script type="application/ld+json">{}</script>', SafeString(text))  # escaped above

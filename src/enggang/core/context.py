"""What every layout needs: navigation by role, whose session it is, and whether this is a demonstration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from enggang.core import registries
from enggang.core.actor import Actor, actor_of
from enggang.core.public import address_in, alternates_of, front, fronts
from enggang.core.wordings import ORIGINAL


@dataclass(frozen=True, slots=True)
class NavItem:
    label: Any
    href: str
    icon: str
    current: bool
    post: bool = False


def shell(request: HttpRequest) -> dict[str, Any]:
    actor, language = actor_of(request), getattr(request, "public_language", "")
    return {
        "brand_name": "Enggang",
        "is_demo": settings.DEMO,
        "actor": actor,
        "actor_name": actor.name,
        "nav_items": _items(actor, request.path, "main", language),
        "user_menu": _items(actor, request.path, "user", language),
        **(_for_visitors(request, language) if language else {}),
    }


def _for_visitors(request: HttpRequest, language: str) -> dict[str, Any]:
    """Of a page that everybody reads alike: where it stands in each language."""
    alternates = alternates_of(request) or fronts()
    original = next((row["url"] for row in alternates if row["code"] == ORIGINAL), "")
    return {
        "language": language, "alternates": alternates, "canonical": original, "site": settings.PUBLIC_URL,
        "home_href": front(language),
    }  # fmt: skip


def _items(actor: Actor, path: str, place: str, language: str) -> list[NavItem]:
    """The entries of a menu; of those whose address the page lies below, the longest is the current one."""
    entries = sorted((entry for entry in registries.nav if entry.place == place), key=lambda entry: entry.order)
    shown = [(entry, address_in(language, entry.url_name)) for entry in entries if entry.show(actor)]
    home = front(language or ORIGINAL)
    best = max(
        (href for _, href in shown if path.startswith(href) and (href != home or path == home)), key=len, default=""
    )
    return [NavItem(entry.label, href, entry.icon, href == best, entry.post) for entry, href in shown]

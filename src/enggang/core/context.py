"""What every layout needs: navigation by role, whose session it is, and whether this is a demonstration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from enggang.core import registries
from enggang.core.actor import Actor, actor_of


@dataclass(frozen=True, slots=True)
class NavItem:
    label: Any
    href: str
    icon: str
    current: bool
    post: bool = False


def shell(request: HttpRequest) -> dict[str, Any]:
    actor = actor_of(request)
    return {
        "brand_name": "Enggang",
        "is_demo": settings.DEMO,
        "actor": actor,
        "actor_name": actor.name,
        "nav_items": _items(actor, request.path, "main"),
        "user_menu": _items(actor, request.path, "user"),
    }


def _items(actor: Actor, path: str, place: str) -> list[NavItem]:
    entries = sorted((entry for entry in registries.nav if entry.place == place), key=lambda entry: entry.order)
    shown = [(entry, reverse(entry.url_name)) for entry in entries if entry.show(actor)]
    best = max((href for _, href in shown if path.startswith(href)), key=len, default="")
    return [NavItem(entry.label, href, entry.icon, href == best, entry.post) for entry, href in shown]

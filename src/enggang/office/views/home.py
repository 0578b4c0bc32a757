"""Home: what needs this person now, first; then what they can do."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from enggang.access.enums import Role
from enggang.core import registries
from enggang.core.actor import Actor, actor_of
from enggang.core.models import Job

URGENT_FIRST = {"bad": 0, "warn": 1, "info": 2, "neutral": 3, "good": 4}


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    context = {
        "cards": cards_for(request, actor),
        "roles": role_labels(actor),
        "jobs": Job.objects.visible_to(actor).filter(user_id=actor.user_id).order_by("-pk")[:5],
        "shortcuts": [entry for _name, entry in registries.nav.items() if entry.place == "main" and entry.show(actor)],
    }
    return render(request, "office/home.html", context)


def cards_for(request: HttpRequest, actor: Actor) -> list[dict[str, Any]]:
    """Every app's cards, the urgent ones first; within one urgency in the apps' own order."""
    sources = sorted(registries.home_cards, key=lambda card: card.order)
    cards = [card for source in sources for card in source.build(request, actor)]
    return sorted(cards, key=lambda card: URGENT_FIRST.get(card.get("tone", "neutral"), 3))


def role_labels(actor: Actor) -> list[str]:
    return [str(Role(role).label) for role in dict.fromkeys(grant.role for grant in actor.grants)]

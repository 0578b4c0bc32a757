"""The search page: one box, hits grouped by kind."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from enggang.core.actor import actor_of
from enggang.core.text import one_line
from enggang.search.queries import by_kind, find

LIMIT = 60
QUESTION_MAX = 200


@require_GET
def find_page(request: HttpRequest) -> HttpResponse:
    """Open to everyone: whoever is not signed in finds what is public."""
    question = one_line(request.GET.get("q", "")[:1000], QUESTION_MAX)
    actor = actor_of(request)
    hits = find(question, actor, limit=LIMIT) if question else []
    context = {"question": question, "groups": by_kind(hits), "count": len(hits), "cut": len(hits) == LIMIT}
    context["layout"] = "core/office.html" if actor.is_signed_in else "core/public.html"
    return render(request, "search/find.html", context)

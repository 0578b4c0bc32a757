"""What one person has learned and what came of it: the chain walked from one end, for themselves and for whoever leads them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from enggang.core.actor import Actor, actor_of
from enggang.core.exports import answer_page
from enggang.core.tables import LIST_METHODS
from enggang.impact.exports import PORTFOLIO
from enggang.impact.queries.portfolio import portfolio_of
from enggang.people.models import Person


@require_http_methods(LIST_METHODS)
def portfolio(request: HttpRequest, code: str = "") -> HttpResponse:
    actor = actor_of(request)
    if not code:
        return _own(actor)
    person = get_object_or_404(Person.objects.visible_to(actor).select_related("subject"), subject__code=code)
    found = portfolio_of(person)
    context = {"person": person, "found": found, "is_own": actor.user_id == person.user_id}
    return answer_page(request, "impact/portfolio.html", context, PORTFOLIO.of(found.lines, about=person.subject))


def _own(actor: Actor) -> HttpResponse:
    person = Person.objects.filter(user_id=actor.user_id).select_related("subject").first() if actor.user_id else None
    if person is None:
        raise Http404
    return redirect("impact:portfolio", code=person.code)

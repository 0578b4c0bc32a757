"""The portfolio: which facets an agency's innovations cover, at which stages."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from enggang.core.actor import actor_of
from enggang.core.exports import answer_page
from enggang.core.tables import LIST_METHODS
from enggang.innovation import exports as sheets
from enggang.innovation import rules
from enggang.innovation.filters import InnovationFilter
from enggang.innovation.models import Innovation
from enggang.innovation.queries.portfolio import portfolio_of
from enggang.places.models.organisation import below_any


@require_http_methods(LIST_METHODS)
def portfolio(request: HttpRequest) -> HttpResponse:
    """Of the agencies one serves and of those below; ``organisation`` in the address narrows it."""
    actor = actor_of(request)
    paths = actor.paths(*rules.SEES_INSIDE)
    if not paths:
        raise Http404
    rows = Innovation.objects.filter(below_any(paths, "organisation__path"))
    chosen = InnovationFilter(request.GET, queryset=rows)
    found = portfolio_of(chosen.qs, _("without a facet"))
    context = {"portfolio": found, "filter": chosen}
    return answer_page(request, "innovation/portfolio.html", context, sheets.PORTFOLIO.of(found.lines))

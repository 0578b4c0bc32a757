"""How the public pages are read: by day and page, from where, and what was looked for in vain."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from enggang.core.actor import actor_of
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.reach import exports as sheets
from enggang.reach import rules
from enggang.reach.queries.figures import LEAST_ASKED, figures_of

PERIODS = (7, 30, 90, 365)


def days_asked(request: HttpRequest) -> int:
    asked = request.GET.get("hari", "")
    return next((days for days in PERIODS if str(days) == asked), 30)


@require_http_methods(LIST_METHODS)
def figures(request: HttpRequest) -> HttpResponse:
    if not rules.reads_somewhere(actor_of(request)):
        raise Http404
    days = days_asked(request)
    found = figures_of(days)
    context = {"found": found, "days": days, "periods": PERIODS, "least": LEAST_ASKED}
    exports = (
        sheets.DAYS.of(found.days), sheets.PAGES.of(found.pages), sheets.CALENDARS.of(found.calendars),
        sheets.OUTSIDE.of(found.outside), sheets.REFERRERS.of(found.referrers), sheets.SEARCHES.of(found.searches),
    )  # fmt: skip
    return answer_page(request, "reach/figures.html", context, *exports)

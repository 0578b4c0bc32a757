"""The money of an edition."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from enggang.budgets.exports import LINES
from enggang.budgets.queries.overview import overview
from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.events.domain.money import start_budget
from enggang.events.queries.money import ceremony_of
from enggang.events.views.finding import find_inside, find_managed_edition, shell_of


@require_http_methods(LIST_METHODS)
def money(request: HttpRequest, code: str) -> HttpResponse:
    edition = find_inside(request, code)
    context = {**shell_of(request, edition, "money"), "budget": edition.budget}
    if edition.budget is None:
        return answer_page(request, "events/money.html", context)
    found = overview(edition.budget)
    context |= {"overview": found, "ceremony": ceremony_of(edition, found)}
    return answer_page(request, "events/money.html", context, LINES.of(found.rows, about=edition.budget.subject))


@require_POST
def money_start(request: HttpRequest, code: str) -> HttpResponse:
    edition = find_managed_edition(request, code)
    try:
        budget = start_budget(edition=edition, actor=actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("events:money", code=code)
    messages.success(request, _("The budget is begun. Add its lines, or take them from the workbook you have."))
    return redirect("budgets:budget", code=budget.code)

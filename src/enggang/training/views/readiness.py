"""Who has confirmed their name, handed in their papers and answered, and what is still missing."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from enggang.core.actor import actor_of
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.training import exports_wave as sheets
from enggang.training import rules
from enggang.training.forms.readiness import ReadinessFilter
from enggang.training.queries.readiness import ANSWER, NAME, PAPER, readiness_of
from enggang.training.views.finding import find_watched_wave

PER_PAGE = 100


@require_http_methods(LIST_METHODS)
def readiness_list(request: HttpRequest, code: str) -> HttpResponse:
    wave = find_watched_wave(request, code)
    everyone = readiness_of(wave)
    form = ReadinessFilter(request.GET)
    chosen = form.cleaned_data["missing"] if form.is_valid() else ""
    rows = [row for row in everyone if row.missing and row.lacks(chosen)] if chosen else everyone
    context = {
        "wave": wave,
        "form": form,
        "page_obj": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "total": len(everyone),
        "confirmed": len(everyone) - sum(row.lacks(NAME) for row in everyone),
        "papers": len(everyone) - sum(row.lacks(PAPER) for row in everyone),
        "answers": len(everyone) - sum(row.lacks(ANSWER) for row in everyone),
        "asks_papers": wave.required_papers.exists(),
        "asks_any": wave.questions.exists(),
        "asks_answers": wave.questions.filter(required=True).exists(),
        "may_manage": rules.may_manage(actor_of(request), wave.organisation),
    }
    return answer_page(request, "training/readiness.html", context, sheets.READINESS.of(rows, about=wave.subject))

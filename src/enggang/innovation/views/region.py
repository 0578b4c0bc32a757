"""The index of a region in the office: the estimate term by term, the entries behind it, and the research board's letter."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enggang.core import clock
from enggang.core.actor import actor_of
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.core.views.answers import attempt
from enggang.files.views.sending import send_file
from enggang.innovation import rules, rules_iid
from enggang.innovation.domain import region as acts
from enggang.innovation.exports_iid import ENTRIES, WAITING
from enggang.innovation.forms.iid import LetterForm, PointForm
from enggang.innovation.models import BoardLetter, Submission
from enggang.innovation.queries.desk import waiting_for
from enggang.innovation.queries.guide import years_known
from enggang.innovation.queries.region import RegionIndex, letters_of, region_index, without_entry
from enggang.innovation.views.finding_iid import organisation_of
from enggang.places.forms.tree import in_tree
from enggang.places.models import Organisation

MOST_CHOICES = 60


@require_http_methods(LIST_METHODS)
def region(request: HttpRequest, code: str = "", year: int = 0) -> HttpResponse:
    """Without an address of its own: that of the highest agency the reader has, this year."""
    organisation = organisation_of(request, code)
    if not code or not year:
        return redirect(
            "innovation:region", code=organisation.code, year=year or clock.today(organisation.time_zone).year
        )
    return _page(request, organisation, _year(year))


def _year(year: int) -> int:
    if not 2017 <= year <= 2100:
        raise Http404
    return year


def _page(
    request: HttpRequest, organisation: Organisation, year: int, *, status: int = 200, **forms: Any
) -> HttpResponse:  # fmt: skip
    found, actor = region_index(organisation, year), actor_of(request)
    context = {
        "organisation": organisation, "year": year, "found": found, "years": sorted({*years_known(organisation), year}, reverse=True),
        "letters": letters_of(organisation), "without": without_entry(organisation, year),
        "may_keep": rules_iid.may_keep_region(actor, organisation), "choices": _choices(request),
        "point_form": PointForm(choices=_indicators(found)), "letter_form": LetterForm(), **forms,
        "days_left": (found.window_to - clock.today(organisation.time_zone)).days if found.window_to else None,
    }  # fmt: skip
    return answer_page(
        request, "innovation/region.html", context, ENTRIES.of(found.sheets, about=organisation.subject), status=status
    )


def _indicators(found: RegionIndex) -> list[tuple[str, str]]:
    return [(row.code, row.title) for row in found.guide.region]


def _choices(request: HttpRequest) -> list[Organisation]:
    rows = Organisation.objects.on().held_by(actor_of(request), *rules.SEES_INSIDE).select_related("subject")
    return in_tree(rows)[:MOST_CHOICES]


def _kept(request: HttpRequest, code: str) -> Organisation:
    organisation = organisation_of(request, code)
    if not rules_iid.may_keep_region(actor_of(request), organisation):
        raise Http404
    return organisation


@require_POST
def region_point(request: HttpRequest, code: str, year: int) -> HttpResponse:
    organisation, actor = _kept(request, code), actor_of(request)
    form = PointForm(request.POST, choices=_indicators(region_index(organisation, _year(year))))
    if attempt(
        form, lambda: acts.set_region_point(organisation=organisation, year=year, actor=actor, **form.cleaned_data)
    ):
        messages.success(request, _("Saved."))
        return redirect("innovation:region", code=code, year=year)
    return _page(request, organisation, year, status=422, point_form=form)


@require_POST
def region_letter(request: HttpRequest, code: str, year: int) -> HttpResponse:
    organisation, actor = _kept(request, code), actor_of(request)
    form = LetterForm(request.POST, request.FILES)
    if attempt(
        form, lambda: acts.enter_board_letter(organisation=organisation, year=_year(year), actor=actor, **form.facts)
    ):
        messages.success(request, _("Entered. The official figure stands beside the estimate now."))
        return redirect("innovation:region", code=code, year=year)
    return _page(request, organisation, year, status=422, letter_form=form)


@require_safe
def letter_file(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    organisation = organisation_of(request, code)
    found = get_object_or_404(BoardLetter.objects.select_related("file"), pk=number, organisation=organisation)
    return send_file(request, found.file)


@require_http_methods(LIST_METHODS)
def desk(request: HttpRequest) -> HttpResponse:
    """Entries on which it is this reader's turn, of every agency that hands in to them."""
    actor = actor_of(request)
    if not actor.is_signed_in:
        raise Http404
    rows: list[Submission] = waiting_for(actor)
    return answer_page(request, "innovation/desk.html", {"rows": rows}, WAITING.of(rows))

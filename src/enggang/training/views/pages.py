"""The private pages of a wave, handed out per agency to those whom no notice and no e-mail reaches."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.core.views.answers import press
from enggang.training import exports_wave as sheets
from enggang.training import rules
from enggang.training.domain.handing_out import MOST, end_page, hand_out_pages
from enggang.training.models import Wave
from enggang.training.queries.pages import UNREACHED, agencies_of, page_holders, with_pages
from enggang.training.views.finding import find_registration, find_wave
from enggang.training.views.handed import answer_handed, handed_columns

PER_PAGE = 100


def find_handing_wave(request: HttpRequest, code: str) -> Wave:
    """A wave that the actor manages, or to which their agency sends people."""
    wave, actor = find_wave(request, code), actor_of(request)
    if not rules.may_manage(actor, wave.organisation) and not actor.holds_somewhere(*rules.KEEPS_STAFF):
        raise Http404
    return wave


@require_http_methods(LIST_METHODS)
def page_list(request: HttpRequest, code: str) -> HttpResponse:
    wave, actor = find_handing_wave(request, code), actor_of(request)
    everybody = page_holders(wave, actor)
    agency, lacks = request.GET.get("instansi", "")[:20], request.GET.get("tanpa", "")
    rows = everybody.filter(agency__subject__code=agency) if agency else everybody
    rows = rows.filter(UNREACHED[lacks]) if lacks in UNREACHED else rows
    rows = with_pages(rows).order_by("agency__name_key", "person__name_key", "pk")
    context = {
        "wave": wave,
        "page_obj": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "agencies": agencies_of(everybody),
        "agency": agency,
        "lacks": lacks,
        "file_columns": handed_columns(),
        "watches": rules.sees_participants(actor, wave),
    }
    return answer_page(request, "training/pages.html", context, sheets.PAGES.of(rows, about=wave.subject))


@never_cache
@require_POST
def pages_hand_out(request: HttpRequest, code: str) -> HttpResponse:
    """New addresses for whoever is ticked: as texts, a file or sheets of paper."""
    wave, actor = find_handing_wave(request, code), actor_of(request)
    chosen = page_holders(wave, actor).filter(subject__code__in=request.POST.getlist("people")[: MOST + 1])
    people = list(chosen.select_related("wave__organisation").order_by("agency__name_key", "person__name_key", "pk"))
    try:
        handed = hand_out_pages(wave=wave, people=people, actor=actor)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("training:pages", code=code)
    return answer_handed(request, wave, handed, back=reverse("training:pages", args=[code]))


@require_POST
def page_end(request: HttpRequest, code: str) -> HttpResponse:
    row, actor = find_registration(request, code), actor_of(request)
    row = get_object_or_404(page_holders(row.wave, actor), pk=row.pk)
    press(request, lambda: end_page(registration=row, actor=actor), _("The addresses no longer work."))
    return redirect("training:pages", code=row.wave.code)

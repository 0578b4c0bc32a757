"""What visitors look for, over all that they may read; and what is said of these pages themselves."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from enggang.core.paging import told_count
from enggang.core.text import one_line
from enggang.portal.pages import clean, public_page, show
from enggang.portal.queries.search import KINDS, look_for, meant, names_with
from enggang.reach.counter import note_nothing_found

LEAST_TYPED = 2  # letters; a Chinese word is as short


@public_page
def search(request: HttpRequest, language: str) -> HttpResponse:
    question = one_line(clean(request.GET.get("cari")), 100)
    kind = request.GET.get("jenis", "")
    found = look_for(question, kind if kind in KINDS else "", language)
    instead: list[str] = []
    if question and not found.total:
        instead = meant(question)
        if not kind:
            note_nothing_found(request, question)
    names = dict(zip(KINDS, (_("Events"), _("Destinations"), _("Stories"), _("Innovations"), _("Photos")), strict=True))
    facets = [(key, label, told_count(found.counts[key]), key == kind) for key, label in names.items()]
    context = {"question": question, "found": found, "facets": facets, "kind": kind, "instead": instead}
    return show(request, "portal/search.html", context, language=language, name="search", own=True)


@public_page
def suggestions(request: HttpRequest, language: str) -> HttpResponse:
    """Names to choose from while a visitor types; without script the page is the same without them."""
    question = one_line(clean(request.GET.get("cari")), 100)
    names = names_with(question, language) if len(question) >= LEAST_TYPED else []
    return JsonResponse({"names": names}, json_dumps_params={"ensure_ascii": False})


@public_page
def about(request: HttpRequest, language: str) -> HttpResponse:
    return show(request, "portal/about.html", {}, language=language, name="about")

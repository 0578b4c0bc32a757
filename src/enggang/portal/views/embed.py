"""The next events in a frame on other sites: of a regency, of a kind. Light, without a script and without a cookie."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt

from enggang.core import clock
from enggang.events.queries.pages import faces_of
from enggang.portal.forms.calendar import CalendarForm
from enggang.portal.pages import clean, public_page
from enggang.portal.queries.agenda import narrowed

MOST = 8
FRAME = {
    "default-src": ["'none'"], "style-src": ["'self'"], "base-uri": ["'none'"], "form-action": ["'none'"], "frame-ancestors": ["*"],
}  # fmt: skip


@xframe_options_exempt
@public_page
def embed(request: HttpRequest, language: str) -> HttpResponse:
    asked = {name: clean(value) for name, value in request.GET.items()}
    form = CalendarForm(asked, today=clock.today())
    rows = narrowed(form.asked, clock.today()).with_names()[:MOST]
    context = {"faces": faces_of(list(rows), language), "language": language}
    response = render(request, "portal/embed.html", context)
    response._csp_replace = FRAME  # type: ignore[attr-defined]
    return response

"""Texts for vendors who have no e-mail address, to be sent by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from enggang.core.actor import actor_of
from enggang.core.exports import answer_page, wants_file
from enggang.core.views.answers import press
from enggang.events import exports_stalls as sheets
from enggang.events.domain import stall_links
from enggang.events.models import Edition, StallApplication, StallCall
from enggang.events.views.finding import find_inside, find_managed_edition
from enggang.events.views.stalls import find_call, stall_shell
from enggang.notices.domain.messages import whatsapp_link, whatsapp_text

PER_PAGE = 60


@dataclass(frozen=True, slots=True)
class Ready:
    """A text for one vendor, to be sent by hand."""

    application: StallApplication
    text: str
    whatsapp: str


def ready_texts(
    request: HttpRequest, call: StallCall, rows: Sequence[StallApplication], template: str, news: str = "", **more: Any
) -> list[Ready]:
    """Texts with a new private address each, in the language of each vendor."""
    tokens = stall_links.hand_out_stalls(call=call, applications=rows, actor=actor_of(request))
    ready = []
    for row, token in zip(rows, tokens, strict=True):
        address = stall_links.address_of(token)
        context = {**stall_links.context_of(row, news or row.news or "link", address), **more}
        text = whatsapp_text(template, context, row.language)
        ready.append(Ready(row, text, whatsapp_link(row.phone, text)))
    return ready


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stall_news(request: HttpRequest, code: str) -> HttpResponse:
    """Who has still to be told; posted to, it makes their texts (``teks``) or notes that they were told (``sudah``)."""
    if request.method != "POST" or wants_file(request):
        edition = find_inside(request, code)
        call = find_call(edition)
        untold = call.applications.with_names().exclude(news="").order_by("news", "name_key", "pk")
        page = Paginator(untold, PER_PAGE).get_page(request.GET.get("page"))
        context = {**stall_shell(request, edition, "news", call), "rows": list(page), "page_obj": page}
        exports = sheets.APPLICATIONS.of(untold, about=call.subject)
        return answer_page(request, "events/stall_news.html", context, exports)
    edition = find_managed_edition(request, code)
    call = find_call(edition)
    ids = [
        int(each)
        for each in request.POST.getlist("pilih")[:2000]
        if each.isascii() and each.isdigit() and len(each) < 12
    ]
    if not ids:
        messages.error(request, _("Tick at least one vendor."))
        return redirect("events:stall_news", code=code)
    if "sudah" in request.POST:
        press(request, lambda: stall_links.note_told(call=call, ids=ids, actor=actor_of(request)), _("Noted as told."))
        return redirect("events:stall_news", code=code)
    rows = list(call.applications.with_names().filter(pk__in=ids).order_by("news", "name_key"))
    for row in rows:
        row.call = call
    ready = ready_texts(request, call, rows, "events/messages/stall")
    return texts_page(request, edition, call, ready, part="news", asks_told=any(row.news for row in rows))


def texts_page(
    request: HttpRequest,
    edition: Edition,
    call: StallCall,
    ready: Sequence[Ready],
    *,
    part: str,
    asks_told: bool = False,
) -> HttpResponse:
    context = {**stall_shell(request, edition, part, call), "ready": ready, "asks_told": asks_told}
    response = render(request, "events/stall_texts.html", context)
    response["Cache-Control"] = "private, no-store"
    return response

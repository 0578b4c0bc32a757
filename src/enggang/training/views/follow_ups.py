"""The follow-up after some months, brought to those whom no notice and no e-mail reaches."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.training import exports_wave as sheets
from enggang.training import rules
from enggang.training.domain.evaluation import hand_out_follow_ups
from enggang.training.domain.handing_out import MOST
from enggang.training.queries.follow_ups import NOBODY, AskedOne, follow_up_of
from enggang.training.views.handed import answer_handed, handed_columns
from enggang.training.views.pages import find_handing_wave


@require_http_methods(LIST_METHODS)
def follow_up_list(request: HttpRequest, code: str) -> HttpResponse:
    wave, actor = find_handing_wave(request, code), actor_of(request)
    found = follow_up_of(wave, actor)
    agency, who = request.GET.get("instansi", "")[:20], request.GET.get("siapa", "")
    askings = [(asking, [row for row in asking.left if _is_wanted(row, agency, who)]) for asking in found]
    agencies = {row.agency.pk: row.agency for asking in found for row in asking.left}
    context = {
        "wave": wave, "askings": askings, "agencies": agencies.values(), "agency": agency, "who": who,
        "file_columns": handed_columns(),
        "watches": rules.sees_participants(actor, wave),
    }  # fmt: skip
    rows = [row for _asking, shown in askings for row in shown]
    return answer_page(request, "training/follow_ups.html", context, sheets.TO_REACH.of(rows, about=wave.subject))


def _is_wanted(row: AskedOne, agency: str, who: str) -> bool:
    wanted = {"belum": row.reached == NOBODY, "semua": True}.get(who, row.is_by_hand)
    return wanted and agency in {"", row.agency.code}


@never_cache
@require_POST
def follow_ups_hand_out(request: HttpRequest, code: str) -> HttpResponse:
    wave, actor = find_handing_wave(request, code), actor_of(request)
    ticked = set(request.POST.getlist("people")[: MOST + 1])
    rows = [row for asking in follow_up_of(wave, actor) for row in asking.left if row.key in ticked]
    try:
        handed = hand_out_follow_ups(wave=wave, rows=rows, actor=actor)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("training:follow_ups", code=code)
    return answer_handed(request, wave, handed, back=reverse("training:follow_ups", args=[code]))

"""Good works of an agency: the list, one work, withdrawing it and bringing it back."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.training import exports_learned as sheets
from enggang.training import rules
from enggang.training.domain import works as acts
from enggang.training.models import Work
from enggang.training.queries.works import listed_works

PER_PAGE = 25
STEPS = {"cabut": acts.withdraw_work, "kembali": acts.restore_work}


@require_http_methods(LIST_METHODS)
def work_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not actor.holds_somewhere(*rules.SEES_WORKS):
        raise Http404
    wanted, rows = request.GET.get("keadaan", ""), listed_works(actor)
    if wanted == "disetujui":
        rows = rows.filter(pk__in=Work.objects.agreed().values("pk"))
    elif wanted == "dicabut":
        rows = rows.exclude(withdrawn_at=None)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "wanted": wanted}
    return answer_page(request, "training/works.html", context, sheets.WORKS.of(rows))


def find_work(request: HttpRequest, code: str) -> Work:
    return get_object_or_404(listed_works(actor_of(request)), subject__code=code)


@require_GET
def work_page(request: HttpRequest, code: str) -> HttpResponse:
    work, actor = find_work(request, code), actor_of(request)
    wave = work.version.hand_in.assignment.wave
    context = {
        "work": work, "wave": wave, "may_keep": rules.may_keep_work(actor, work.organisation),
        "sees_hand_in": rules.may_grade(actor, wave) or rules.sees_participants(actor, wave),
    }  # fmt: skip
    return render(request, "training/work.html", context)


@require_POST
def work_step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """Withdraw, or bring back."""
    work = find_work(request, code)
    if step not in STEPS or not rules.may_keep_work(actor_of(request), work.organisation):
        raise Http404
    try:
        STEPS[step](work=work, actor=actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("Done."))
    return redirect("training:work", code=code)

"""The proposal of who gets the seats of a call: asked for, changed row by row, accepted."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.training import exports_nominations as sheets
from enggang.training import rules
from enggang.training.domain.proposals import (
    accept_proposal,
    change_proposal,
    order_proposal,
    rank_anew,
    undo_proposal,
    want_proposal,
)
from enggang.training.enums import NominationState, ProposalState
from enggang.training.models import Proposal
from enggang.training.queries.nominations import rooms
from enggang.training.views.nominations import find_call

PER_PAGE = 100
JOBS = {"terima": accept_proposal, "batalkan": undo_proposal}
CHANGES = {"naik": "up", "turun": "down", "tempatkan": "place", "keluarkan": "exclude", "bebaskan": "free"}


@require_POST
def propose(request: HttpRequest, code: str) -> HttpResponse:
    call = find_call(request, code, managed=True)
    job = want_proposal(call=call, actor=actor_of(request))
    messages.info(request, _("The proposal is being worked out. Reload this page in a moment."))
    return redirect("training:proposal", code=job.subject_code)


def _find(request: HttpRequest, code: str) -> Proposal:
    rows = Proposal.objects.visible_to(actor_of(request))
    rows = rows.select_related("subject", "call__subject", "call__organisation", "call__programme__subject")
    return get_object_or_404(rows, subject__code=code)


@require_http_methods(LIST_METHODS)
def proposal(request: HttpRequest, code: str) -> HttpResponse:
    """The ranked list with a reason per row."""
    row = _find(request, code)
    rows = row.rows.select_related(
        "wave", "nomination__person", "nomination__invited__agency", "nomination__registration__subject"
    )
    ready = row.state == ProposalState.READY
    context = {
        "proposal": row, "call": row.call, "rooms": rooms(row.call), "ready": ready,
        "may_manage": rules.may_manage(actor_of(request), row.call.organisation),
        "placed": row.rows.filter(wave__isnull=False).count(), "people": row.rows.count(),
        "may_undo": row.state == ProposalState.ACCEPTED and row.rows.filter(nomination__state=NominationState.PLACED).exists(),
        "page_obj": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
    }  # fmt: skip
    return answer_page(request, "training/proposal.html", context, sheets.PROPOSED.of(rows, about=row.subject))


@require_POST
def proposal_step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """Accept, or change one row; every button works without a script."""
    found, actor = _find(request, code), actor_of(request)
    if not rules.may_manage(actor, found.call.organisation):
        raise Http404
    try:
        if step in JOBS:
            job = JOBS[step](proposal=found, actor=actor)
            return redirect(f"{reverse('core:job', args=[job.code])}?back={reverse('training:proposal', args=[code])}")
        if step == "semula":
            rank_anew(proposal=found, actor=actor)
        else:
            _change(request, found, step)
    except Refused as refused:
        messages.error(request, refused.message)
    page = _number(request.POST.get("page", "")) or 1
    response = redirect("training:proposal", code=code)
    response["Location"] += f"?page={page}"
    return response


def _change(request: HttpRequest, found: Proposal, step: str) -> None:
    if step not in CHANGES:
        raise Http404
    rows = found.rows.select_related("wave", "pool", "nomination__person")
    row = get_object_or_404(rows, pk=_number(request.POST.get("row", "")))
    row.proposal = found
    wave = found.call.waves.filter(pk=_number(request.POST.get("wave", ""))).first()
    change_proposal(row=row, do=CHANGES[step], wave=wave, actor=actor_of(request))


@require_POST
def proposal_order(request: HttpRequest, code: str) -> HttpResponse:
    """The rows of one page in their new order, as dragged; answers the version the page has from now on."""
    found, actor = _find(request, code), actor_of(request)
    if not rules.may_manage(actor, found.call.organisation):
        raise Http404
    rows = [_number(text) for text in request.POST.get("rows", "").split(",")[:PER_PAGE]]
    try:
        order_proposal(proposal=found, rows=rows, version=_number(request.POST.get("version", "")), actor=actor)
    except Refused as refused:
        return JsonResponse({"message": str(refused.message)}, status=409)
    return JsonResponse({"version": found.version})


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0

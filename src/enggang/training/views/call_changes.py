"""A call after it was sent: corrected, an agency taken out, the silent reminded, what was agreed on paper."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.core.views.answers import attempt, press
from enggang.documents.views.finding import file_response
from enggang.files.domain.storing import read_bytes
from enggang.training import exports_nominations as sheets
from enggang.training import rules
from enggang.training.domain import call_changes as acts
from enggang.training.domain.paper_approvals import agree_on_paper, take_back_paper
from enggang.training.forms.nominations import CallEditForm, PaperForm
from enggang.training.models import CallAgency, Nomination, PaperApproval
from enggang.training.queries.call_changes import change_lines
from enggang.training.queries.nominations import agency_lines, on_paper
from enggang.training.views.nominations import find_call

PER_PAGE = 50


def call_edit(request: HttpRequest, code: str) -> HttpResponse:
    call, actor = find_call(request, code, managed=True), actor_of(request)
    form = CallEditForm(request.POST or None, call=call)
    if form.is_bound and attempt(
        form,
        lambda: acts.change_call(call=call, facts=form.facts(), version=form.cleaned_data["version"], actor=actor),
    ):
        messages.success(request, _("Saved."))
        return redirect("training:call", code=code)
    return render(request, "training/call_edit.html", {"call": call, "form": form}, status=422 if form.errors else 200)


@require_http_methods(LIST_METHODS)
def call_changes(request: HttpRequest, code: str) -> HttpResponse:
    """What was corrected, and the texts for whoever has no account."""
    call = find_call(request, code)
    lines = change_lines(call)
    page = Paginator(call.changes.select_related("invited__agency"), PER_PAGE).get_page(request.GET.get("page"))
    may_manage = rules.may_manage(actor_of(request), call.organisation)
    for change in page:
        change.call = call
    texts = [(change, acts.change_text(change) if may_manage else "") for change in page]
    context = {"call": call, "page_obj": page, "texts": texts}
    export = sheets.CALL_CHANGES.of(lines, about=call.subject)
    return answer_page(request, "training/call_changes.html", context, export)


@require_POST
def call_uninvite(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    row = get_object_or_404(CallAgency.objects.visible_to(actor).with_names(), subject__code=code)
    if not rules.may_manage(actor, row.call.organisation):
        raise Http404
    press(
        request,
        lambda: acts.uninvite_agency(invited=row, reason=request.POST.get("reason", ""), actor=actor),
        _("The agency is no longer called. Its coordinators are told why."),
    )
    return redirect("training:call", code=row.call.code)


@never_cache
@require_POST
def call_remind(request: HttpRequest, code: str) -> HttpResponse:
    """Told by notice where somebody has an account; for everyone a text with a private address."""
    call, actor = find_call(request, code, managed=True), actor_of(request)
    try:
        rows = acts.remind_agencies(call=call, actor=actor)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("training:call", code=code)
    shared = [acts.share_call(invited=row, actor=actor) for row in rows]
    return render(request, "training/call_reminded.html", {"call": call, "shared": shared})


def call_paper(request: HttpRequest, code: str) -> HttpResponse:
    """Enter a paper on which superiors agreed, for the people whom it names."""
    call, actor = find_call(request, code, managed=True), actor_of(request)
    agency = request.GET.get("instansi", "")[:20]
    ticked = [value for value in request.GET.getlist("orang") if value.isdecimal() and len(value) < 12][:100]
    form = PaperForm(
        request.POST or None, request.FILES or None, rows=on_paper(call, agency), initial={"people": ticked}
    )
    if form.is_bound and form.is_valid():
        people: list[Nomination] = list(form.cleaned_data["people"])
        try:
            done = agree_on_paper(call=call, people=people, paper=form.paper(), actor=actor)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            text = ngettext("%(count)d nomination approved.", "%(count)d nominations approved.", done)
            messages.success(request, text % {"count": done})
            return redirect("training:call", code=code)
    waiting = set(on_paper(call).order_by().values_list("invited", flat=True).distinct())
    agencies = [line.invited for line in agency_lines(call) if line.invited.pk in waiting]
    context = {"call": call, "form": form, "agencies": agencies, "agency": agency}
    return render(request, "training/call_paper.html", context, status=422 if form.errors else 200)


def _find_paper(request: HttpRequest, paper_id: int) -> PaperApproval:
    """Through the nomination: the organiser's side, the agency and who decides there."""
    rows = PaperApproval.objects.filter(nomination__in=Nomination.objects.visible_to(actor_of(request)))
    related = rows.select_related("file", "stage", "nomination__subject", "nomination__invited__call__organisation")
    return get_object_or_404(related.select_related("nomination__invited__call__subject"), pk=paper_id)


@require_GET
def paper_file(request: HttpRequest, paper_id: int) -> HttpResponse:
    stored = _find_paper(request, paper_id).file
    if stored is None:
        raise Http404
    return file_response(read_bytes(stored), stored.name)


@require_POST
def paper_back(request: HttpRequest, paper_id: int) -> HttpResponse:
    paper = _find_paper(request, paper_id)
    call = paper.nomination.invited.call
    if not rules.may_manage(actor_of(request), call.organisation):
        raise Http404
    press(request, lambda: take_back_paper(paper=paper, actor=actor_of(request)), _("Taken back."))
    return redirect("training:call", code=call.code)

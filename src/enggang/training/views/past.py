"""Past certificates from a spreadsheet: uploaded, looked at, taken in, and taken back."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.exports import answer_page, posted, wants_file
from enggang.files.domain.storing import read_bytes
from enggang.people.roster.workbooks import REASON_COLUMN, XLSX_TYPE, workbook
from enggang.training import exports_learned as sheets
from enggang.training import rules
from enggang.training.domain.past import ask_for_import, undo_past, upload_past
from enggang.training.forms.learning import PastForm
from enggang.training.models import PastImport
from enggang.training.queries.past import HEADER, PastPlan, past_plan

SHOWN = 50


def past_list(request: HttpRequest) -> HttpResponse:
    """What was uploaded, and the form for the next list."""
    actor = actor_of(request)
    if not actor.holds_somewhere(*rules.IMPORTS_LEARNING):
        raise Http404
    form = PastForm(posted(request), request.FILES or None, actor=actor)
    if form.is_bound and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            past = upload_past(
                organisation=form.cleaned_data["organisation"], content=upload.read(), name=upload.name, actor=actor
            )
        except Refused as refused:
            form.add_error("file", refused.message)
        else:
            return redirect("training:past", code=past.code)
    rows = PastImport.objects.visible_to(actor).select_related("subject", "organisation", "source")
    context = {"form": form, "page_obj": Paginator(rows, SHOWN).get_page(request.GET.get("page"))}
    export, status = sheets.PAST.of(rows), 422 if form.errors else 200
    return answer_page(request, "training/past_list.html", context, export, status=status)


def _find(request: HttpRequest, code: str) -> PastImport:
    rows = PastImport.objects.visible_to(actor_of(request)).select_related("subject", "organisation", "source")
    return get_object_or_404(rows, subject__code=code)


def past_detail(request: HttpRequest, code: str) -> HttpResponse:
    """What would be written, row by row; a post takes it in."""
    past = _find(request, code)
    if request.method == "POST" and not wants_file(request):
        if past.is_imported:
            messages.info(request, _("This list has been taken in already."))
            return redirect("training:past", code=code)
        job = ask_for_import(past=past, actor=actor_of(request))
        return redirect(f"{reverse('core:job', args=[job.code])}?back={reverse('training:past', args=[code])}")
    plan = past_plan(read_bytes(past.source), past.organisation)
    context = {
        "past": past, "counts": _counts(past, plan), "fresh": plan.fresh[:SHOWN], "fresh_count": len(plan.fresh),
        "rejected": plan.rejected[:SHOWN], "rejected_count": len(plan.rejected),
    }  # fmt: skip
    return answer_page(request, "training/past.html", context, sheets.PAST_ROWS.of(plan.fresh, about=past.subject))


def _counts(past: PastImport, plan: PastPlan) -> dict[str, int]:
    """What was written, once it is: read anew, everything this list has brought would stand as known before."""
    if past.is_imported:
        return {"fresh": past.added, "known": past.known, "rejected": past.rejected}
    return {"fresh": len(plan.fresh), "known": plan.known_count, "rejected": len(plan.rejected)}


@require_GET
def past_rejects(request: HttpRequest, code: str) -> HttpResponse:
    """The rows that cannot be taken in, as they came, with the reason beside each."""
    past = _find(request, code)
    plan = past_plan(read_bytes(past.source), past.organisation)
    width = len(plan.header)
    rows = [[*(row.cells + [""] * width)[:width], row.error] for row in plan.rejected]
    return _download(workbook(_("Rejected rows"), [*plan.header, REASON_COLUMN], rows), f"ditolak-{code}.xlsx")


@require_GET
def past_template(request: HttpRequest) -> HttpResponse:
    if not actor_of(request).holds_somewhere(*rules.IMPORTS_LEARNING):
        raise Http404
    content = workbook(_("Past certificates"), HEADER, [], widths=[34, 22, 40, 34, 14, 14, 8, 26])
    return _download(content, "riwayat-pelatihan.xlsx")


def _download(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX_TYPE)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def past_undo(request: HttpRequest, code: str) -> HttpResponse:
    past = _find(request, code)
    try:
        undo_past(past=past, actor=actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("Taken back. You can take the list in again."))
    return redirect("training:past", code=code)

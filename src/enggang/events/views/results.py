"""What came of a round: proposals side by side, the ranked result, the minutes to sign."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.core.views.answers import attached, attempt, press
from enggang.events import exports_curation as sheets
from enggang.events import rules
from enggang.events.domain import verdicts as acts
from enggang.events.domain.minutes import minutes_docx, minutes_pdf
from enggang.events.forms.curation import MinutesForm
from enggang.events.models import CurationRound
from enggang.events.queries.proposals import editions_of, judged, result_for
from enggang.events.views.curation import shell
from enggang.events.views.finding import find_round
from enggang.files.sniffing import DOCX_TYPE
from enggang.files.views.field import upload_field
from enggang.files.views.sending import send_file

FORMS = {"pdf": (minutes_pdf, "application/pdf"), "docx": (minutes_docx, DOCX_TYPE)}


def _all_of(request: HttpRequest, code: str) -> CurationRound:
    """A round whose every proposal the actor reads."""
    curation = find_round(request, code)
    if not rules.sees_round(actor_of(request), curation):
        raise Http404
    return curation


@require_http_methods(LIST_METHODS)
def compare(request: HttpRequest, code: str) -> HttpResponse:
    curation = _all_of(request, code)
    rows = judged(curation) if not curation.is_call else []
    context = {**shell(request, curation, "compare"), "rows": rows, "criteria": list(curation.rubric.criteria.all())}
    exports = (
        sheets.JUDGED.of(rows, about=curation.subject),
        sheets.MARKS.of(sheets.marks_of(rows), about=curation.subject),
    )
    return answer_page(request, "events/curation_compare.html", context, *exports)


@require_http_methods(LIST_METHODS)
def result(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, find_round(request, code))


def _page(request: HttpRequest, curation: CurationRound, form: MinutesForm | None = None) -> HttpResponse:
    actor = actor_of(request)
    rows = result_for(curation, actor)
    context: dict[str, Any] = {
        **shell(request, curation, "result"),
        "rows": rows,
        "waiting": sum(row.proposal.waits for row in rows),
        "withdrawn": list(curation.proposals.exclude(withdrawn_at=None).with_names())
        if rules.sees_round(actor, curation)
        else [],
        "in_calendar": editions_of(curation).exclude(stage__in=["idea", "proposed", "cancelled"]).count(),
    }
    if context["may_hold"] and not (curation.is_call or curation.is_judging):
        ticket = acts.minutes_ticket(curation, actor)
        sent = request.POST.getlist("upload") if form else []
        context["upload"] = upload_field(ticket, label=_("Scan of the signed minutes"), posted=sent)
        context["minutes_form"] = form or MinutesForm(curation=curation)
    export = sheets.JUDGED.of(rows, about=curation.subject)
    return answer_page(request, "events/curation_result.html", context, export, status=422 if form else 200)


@require_POST
def minutes_keep(request: HttpRequest, code: str) -> HttpResponse:
    curation = find_round(request, code, managed=True)
    if "lepas" in request.POST:
        press(
            request,
            lambda: acts.unsign_round(curation=curation, actor=actor_of(request)),
            _("The signed sheet is out."),
        )
        return redirect("events:result", code=code)
    form, scan = MinutesForm(request.POST, curation=curation), request.POST.get("upload", "")
    if attempt(
        form,
        lambda: acts.keep_round_minutes(curation=curation, scan=scan, actor=actor_of(request), **form.cleaned_data),
    ):
        messages.success(request, _("The minutes are kept."))
        return redirect("events:result", code=code)
    return _page(request, find_round(request, code), form)


@require_GET
def minutes_file(request: HttpRequest, code: str, form: str) -> HttpResponse:
    curation = _all_of(request, code)
    draw, media_type = FORMS[form]
    try:
        content = draw(curation)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("events:result", code=code)
    return attached(content, media_type, f"berita-acara-{curation.code}.{form}")


@require_GET
def minutes_scan(request: HttpRequest, code: str) -> HttpResponseBase:
    curation = _all_of(request, code)
    if curation.scan is None or curation.scan.file is None:
        raise Http404
    return send_file(request, curation.scan.file)

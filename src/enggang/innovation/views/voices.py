"""Comments, support and replications, on the pages of an innovation."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enggang.core.actor import actor_of
from enggang.core.exports import answer_page
from enggang.core.tables import LIST_METHODS
from enggang.core.views.answers import attempt, press
from enggang.files.views.sending import send_file
from enggang.innovation import exports as sheets
from enggang.innovation.domain import replications, voices
from enggang.innovation.forms.ideas import ProofForm, ReplicationForm, paper_in
from enggang.innovation.models import Comment, Innovation, Replication
from enggang.innovation.queries.voices import copies_of, origins_of
from enggang.innovation.views.finding import find, find_inside, find_written, shell_of


@require_POST
def comment_add(request: HttpRequest, code: str) -> HttpResponse:
    row, text = find(request, code), request.POST.get("text", "")
    press(request, lambda: voices.comment(innovation=row, text=text, actor=actor_of(request)), _("Said."))
    return redirect("innovation:innovation", code=code)


@require_POST
def comment_hide(request: HttpRequest, code: str, number: int) -> HttpResponse:
    row = find(request, code)
    found = get_object_or_404(Comment, innovation=row, pk=number)
    found.innovation = row
    press(request, lambda: voices.hide_comment(comment=found, actor=actor_of(request)), _("Taken back."))
    return redirect("innovation:innovation", code=code)


@require_POST
def support(request: HttpRequest, code: str) -> HttpResponse:
    """Support it, or with ``tarik`` no longer."""
    row, actor = find(request, code), actor_of(request)
    if request.POST.get("tarik"):
        press(request, lambda: voices.withdraw_support(innovation=row, actor=actor), _("Taken back."))
    else:
        press(
            request,
            lambda: voices.support(innovation=row, actor=actor),
            _("Thank you. Support advises; it decides nothing."),
        )
    return redirect("innovation:innovation", code=code)


@require_http_methods(LIST_METHODS)
def replication_list(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, find_inside(request, code))


def _page(request: HttpRequest, row: Innovation, form: ReplicationForm | None = None) -> HttpResponse:
    copies, origins = copies_of(row), origins_of(row)
    context = {
        **shell_of(request, row, "replications"), "copies": copies, "origins": origins, "form": form or ReplicationForm(),
        "counted": sum(1 for each in copies if each.voided_at is None and each.proof_id),
    }  # fmt: skip
    export = sheets.REPLICATIONS.of([*copies, *origins], about=row.subject)
    status = 422 if form is not None else 200
    return answer_page(request, "innovation/replications.html", context, export, status=status)


@require_POST
def replication_add(request: HttpRequest, code: str) -> HttpResponse:
    row, actor = find_written(request, code), actor_of(request)
    form = ReplicationForm(request.POST, request.FILES)
    if attempt(form, lambda: replications.note_replication(innovation=row, actor=actor, **form.facts)):
        messages.success(request, _("Entered."))
        return redirect("innovation:replications", code=code)
    return _page(request, row, form)


def _replication(row: Innovation, number: int) -> Replication:
    rows = Replication.objects.with_names()
    return get_object_or_404(rows.filter(origin=row) | rows.filter(copy=row), pk=number)


@require_safe
def replication_proof(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """The paper behind a replication, for whoever reads the registry."""
    found = _replication(find_inside(request, code), number)
    if found.proof is None:
        raise Http404
    return send_file(request, found.proof)


@require_POST
def replication_prove(request: HttpRequest, code: str, number: int) -> HttpResponse:
    found, actor = _replication(find_written(request, code), number), actor_of(request)
    form = ProofForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, str(form.errors["file"][0]))
        return redirect("innovation:replications", code=code)
    paper = paper_in(form.cleaned_data["file"])
    assert paper is not None
    press(
        request, lambda: replications.prove_replication(replication=found, paper=paper, actor=actor), _("Laid to it.")
    )
    return redirect("innovation:replications", code=code)


@require_POST
def replication_void(request: HttpRequest, code: str, number: int) -> HttpResponse:
    found, reason = _replication(find_written(request, code), number), request.POST.get("reason", "")
    said = _("It no longer counts.")
    press(
        request, lambda: replications.void_replication(replication=found, reason=reason, actor=actor_of(request)), said
    )
    return redirect("innovation:replications", code=code)

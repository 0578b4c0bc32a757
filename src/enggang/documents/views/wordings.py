"""An organisation's own letter templates: copy, edit with placeholders, preview with sample data, publish."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.documents import rules
from enggang.documents.domain import wordings as acts
from enggang.documents.domain.letters import preview
from enggang.documents.forms.letters import BlocksForm, CopyForm, signatories_of
from enggang.documents.letters import letter_kinds
from enggang.documents.models import TemplateVersion
from enggang.documents.queries.wordings import wording_of
from enggang.documents.views.finding import find_office, find_template, pdf_response
from enggang.places.models import Organisation


@require_POST
def template_copy(request: HttpRequest, code: str) -> HttpResponse:
    organisation = find_office(request, code, issues=True)
    form = CopyForm(request.POST, organisation=organisation)
    try:
        if not form.is_valid():
            raise Refused(_("Choose what to copy, and give your template a name."))
        row = acts.copy_template(organisation=organisation, actor=actor_of(request), **form.cleaned_data)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("documents:office", code=code)
    return redirect("documents:template", code=row.code)


def template(request: HttpRequest, code: str) -> HttpResponse:
    """The present text in a form; saving makes or changes the draft of the next version."""
    row = find_template(request, code, issues=request.method == "POST")
    current = row.draft or row.published
    kind = letter_kinds[row.kind]
    initial = {"version": row.draft.version if row.draft else None}
    blocks = current.blocks if current else {}
    form = BlocksForm(request.POST or None, kind=kind, blocks=blocks, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            version = form.cleaned_data["version"]
            acts.write_version(template=row, blocks=form.blocks(), version=version, actor=actor_of(request))
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("The draft is kept. Look at it as PDF, then publish it."))
            return redirect("documents:template", code=code)
    context = {
        "template": row,
        "kind": kind,
        "form": form if rules.may_issue(actor_of(request), row.organisation) else None,
        "fields": kind.fields.items(),
        "versions": row.versions.all(),
    }
    return render(request, "documents/template.html", context, status=422 if form.errors else 200)


@require_POST
def template_step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    row, actor = find_template(request, code, issues=True), actor_of(request)
    try:
        if step == "terbitkan":
            acts.publish_version(template=row, actor=actor)
        elif step == "buang":
            acts.discard_version(template=row, actor=actor)
        elif step in {"pensiun", "pakai-lagi"}:
            acts.retire_template(template=row, retired=step == "pensiun", actor=actor)
        else:
            raise Http404
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("Done."))
    return redirect("documents:template", code=code)


@require_GET
def template_preview(request: HttpRequest, code: str, number: int) -> HttpResponse:
    row = find_template(request, code)
    version = get_object_or_404(TemplateVersion, template=row, number=number)
    return _preview(request, row.organisation, row.kind, version.blocks)


@require_GET
def shipped_preview(request: HttpRequest, code: str, kind: str, number: int) -> HttpResponse:
    organisation = find_office(request, code)
    choice = wording_of(organisation, f"{kind}/{number}")
    if choice is None:
        raise Http404
    return _preview(request, organisation, choice.kind, choice.blocks)


def _preview(request: HttpRequest, organisation: Organisation, kind: str, blocks: dict[str, str]) -> HttpResponse:
    try:
        pdf = preview(organisation, kind, blocks, signatories_of(organisation, kind).first())
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("documents:office", code=organisation.code)
    return pdf_response(pdf, f"pratinjau-{kind}.pdf")

"""The papers of an edition: one page that lists them, each as PDF and DOCX, and the letters that are drafted here."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.core.views.answers import attached, attempt
from enggang.documents.models import Letter, Signatory
from enggang.documents.rules import may_read as may_read_letters
from enggang.documents.views.finding import pdf_response
from enggang.events import exports_papers as sheets
from enggang.events.domain import papers as acts
from enggang.events.forms.papers import DecreeForm, GuestsForm
from enggang.events.models import Edition
from enggang.events.papers import gaps
from enggang.events.papers.build import PAPERS, paper_docx, paper_pdf
from enggang.events.papers.folder import Folder, folder_of
from enggang.events.papers.letters import suggested_guests
from enggang.events.queries.missing import Missing
from enggang.events.queries.papers import paper_rows, permit_letters
from enggang.events.views.finding import find_inside, find_managed_edition, shell_of
from enggang.files.sniffing import DOCX_TYPE

SIGNS = "ttd"  # of an address: who signs


@require_http_methods(LIST_METHODS)
def paper_list(request: HttpRequest, code: str) -> HttpResponse:
    edition = find_inside(request, code)
    folder = folder_of(edition)
    rows = paper_rows(folder)
    context = {
        **shell_of(request, edition, "papers"),
        "rows": rows,
        "permits": permit_letters(folder),
        "signatories": folder.signatories,
        "signatory": _signatory(request, folder),
        "may_read_letters": may_read_letters(actor_of(request), edition.organisation),
    }
    return answer_page(request, "events/papers.html", context, sheets.PAPERS.of(rows, about=edition.subject))


def _signatory(request: HttpRequest, folder: Folder) -> Signatory | None:
    """Whoever was chosen among those who sign today, else the first."""
    chosen = request.GET.get(SIGNS, "")
    found = next((each for each in folder.signatories if str(each.pk) == chosen), None)
    return found or next(iter(folder.signatories), None)


@require_GET
def paper_print(request: HttpRequest, code: str, paper: str, form: str) -> HttpResponse:
    """A printed paper as it stands now."""
    edition = find_inside(request, code)
    if paper not in PAPERS:
        raise Http404
    folder = folder_of(edition)
    draw = paper_pdf if form == "pdf" else paper_docx
    try:
        content = draw(folder, PAPERS[paper], _signatory(request, folder))
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("events:papers", code=code)
    name = f"{paper}-{code}.{form}"
    return pdf_response(content, name) if form == "pdf" else attached(content, DOCX_TYPE, name)


def decree_write(request: HttpRequest, code: str) -> HttpResponse:
    edition = find_managed_edition(request, code)
    form = DecreeForm(request.POST or None, organisation=edition.organisation)
    made: list[Letter] = []
    if form.is_bound and attempt(
        form, lambda: made.append(acts.draft_decree(edition=edition, actor=actor_of(request), **form.start()))
    ):
        return _drafted(request, edition, made)
    return _form_page(
        request, edition, form, _("Write the decree on the committee"), gaps.of_decree(folder_of(edition))
    )


def invitation_write(request: HttpRequest, code: str) -> HttpResponse:
    edition = find_managed_edition(request, code)
    folder = folder_of(edition)
    form = GuestsForm(request.POST or None, organisation=edition.organisation, suggested=suggested_guests(folder))
    made: list[Letter] = []
    if form.is_bound and attempt(
        form, lambda: made.extend(acts.draft_guest_letters(edition=edition, actor=actor_of(request), **form.start()))
    ):
        return _drafted(request, edition, made)
    return _form_page(request, edition, form, _("Write the invitation"), gaps.of_invitation(folder))


def _drafted(request: HttpRequest, edition: Edition, letters: list[Letter]) -> HttpResponse:
    messages.success(request, _("The draft is ready. Look at it, then give it its number."))
    if len(letters) == 1:
        return redirect("documents:letter", letters[0].code)
    return redirect("events:papers", code=edition.code)


def _form_page(request: HttpRequest, edition: Edition, form: Any, heading: str, missing: list[Missing]) -> HttpResponse:
    context = {"edition": edition, "form": form, "heading": heading, "missing": missing, "may_manage": True}
    return render(request, "events/paper_form.html", context, status=422 if form.errors else 200)

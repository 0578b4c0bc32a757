"""The permits of an edition: the list, one with its deadline and papers, and the letter that asks for it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from enggang.core import clock
from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.exports import LIST_METHODS, answer_page, posted
from enggang.core.views.answers import attached, attempt, press
from enggang.documents.views.finding import pdf_response
from enggang.events import exports as sheets
from enggang.events import rules
from enggang.events.domain import applications as papers
from enggang.events.domain import permits as acts
from enggang.events.enums import PermitState
from enggang.events.forms.permits import (
    ApplicationForm,
    MoveForm,
    NewPermitForm,
    PaperForm,
    PermitForm,
)
from enggang.events.models import Permit, PermitFile
from enggang.events.queries.applications import application_of, missing_of
from enggang.events.queries.deadlines import counter_of, permit_rows, red_of
from enggang.events.tables import PERMIT_TONES
from enggang.events.views.finding import find_inside, find_managed_edition, find_permit, shell_of
from enggang.files.domain.storing import read_bytes
from enggang.files.models import StoredFile
from enggang.files.sniffing import DOCX_TYPE


@require_http_methods(LIST_METHODS)
def permit_list(request: HttpRequest, code: str) -> HttpResponse:
    """All permits of an edition; posted to, it adds one."""
    edition, actor = find_inside(request, code), actor_of(request)
    shell = shell_of(request, edition, "permits")
    form = NewPermitForm(posted(request) if shell["may_manage"] else None)
    if form.is_bound and attempt(form, lambda: acts.add_permit(edition=edition, actor=actor, **form.cleaned_data)):
        messages.success(request, _("Added."))
        return redirect("events:permits", code=code)
    rows = permit_rows(edition)
    context = {
        **shell,
        "rows": rows,
        "form": form,
        "missing_years": sorted({year for row in rows for year in row.missing_years}),
        "changes": _unseen(rows),
    }
    status = 422 if form.errors else 200
    return answer_page(
        request, "events/permits.html", context, sheets.PERMITS.of(rows, about=edition.subject), status=status
    )


def _unseen(rows: list[Any]) -> list[tuple[Permit, Any]]:
    """Deadlines that have moved and nobody has taken note of."""
    found = []
    for row in rows:
        change = row.permit.deadline_changes.filter(seen_at=None).first()
        if change is not None:
            found.append((row.permit, change))
    return found


@require_POST
def permits_renew(request: HttpRequest, code: str) -> HttpResponse:
    edition = find_managed_edition(request, code)
    press(request, lambda: acts.renew_permits(edition=edition, actor=actor_of(request)), _("Counted anew."))
    return redirect("events:permits", code=code)


@require_http_methods(LIST_METHODS)
def permit_detail(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, find_permit(request, code))


def _page(request: HttpRequest, permit: Permit, **bound: Any) -> HttpResponse:
    edition = permit.edition
    found = application_of(permit)
    due = counter_of(edition).due(edition, permit.rule)
    steps, changes = list(permit.steps.all()), list(permit.deadline_changes.all())
    shell = shell_of(request, edition, "permits")
    context = {
        **shell,
        "permit": permit,
        "tone": PERMIT_TONES[PermitState(permit.state)],
        "due": due,
        "red": red_of(permit, clock.today(edition.time_zone)),
        "application": found,
        "missing": missing_of(found) if permit.is_waiting else [],
        "steps": steps,
        "changes": changes,
        "unseen": [row for row in changes if row.seen_at is None],
        "move_form": MoveForm(permit=permit),
        "paper_form": PaperForm(documents=[row.document for row in found.checklist]),
        "letter_form": ApplicationForm(organisation=edition.organisation),
        "may_read_letter": rules.may_manage(actor_of(request), edition.organisation),
        **bound,
    }
    exports = (
        sheets.CHECKLIST.of(found.checklist, about=permit.subject),
        sheets.PERMIT_STEPS.of(steps, about=permit.subject),
        sheets.DEADLINE_CHANGES.of(changes, about=permit.subject),
    )
    return answer_page(request, "events/permit.html", context, *exports, status=422 if bound else 200)


def permit_edit(request: HttpRequest, code: str) -> HttpResponse:
    permit = find_permit(request, code, managed=True)
    form = PermitForm(request.POST or None, permit=permit)
    if form.is_bound and attempt(
        form, lambda: acts.change_permit(permit=permit, actor=actor_of(request), **form.cleaned_data)
    ):
        messages.success(request, _("Saved."))
        return redirect("events:permit", code=code)
    context = {"edition": permit.edition, "form": form, "heading": _("Change the permit"), "columns": "two"}
    return render(request, "events/form.html", context, status=422 if form.errors else 200)


@require_POST
def permit_move(request: HttpRequest, code: str) -> HttpResponse:
    """On submission the annexes are kept as they are; then the state moves."""
    permit, actor = find_permit(request, code, managed=True), actor_of(request)
    form = MoveForm(request.POST, request.FILES, permit=permit)
    if attempt(form, lambda: _move(permit, form, actor)):
        messages.success(request, _("Done: %(state)s.") % {"state": permit.get_state_display()})
        return redirect("events:permit", code=code)
    return _page(request, permit, move_form=form)


def _move(permit: Permit, form: MoveForm, actor: Any) -> None:
    submits = form.cleaned_data["to"] == PermitState.SUBMITTED and permit.letter is not None
    acts.move_permit(permit=permit, actor=actor, **form.facts)
    if submits:
        papers.freeze_annex(permit=permit, actor=actor)


@require_POST
def permit_seen(request: HttpRequest, code: str) -> HttpResponse:
    permit = find_permit(request, code, managed=True)
    press(request, lambda: acts.see_deadline(permit=permit, actor=actor_of(request)), _("Noted."))
    return redirect("events:permit", code=code)


# -- papers --------------------------------------------------------------------------------------------


@require_POST
def paper_add(request: HttpRequest, code: str) -> HttpResponse:
    permit = find_permit(request, code, managed=True)
    documents = [row.document for row in application_of(permit).checklist]
    form = PaperForm(request.POST, request.FILES, documents=documents)
    if attempt(form, lambda: acts.add_permit_file(permit=permit, actor=actor_of(request), **form.facts)):
        messages.success(request, _("Added."))
        return redirect("events:permit", code=code)
    return _page(request, permit, paper_form=form)


def _paper(permit: Permit, row_id: int) -> PermitFile:
    row = get_object_or_404(permit.files.select_related("file"), pk=row_id)
    row.permit = permit
    return row


@require_GET
def paper_download(request: HttpRequest, code: str, row_id: int) -> HttpResponse:
    return _hand_over(_paper(find_permit(request, code), row_id).file)


@require_POST
def paper_drop(request: HttpRequest, code: str, row_id: int) -> HttpResponse:
    row = _paper(find_permit(request, code, managed=True), row_id)
    press(request, lambda: acts.drop_permit_file(row=row, actor=actor_of(request)), _("Removed."))
    return redirect("events:permit", code=code)


@require_GET
def permit_scan(request: HttpRequest, code: str) -> HttpResponse:
    permit = find_permit(request, code)
    if permit.scan is None:
        raise Http404
    return _hand_over(permit.scan)


def _hand_over(stored: StoredFile) -> HttpResponse:
    return attached(read_bytes(stored), stored.media_type, stored.name)


# -- the letter ----------------------------------------------------------------------------------------


@require_POST
def application_write(request: HttpRequest, code: str) -> HttpResponse:
    permit, actor = find_permit(request, code, managed=True), actor_of(request)
    form = ApplicationForm(request.POST, organisation=permit.edition.organisation)
    if attempt(form, lambda: papers.write_application(permit=permit, actor=actor, **form.start())):
        messages.success(request, _("The draft is ready. Look at it, then give it its number."))
        return redirect("documents:letter", permit.letter.code if permit.letter else "")
    return _page(request, permit, letter_form=form)


@require_GET
def annex(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The annexes as PDF or DOCX: as they are now, or as they were submitted."""
    permit = find_permit(request, code)
    try:
        content = papers.annex_pdf(permit) if form == "pdf" else papers.annex_docx(permit)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("events:permit", code=code)
    name = f"lampiran-izin-{code}.{form}"
    return pdf_response(content, name) if form == "pdf" else attached(content, DOCX_TYPE, name)

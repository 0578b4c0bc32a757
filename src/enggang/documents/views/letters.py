"""One letter: its draft, its number, the PDF and DOCX, the scan of the signed copy, and voiding it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from enggang.core import registries
from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.models import Subject
from enggang.core.views.answers import attached, attempt, press
from enggang.documents import rules
from enggang.documents.domain import letters as acts
from enggang.documents.forms.letters import LetterForm, NumberForm, ScanForm
from enggang.documents.letters import letter_kinds
from enggang.documents.models import Letter
from enggang.documents.queries.wordings import wording_of
from enggang.documents.views.finding import file_response, find_letter, pdf_response
from enggang.files.domain.storing import read_bytes
from enggang.files.sniffing import DOCX_TYPE

ISSUED = gettext_lazy("The letter is issued. Print it, have it signed, then attach the scan.")


@require_GET
def letter(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, find_letter(request, code))


def _page(request: HttpRequest, row: Letter, **more: object) -> HttpResponse:
    content = row.content
    wording = wording_of(row.organisation, row.wording)
    context = {
        "letter": row,
        "kind": letter_kinds[row.kind],
        "wording": wording.label if wording else row.wording,
        "addressees": content.get("addressees", []),
        "persons": content.get("persons", []),
        "about_href": about_href(row.about),
        "may_issue": rules.may_issue(actor_of(request), row.organisation),
        "number_form": NumberForm(letter=row),
        "scan_form": ScanForm(),
        **more,
    }
    return render(request, "documents/letter.html", context, status=422 if more else 200)


def about_href(subject: Subject | None) -> str:
    """The page of what the letter is about."""
    kind = registries.subject_kinds.get(subject.kind) if subject else None
    return kind.url(subject.code) if subject and kind and kind.url else ""


def letter_edit(request: HttpRequest, code: str) -> HttpResponse:
    row = find_letter(request, code, issues=True)
    if not row.is_draft:
        messages.error(request, _("This letter has its number, so its text stays. Void it to write another one."))
        return redirect("documents:letter", code=code)
    form = LetterForm(request.POST or None, letter=row)
    if form.is_bound and form.is_valid():
        try:
            version = form.cleaned_data["version"] or 0
            signatory = form.cleaned_data["signatory"]
            acts.change_letter(
                letter=row, blocks=form.blocks(), signatory=signatory, version=version, actor=actor_of(request)
            )
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("Saved."))
            return redirect("documents:letter", code=code)
    return render(
        request, "documents/letter_form.html", {"letter": row, "form": form}, status=422 if form.errors else 200
    )


@require_POST
def letter_number(request: HttpRequest, code: str) -> HttpResponse:
    """Number, draw and freeze; a letter whose drawing was cut off is drawn again. What is refused stays typed."""
    row, actor = find_letter(request, code, issues=True), actor_of(request)
    if row.is_numbered:
        press(request, lambda: acts.freeze_letter(letter=row, pdf=acts.draw_letter(row), actor=actor), str(ISSUED))
        return redirect("documents:letter", code=code)
    form = NumberForm(request.POST, letter=row)
    if attempt(form, lambda: acts.issue_letter(letter=row, actor=actor, **form.cleaned_data)):
        messages.success(request, ISSUED)
        return redirect("documents:letter", code=code)
    row = find_letter(request, code, issues=True)
    if row.is_draft:
        return _page(request, row, number_form=form)
    messages.error(
        request, str(next(iter(form.errors.values()))[0])
    )  # issued meanwhile: its page has no such form any more
    return redirect("documents:letter", code=code)


@require_GET
def letter_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The frozen file; of a draft, how it would look."""
    row = find_letter(request, code)
    content = read_bytes(row.file) if row.file else acts.draw_letter(row)
    return pdf_response(content, row.file.name if row.file else f"konsep-{row.code}.pdf")


@require_GET
def letter_docx(request: HttpRequest, code: str) -> HttpResponse:
    row = find_letter(request, code)
    return attached(acts.letter_docx(row), DOCX_TYPE, f"{(row.number or row.code).replace('/', '-')}.docx")


@require_POST
def letter_scan(request: HttpRequest, code: str) -> HttpResponse:
    row = find_letter(request, code, issues=True)
    form = ScanForm(request.POST, request.FILES)
    try:
        if not form.is_valid():
            raise Refused(_("Choose a file first: PDF, JPEG or PNG, at most 10 MB."))
        content = form.cleaned_data["file"].read(acts.LARGEST_SCAN + 1)
        acts.keep_scan(letter=row, content=content, actor=actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("The signed copy is kept."))
    return redirect("documents:letter", code=code)


@require_GET
def letter_scanned(request: HttpRequest, code: str) -> HttpResponse:
    row = find_letter(request, code)
    if row.scan is None:
        raise Http404
    return file_response(read_bytes(row.scan), row.scan.name)


@require_POST
def letter_void(request: HttpRequest, code: str) -> HttpResponse:
    row = find_letter(request, code, issues=True)
    try:
        acts.void_letter(letter=row, reason=request.POST.get("reason", ""), actor=actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("The letter is void. Its number, its text and the reason stay on record."))
    return redirect("documents:letter", code=code)


@require_POST
def letter_drop(request: HttpRequest, code: str) -> HttpResponse:
    row = find_letter(request, code, issues=True)
    back = about_href(row.about)
    try:
        acts.drop_letter(letter=row, actor=actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("documents:letter", code=code)
    messages.success(request, _("The draft is gone."))
    return redirect(back or "documents:offices")

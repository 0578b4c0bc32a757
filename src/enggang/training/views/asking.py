"""What a wave asks of its participants, and how they give it: answers, and documents handed in."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from enggang.accounts.limits import within_limit
from enggang.core.actor import Actor, actor_of
from enggang.core.acts import Refused
from enggang.core.asking import QuestionForm
from enggang.core.exports import answer_page
from enggang.files.domain.papers import LARGEST
from enggang.files.domain.storing import read_bytes
from enggang.people.roster.workbooks import XLSX_TYPE
from enggang.training import exports_wave as sheets
from enggang.training import rules
from enggang.training.domain import asking as acts
from enggang.training.domain.exporting import export_answers
from enggang.training.exports import answers_workbook
from enggang.training.forms.asking import AnswersForm, PaperForm, UploadForm
from enggang.training.models import HandedPaper, Registration
from enggang.training.views.finding import (
    find_by_token,
    find_managed_wave,
    find_registration,
    find_watched_wave,
    tells_the_end,
)


def asking(request: HttpRequest, code: str) -> HttpResponse:
    """The list of questions and documents, with a form for the next of each."""
    wave, actor = find_managed_wave(request, code), actor_of(request)
    what = request.POST.get("what", "")
    question_form = QuestionForm(request.POST if what == "question" else None)
    paper_form = PaperForm(request.POST if what == "paper" else None)
    form = paper_form if what == "paper" else question_form
    if form.is_bound and form.is_valid():
        try:
            if what == "paper":
                acts.require_paper(wave=wave, actor=actor, **form.cleaned_data)
            else:
                acts.add_question(wave=wave, actor=actor, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("Added."))
            return redirect("training:asking", code=code)
    context = {"wave": wave, "question_form": question_form, "paper_form": paper_form}
    exports = (
        sheets.ASKED.of(list(wave.questions.all()), about=wave.subject),
        sheets.PAPERS.of(list(wave.required_papers.all()), about=wave.subject),
    )
    return answer_page(request, "training/asking.html", context, *exports, status=422 if form.errors else 200)


@require_POST
def asking_drop(request: HttpRequest, code: str, what: str, row_id: int) -> HttpResponse:
    wave, actor = find_managed_wave(request, code), actor_of(request)
    try:
        if what == "dokumen":
            acts.drop_paper(paper=get_object_or_404(wave.required_papers.all(), pk=row_id), actor=actor)
        elif what == "pertanyaan":
            acts.drop_question(question=get_object_or_404(wave.questions.all(), pk=row_id), actor=actor)
        else:
            raise Http404
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("Removed."))
    return redirect("training:asking", code=code)


@require_POST
def answers_export(request: HttpRequest, code: str) -> HttpResponse:
    """The participants' answers as a workbook; noted in the audit trail, so a button and no link."""
    wave = find_watched_wave(request, code)
    export_answers(wave=wave, actor=actor_of(request))
    response = HttpResponse(answers_workbook(wave), content_type=XLSX_TYPE)
    response["Content-Disposition"] = content_disposition_header(True, f"jawaban-{wave.code}.xlsx") or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def pocket_answers(request: HttpRequest, code: str) -> HttpResponse:
    registration = find_registration(request, code)
    return _answer(request, registration, actor_of(request), redirect("training:pocket", code=code))


@require_POST
@tells_the_end
def seat_answers(request: HttpRequest, token: str) -> HttpResponse:
    registration, actor = find_by_token(token)
    return _answer(request, registration, actor, redirect("training:seat", token=token))


def _answer(request: HttpRequest, registration: Registration, actor: Actor, back: HttpResponse) -> HttpResponse:
    form = AnswersForm(request.POST, registration=registration)
    if not form.is_valid():
        context = {"registration": registration, "form": form, "back": back["Location"]}
        return render(request, "training/answers.html", context, status=422)
    try:
        acts.answer_questions(registration=registration, answers=form.answers(), actor=actor)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("Your answers are kept."))
    return back


@require_POST
def pocket_upload(request: HttpRequest, code: str, paper_id: int) -> HttpResponse:
    registration = find_registration(request, code)
    return _upload(request, registration, actor_of(request), paper_id, redirect("training:pocket", code=code))


@require_POST
@tells_the_end
def seat_upload(request: HttpRequest, token: str, paper_id: int) -> HttpResponse:
    registration, actor = find_by_token(token)
    return _upload(request, registration, actor, paper_id, redirect("training:seat", token=token))


def _upload(
    request: HttpRequest, registration: Registration, actor: Actor, paper_id: int, back: HttpResponse
) -> HttpResponse:
    paper = get_object_or_404(registration.wave.required_papers.all(), pk=paper_id)
    form = UploadForm(request.POST, request.FILES)
    try:
        if not form.is_valid():
            raise Refused(_("Choose a file first: PDF, JPEG or PNG, at most 5 MB."))
        if not within_limit(request, "hand_in", registration.code):  # every file handed in is kept
            raise Refused(_("That is many files within an hour. Wait a little, then hand in the right one."))
        upload = form.cleaned_data["file"]
        content = upload.read(LARGEST + 1)
        acts.hand_in_paper(registration=registration, paper=paper, content=content, name=upload.name, actor=actor)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("The document has arrived: %(name)s.") % {"name": paper.name})
    return back


@require_GET
def paper_download(request: HttpRequest, code: str, paper_id: int) -> HttpResponse:
    """For the participant, their agency's coordinator and the organiser; always as a download."""
    registration = find_registration(request, code)
    if not rules.may_withdraw(actor_of(request), registration):
        raise Http404
    rows = HandedPaper.objects.filter(registration=registration).select_related("file")
    stored = get_object_or_404(rows, paper_id=paper_id).file
    response = HttpResponse(read_bytes(stored), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, stored.name) or "attachment"
    response["X-Content-Type-Options"], response["Cache-Control"] = "nosniff", "private, no-store"
    return response

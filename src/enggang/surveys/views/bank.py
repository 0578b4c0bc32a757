"""The question bank: find, write, put away, take back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.files.domain.storing import read_bytes
from enggang.files.models import StoredFile
from enggang.surveys import exports, rules
from enggang.surveys.bodies import written
from enggang.surveys.domain.bank import add_question, archive_question, change_question, restore_question
from enggang.surveys.forms.bank import BankFilter, QuestionForm, initial_of
from enggang.surveys.models import Question, Topic
from enggang.surveys.views.finding import find_question

PER_PAGE = 30


@require_http_methods(LIST_METHODS)
def question_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not actor.holds_somewhere(*rules.KEEPS_BANK):
        raise Http404
    rows = Question.objects.visible_to(actor).with_current()
    topics = Topic.objects.filter(questions__in=rows).distinct()
    form = BankFilter(request.GET, topics=[(str(topic.pk), topic.name) for topic in topics])
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = rows.exclude(archived_at=None) if chosen.get("arsip") else rows.in_use()
    if chosen.get("topik"):
        rows = rows.filter(topic_id=chosen["topik"])
    if chosen.get("kata"):
        rows = rows.filter(current__text__icontains=chosen["kata"])
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return answer_page(request, "surveys/bank.html", {"page_obj": page, "form": form}, exports.BANK.of(rows))


def question_new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not actor.holds_somewhere(*rules.KEEPS_BANK):
        raise Http404
    form = QuestionForm(request.POST or None, request.FILES or None, actor=actor, initial={"topic": _kept(request)})
    if form.is_bound and form.is_valid():
        try:
            add_question(organisation=form.cleaned_data["organisation"], actor=actor, **form.facts())
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("The question is in the bank. You can write the next one."))
            return redirect(f"{request.path}?topik={form.cleaned_data['topic']}")
    return _form_page(request, form, None)


def _kept(request: HttpRequest) -> str:
    return request.GET.get("topik", "")[:120]


def question_edit(request: HttpRequest, code: str) -> HttpResponse:
    question, actor = find_question(request, code), actor_of(request)
    form = QuestionForm(
        request.POST or None, request.FILES or None, actor=actor, question=question, initial=initial_of(question)
    )
    if form.is_bound and form.is_valid():
        version, drop = form.cleaned_data["version"] or 0, form.cleaned_data.get("drop_picture", False)
        try:
            change_question(question=question, version=version, drop_picture=drop, actor=actor, **form.facts())
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("Saved. Tests that asked it already keep what they asked."))
            return redirect("surveys:bank")
    return _form_page(request, form, find_question(request, code))


def _form_page(request: HttpRequest, form: QuestionForm, question: Question | None) -> HttpResponse:
    versions: list[Any] = []
    if question is not None:
        versions = [(row, written(row.kind, row.body)) for row in question.versions.order_by("-number")]
    status = 422 if form.is_bound else 200
    return render(
        request, "surveys/question.html", {"form": form, "question": question, "versions": versions}, status=status
    )


@require_POST
def question_step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    question, actor = find_question(request, code), actor_of(request)
    if step == "simpan":
        archive_question(question=question, actor=actor)
        messages.success(
            request, _("The question is put away. You find it under “Only those put away” and can take it back.")
        )
    elif step == "ambil":
        restore_question(question=question, actor=actor)
        messages.success(request, _("The question is back in the bank."))
    else:
        raise Http404
    return redirect("surveys:bank")


@require_GET
def question_picture(request: HttpRequest, code: str) -> HttpResponse:
    question = find_question(request, code)
    if question.current is None or question.current.picture is None:
        raise Http404
    return picture_response(question.current.picture)


def picture_response(stored: StoredFile) -> HttpResponse:
    """A picture shown inside a page: only the two kinds that were accepted, and never guessed otherwise."""
    if stored.media_type not in {"image/png", "image/jpeg"}:
        raise Http404
    response = HttpResponse(read_bytes(stored), content_type=stored.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=3600"
    return response

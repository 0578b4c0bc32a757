"""A survey as its organisers see it, and the page on which it is answered without a name."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from enggang.access.domain.links import find_link
from enggang.access.enums import LinkScope
from enggang.core import clock, registries
from enggang.core.actor import ANONYMOUS, actor_of
from enggang.core.acts import Refused
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.core.ratelimit import limit
from enggang.surveys import exports, rules
from enggang.surveys.domain.surveys import answer_survey, change_survey, close_survey, open_survey, unopen_survey
from enggang.surveys.enums import StatementKind
from enggang.surveys.forms.surveys import SurveyForm, initial_of
from enggang.surveys.forms.tests import OpenForm
from enggang.surveys.models import Invitation, Survey
from enggang.surveys.queries.opinions import opinions_of
from enggang.surveys.queries.services import profile_questions
from enggang.surveys.views.devices import device_of, give_back, remember, take_turn
from enggang.surveys.views.drawing import qr_svg
from enggang.surveys.views.finding import AddressEnded, honoured_link, link_actor


def find_survey(request: HttpRequest, code: str) -> Survey:
    rows = Survey.objects.visible_to(actor_of(request)).select_related("subject", "organisation", "service")
    return get_object_or_404(rows, subject__code=code)


def find_managed_survey(request: HttpRequest, code: str) -> Survey:
    survey = find_survey(request, code)
    if not rules.may_manage_survey(actor_of(request), survey):
        raise Http404
    return survey


@require_http_methods(LIST_METHODS)
def survey_detail(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, find_survey(request, code))


def _page(request: HttpRequest, survey: Survey, form: OpenForm | None = None) -> HttpResponse:
    address = settings.PUBLIC_URL + reverse("surveys:answer", args=[survey.code]) if survey.is_public else ""
    opinions, answers = opinions_of(survey), survey.sheets.count()
    context = {
        "survey": survey,
        "opinions": opinions,
        "answers": answers,
        "waiting": answers - opinions.counted,
        "invited": survey.invitations.count(),
        "may_manage": rules.may_manage_survey(actor_of(request), survey),
        "open_form": form or OpenForm(),
        "address": address,
        "svg": qr_svg(address) if address else "",
    }
    statements = exports.STATEMENTS.of(list(survey.statements.all()), about=survey.subject)
    found = exports.opinion_exports([opinions], survey.subject)
    return answer_page(request, "surveys/survey.html", context, *found, statements, status=422 if form else 200)


def survey_edit(request: HttpRequest, code: str) -> HttpResponse:
    survey, actor = find_managed_survey(request, code), actor_of(request)
    form = SurveyForm(request.POST or None, initial=initial_of(survey))
    if form.is_bound and form.is_valid():
        try:
            change_survey(survey=survey, version=form.cleaned_data["version"] or 0, actor=actor, **form.facts())
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("Saved."))
            return redirect("surveys:survey", code=code)
    status = 422 if form.is_bound else 200
    return render(request, "surveys/survey_form.html", {"form": form, "survey": survey}, status=status)


@require_POST
def survey_step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    survey, actor, form = find_managed_survey(request, code), actor_of(request), OpenForm(request.POST)
    try:
        if step == "buka":
            if not form.is_valid():
                return _page(request, survey, form)
            open_survey(survey=survey, closes_at=form.until(), actor=actor)
            messages.success(request, _("The survey is open."))
        elif step == "tutup":
            close_survey(survey=survey, actor=actor)
            messages.success(request, _("The survey is closed. You can open it again."))
        elif step == "konsep":
            unopen_survey(survey=survey, actor=actor)
            messages.success(request, _("The survey is a draft again."))
        else:
            raise Http404
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect("surveys:survey", code=code)


@never_cache
def answer(request: HttpRequest, code: str, token: str = "") -> HttpResponse:
    """By invitation (account or private address) or, for a public survey, by its address alone."""
    survey = get_object_or_404(Survey.objects.select_related("subject", "organisation"), subject__code=code)
    try:
        invitation = _invitation(request, survey, token)
    except AddressEnded:
        return render(request, "surveys/address_ended.html", {"survey": survey}, status=404)
    device = device_of(request)
    if request.method == "POST" and not (invitation and invitation.answered):
        response = _answered(request, survey, invitation, token, device)
    else:
        response = _answer_page(request, survey, invitation, token)
    return response if invitation else remember(response, request, device)


def _invitation(request: HttpRequest, survey: Survey, token: str) -> Invitation | None:
    if survey.is_public and not token:
        if survey.opened_at is None:
            raise Http404
        return None
    actor = link_actor(token) if token else actor_of(request)
    found = survey.invitations.all().visible_to(actor).select_related("holder").order_by("answered", "pk").first()
    if found is None:
        raise Http404
    return found


def _answered(
    request: HttpRequest, survey: Survey, invitation: Invitation | None, token: str, device: str
) -> HttpResponse:
    values, comments = read_sheet(request.POST, survey)
    turn = ""
    try:
        if invitation is None:
            limit(request, f"survey:{survey.pk}", times=30, seconds=600)
            turn = take_turn(survey, device)
        answer_survey(
            survey=survey, values=values, comments=comments, invitation=invitation, actor=ANONYMOUS,
            handed=bool(token) and honoured_link(token).handed_out, profile=read_profile(request.POST, survey),
        )  # fmt: skip
    except Refused as refused:
        if turn:
            give_back(turn)
        return _answer_page(request, survey, invitation, token, refused.message)
    return render(request, "surveys/thanks.html", {"survey": survey, "back": _back(invitation, token)})


def _answer_page(
    request: HttpRequest, survey: Survey, invitation: Invitation | None, token: str, error: str = ""
) -> HttpResponse:
    context = {
        "survey": survey, "invitation": invitation, "error": error, "lines": _lines(survey, request.POST),
        "profile": [{**row, "said": request.POST.get(f"p-{row['key']}", "")} for row in profile_questions(survey)],
        "is_open": survey.is_open_at(clock.now()), "answered": bool(invitation and invitation.answered),
        "back": _back(invitation, token),
    }  # fmt: skip
    return render(request, "surveys/answer.html", context, status=422 if error else 200)


def _lines(survey: Survey, data: QueryDict) -> list[dict[str, Any]]:
    labels = survey.labels or [""] * survey.high
    return [
        {
            "row": row, "is_scale": row.kind == StatementKind.SCALE, "said": data.get(f"s{row.pk}", ""),
            "steps": [(str(n), labels[n - 1] if n <= len(labels) else "") for n in range(1, survey.high + 1)],
        }
        for row in survey.statements.all()
    ]  # fmt: skip


def read_sheet(data: QueryDict, survey: Survey) -> tuple[dict[int, int], dict[int, str]]:
    """The chosen steps and the comments of a posted page, by statement."""
    values: dict[int, int] = {}
    comments: dict[int, str] = {}
    for row in survey.statements.all():
        said = data.get(f"s{row.pk}", "").replace("\0", "").strip()
        if row.kind == StatementKind.COMMENT:
            comments[row.pk] = said
        elif said.isdecimal() and len(said) < 4:
            values[row.pk] = int(said)
    return values, comments


def read_profile(data: QueryDict, survey: Survey) -> dict[str, str]:
    return {row["key"]: data.get(f"p-{row['key']}", "") for row in profile_questions(survey)}


def _back(invitation: Invitation | None, token: str) -> str:
    if invitation is None:
        return ""
    page, known = (
        registries.link_pages.get(invitation.holder.kind),
        registries.subject_kinds.get(invitation.holder.kind),
    )
    if token:
        return page(token) if page and find_link(token[:100], LinkScope.REGISTRATION) else ""
    return known.url(invitation.holder.code) if known and known.url else ""

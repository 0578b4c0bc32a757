"""The survey as visitors answer it on a phone, and as a volunteer asks one visitor after the other."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enggang.access.domain.links import actor_from_link, find_link
from enggang.access.enums import LinkScope
from enggang.core import clock
from enggang.core.actor import ANONYMOUS, Actor, actor_of
from enggang.core.ratelimit import limit
from enggang.core.views.answers import attempt, press
from enggang.events.domain import visitor_surveys as acts
from enggang.events.enums_impact import SurveyState
from enggang.events.forms.impact import SurveyForm
from enggang.events.models import Edition, SurveyPost, VisitorSurvey
from enggang.events.queries.survey import is_open, post_lines, survey_of, why_closed

TIMES, SECONDS = 60, 600  # answers from one address: a festival's free network is one


def _find_public(code: str) -> VisitorSurvey:
    """By the edition's code; a draft is nobody's."""
    edition = get_object_or_404(Edition.objects.with_names(), subject__code=code)
    survey = survey_of(edition)
    if survey is None or survey.state == SurveyState.DRAFT:
        raise Http404
    return survey


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def survey_answer(request: HttpRequest, code: str) -> HttpResponse:
    """The questions; posted to, one answer is kept. Sent twice it is one."""
    survey = _find_public(code)
    edition = survey.edition
    form = SurveyForm(request.POST or None, edition=edition)

    def save() -> None:
        limit(request, "visitor_survey", times=TIMES, seconds=SECONDS)
        if not form.is_bait_taken:
            key = form.cleaned_data["key"]
            acts.answer_visitor_survey(survey=survey, key=key, actor=ANONYMOUS, **form.facts)

    if form.is_bound and attempt(form, save):
        return redirect("events:survey_thanks", code=code)
    context = {"survey": survey, "edition": edition, "form": form, "closed": why_closed(survey)}
    return render(request, "events/survey_answer.html", context, status=422 if form.errors else 200)


@require_safe
def survey_thanks(request: HttpRequest, code: str) -> HttpResponse:
    survey = _find_public(code)
    return render(request, "events/survey_thanks.html", {"survey": survey, "edition": survey.edition})


# -- interviewers -------------------------------------------------------------------------------------------------


def _by_link(request: HttpRequest, token: str) -> tuple[VisitorSurvey, Actor]:
    link = find_link(token[:100], LinkScope.ASKING)
    actor = actor_from_link(actor_of(request), token[:100], LinkScope.ASKING)
    if link is None or actor is None:
        raise Http404
    survey = _find_public(link.subject.code)
    return survey, actor


def _post(survey: VisitorSurvey, post_id: int) -> SurveyPost:
    found = get_object_or_404(SurveyPost, survey=survey, pk=post_id)
    found.survey = survey
    return found


@never_cache
@require_safe
def asking(request: HttpRequest, token: str) -> HttpResponse:
    """Where a volunteer asks today; when nothing is planned for today, every line of the plan."""
    survey, _actor = _by_link(request, token)
    lines = post_lines(survey, clock.today(survey.edition.time_zone)) or post_lines(survey)
    context = {
        "token": token, "survey": survey, "edition": survey.edition, "lines": lines, "closed": why_closed(survey),
    }  # fmt: skip
    return render(request, "events/survey_asking.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def asking_post(request: HttpRequest, token: str, post_id: int) -> HttpResponse:
    """One visitor after the other: the form is empty again once an answer has arrived."""
    survey, actor = _by_link(request, token)
    post = _post(survey, post_id)
    form = SurveyForm(request.POST or None, edition=survey.edition)

    def save() -> None:
        key = form.cleaned_data["key"]
        acts.answer_visitor_survey(survey=survey, key=key, post=post, actor=actor, **form.facts)

    if form.is_bound and attempt(form, save):
        messages.success(request, _("Kept. Now the next one."))
        return redirect("events:asking_post", token=token, post_id=post_id)
    return render(request, "events/survey_ask.html", _ask(token, post, form), status=422 if form.errors else 200)


def _ask(token: str, post: SurveyPost, form: SurveyForm) -> dict[str, Any]:
    survey = post.survey
    line = next(each for each in post_lines(survey) if each.post.pk == post.pk)
    return {
        "token": token, "post": post, "line": line, "edition": survey.edition, "form": form, "open": is_open(survey),
        "closed": why_closed(survey), "refusal": secrets.token_urlsafe(24),
    }  # fmt: skip


@require_POST
def asking_refused(request: HttpRequest, token: str, post_id: int) -> HttpResponse:
    """Somebody did not want to answer; ``batal`` takes the last one back."""
    survey, actor = _by_link(request, token)
    post = _post(survey, post_id)
    if "batal" in request.POST:
        press(request, lambda: acts.undo_refusal(post=post, actor=actor), _("Taken back."))
    else:
        key = request.POST.get("key", "")[:64] or secrets.token_urlsafe(24)
        press(request, lambda: acts.note_refusal(post=post, key=key, actor=actor), _("Noted. Now the next one."))
    return redirect("events:asking_post", token=token, post_id=post_id)

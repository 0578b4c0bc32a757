"""The survey of visitors as staff see it: its state, the sample plan, answers, its address, and what is doubtful."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enggang.access.enums import LinkScope
from enggang.access.queries.links import stands
from enggang.core import clock
from enggang.core.actor import actor_of
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.core.views.answers import attempt, press
from enggang.events import exports_impact as sheets
from enggang.events.domain import visitor_surveys as acts
from enggang.events.enums_impact import SURVEY_MOVES, SurveyState
from enggang.events.forms.impact import PostForm, SurveySettingsForm, VoidForm
from enggang.events.models import Edition, SurveyAnswer, SurveyPost, VisitorSurvey
from enggang.events.queries.survey import (
    is_open,
    origin_names,
    post_lines,
    standing_of_survey,
    survey_of,
    why_closed,
)
from enggang.events.views.finding import find_inside, find_managed_edition, shell_of
from enggang.surveys.views.drawing import qr_svg

PER_PAGE = 20


def find_survey(edition: Edition) -> VisitorSurvey:
    found = survey_of(edition)
    if found is None:
        raise Http404
    return found


def public_address(edition: Edition) -> str:
    return settings.PUBLIC_URL + reverse("events:survey_answer", args=[edition.code])


@require_http_methods(LIST_METHODS)
def survey_home(request: HttpRequest, code: str) -> HttpResponse:
    edition = find_inside(request, code)
    survey = survey_of(edition)
    context: dict[str, Any] = {**shell_of(request, edition, "impact"), "survey": survey, "part": "survey"}
    if survey is None:
        return render(request, "events/survey.html", context)
    answers = SurveyAnswer.objects.filter(survey=survey).select_related("post").order_by("-day", "-pk")
    page = Paginator(answers, PER_PAGE).get_page(request.GET.get("page"))
    lines, names, address = post_lines(survey), origin_names(edition), public_address(edition)
    last = [(row, names.get(row.origin, row.origin)) for row in page]
    moves = SURVEY_MOVES[SurveyState(survey.state)]
    context |= {
        "lines": lines, "standing": standing_of_survey(survey), "last": last, "page_obj": page, "address": address,
        "svg": qr_svg(address), "asked_by_link": stands(LinkScope.ASKING, edition.subject), "open": is_open(survey), "closed": why_closed(survey),
        "moves": [state for state in SurveyState if state in moves],
    }  # fmt: skip
    exports = [
        sheets.ANSWERS.of(answers, about=edition.subject, shown=page),
        sheets.POSTS.of(lines, about=edition.subject),
    ]
    return answer_page(request, "events/survey.html", context, *exports)


@require_http_methods(["GET", "HEAD", "POST"])
def survey_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Begin the survey, or change its words and its days."""
    edition, actor = find_managed_edition(request, code), actor_of(request)
    survey = survey_of(edition)
    form = SurveySettingsForm(request.POST or None, instance=survey or VisitorSurvey(edition=edition))

    def save() -> None:
        if survey is None:
            acts.start_survey(edition=edition, actor=actor, **form.facts)
        else:
            version = form.cleaned_data["version"] or 0
            acts.change_survey(survey=find_survey(edition), version=version, actor=actor, **form.facts)

    if form.is_bound and attempt(form, save):
        messages.success(request, _("Saved."))
        return redirect("events:survey", code=code)
    heading = _("Change the survey") if survey else _("Begin the survey of visitors")
    note = _(
        "The questions stand ready, in Indonesian, English and Malay. It opens and closes with the days of the edition."
    )
    context = {"form": form, "edition": edition, "heading": heading, "back": "events:survey", "note": note}
    return render(request, "events/form.html", context, status=422 if form.errors else 200)


@require_POST
def survey_move(request: HttpRequest, code: str) -> HttpResponse:
    survey = find_survey(find_managed_edition(request, code))
    press(
        request,
        lambda: acts.move_survey(survey=survey, to=request.POST.get("to", ""), actor=actor_of(request)),
        lambda done: _("Done: %(state)s.") % {"state": done.get_state_display()},
    )
    return redirect("events:survey", code=code)


@require_safe
def survey_poster(request: HttpRequest, code: str) -> HttpResponse:
    """A sheet to print and hang up, with the square code."""
    edition = find_inside(request, code)
    address = public_address(edition)
    context = {"edition": edition, "survey": find_survey(edition), "address": address, "svg": qr_svg(address)}
    return render(request, "events/survey_poster.html", context)


@require_POST
def asking_link(request: HttpRequest, code: str) -> HttpResponse:
    """A new address for interviewers, shown once; or the end of it."""
    edition, actor = find_managed_edition(request, code), actor_of(request)
    survey = find_survey(edition)
    if request.POST.get("cabut"):
        press(request, lambda: acts.take_back_asking(survey=survey, actor=actor), _("The address no longer works."))
        return redirect("events:survey", code=code)
    made: list[str] = []
    if not press(
        request, lambda: made.append(acts.hand_out_asking(survey=survey, actor=actor)), _("The address is made.")
    ):
        return redirect("events:survey", code=code)
    address = settings.PUBLIC_URL + reverse("events:asking", args=[made[0]])
    return render(
        request, "events/survey_link.html", {"edition": edition, "text": address, "svg": qr_svg(address)}
    )  # fmt: skip


# -- the sample plan ----------------------------------------------------------------------------------------------


def _find_post(survey: VisitorSurvey, row_id: int) -> SurveyPost:
    found = get_object_or_404(SurveyPost, survey=survey, pk=row_id)
    found.survey = survey
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def survey_post_new(request: HttpRequest, code: str) -> HttpResponse:
    edition = find_managed_edition(request, code)
    survey = find_survey(edition)
    return _post_form(request, edition, SurveyPost(survey=survey, day=edition.starts_on or clock.today()))


@require_http_methods(["GET", "HEAD", "POST"])
def survey_post(request: HttpRequest, code: str, row_id: int) -> HttpResponse:
    edition = find_managed_edition(request, code)
    return _post_form(request, edition, _find_post(find_survey(edition), row_id))


def _post_form(request: HttpRequest, edition: Edition, post: SurveyPost) -> HttpResponse:
    form = PostForm(request.POST or None, instance=post)

    def save() -> None:
        fresh = _find_post(post.survey, post.pk) if post.pk else SurveyPost(survey=post.survey)
        acts.keep_post(post=fresh, version=form.cleaned_data["version"] or 0, actor=actor_of(request), **form.facts)

    if form.is_bound and attempt(form, save):
        messages.success(request, _("Saved."))
        return redirect("events:survey", code=edition.code)
    heading = _("A line of the sample plan")
    context = {"form": form, "edition": edition, "heading": heading, "columns": "2", "back": "events:survey"}
    return render(request, "events/form.html", context, status=422 if form.errors else 200)


@require_POST
def survey_post_drop(request: HttpRequest, code: str, row_id: int) -> HttpResponse:
    post = _find_post(find_survey(find_managed_edition(request, code)), row_id)
    press(request, lambda: acts.drop_post(post=post, actor=actor_of(request)), _("Removed."))
    return redirect("events:survey", code=code)


@require_http_methods(["GET", "HEAD", "POST"])
def survey_answer_void(request: HttpRequest, code: str, row_id: int) -> HttpResponse:
    """Take one answer out with a reason, or (``kembali``) put it back."""
    edition = find_managed_edition(request, code)
    row = get_object_or_404(SurveyAnswer, survey=find_survey(edition), pk=row_id)
    row.survey.edition = edition
    actor = actor_of(request)
    if request.method == "POST" and "kembali" in request.POST:
        press(request, lambda: acts.void_answer(answer=row, void=False, reason="", actor=actor), _("It counts again."))
        return redirect("events:survey", code=code)
    form = VoidForm(request.POST or None)
    if form.is_bound and attempt(
        form, lambda: acts.void_answer(answer=row, void=True, actor=actor, **form.cleaned_data)
    ):
        messages.success(request, _("Taken out. It stays on record and can be put back."))
        return redirect("events:survey", code=code)
    context = {"form": form, "edition": edition, "heading": _("Take an answer out"), "back": "events:survey"}
    return render(request, "events/form.html", context, status=422 if form.errors else 200)

"""The chapter “Evaluation” of a wave, and the participant's way into a survey."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from enggang.access.enums import Role
from enggang.core.actor import Actor, actor_of
from enggang.core.acts import Refused
from enggang.core.exports import answer_page, wants_file
from enggang.notices.domain.messages import compose
from enggang.surveys.enums import AskingState
from enggang.surveys.exports import opinion_exports
from enggang.surveys.queries.opinions import opinions_of
from enggang.surveys.queries.settings import setting
from enggang.surveys.rules import SEES_RESULTS, SEES_SERVICE_RULES
from enggang.training import exports_wave as sheets
from enggang.training import rules
from enggang.training.domain.evaluation import (
    add_instructor_surveys,
    add_survey,
    begin_survey,
    follow_up_wave,
    hand_out_follow_up,
    remind_follow_up,
)
from enggang.training.enums import SurveyPurpose
from enggang.training.forms.evaluation import AddSurveyForm
from enggang.training.models import FollowUp, Wave, WaveSurvey
from enggang.training.queries.follow_ups import follow_up_of
from enggang.training.queries.gain import gains_of
from enggang.training.views.finding import (
    find_by_token,
    find_managed_wave,
    find_registration,
    find_watched_wave,
    tells_the_end,
)


def evaluation(request: HttpRequest, code: str) -> HttpResponse:
    """All instruments of the wave with what they showed, the gain in short, and the follow-up."""
    if request.method == "POST" and not wants_file(request):
        return _add(request, find_managed_wave(request, code))
    return _page(request, find_watched_wave(request, code))


def _page(request: HttpRequest, wave: Wave, form: AddSurveyForm | None = None) -> HttpResponse:
    rows = list(WaveSurvey.objects.filter(wave=wave).select_related("survey__subject"))
    surveys = [(row, opinions_of(row.survey)) for row in rows]
    asked = FollowUp.objects.filter(registration__wave=wave).select_related("registration__person", "survey")
    may_manage = rules.may_manage(actor_of(request), wave.organisation)
    context = {
        "wave": wave,
        "surveys": surveys,
        "gains": gains_of(wave),
        "reminded_on": max((row.reminded_on for row in rows if row.reminded_on), default=None),
        "followed": any(row.purpose == SurveyPurpose.SUPERIOR for row in rows),
        "asked": asked,
        "askings": follow_up_of(wave, actor_of(request)) if may_manage else [],
        "may_manage": may_manage,
        "sees_surveys": actor_of(request).holds(*SEES_RESULTS, at=wave.organisation.path),
        "sees_services": actor_of(request).holds_somewhere(*SEES_SERVICE_RULES),
        "keeps_settings": actor_of(request).holds_somewhere(Role.ADMINISTRATOR),
        "ask_after": setting("follow_up_days", wave.organisation).value,
        "ask_again_after": setting("follow_up_again_days", wave.organisation).value,
        "form": form or AddSurveyForm(),
    }
    exports = opinion_exports([found for row, found in surveys if row.survey.state != AskingState.DRAFT], wave.subject)
    followed = sheets.FOLLOWED.of(list(asked) if may_manage else [], about=wave.subject)
    return answer_page(request, "training/evaluation.html", context, *exports, followed, status=422 if form else 200)


def _add(request: HttpRequest, wave: Wave) -> HttpResponse:
    form = AddSurveyForm(request.POST)
    if form.is_valid():
        try:
            made = _made(wave, actor_of(request), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("The survey is a draft. Look through its statements, then open it."))
            if len(made) == 1:
                return redirect("surveys:survey", code=made[0].survey.code)
            return redirect("training:evaluation", code=wave.code)
    return _page(request, wave, form)


def _made(wave: Wave, actor: Actor, *, purpose: str) -> list[WaveSurvey]:
    """One draft; about the instructors, one for each of the schedule."""
    if purpose == SurveyPurpose.INSTRUCTOR:
        return add_instructor_surveys(wave=wave, actor=actor)
    return [add_survey(wave=wave, purpose=purpose, actor=actor)]


@require_POST
def follow_up(request: HttpRequest, code: str) -> HttpResponse:
    """Ask again now, without waiting for the day."""
    try:
        follow_up_wave(wave=find_managed_wave(request, code), actor=actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("Participants and superiors are asked."))
    return redirect("training:evaluation", code=code)


@require_POST
def follow_up_remind(request: HttpRequest, code: str) -> HttpResponse:
    """Ask those once more who have not answered, without waiting for the day."""
    try:
        remind_follow_up(wave=find_managed_wave(request, code), actor=actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("Whoever has not answered was asked once more."))
    return redirect("training:evaluation", code=code)


@never_cache
@require_POST
def follow_up_link(request: HttpRequest, code: str, row_id: int) -> HttpResponse:
    """A superior's private address to be forwarded by hand."""
    wave = find_managed_wave(request, code)
    rows = FollowUp.objects.select_related("subject", "survey__subject", "registration__person", "registration__wave")
    asked = get_object_or_404(rows, registration__wave=wave, pk=row_id)
    try:
        address = hand_out_follow_up(asked=asked, actor=actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("training:evaluation", code=code)
    context = {"registration": asked.registration, "wave": wave, "address": address}
    ready = compose("training/messages/follow_up_superior", context, "id")
    return render(request, "training/follow_up_link.html", {"wave": wave, "text": f"*{ready.title}*\n\n{ready.text}"})


@require_POST
def pocket_survey(request: HttpRequest, code: str, row_id: int) -> HttpResponse:
    registration = find_registration(request, code)
    row = get_object_or_404(WaveSurvey.objects.select_related("survey__subject"), wave=registration.wave_id, pk=row_id)
    try:
        begin_survey(registration=registration, row=row, actor=actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("training:pocket", code=code)
    return redirect("surveys:answer", code=row.survey.code)


@require_POST
@tells_the_end
def seat_survey(request: HttpRequest, token: str, row_id: int) -> HttpResponse:
    registration, actor = find_by_token(token)
    row = get_object_or_404(WaveSurvey.objects.select_related("survey__subject"), wave=registration.wave_id, pk=row_id)
    try:
        begin_survey(registration=registration, row=row, actor=actor)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("training:seat", token=token)
    return redirect("surveys:answer_by_link", token=token, code=row.survey.code)

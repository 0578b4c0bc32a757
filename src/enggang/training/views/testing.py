"""The tab “Tests” of a wave, and the participant's way into a test."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from enggang.core import clock
from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.exports import answer_page, wants_file
from enggang.surveys.rules import may_keep_bank
from enggang.training import exports_wave as sheets
from enggang.training import rules
from enggang.training.domain.testing import begin_test, drop_tests, prepare_tests
from enggang.training.forms.testing import PrepareTestsForm
from enggang.training.models import Wave, WaveTest
from enggang.training.queries.gain import gains_of
from enggang.training.views.finding import (
    find_by_token,
    find_managed_wave,
    find_registration,
    find_watched_wave,
    tells_the_end,
)


def test_tab(request: HttpRequest, code: str) -> HttpResponse:
    """Both tests, how far they are, and what they showed."""
    if request.method == "POST" and not wants_file(request):
        return _prepare(request, find_managed_wave(request, code))
    return _page(request, find_watched_wave(request, code))


test_tab.__test__ = False  # type: ignore[attr-defined]


def _page(request: HttpRequest, wave: Wave, form: PrepareTestsForm | None = None) -> HttpResponse:
    actor, now = actor_of(request), clock.now()
    rows = list(WaveTest.objects.filter(wave=wave).select_related("test__subject"))
    gains = gains_of(wave, {row.phase: row.test for row in rows})
    context = {
        "wave": wave,
        "tests": [_standing(row, gains, now) for row in rows],
        "gains": gains,
        "may_manage": rules.may_manage(actor, wave.organisation),
        "sees_questions": may_keep_bank(actor, wave.organisation),
        "form": form or PrepareTestsForm(wave=wave),
    }
    scores = sheets.TEST_GAINS if gains.is_shown else sheets.TEST_SCORES
    exports = (
        scores.of(gains.people if rows else [], about=wave.subject),
        sheets.ITEM_GAINS.of(gains.items, about=wave.subject),
    )
    return answer_page(request, "training/tests.html", context, *exports, status=422 if form else 200)


def _standing(row: WaveTest, gains: Any, now: Any) -> dict[str, Any]:
    scores = [getattr(line, row.phase) for line in gains.people if getattr(line, row.phase)]
    done = sum(not score.attempt.takes_answers_at(now) for score in scores)
    return {"row": row, "test": row.test, "begun": len(scores), "done": done, "is_open": row.test.is_open_at(now)}


def _prepare(request: HttpRequest, wave: Wave) -> HttpResponse:
    form = PrepareTestsForm(request.POST, wave=wave)
    if form.is_valid():
        facts = {key: form.cleaned_data[key] for key in ("minutes", "draw")}
        try:
            prepare_tests(wave=wave, questions=form.questions(), actor=actor_of(request), **facts)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(
                request, _("Both tests are prepared as drafts. Look through them, then open the pre-test.")
            )
            return redirect("training:tests", code=wave.code)
    return _page(request, wave, form)


@require_POST
def drop(request: HttpRequest, code: str) -> HttpResponse:
    try:
        drop_tests(wave=find_managed_wave(request, code), actor=actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("The pair of tests is taken away."))
    return redirect("training:tests", code=code)


@require_POST
def pocket_test(request: HttpRequest, code: str, phase: str) -> HttpResponse:
    registration = find_registration(request, code)
    try:
        attempt = begin_test(registration=registration, phase=phase, actor=actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("training:pocket", code=code)
    return redirect("surveys:taking", code=attempt.code)


@require_POST
@tells_the_end
def seat_test(request: HttpRequest, token: str, phase: str) -> HttpResponse:
    registration, actor = find_by_token(token)
    try:
        attempt = begin_test(registration=registration, phase=phase, actor=actor)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("training:seat", token=token)
    return redirect("surveys:taking_by_link", code=attempt.code, token=token)

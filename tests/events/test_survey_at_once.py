"""Real connections that send the same answer, the same refusal or close the same result in the same moment."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from enggang.core.actor import SYSTEM
from enggang.events.domain.impact import close_impact, keep_basis
from enggang.events.domain.visitor_surveys import note_refusal, start_survey
from enggang.events.models import Edition, ImpactBasis, ImpactResult, SurveyAnswer, SurveyRefusal, VisitorSurvey
from tests.events.stalling import running_edition
from tests.events.surveying import answered, make_post, make_survey
from tests.seats.test_concurrency import at_once
from tests.training.factories import make_agency

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def edition(db: Any) -> Edition:
    return running_edition(make_agency())


def kinds(answers: list[Any]) -> set[str]:
    return {type(each).__name__ for each in answers}


def test_the_same_form_from_eight_connections_is_one_answer(edition: Edition) -> None:
    survey = make_survey(edition)
    answers = at_once(*[partial(answered, survey, key="sama") for _each in range(8)])
    assert kinds(answers) == {"SurveyAnswer"}
    assert SurveyAnswer.objects.count() == 1


def test_forty_phones_at_once_lose_none(edition: Edition) -> None:
    survey = make_survey(edition)
    at_once(*[partial(answered, survey, key=f"hp-{number}") for number in range(40)])
    assert SurveyAnswer.objects.count() == 40


def test_the_same_refusal_is_one(edition: Edition) -> None:
    post = make_post(make_survey(edition))
    at_once(*[partial(note_refusal, post=post, key="sama", actor=SYSTEM) for _each in range(6)])
    assert SurveyRefusal.objects.count() == 1


def test_two_who_begin_and_close_at_once_make_one(edition: Edition) -> None:
    at_once(*[partial(start_survey, edition=edition, actor=SYSTEM) for _each in range(4)])
    assert VisitorSurvey.objects.count() == 1
    begin = partial(keep_basis, edition=edition, version=0, source="uji", actor=SYSTEM)
    assert kinds(at_once(*[begin for _each in range(4)])) == {"Conflict", "ImpactBasis"}
    assert ImpactBasis.objects.count() == 1
    answered(make_survey(edition))
    close = partial(close_impact, edition=edition, note="", actor=SYSTEM)
    assert kinds(at_once(*[close for _each in range(4)])) == {"Conflict", "ImpactResult"}
    assert ImpactResult.objects.count() == 1

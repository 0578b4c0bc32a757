"""A running edition whose visitors are asked, for tests and for the table of who may."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

from enggang.core import clock
from enggang.core.actor import ANONYMOUS, SYSTEM
from enggang.events.domain.impact import keep_basis, keep_input
from enggang.events.domain.visitor_surveys import answer_visitor_survey, keep_post, move_survey, start_survey
from enggang.events.models import Edition, ImpactBasis, ImpactInput, SurveyAnswer, SurveyPost, VisitorSurvey
from enggang.events.queries.survey import survey_of

_keys: Iterator[int] = count(1)
AWAY: dict[str, Any] = {
    "origin": "31", "reason": "event", "stay": "night", "nights": 2, "bed_price": 200_000, "daily_spend": 150_000,
    "days": 2, "group_size": 3, "heard": "family", "satisfaction": 4,
}  # fmt: skip
DAY: dict[str, Any] = {**AWAY, "stay": "day", "nights": 0, "bed_price": 0, "daily_spend": 100_000, "days": 1}


def make_survey(edition: Edition, *, opened: bool = True) -> VisitorSurvey:
    start_survey(edition=edition, actor=SYSTEM)
    survey = survey_of(edition)
    assert survey is not None
    return move_survey(survey=survey, to="open", actor=SYSTEM) if opened else survey


def answered(survey: VisitorSurvey, **facts: Any) -> SurveyAnswer:
    key = facts.pop("key", f"kunci-{next(_keys)}")
    actor = facts.pop("actor", ANONYMOUS)
    return answer_visitor_survey(survey=survey, key=key, actor=actor, **{**AWAY, **facts})


def make_post(survey: VisitorSurvey, place: str = "Gerbang timur", **facts: Any) -> SurveyPost:
    day = facts.pop("day", clock.today(survey.edition.time_zone))
    post = keep_post(post=SurveyPost(survey=survey), actor=SYSTEM, day=day, place=place, **facts)
    post.survey = survey
    return post


def make_basis(edition: Edition, visitors: int | None = 1000, **facts: Any) -> ImpactBasis:
    version = facts.pop("version", 0)
    values = {"base": "entered", "visitors": visitors, "source": "Taksiran panitia (uji)", **facts}
    return keep_basis(edition=edition, version=version, actor=SYSTEM, **values)


def make_input(edition: Edition, kind: str = "organiser", amount: int | None = 5_000_000, **facts: Any) -> ImpactInput:
    values = {"source": "SPJ (uji)", **facts}
    return keep_input(row=ImpactInput(edition=edition, kind=kind), amount=amount, actor=SYSTEM, **values)


def form_of(**facts: Any) -> dict[str, Any]:
    """What a visitor's phone sends."""
    return {**{name: str(value) for name, value in AWAY.items()}, "key": f"form-{next(_keys)}", **facts}

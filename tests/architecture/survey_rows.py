"""An edition whose visitors were asked, for the table of who may."""

from __future__ import annotations

from typing import Any

from enggang.core.actor import SYSTEM
from enggang.events.domain.impact import close_impact
from enggang.events.domain.visitor_surveys import hand_out_asking
from enggang.places.models import Organisation
from tests.events.factories import make_event
from tests.events.stalling import running_edition
from tests.events.surveying import answered, make_basis, make_input, make_post, make_survey


def survey_of_side(organisation: Organisation) -> tuple[dict[str, Any], dict[str, str]]:
    """The rows and tokens of a side: an open survey with an answer, a plan, assumptions, a figure, and a version that
    is not what stands now."""
    edition = running_edition(organisation, event=make_event(organisation, "Festival Tanya"))
    survey = make_survey(edition)
    post, answer = make_post(survey), answered(survey)
    make_basis(edition)
    result = close_impact(edition=edition, note="", actor=SYSTEM)
    row = make_input(edition)
    return (
        {
            "asked_edition": edition.code, "survey_post": post.pk, "survey_answer": answer.pk, "impact_input": row.pk,
            "impact_number": result.number, "input_kind": "leakage",
        },
        {"asking": hand_out_asking(survey=survey, actor=SYSTEM)},
    )  # fmt: skip

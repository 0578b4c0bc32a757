"""The lines of the permission table that are about the survey of visitors and the economic impact."""

from __future__ import annotations

from enggang.core import clock
from enggang.events import rules
from enggang.events.models import ImpactBasis, ImpactInput, SurveyPost, VisitorSurvey
from tests.architecture.arguments import MANAGERS, fixed
from tests.architecture.matrix import EVERYONE, FromSide, Row, Side, Values, page, post, roles
from tests.events.surveying import form_of

READERS = roles(*rules.SEES_EVENTS)


def asked(**more: str) -> FromSide:
    """The address of the edition with ids of other rows of the side: ``row_id="survey_post"``."""
    return lambda side: {"code": side.rows["asked_edition"], **{name: side.rows[key] for name, key in more.items()}}


def by_link(**more: str) -> FromSide:
    return lambda side: {"token": side.tokens["asking"], **{name: side.rows[key] for name, key in more.items()}}


def answer(_side: Side) -> Values:
    return form_of()


def words(side: Side) -> Values:
    row = VisitorSurvey.objects.get(edition__subject__code=side.rows["asked_edition"])
    return {"intro": "Mari", "days_after": 5, "version": row.version}


def place(side: Side) -> Values:
    return {"day": clock.today().isoformat(), "place": "Panggung", "every": 5, "wanted": 20, "version": 1}


def other_place(side: Side) -> Values:
    return {**place(side), "version": SurveyPost.objects.get(pk=side.rows["survey_post"]).version}


def basis(side: Side) -> Values:
    row = ImpactBasis.objects.get(edition__subject__code=side.rows["asked_edition"])
    said = {"area": "province", "base": "counted", "meaning": "persons", "weighting": row.weighting, "source": "uji"}
    return {**said, "version": row.version}


def figure(side: Side) -> Values:
    return {
        "amount": "1.000.000",
        "source": "uji",
        "version": ImpactInput.objects.get(pk=side.rows["impact_input"]).version,
    }


POST, PERSON, FIGURE = asked(row_id="survey_post"), asked(row_id="survey_answer"), asked(row_id="impact_input")
SURVEYS: dict[str, tuple[Row, ...]] = {
    # without an account
    "events:survey_answer": (
        page(EVERYONE, EVERYONE, args=asked()),
        post(EVERYONE, EVERYONE, args=asked(), data=answer),
    ),
    "events:survey_thanks": (page(EVERYONE, EVERYONE, args=asked()),),
    "events:asking": (page(EVERYONE, EVERYONE, args=by_link()),),
    "events:asking_post": (
        page(EVERYONE, EVERYONE, args=by_link(post_id="survey_post")),
        post(EVERYONE, EVERYONE, args=by_link(post_id="survey_post"), data=answer),
    ),
    "events:asking_refused": (
        post(EVERYONE, EVERYONE, args=by_link(post_id="survey_post"), data=fixed(key="menolak")),
    ),
    # staff
    "events:survey": (page(READERS, args=asked()),),
    "events:survey_edit": (page(MANAGERS, args=asked()), post(MANAGERS, args=asked(), data=words)),
    "events:survey_move": (post(MANAGERS, args=asked(), data=fixed(to="closed")),),
    "events:survey_poster": (page(READERS, args=asked()),),
    "events:asking_link": (post(MANAGERS, args=asked()),),
    "events:survey_post_new": (page(MANAGERS, args=asked()), post(MANAGERS, args=asked(), data=place)),
    "events:survey_post": (page(MANAGERS, args=POST), post(MANAGERS, args=POST, data=other_place)),
    "events:survey_post_drop": (post(MANAGERS, args=POST),),
    "events:survey_answer_void": (page(MANAGERS, args=PERSON), post(MANAGERS, args=PERSON, data=fixed(reason="uji"))),
    "events:impact": (page(READERS, args=asked()), post(MANAGERS, args=asked(), data=fixed(note="uji"))),
    "events:impact_version": (page(READERS, args=asked(number="impact_number")),),
    "events:impact_print": (page(READERS, args=asked()),),
    "events:impact_basis": (page(MANAGERS, args=asked()), post(MANAGERS, args=asked(), data=basis)),
    "events:impact_input_new": (
        page(MANAGERS, args=asked(kind="input_kind")),
        post(MANAGERS, args=asked(kind="input_kind"), data=fixed(amount="1.000", source="uji")),
    ),
    "events:impact_input": (page(MANAGERS, args=FIGURE), post(MANAGERS, args=FIGURE, data=figure)),
    "events:impact_input_step": (post(MANAGERS, args=FIGURE),),
    "events:indicators": (page(READERS, args=asked()),),
}

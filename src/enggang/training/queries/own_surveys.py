"""The surveys of their wave that a participant may answer now."""

from __future__ import annotations

from enggang.core import clock
from enggang.surveys.enums import AskingState
from enggang.surveys.models import Invitation
from enggang.training.enums import SurveyPurpose
from enggang.training.models import Registration, WaveSurvey
from enggang.training.queries.taught import are_asked

NOT_THEIRS = (SurveyPurpose.SUPERIOR, SurveyPurpose.SERVICE)


def own_surveys(registration: Registration) -> list[tuple[WaveSurvey, bool]]:
    """Each open survey, and whether they have answered it. Two queries, and three more where instructors are asked about."""
    now = clock.now()
    rows = WaveSurvey.objects.filter(wave=registration.wave_id, survey__state=AskingState.OPEN)
    theirs = rows.exclude(purpose__in=NOT_THEIRS).select_related("survey__subject")
    open_now = are_asked(registration, [row for row in theirs if row.survey.is_open_at(now)])
    found = Invitation.objects.filter(survey__in=[row.survey_id for row in open_now], holder=registration.subject_id)
    answered = set(found.filter(answered=True).values_list("survey_id", flat=True)) if open_now else set()
    return [(row, row.survey_id in answered) for row in open_now]

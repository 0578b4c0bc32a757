"""What participants said of a wave, and after three months of their work: made up, counted in batches as real answers are."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from enggang.core import clock
from enggang.core.actor import SYSTEM, Actor, ActorKind
from enggang.surveys.domain.surveys import answer_survey, close_survey, invite, open_survey
from enggang.surveys.enums import StatementKind
from enggang.surveys.models import Survey
from enggang.training.domain.evaluation import add_instructor_surveys, add_survey, follow_up_wave
from enggang.training.enums import SurveyPurpose
from enggang.training.models import Registration, Wave

ZONE, SEED, SAID, FOLLOWED = ZoneInfo("Asia/Pontianak"), 22, 30, 14
NOBODY = Actor(ActorKind.LINK, "link:demo")
COMMENTS = ("Praktik lapangan sangat membantu (contoh).", "Waktu penyuntingan kurang panjang (contoh).", "")


def lay_down_opinions(wave: Wave) -> None:
    """For a wave that is over: material and organiser, then the follow-up after three months."""
    chance = random.Random(SEED)
    people = list(wave.registrations.seated().with_names().order_by("pk"))
    with clock.frozen_at(_at(wave.ends_on)):
        for purpose in (SurveyPurpose.MATERIAL, SurveyPurpose.ORGANISER):
            row = add_survey(wave=wave, purpose=purpose, actor=SYSTEM)
            open_survey(survey=row.survey, actor=SYSTEM)
            _answer(row.survey, people[:SAID], chance)
            close_survey(survey=_fresh(row.survey), actor=SYSTEM)
    with clock.frozen_at(_at(wave.ends_on + timedelta(days=90))):
        follow_up_wave(wave=wave, actor=SYSTEM)
        _answer(wave.surveys.get(purpose=SurveyPurpose.SELF).survey, people[:FOLLOWED], chance)
    with clock.frozen_at(_at(wave.ends_on + timedelta(days=140))):
        for asked in wave.surveys.filter(purpose__in=(SurveyPurpose.SELF, SurveyPurpose.SUPERIOR)):
            close_survey(survey=_fresh(asked.survey), actor=SYSTEM)


def lay_down_open_surveys(wave: Wave) -> None:
    """For the wave of these days: about each instructor, about the material; nobody has answered yet."""
    rows = [*add_instructor_surveys(wave=wave, actor=SYSTEM), add_survey(wave=wave, purpose="material", actor=SYSTEM)]
    for row in rows:
        open_survey(survey=row.survey, actor=SYSTEM)


def _answer(survey: Survey, people: Sequence[Registration], chance: random.Random) -> None:
    statements = list(survey.statements.all())
    open_ones = [each.pk for each in statements if each.kind != StatementKind.SCALE]
    for place, row in enumerate(people):
        invitation = invite(survey=survey, holder=row.subject, actor=SYSTEM)
        values = {each.pk: chance.choices((2, 3, 4), (1, 4, 5))[0] for each in statements if each.pk not in open_ones}
        said = {pk: COMMENTS[place % len(COMMENTS)] for pk in open_ones}
        answer_survey(survey=survey, values=values, comments=said, invitation=invitation, actor=NOBODY)


def _fresh(survey: Survey) -> Survey:
    return Survey.objects.select_related("organisation", "subject").get(pk=survey.pk)


def _at(day: date) -> datetime:
    return datetime.combine(day, time(15), ZONE)

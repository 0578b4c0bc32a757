"""What citizens said about a service of the agency: a period that is over, with its index, and one that runs."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from enggang.core import clock
from enggang.core.actor import SYSTEM, Actor, ActorKind
from enggang.places.models import Organisation
from enggang.surveys.domain.services import make_service_survey
from enggang.surveys.domain.surveys import answer_survey, close_survey, open_survey
from enggang.surveys.enums import StatementKind
from enggang.surveys.models import Survey
from enggang.surveys.queries.services import profile_questions

SERVICE, SEED = "Layanan informasi wisata (contoh)", 14
MANY, FEW = 24, 6
ZONE = ZoneInfo("Asia/Pontianak")
CITIZEN = Actor(ActorKind.LINK, "link:demo")


def lay_down_services(agency: Organisation) -> None:
    """Call once; the weights and the profile are those that stand in the reference rows."""
    today = clock.today("Asia/Pontianak")
    before, since = today - timedelta(days=120), today - timedelta(days=30)
    chance = random.Random(SEED)
    over = _asked(agency, before, since - timedelta(days=1), MANY, chance)
    with clock.frozen_at(_noon(since - timedelta(days=1))):
        close_survey(survey=over, actor=SYSTEM)
    _asked(agency, since, today + timedelta(days=60), FEW, chance)


def _asked(agency: Organisation, first: date, last: date, answers: int, chance: random.Random) -> Survey:
    with clock.frozen_at(_noon(first)):
        survey = make_service_survey(organisation=agency, name=SERVICE, starts_on=first, ends_on=last, actor=SYSTEM)
        open_survey(survey=survey, actor=SYSTEM)
        survey = Survey.objects.select_related("service", "organisation", "subject").get(pk=survey.pk)
        scale = list(survey.statements.filter(kind=StatementKind.SCALE).values_list("pk", flat=True))
        asked = profile_questions(survey)
        for _citizen in range(answers):
            values = {pk: chance.choices((2, 3, 4), (1, 4, 3))[0] for pk in scale}
            profile = {row["key"]: chance.choice(row["options"]) for row in asked}
            answer_survey(survey=survey, values=values, comments={}, profile=profile, actor=CITIZEN)
    return survey


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), ZONE)

"""Answers of made-up visitors of the made-up festival, and what is reckoned from them. Every figure and every source is
invented and says so."""

from __future__ import annotations

import random
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from enggang.core import clock
from enggang.core.actor import ANONYMOUS, SYSTEM
from enggang.events.domain.impact import close_impact, keep_basis, keep_input
from enggang.events.domain.visitor_surveys import (
    answer_visitor_survey,
    keep_post,
    move_survey,
    note_refusal,
    start_survey,
)
from enggang.events.enums_impact import Heard
from enggang.events.models import Edition, ImpactInput, SurveyPost, VisitorSurvey

ZONE = ZoneInfo("Asia/Pontianak")
SEED, PEOPLE = 1908, 180
NEAR, FAR = ("61.12", "61.02", "61.01", "61.72", "61.03", "61.05"), ("31", "32", "35", "62", "MY", "MY", "SG", "BN")
PLACES = (("Gerbang barat (contoh)", 10, 60), ("Gerbang timur (contoh)", 20, 40), ("Depan panggung (contoh)", 15, 40))
REMARKS = ("Toilet kurang (contoh).", "Panggungnya bagus (contoh).", "Parkir jauh (contoh).", "", "", "")
FIGURES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("organiser", {"label": "Sponsor dari Jakarta (contoh)", "amount": 60_000_000, "source": "Perjanjian contoh nomor 12"}),
    ("leakage", {"label": "Sewa tata suara dari luar (contoh)", "amount": 45_000_000, "source": "Kuitansi contoh nomor 31"}),
    ("occupancy", {"label": "12 hotel (contoh)", "factor": "71.5", "source": "Laporan contoh asosiasi hotel"}),
    ("artists", {"amount": 140, "source": "Daftar hadir contoh penampil"}),
    ("jobs", {"amount": 310, "source": "Daftar honor contoh panitia"}),
)  # fmt: skip


def lay_down_impact(edition: Edition) -> None:
    """A survey with a sample plan, answers in all groups, figures from elsewhere, and two closed versions."""
    assert edition.starts_on is not None
    chance, day = random.Random(SEED), edition.starts_on
    with _at(day, 9):
        start_survey(edition=edition, intro="Survei peragaan: cobalah.", days_after=30, actor=SYSTEM)
        survey = VisitorSurvey.objects.select_related("edition__organisation", "edition__event__region").get(
            edition=edition
        )
        survey.edition = edition
        survey = move_survey(survey=survey, to="open", actor=SYSTEM)
        posts = [_post(survey, day, *facts) for facts in PLACES]
    with _at(day, 19):
        for number in range(PEOPLE):
            _answer(survey, posts, number, chance)
        for number in range(26):
            note_refusal(post=posts[number % 3], key=f"contoh-menolak-{number}", actor=SYSTEM)
    with _at(day, 23):
        keep_basis(edition=edition, version=0, source="Kesepakatan contoh tim evaluasi", actor=SYSTEM)
        close_impact(edition=edition, note="Hasil peragaan, bukan acara sungguhan.", actor=SYSTEM)
        for kind, facts in FIGURES:
            keep_input(row=ImpactInput(edition=edition, kind=kind), actor=SYSTEM, **facts)
        close_impact(edition=edition, note="Dengan uang sponsor dan kebocoran (contoh).", actor=SYSTEM)


def _at(day: date, hour: int) -> Any:
    return clock.frozen_at(datetime.combine(day, time(hour), ZONE))


def _post(survey: VisitorSurvey, day: date, place: str, every: int, wanted: int) -> SurveyPost:
    post = keep_post(post=SurveyPost(survey=survey), day=day, place=place, every=every, wanted=wanted, actor=SYSTEM)
    post.survey = survey
    return post


def _answer(survey: VisitorSurvey, posts: list[SurveyPost], number: int, chance: random.Random) -> None:
    asked = number % 4 != 0
    answer_visitor_survey(
        survey=survey, key=f"contoh-{number}", post=chance.choice(posts) if asked else None,
        actor=SYSTEM if asked else ANONYMOUS, **_facts(chance),
    )  # fmt: skip


def _facts(chance: random.Random) -> dict[str, Any]:
    kind = chance.choices(("here", "near", "far"), (55, 28, 17))[0]
    origin = {"here": "61.71", "near": chance.choice(NEAR), "far": chance.choice(FAR)}[kind]
    night = chance.random() < {"here": 0.0, "near": 0.35, "far": 0.85}[kind]
    return {
        "origin": origin, "reason": "event" if chance.random() < 0.7 else "anyway", "stay": "night" if night else "day",
        "nights": chance.randint(1, 3) if night else 0,
        "bed_price": _rupiah(chance, 190_000) if night and chance.random() < 0.7 else 0,
        "daily_spend": _rupiah(chance, 230_000 if night else 95_000), "days": 1, "group_size": chance.randint(1, 6),
        "heard": chance.choice(Heard.values), "satisfaction": chance.choices((5, 4, 3, 2), (4, 5, 2, 1))[0],
        "remark": chance.choice(REMARKS),
    }  # fmt: skip


def _rupiah(chance: random.Random, middle: int) -> int:
    """Around the middle, skewed as spending is, in whole five thousands."""
    return 5_000 * round(chance.lognormvariate(0, 0.5) * middle / 5_000)

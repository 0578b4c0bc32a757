"""Reads of the visitor survey: where people come from, whether it is open, how far the sample plan has come."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.db.models import Count
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.events.enums_impact import ImpactArea, SurveyState
from enggang.events.models import Edition, SurveyAnswer, SurveyPost, SurveyRefusal, VisitorSurvey
from enggang.places.enums import RegionLevel
from enggang.places.models import Region

ORIGINS = Path(__file__).resolve().parent.parent / "data" / "origins.csv"


@cache
def _shipped() -> list[dict[str, str]]:
    """Provinces by their code of the interior ministry, and countries by two letters; XX is any other country."""
    with ORIGINS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _name(row: dict[str, str]) -> str:
    return row["name_en"] if (get_language() or "id").startswith("en") else row["name"]


def province_of(region: Region) -> str:
    return region.code.split(".")[0]


def origin_choices(edition: Edition) -> list[tuple[str, list[tuple[str, str]]]]:
    """In groups: the regencies of the event's own province, its own first; other provinces; other countries."""
    home, province = edition.event.region, province_of(edition.event.region)
    rows = Region.objects.filter(level=RegionLevel.REGENCY, code__startswith=f"{province}.").exclude(pk=home.pk)
    near = [(home.code, home.name), *rows.order_by("code").values_list("code", "name")]
    if home.level != RegionLevel.REGENCY:
        near = near[1:] or near
    far = [(row["code"], _name(row)) for row in _shipped() if row["code"].isdigit() and row["code"] != province]
    abroad = [(row["code"], _name(row)) for row in _shipped() if row["code"].isalpha()]
    return [(_("In this province"), near), (_("Another province"), far), (_("Another country"), abroad)]


def origin_names(edition: Edition) -> dict[str, str]:
    return {code: name for _group, rows in origin_choices(edition) for code, name in rows}


def lives_outside(origin: str, edition: Edition, area: str) -> bool:
    """Whether somebody from there brings money that was not in the area before."""
    home = edition.event.region
    if area == ImpactArea.PROVINCE or "." not in home.code:
        return origin.split(".", maxsplit=1)[0] != province_of(home)
    return origin != home.code


def origin_kind(origin: str, edition: Edition) -> str:
    """One of four: the regency of the event, its province, another province, another country."""
    home = edition.event.region
    if origin == home.code:
        return _("This regency or city")
    if origin.split(".", maxsplit=1)[0] == province_of(home):
        return _("Elsewhere in the province")
    return _("Another country") if origin.isalpha() else _("Another province")


def survey_of(edition: Edition) -> VisitorSurvey | None:
    """With its edition as the caller has it."""
    found = VisitorSurvey.objects.filter(edition=edition).first()
    if found is not None:
        found.edition = edition
    return found


def is_open(survey: VisitorSurvey | None) -> bool:
    return survey is not None and survey.takes_answers_on(clock.today(survey.edition.time_zone))


def why_closed(survey: VisitorSurvey | None) -> str:
    """What a visitor is told; empty while it is open."""
    if survey is None or survey.state != SurveyState.OPEN:
        return _("This survey is not open.")
    if is_open(survey):
        return ""
    edition = survey.edition
    if edition.is_cancelled:
        return _("This event is called off, so nobody is asked about it.")
    if not edition.is_decided:
        return _("It is not decided yet whether this event is held. The survey opens with it.")
    if edition.is_under_way and edition.starts_on and clock.today(edition.time_zone) < edition.starts_on:
        words = _("This survey opens on %(day)s, when the event begins.")
        return words % {"day": date_format(edition.starts_on, "j F Y")}
    return _("This survey is over. Thank you all the same.")


@dataclass(frozen=True, slots=True)
class PostLine:
    """A line of the sample plan with what came of it."""

    post: SurveyPost
    answered: int
    refused: int

    @property
    def asked(self) -> int:
        return self.answered + self.refused

    @property
    def missing(self) -> int:
        return max(0, self.post.wanted - self.answered)

    @property
    def response(self) -> int | None:
        """Percent of those who were asked."""
        return round(100 * self.answered / self.asked) if self.asked else None


def post_lines(survey: VisitorSurvey, day: date | None = None) -> list[PostLine]:
    """Three queries for any size."""
    posts = survey.posts.filter(day=day) if day else survey.posts.all()
    answered = _per_post(SurveyAnswer.objects.filter(post__survey=survey, void=False))
    refused = _per_post(SurveyRefusal.objects.filter(post__survey=survey))
    return [PostLine(post, answered.get(post.pk, 0), refused.get(post.pk, 0)) for post in posts]


def _per_post(rows: object) -> dict[int, int]:
    found = rows.order_by().values_list("post").annotate(n=Count("pk"))  # type: ignore[attr-defined]
    return dict(found)


@dataclass(frozen=True, slots=True)
class Standing:
    """How many answers stand, by day and by origin; the mean satisfaction, where anybody gave one."""

    n: int
    void: int
    days: list[tuple[date, int]]
    origins: list[tuple[str, int]]
    satisfaction: float | None
    rated: int


def standing_of_survey(survey: VisitorSurvey) -> Standing:
    """One query for any number of answers."""
    rows = SurveyAnswer.objects.filter(survey=survey).values_list("void", "day", "origin", "satisfaction")
    kept = [row[1:] for row in rows if not row[0]]
    days = Counter(day for day, _origin, _satisfaction in kept)
    places = Counter(origin for _day, origin, _satisfaction in kept)
    origins: dict[str, int] = defaultdict(int)
    for origin, count in places.items():
        origins[origin_kind(origin, survey.edition)] += count
    rated = [satisfaction for _day, _origin, satisfaction in kept if satisfaction]
    return Standing(
        len(kept), len(rows) - len(kept), sorted(days.items()), sorted(origins.items(), key=lambda each: -each[1]),
        sum(rated) / len(rated) if rated else None, len(rated),
    )  # fmt: skip

"""A person's portfolio: courses, events in whose committee they stood, works and innovations, and the indicators these lead to."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django.urls import reverse

from enggang.core import registries
from enggang.core.specimens import counting
from enggang.credentials.enums import AwardState
from enggang.credentials.models import Award
from enggang.events.models import Edition
from enggang.impact.models import Contribution
from enggang.impact.queries.chain import contributions_of, of_person
from enggang.media.models import Asset, Release
from enggang.people.models import Person
from enggang.plans.models import Member

SHOWN = 60  # of each


class Line(NamedTuple):
    """``kind`` is course, event, work or photo."""

    kind: str
    title: str
    more: str
    on: date | None
    url: str


class Portfolio(NamedTuple):
    courses: list[Line]
    events: list[Line]
    works: list[Line]
    photos: list[Line]
    hours: int
    contributions: list[Contribution]

    @property
    def lines(self) -> list[Line]:
        return [*self.courses, *self.events, *self.works, *self.photos]


def portfolio_of(person: Person) -> Portfolio:
    """In seven questions and those of the registry of works, in which innovations stand too."""
    awards = list(
        Award.objects.filter(counting(), person=person, state=AwardState.ISSUED)
        .select_related("subject")
        .order_by("-issued_on")
    )
    links = contributions_of(of_person(person)).with_names()[:SHOWN]
    return Portfolio(
        [_course(row) for row in awards[:SHOWN]], _events(person), _works(person), _photos(person),
        sum(row.hours for row in awards), list(links),
    )  # fmt: skip


def _course(row: Award) -> Line:
    return Line(
        "course",
        row.title,
        f"{row.hours} JP · {row.number}",
        row.issued_on,
        reverse("credentials:award", args=[row.code]),
    )


def _events(person: Person) -> list[Line]:
    posts = dict(Member.objects.filter(person=person, plan__about__isnull=False).values_list("plan__about", "post"))
    rows = Edition.objects.filter(counting(), subject__in=list(posts)).with_names().order_by("-starts_on", "pk")
    return [
        Line("event", str(row), posts[row.subject_id], row.starts_on, reverse("events:edition", args=[row.code]))
        for row in rows[:SHOWN]
    ]


def _works(person: Person) -> list[Line]:
    every = [work for source in registries.works for work in source(person.pk)]
    ordered = sorted(every, key=lambda work: work.at, reverse=True)[:SHOWN]
    return [Line("work", work.title, str(work.licence), work.at.date(), work.url) for work in ordered]


def _photos(person: Person) -> list[Line]:
    """Those that the public can see."""
    shown: Any = Release.objects.filter(withdrawn_at=None).values("asset")
    rows = Asset.objects.filter(author=person, pk__in=shown).select_related("subject", "release").order_by("-pk")
    return [
        Line("photo", str(row), "", row.release.first_at.date(), reverse("gallery:work", args=[row.code]))
        for row in rows[:SHOWN]
    ]

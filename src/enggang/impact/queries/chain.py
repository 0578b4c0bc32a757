"""The chain from a certificate to an indicator: who was trained, who then staged or made something, what came of it.

Counts fall from step to step, and each step has its rows. Everything is asked of a set of awards, so that the same chain
is shown for an agency and a year, for a wave (level 4 of its evaluation), and for one person (their portfolio).
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet

from enggang.core.registries import Count as Counted
from enggang.core.specimens import counting
from enggang.credentials.enums import AwardState
from enggang.credentials.models import Award
from enggang.credentials.models.award import AwardQuerySet
from enggang.events.models import Edition
from enggang.events.models.edition import EditionQuerySet
from enggang.events.queries.counted import HELD, sum_of_counts
from enggang.impact.models import Contribution
from enggang.impact.models.contribution import ContributionQuerySet
from enggang.innovation.models import Innovation
from enggang.media.models import Asset, Release
from enggang.plans.models import Member
from enggang.training.models import Registration, Wave, Work

SHOWN = 100  # rows of one step on a page
EVER = date(1990, 1, 1)  # nothing was issued before


class Chain(NamedTuple):
    """The steps as counts: people, people who did something, what they did, who came, what it is linked to.

    ``trained`` are different people; somebody who was erased stays counted. ``visitors`` is a range.
    """

    trained: int
    active: int
    editions: int
    works: int
    published: int
    visitors: Counted
    indicators: int


def people_of(awards: AwardQuerySet) -> QuerySet[Any, Any]:
    return awards.order_by().values("person")


def editions_of(awards: AwardQuerySet) -> EditionQuerySet:
    """Those whose committee has somebody with one of the awards, earned before the last day."""
    about = Member.objects.filter(person__in=people_of(awards), plan__about__isnull=False).values("plan__about")
    earliest = awards.order_by("issued_on").values_list("issued_on", flat=True).first()
    rows = Edition.objects.filter(counting(), subject__in=about)
    return rows.filter(Q(ends_on=None) | Q(ends_on__gte=earliest)) if earliest else rows.none()


def works_of(awards: AwardQuerySet) -> QuerySet[Work]:
    return Work.objects.agreed().filter(authors__person__in=people_of(awards)).distinct()


def published_of(awards: AwardQuerySet) -> QuerySet[Asset]:
    """Photos and videos by these people, or of their editions, that the public can see."""
    by_them = Q(author__in=people_of(awards)) | Q(about__in=editions_of(awards).values("subject"))
    return Asset.objects.filter(by_them, pk__in=Release.objects.filter(withdrawn_at=None).values("asset"))


def innovations_of(awards: AwardQuerySet) -> QuerySet[Innovation]:
    """Those in use that somebody with one of the awards owns."""
    return Innovation.objects.in_use().filter(owner__in=people_of(awards))


def contributions_of(awards: AwardQuerySet) -> ContributionQuerySet:
    """Links from the waves, editions, works, photos and innovations of the chain."""
    ends = (
        Q(subject__in=_waves_of(awards))
        | Q(subject__in=editions_of(awards).values("subject"))
        | Q(subject__in=works_of(awards).values("subject"))
        | Q(subject__in=published_of(awards).values("subject"))
        | Q(subject__in=innovations_of(awards).values("subject"))
    )
    return Contribution.objects.standing().filter(ends)


def of_wave(wave: Wave) -> AwardQuerySet:
    """The valid awards of those who passed a wave."""
    passed = Registration.objects.filter(wave=wave).values("subject")
    return Award.objects.filter(basis__in=passed, state=AwardState.ISSUED)


def _waves_of(awards: AwardQuerySet) -> QuerySet[Any, Any]:
    passed = Registration.objects.filter(subject__in=awards.order_by().values("basis"))
    return passed.order_by().values("wave__subject")


def chain_of(awards: AwardQuerySet) -> Chain:
    """In nine questions, however long it is."""
    editions, works, published = editions_of(awards), works_of(awards), published_of(awards)
    return Chain(
        people_of(awards).distinct().count(), len(active_people(awards)), editions.filter(stage__in=HELD).count(), works.count(),
        published.count(), sum_of_counts(editions.filter(stage__in=HELD).values_list("subject", flat=True)),
        contributions_of(awards).order_by().values("indicator").distinct().count(),
    )  # fmt: skip


def active_people(awards: AwardQuerySet) -> set[int]:
    """Those with an award who stand in a committee, have a registered work, or have a photo in the library."""
    people = people_of(awards)
    committees = Member.objects.filter(person__in=people, plan__about__in=editions_of(awards).values("subject"))
    authors = works_of(awards).order_by().values_list("authors__person", flat=True)
    photographers = Asset.objects.filter(author__in=people).order_by().values_list("author", flat=True)
    known = set(awards.order_by().values_list("person", flat=True))
    found = {*committees.values_list("person", flat=True), *authors, *photographers}
    return {each for each in found if each is not None and each in known}


class EditionLine(NamedTuple):
    edition: Edition
    trained: int
    published: int
    indicators: list[Contribution]


def edition_lines(awards: AwardQuerySet) -> list[EditionLine]:
    rows = list(editions_of(awards).with_names().order_by("-starts_on", "pk")[:SHOWN])
    subjects = [row.subject_id for row in rows]
    committees = Member.objects.filter(plan__about__in=subjects, person__in=people_of(awards))
    trained = dict(committees.order_by().values_list("plan__about").annotate(n=Count("person", distinct=True)))
    shown = Asset.objects.filter(about__in=subjects, pk__in=Release.objects.filter(withdrawn_at=None).values("asset"))
    published = dict(shown.order_by().values_list("about").annotate(n=Count("pk")))
    links: dict[int, list[Contribution]] = {}
    for each in Contribution.objects.standing().with_names().filter(subject__in=subjects):
        links.setdefault(each.subject_id, []).append(each)
    return [
        EditionLine(
            row, trained.get(row.subject_id, 0), published.get(row.subject_id, 0), links.get(row.subject_id, [])
        )
        for row in rows
    ]

"""The chain from a certificate to an indicator: who was trained, who then staged or made something, what came of it.

Counts fall from step to step, and each step has its rows. Everything is asked of a set of awards, so that the same chain
is shown for an agency and a year, for a wave (level 4 of its evaluation), and for one person (their portfolio). The awards
may be millions: they are asked about, one person at a time, and never listed; how many different people they are is kept
in a summary table.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from enggang.core.registries import Count as Counted
from enggang.core.specimens import counting
from enggang.credentials.enums import AwardState
from enggang.credentials.models import Award
from enggang.credentials.models.award import AwardQuerySet
from enggang.events.models import Edition
from enggang.events.models.edition import EditionQuerySet
from enggang.events.queries.counted import HELD, sum_of_counts
from enggang.impact.models import Contribution, PeopleFigure
from enggang.impact.models.contribution import ContributionQuerySet
from enggang.innovation.models import Innovation
from enggang.media.models import Asset, Release
from enggang.people.models import Person
from enggang.places.models import Organisation
from enggang.plans.models import Member
from enggang.training.models import Registration, Wave, Work, WorkAuthor

SHOWN = 100  # rows of one step on a page
EVER, NEVER = date(1990, 1, 1), date(2999, 12, 31)  # nothing was issued before, and nothing will be held after


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
    innovations: int
    indicators: int

    @property
    def idle(self) -> int:
        """People without a deed yet; never below nothing, as a summary may know fewer people than there are now."""
        return max(self.trained - self.active, 0)


class DropOff(NamedTuple):
    """How many of one step came to the next. Of people: those in the committee of an event that was held, the authors of
    licensed works. Of the events that were held: those with a photo or video that is shown, and those that an indicator is
    linked to.
    """

    staging: int
    authors: int
    events_shown: int
    events_linked: int


def held_by(awards: AwardQuerySet, person: str) -> Exists:
    """That the person of a row has one of the awards; ``person`` is the path to them."""
    return Exists(awards.order_by().filter(person=OuterRef(person)))


def committees_of(awards: AwardQuerySet) -> QuerySet[Member]:
    """Seats in committees of those who earned one of the awards before the last day of the edition."""
    last_day = Edition.objects.filter(counting(), subject=OuterRef("plan__about")).values(
        day=Coalesce("ends_on", NEVER)
    )
    rows = Member.objects.filter(person__isnull=False).annotate(last_day=last_day[:1])
    before = awards.order_by().filter(person=OuterRef("person"), issued_on__lte=OuterRef("last_day"))
    return rows.filter(Exists(before))


def editions_of(awards: AwardQuerySet) -> EditionQuerySet:
    """Those whose committee has somebody with one of the awards, earned before the last day."""
    return Edition.objects.filter(counting(), subject__in=committees_of(awards).order_by().values("plan__about"))


def works_of(awards: AwardQuerySet) -> QuerySet[Work]:
    authors = WorkAuthor.objects.filter(held_by(awards, "person"), work=OuterRef("pk"))
    return Work.objects.agreed().filter(Exists(authors)).distinct()


def authors_of(awards: AwardQuerySet) -> QuerySet[WorkAuthor]:
    """Of works to which all authors have agreed."""
    return WorkAuthor.objects.filter(held_by(awards, "person"), work__in=Work.objects.agreed().values("pk"))


def published_of(awards: AwardQuerySet) -> QuerySet[Asset]:
    """Photos and videos by these people, or of their editions, that the public can see."""
    by_them = held_by(awards, "author") | Q(about__in=editions_of(awards).values("subject"))
    return _released().filter(by_them)


def _released() -> QuerySet[Asset]:
    """Photos and videos that the public can see."""
    return Asset.objects.filter(pk__in=Release.objects.filter(withdrawn_at=None).values("asset"))


def innovations_of(awards: AwardQuerySet) -> QuerySet[Innovation]:
    """Those in use that somebody with one of the awards owns."""
    return Innovation.objects.in_use().filter(held_by(awards, "owner"))


def contributions_of(awards: AwardQuerySet) -> ContributionQuerySet:
    """Links from the waves, editions, works, photos and innovations of the chain."""
    passed = Registration.objects.filter(
        Exists(awards.order_by().filter(basis=OuterRef("subject"))), wave__subject=OuterRef("subject")
    )
    ends = (
        Q(Exists(passed))
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


def of_person(person: Person) -> AwardQuerySet:
    return Award.objects.filter(counting(), person=person, state=AwardState.ISSUED)


def chain_of(awards: AwardQuerySet, of: Organisation | None = None, year: int = 0) -> Chain:
    """In eleven questions, however long it is. Where the awards are all ``of`` an organisation, of a year or ever, a summary
    may know already how many people they are."""
    editions, works, published = editions_of(awards), works_of(awards), published_of(awards)
    held = editions.filter(stage__in=HELD)
    known = kept_people(of, year) if of else None
    people = awards.order_by().values("person").distinct().count() if known is None else known
    return Chain(
        people, len(active_people(awards)), held.count(), works.count(), published.count(),
        sum_of_counts(held.values_list("subject", flat=True)), innovations_of(awards).count(),
        contributions_of(awards).order_by().values("indicator").distinct().count(),
    )  # fmt: skip


def drop_off_of(awards: AwardQuerySet) -> DropOff:
    """In four questions."""
    held = editions_of(awards).filter(stage__in=HELD).values("subject")
    return DropOff(
        _different(committees_of(awards).filter(plan__about__in=held), "person"),
        _different(authors_of(awards), "person"),
        _different(_released().filter(about__in=held), "about"),
        _different(Contribution.objects.standing().filter(subject__in=held), "subject"),
    )


def _different(rows: QuerySet[Any], name: str) -> int:
    return rows.order_by().values(name).distinct().count()


def kept_people(organisation: Organisation, year: int = 0) -> int | None:
    """Different people with a certificate, as the summary knows them: of a year, or ever. None before the first refresh."""
    return PeopleFigure.objects.filter(organisation=organisation, year=year).values_list("value", flat=True).first()


def active_people(awards: AwardQuerySet) -> set[int]:
    """Those with an award who stand in a committee, have a registered work, or have a photo in the library."""
    photographers = Asset.objects.filter(held_by(awards, "author"))
    found = {
        *committees_of(awards).order_by().values_list("person", flat=True),
        *authors_of(awards).order_by().values_list("person", flat=True),
        *photographers.order_by().values_list("author", flat=True),
    }
    return {each for each in found if each is not None}


class EditionLine(NamedTuple):
    edition: Edition
    trained: int
    published: int
    indicators: list[Contribution]


def edition_lines(awards: AwardQuerySet) -> list[EditionLine]:
    rows = list(editions_of(awards).with_names().order_by("-starts_on", "pk")[:SHOWN])
    subjects = [row.subject_id for row in rows]
    committees = committees_of(awards).filter(plan__about__in=subjects)
    trained = dict(committees.order_by().values_list("plan__about").annotate(n=Count("person", distinct=True)))
    shown = _released().filter(about__in=subjects)
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

"""What a wave's participants knew before and after: gains per person and per question, where enough people bear it.

Raw gain: post-test minus pre-test, in percentage points. Normalised gain (Hake 1998): that difference over what was
still to be gained, (post - pre) / (100 - pre); it is not defined for somebody who had 100 before. Means are means of the
persons' own gains, none of them rounded. Only those who sat both tests are counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from enggang.surveys.models import Setting, Test
from enggang.surveys.queries.results import ItemResult, Score, item_results, scores_of
from enggang.surveys.queries.settings import setting
from enggang.training.enums import Phase
from enggang.training.models import Registration, Wave, WaveTest


@dataclass(frozen=True, slots=True)
class PersonLine:
    registration: Registration
    pre: Score | None
    post: Score | None

    @property
    def sat_both(self) -> bool:
        return self.pre is not None and self.post is not None

    @property
    def gain(self) -> float | None:
        return self.post.share - self.pre.share if self.pre and self.post else None

    @property
    def normalised(self) -> float | None:
        if self.pre is None or self.post is None or self.pre.share >= 100:
            return None
        return (self.post.share - self.pre.share) / (100 - self.pre.share)


@dataclass(frozen=True, slots=True)
class ItemLine:
    """A question in both tests. ``pre`` and ``post`` are its difficulty index p: the mean share of points, 0 to 100."""

    text: str
    pre: float
    post: float

    @property
    def gain(self) -> float:
        return self.post - self.pre

    @property
    def normalised(self) -> float | None:
        return (self.post - self.pre) / (100 - self.pre) if self.pre < 100 else None


@dataclass(frozen=True, slots=True)
class Gains:
    people: list[PersonLine]
    items: list[ItemLine]
    both: int
    minimum: Setting
    unjudged: int

    @property
    def is_shown(self) -> bool:
        return self.both >= self.minimum.value

    @property
    def mean_pre(self) -> float:
        return fmean(line.pre.share for line in self.people if line.pre and line.post)

    @property
    def mean_post(self) -> float:
        return fmean(line.post.share for line in self.people if line.pre and line.post)

    @property
    def mean_gain(self) -> float:
        return self.mean_post - self.mean_pre

    @property
    def mean_normalised(self) -> float | None:
        found = [line.normalised for line in self.people if line.normalised is not None]
        return fmean(found) if found else None


def pair_of(wave: Wave) -> dict[str, Test]:
    return {row.phase: row.test for row in WaveTest.objects.filter(wave=wave).select_related("test__subject")}


def gains_of(wave: Wave, tests: dict[str, Test] | None = None) -> Gains:
    """Everything the wave's page shows about its pair of tests, in a fixed number of queries."""
    tests = pair_of(wave) if tests is None else tests
    scores = {phase: scores_of(test) for phase, test in tests.items()}
    rows = wave.registrations.seated().select_related("subject", "person", "agency").order_by("person__name_key", "pk")
    people = [
        PersonLine(row, scores.get(Phase.PRE, {}).get(row.subject_id), scores.get(Phase.POST, {}).get(row.subject_id))
        for row in rows
    ]
    both = {line.registration.subject_id for line in people if line.sat_both}
    minimum = setting("minimum_people", wave.organisation)
    items = _items(tests, both, minimum.value) if len(both) >= minimum.value else []
    unjudged = sum(score.unjudged for by_holder in scores.values() for score in by_holder.values())
    return Gains(people, items, len(both), minimum, unjudged)


def _items(tests: dict[str, Test], holders: set[int], minimum: int) -> list[ItemLine]:
    """Questions that enough of those who sat both tests were asked in each."""
    before, after = (item_results(tests[phase], holders) for phase in (Phase.PRE, Phase.POST))
    pairs: Sequence[tuple[ItemResult, ItemResult]] = [(before[key], after[key]) for key in before if key in after]
    return [
        ItemLine(last.text, first.percent, last.percent)
        for first, last in pairs
        if min(first.asked, last.asked) >= minimum
    ]


def post_percents(wave: Wave) -> dict[int, int]:
    """By registration: the post-test in percent; who did not sit it is missing."""
    test = pair_of(wave).get(Phase.POST)
    if test is None:
        return {}
    scores = scores_of(test)
    pairs = wave.registrations.values_list("pk", "subject_id")
    return {pk: scores[subject].percent for pk, subject in pairs if subject in scores}

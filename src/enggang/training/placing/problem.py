"""The question and the answer, and what an answer is worth: both ways of finding one are measured by the same rule."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

UNTRAINED, WITHIN, FIRST_CHOICE = 400_000, 800_000, 100_000
SPREAD = 40  # how slowly the worth falls along the agency's own order; it never stops falling
# What one person away from an even share of women and men costs, per wave. Two of them, the gain of an exchange, weigh less
# than one step among the first five of an agency's order: an agency's first choices stay.
GENDER = 1_000
BY_HAND = 2_000_000  # one place in an order that people gave: more than anything the rule can say


@dataclass(frozen=True, slots=True)
class Candidate:
    """``priority`` counts within the agency from 1. ``fits`` are the pools they may sit in on free days, the narrowest of
    each wave first. ``woman`` None: unknown. ``fixed``: people chose the wave, so ``fits`` are its pools alone."""

    id: int
    agency: int
    priority: int
    fits: tuple[int, ...]
    trained: bool = False
    woman: bool | None = None
    fixed: bool = False

    @property
    def step(self) -> int:
        """What this candidate adds to the count of women less men."""
        return 0 if self.woman is None else 1 if self.woman else -1


@dataclass(frozen=True, slots=True)
class Problem:
    """``seats`` by pool in the order of the waves, ``quota`` by agency over all of them, ``waves`` the wave of each pool
    (a pool that is not named is a wave of its own). ``ranks``: the order people have put the list in; where there is one it
    decides, and who is not in it yet comes behind by the rule."""

    candidates: Sequence[Candidate]
    seats: Mapping[int, int]
    quota: Mapping[int, int]
    waves: Mapping[int, int] = field(default_factory=dict)
    ranks: Mapping[int, int] = field(default_factory=dict)

    def wave_of(self, pool: int) -> int:
        return self.waves.get(pool, pool)

    def worth_of(self, candidate: Candidate) -> int:
        if candidate.id in self.ranks:
            return BY_HAND * max(1, len(self.ranks) + 1 - self.ranks[candidate.id])
        return worth(candidate, self.quota.get(candidate.agency, 0))


Placement = dict[int, int]  # candidate id -> pool


def worth(candidate: Candidate, quota: int) -> int:
    """What seating this candidate is worth: within the quota before over it, never trained before trained, then
    by the agency's own order. That part falls with every place down to the last, so that the next seat always goes to
    the agency whose turn it is, however long the lists are."""
    within = WITHIN if candidate.priority <= quota else 0
    fresh = 0 if candidate.trained else UNTRAINED
    return 1 + within + fresh + FIRST_CHOICE * SPREAD // (SPREAD - 1 + candidate.priority)


def value(problem: Problem, placed: Placement) -> int:
    """The whole answer: what the seated are worth, less what an uneven share of women and men costs in each wave."""
    by_id = {each.id: each for each in problem.candidates}
    total = sum(problem.worth_of(by_id[pk]) for pk in placed)
    balance = balance_of(problem, ((by_id[pk], pool) for pk, pool in placed.items()))
    return total - GENDER * sum(abs(number) for number in balance.values())


def balance_of(problem: Problem, seated: Iterable[tuple[Candidate, int]]) -> Counter[int]:
    """Women less men by wave; whose gender is not known counts for neither."""
    found: Counter[int] = Counter()
    for each, pool in seated:
        found[problem.wave_of(pool)] += each.step
    return found


def faults(problem: Problem, placed: Placement) -> list[str]:
    """What an answer breaks; none when it may be used."""
    by_id = {each.id: each for each in problem.candidates}
    used: dict[int, int] = defaultdict(int)
    wrong = []
    for pk, pool in placed.items():
        used[pool] += 1
        if pool not in by_id[pk].fits:
            wrong.append(f"{pk} cannot be in {pool}")
    wrong += [f"{pool} has too many" for pool, count in used.items() if count > problem.seats.get(pool, 0)]
    return wrong + [f"{each.id} was moved" for each in problem.candidates if each.fixed and each.id not in placed]

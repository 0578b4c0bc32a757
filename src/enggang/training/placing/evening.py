"""Making an answer better seat by seat: who goes for whom, and who changes the wave, so that women and men are even."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from enggang.training.placing.problem import GENDER, Candidate, Placement, Problem, balance_of

ROUNDS = 2_000  # exchanges at most; each makes the answer worth more, so it ends by itself long before


def even_out(problem: Problem, placed: Placement) -> Placement:
    """Exchange people as long as the answer gains by it; ties by id, so the same question gets the same answer."""
    state = _State(problem, dict(placed))
    for _round in range(ROUNDS):
        if not state.improve():
            break
    return state.placed


class _State:
    """The answer as it stands, with who sits in each pool and who has no seat, the worthiest first."""

    def __init__(self, problem: Problem, placed: Placement) -> None:
        self.problem, self.placed = problem, placed
        self.by_id = {each.id: each for each in problem.candidates}
        self.worth = {each.id: problem.worth_of(each) for each in problem.candidates}
        self.balance: Counter[int] = balance_of(problem, ((self.by_id[pk], pool) for pk, pool in placed.items()))
        self.seated: dict[int, set[int]] = defaultdict(set)
        for pk, pool in placed.items():
            self.seated[pool].add(pk)
        self.without: dict[tuple[int, int], list[int]] = defaultdict(list)  # pool, step -> the worthiest first
        for each in sorted(problem.candidates, key=lambda one: (-self.worth[one.id], one.id)):
            for pool in each.fits if each.id not in placed else ():
                self.without[pool, each.step].append(each.id)

    def improve(self) -> bool:
        """Make the one exchange that gains the most in the wave that is furthest from even; False when none gains."""
        for wave in sorted(self.balance, key=lambda one: (-abs(self.balance[one]), one)):
            if abs(self.balance[wave]) < 2:
                return False
            gain, out, into, pool = max(self._exchanges(wave), default=(0, 0, 0, 0))
            if gain > 0:
                self._exchange(-out, -into, pool)
                return True
        return False

    def _exchanges(self, wave: int) -> Iterator[tuple[int, int, int, int]]:
        """Gain, who goes, who comes (both negative: of equals the lower id wins), and the pool, for every pool of a wave."""
        many = 1 if self.balance[wave] > 0 else -1
        for pool in sorted(pool for pool in self.seated if self.problem.wave_of(pool) == wave):
            goes = [pk for pk in self.seated[pool] if self.by_id[pk].step == many and not self.by_id[pk].fixed]
            comes = next((pk for pk in self.without[pool, -many] if pk not in self.placed), None)
            if goes and comes is not None:
                out = min(goes, key=lambda pk: (self.worth[pk], -pk))
                yield self.worth[comes] - self.worth[out] + 2 * GENDER, -out, -comes, pool

    def _exchange(self, out: int, into: int, pool: int) -> None:
        goes, comes = self.by_id[out], self.by_id[into]
        del self.placed[out]
        self.placed[into] = pool
        self.seated[pool].remove(out)
        self.seated[pool].add(into)
        self.balance[self.problem.wave_of(pool)] += comes.step - goes.step
        self._give_back(goes)

    def _give_back(self, each: Candidate) -> None:
        """Whoever lost the seat may come back elsewhere: in the list by worth, where they were not before."""
        for pool in each.fits:
            row = self.without[pool, each.step]
            if each.id not in row:
                row.append(each.id)
                row.sort(key=lambda pk: (-self.worth[pk], pk))

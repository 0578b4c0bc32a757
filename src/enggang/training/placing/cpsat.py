"""The same question for OR-Tools' CP-SAT, an extra that is not installed by default: ``enggang[proposal]``.

One worker, a fixed seed and a deterministic limit: the same question gets the same answer on any day.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from enggang.training.placing import greedy
from enggang.training.placing.evening import even_out
from enggang.training.placing.problem import GENDER, Candidate, Placement, Problem, value

LIMIT = 8.0  # deterministic seconds: 10 of the processor for 5,000 people over 10 waves


@dataclass(frozen=True, slots=True)
class Solved:
    """``proven``: nothing better exists. ``better``: more is gained than by the plain rule."""

    placed: Placement
    proven: bool
    better: bool

    @property
    def is_solvers(self) -> bool:
        """Whether the solver may sign for it: it found the answer, or proved that the plain rule's is the best."""
        return self.better or self.proven


def is_installed() -> bool:
    return find_spec("ortools") is not None


def place(problem: Problem, *, limit: float = LIMIT) -> Placement:
    return solve(problem, limit=limit).placed


def solve(problem: Problem, *, limit: float = LIMIT) -> Solved:
    """Begin with what the plain rule finds, and better it within the limit; never worse than that."""
    from ortools.sat.python import cp_model  # noqa: PLC0415 -- heavy, and only there when somebody installed it

    start = greedy.place(problem)
    model = _Model(cp_model.CpModel(), problem, start)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 7
    solver.parameters.max_deterministic_time = limit
    solver.parameters.linearization_level = 2
    # Looking for symmetries and implications costs more here than all of the search.
    solver.parameters.symmetry_level = 0
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.max_presolve_iterations = 1
    status = solver.solve(model.model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Solved(start, proven=False, better=False)
    found = even_out(problem, model.read(solver))
    better = value(problem, found) > value(problem, start)
    proven = status == cp_model.OPTIMAL
    return Solved(found if better else start, proven=proven, better=better)


class _Model:
    """A yes or no for every candidate and wave that fits; within a wave people with the same quotas are told apart only by
    how many of them sit in which. That keeps the question as small as if a wave had one quota."""

    def __init__(self, model: Any, problem: Problem, start: Placement) -> None:
        self.model, self.problem, self.start = model, problem, start
        self.seats: dict[tuple[int, int], Any] = {}  # candidate, wave
        self.groups: dict[tuple[int, tuple[int, ...]], list[int]] = defaultdict(list)  # wave, pools -> candidates
        self.flows: dict[tuple[int, tuple[int, ...]], dict[int, Any]] = {}  # the same -> how many in each pool
        for each in problem.candidates:
            self._candidate(each)
        self._pools()
        model.maximize(self._objective())

    def _candidate(self, each: Candidate) -> None:
        by_wave: dict[int, list[int]] = defaultdict(list)
        for pool in each.fits:
            by_wave[self.problem.wave_of(pool)].append(pool)
        sits = self.start.get(each.id)
        for wave, pools in by_wave.items():
            seat = self.seats[each.id, wave] = self.model.new_bool_var("")
            self.model.add_hint(seat, sits in pools)
            self.groups[wave, tuple(pools)].append(each.id)
        mine = [self.seats[each.id, wave] for wave in by_wave]
        if each.fixed:
            self.model.add_exactly_one(mine)
        elif mine:
            self.model.add_at_most_one(mine)

    def _pools(self) -> None:
        """No pool over its seats. People with several pools are spread over them by number."""
        used: dict[int, list[Any]] = defaultdict(list)
        for (wave, pools), people in self.groups.items():
            count = sum(self.seats[pk, wave] for pk in people)
            if len(pools) == 1:
                used[pools[0]].append(count)
                continue
            flow = self.flows[wave, pools] = {pool: self._number(pool, people) for pool in pools}
            self.model.add(sum(flow.values()) == count)
            for pool, number in flow.items():
                used[pool].append(number)
        for pool, numbers in used.items():
            self.model.add(sum(numbers) <= self.problem.seats.get(pool, 0))

    def _number(self, pool: int, people: list[int]) -> Any:
        number = self.model.new_int_var(0, min(len(people), self.problem.seats.get(pool, 0)), "")
        self.model.add_hint(number, sum(self.start.get(pk) == pool for pk in people))
        return number

    def _objective(self) -> Any:
        """What the seated are worth, less what an uneven share of women and men costs in each wave."""
        by_id = {each.id: each for each in self.problem.candidates}
        worth = sum(self.problem.worth_of(by_id[pk]) * seat for (pk, _wave), seat in self.seats.items())
        return worth - GENDER * sum(self._uneven(by_id))

    def _uneven(self, by_id: dict[int, Candidate]) -> list[Any]:
        waves: dict[int, list[Any]] = defaultdict(list)
        for (pk, wave), seat in self.seats.items():
            if by_id[pk].step:
                waves[wave].append(by_id[pk].step * seat)
        found = []
        for terms in waves.values():
            away = self.model.new_int_var(0, len(terms), "")
            self.model.add(away >= sum(terms))
            self.model.add(away >= -sum(terms))
            found.append(away)
        return found

    def read(self, solver: Any) -> Placement:
        """Who sits in which pool: of a group the first get the narrowest."""
        found: Placement = {}
        for (wave, pools), people in self.groups.items():
            seated = [pk for pk in people if solver.boolean_value(self.seats[pk, wave])]
            flow = self.flows.get((wave, pools))
            counts = [(pool, solver.value(flow[pool])) for pool in pools] if flow else [(pools[0], len(seated))]
            order = [pool for pool, count in counts for _seat in range(count)]
            found |= dict(zip(seated, order, strict=True))
        return found

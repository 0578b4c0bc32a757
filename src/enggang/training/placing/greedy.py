"""The plain rule: the worthiest first, each into the wave with the most room for them; then women and men are evened."""

from __future__ import annotations

from enggang.training.placing.evening import even_out
from enggang.training.placing.problem import Candidate, Placement, Problem


def place(problem: Problem) -> Placement:
    """In the order of worth, ties by id: the same question gets the same answer. Raises nothing: a fixed candidate
    whose seats are gone stays without one, which ``faults`` tells."""
    free, balance = dict(problem.seats), dict.fromkeys(problem.waves.values() or problem.seats, 0)  # women less men
    placed: Placement = {}
    fixed = [each for each in order(problem) if each.fixed]
    for each in [*fixed, *(one for one in order(problem) if not one.fixed)]:
        pools = [pool for pool in each.fits if free.get(pool, 0) > 0]
        if pools:
            _seat(each, _best(problem, each, pools, free, balance), placed, free, balance, problem)
    return even_out(problem, placed)


def order(problem: Problem) -> list[Candidate]:
    return sorted(problem.candidates, key=lambda one: (-problem.worth_of(one), one.id))


def _best(problem: Problem, each: Candidate, pools: list[int], free: dict[int, int], balance: dict[int, int]) -> int:
    """The wave that keeps women and men even, then the one with the most room, then the earlier; in it the narrowest
    quota that has a seat, so that the open seats are left to those who have no other."""
    first: dict[int, int] = {}
    room: dict[int, int] = {}
    for pool in pools:
        wave = problem.wave_of(pool)
        first.setdefault(wave, pool)
        room[wave] = room.get(wave, 0) + free[pool]
    wave = min(first, key=lambda one: (abs(balance[one] + each.step) - abs(balance[one]), -room[one], one))
    return first[wave]


def _seat(
    each: Candidate, pool: int, placed: Placement, free: dict[int, int], balance: dict[int, int], problem: Problem
) -> None:
    placed[each.id] = pool
    free[pool] -= 1
    balance[problem.wave_of(pool)] += each.step

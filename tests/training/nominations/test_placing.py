from __future__ import annotations

import importlib
import random
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enggang.training.placing import cpsat, greedy
from enggang.training.placing.problem import Candidate, Placement, Problem, faults, value
from enggang.training.queries.proposals import Evened

needs_ortools = pytest.mark.skipif(not cpsat.is_installed(), reason="the extra enggang[proposal] is not installed")
WAYS = [greedy.place, pytest.param(cpsat.place, marks=needs_ortools)]


def made(seed: int, people: int = 40, waves: int = 3, seats: int = 5) -> Problem:
    chance = random.Random(seed)
    candidates = [
        Candidate(
            number, number % 4, number // 4 + 1, tuple(wave for wave in range(waves) if chance.random() < 0.5),
            trained=chance.random() < 0.3, woman=chance.choice([True, False, None]),
        )
        for number in range(people)
    ]  # fmt: skip
    return Problem(candidates, dict.fromkeys(range(waves), seats), dict.fromkeys(range(4), 4))


@pytest.mark.parametrize("place", WAYS)
def test_never_one_seat_too_many_and_the_same_answer_every_time(place: Callable[[Problem], Placement]) -> None:
    for seed in range(4):
        problem = made(seed)
        found = place(problem)
        assert faults(problem, found) == []
        assert place(made(seed)) == found


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 30), st.integers(0, 4))
def test_the_plain_rule_holds_for_any_question(seed: int, people: int, seats: int) -> None:
    problem = made(seed, people, 3, seats)
    assert faults(problem, greedy.place(problem)) == []


@pytest.mark.parametrize("place", WAYS)
def test_who_was_never_trained_and_who_is_within_the_quota_goes_first(place: Callable[[Problem], Placement]) -> None:
    waves = (0,)
    trained = Candidate(1, 1, 1, waves, trained=True)
    fresh = Candidate(2, 1, 2, waves)
    over = Candidate(3, 2, 2, waves)
    assert place(Problem([trained, fresh, over], {0: 1}, {1: 2, 2: 1})) == {2: 0}
    assert set(place(Problem([trained, fresh, over], {0: 2}, {1: 2, 2: 1}))) == {1, 2}


@pytest.mark.parametrize("place", WAYS)
def test_what_people_fixed_stays(place: Callable[[Problem], Placement]) -> None:
    last = Candidate(9, 1, 9, (1,), trained=True, fixed=True)
    found = place(Problem([Candidate(1, 1, 1, (1,)), last], {1: 1}, {1: 1}))
    assert found == {9: 1}


@pytest.mark.parametrize("place", WAYS)
def test_women_and_men_are_evened_in_who_is_seated_among_neighbours_in_rank_alone(
    place: Callable[[Problem], Placement],
) -> None:
    men = [Candidate(number, number, 7, (0,), woman=False) for number in range(4)]
    women = [Candidate(10 + number, 10 + number, 8, (0,), woman=True) for number in range(4)]
    found = place(Problem([*men, *women], {0: 4}, {}))
    assert sum(pk >= 10 for pk in found) == 2
    trained = [Candidate(20 + number, 10 + number, 1, (0,), woman=True, trained=True) for number in range(4)]
    assert set(place(Problem([*men, *trained], {0: 4}, {}))) == {0, 1, 2, 3}


@pytest.mark.parametrize("place", WAYS)
def test_the_seats_go_round_the_agencies_however_long_their_lists(place: Callable[[Problem], Placement]) -> None:
    long = [Candidate(number, 1, number, (0,)) for number in range(1, 121)]
    short = [Candidate(1000 + number, 2, number, (0,)) for number in range(1, 41)]
    found = place(Problem([*long, *short], {0: 100}, {}))
    assert sum(pk >= 1000 for pk in found) == 40
    both = [*long, *(Candidate(2000 + number, 3, number, (0,)) for number in range(1, 121))]
    halves = place(Problem(both, {0: 100}, {}))
    assert sum(pk >= 2000 for pk in halves) == 50


@pytest.mark.parametrize("place", WAYS)
def test_quotas_of_a_wave_are_filled_by_those_they_are_for(place: Callable[[Problem], Placement]) -> None:
    """Pools 10 and 11 are agencies' quotas of wave 1, pool 19 its open seats."""
    first = [Candidate(number, 1, number, (10, 19)) for number in range(1, 4)]
    second = [Candidate(5, 2, 1, (11, 19))]
    problem = Problem([*first, *second], {10: 1, 11: 2, 19: 1}, {}, {10: 1, 11: 1, 19: 1})
    found = place(problem)
    assert faults(problem, found) == []
    assert set(found) == {1, 2, 5}
    assert found[5] == 11


@needs_ortools
def test_the_solver_signs_only_for_what_it_found_or_proved() -> None:
    solved = cpsat.solve(made(1))
    assert solved.is_solvers
    cut_off = cpsat.solve(made(3, 400, 5, 20), limit=0.0001)
    assert faults(made(3, 400, 5, 20), cut_off.placed) == []
    assert cut_off.is_solvers == (cut_off.better or cut_off.proven)


@needs_ortools
def test_the_solver_is_never_worse_and_sometimes_better_than_the_plain_rule() -> None:
    better = 0
    for seed in range(6):
        problem = made(seed)
        plain, exact = value(problem, greedy.place(problem)), value(problem, cpsat.place(problem, limit=2))
        assert exact >= plain
        better += exact > plain
    assert better


def test_nobody_and_no_seats() -> None:
    ways: list[Callable[[Problem], Placement]] = [greedy.place, *([cpsat.place] if cpsat.is_installed() else [])]
    for place in ways:
        assert place(Problem([], {}, {})) == {}
        assert place(Problem([Candidate(1, 1, 1, (0,))], {0: 0}, {})) == {}


@pytest.mark.once
def test_the_solver_is_not_loaded_before_it_is_asked() -> None:
    assert importlib.import_module("enggang.training.placing.cpsat")
    code = "import sys, enggang.training.placing.cpsat; sys.exit('ortools' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_nobody_is_said_to_be_passed_over_for_evenness_where_people_fixed_the_other() -> None:
    """The seat of a man was given by hand: the woman behind him lost it to that, not to any balance."""
    man = Candidate(1, 1, 2, (10,), woman=False, fixed=True)
    woman = Candidate(2, 1, 1, (10,), woman=True)
    by_hand = Evened(Problem([man, woman], {10: 1}, {1: 2}), {1: 10})
    assert list(by_hand.why(woman.id)) == []
    chosen = Evened(Problem([replace(man, fixed=False), woman], {10: 1}, {1: 2}), {1: 10})
    assert [code for code, _facts in chosen.why(woman.id)] == ["evened_out"]

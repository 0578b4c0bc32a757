"""Who gets the seats: 5,000 candidates over 10 waves, OR-Tools CP-SAT beside the plain greedy rule."""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable

from bench import Result
from enggang.training.placing import cpsat, greedy
from enggang.training.placing.problem import Candidate, Placement, Problem, faults, value

CANDIDATES, WAVES, AGENCIES, SEATS = 5_000, 10, 120, 160
REGENCIES, OPEN = 14, 99  # half of each wave's seats in quotas of the regencies, the rest open
ROUNDS = 3


def problem(seed: int = 7) -> Problem:
    """More than three people for every seat, most of them with some clash, and a scarcity of late waves that fit."""
    chance = random.Random(seed)
    nominated: dict[int, int] = {}
    people = []
    for number in range(CANDIDATES):
        agency = chance.randrange(AGENCIES)
        nominated[agency] = nominated.get(agency, 0) + 1
        waves = [wave for wave in range(WAVES) if chance.random() < (0.2 if agency % 3 else 0.7)]
        regency = agency % REGENCIES
        fits = tuple(pool for wave in waves for pool in (wave * 100 + regency, wave * 100 + OPEN))
        people.append(
            Candidate(
                number, agency, nominated[agency], fits, trained=chance.random() < 0.3, woman=chance.random() < 0.4
            )
        )
    quota = dict.fromkeys(range(AGENCIES), SEATS * WAVES // AGENCIES)
    sizes = dict.fromkeys(range(REGENCIES), SEATS // 2 // REGENCIES)
    sizes[OPEN] = SEATS - sum(sizes.values())
    seats = {wave * 100 + place: size for wave in range(WAVES) for place, size in sizes.items()}
    return Problem(people, seats, quota, {pool: pool // 100 for pool in seats})


def timed(find: Callable[[Problem], Placement], asked: Problem) -> tuple[float, Placement]:
    begun = time.perf_counter()
    found = find(asked)
    return time.perf_counter() - begun, found


def run(_options: argparse.Namespace) -> Result:
    asked = problem()
    plain, exact = [], []
    answers: list[Placement] = []
    for _round in range(ROUNDS):
        plain.append(timed(greedy.place, asked))
        if cpsat.is_installed():
            exact.append(timed(cpsat.place, asked))
            answers.append(exact[-1][1])
    figures: dict[str, float | int | str] = {
        "candidates": CANDIDATES,
        "seats": SEATS * WAVES,
        "greedy seconds": statistics.median(seconds for seconds, _found in plain),
        "greedy value": value(asked, plain[0][1]),
        "greedy seated": len(plain[0][1]),
    }
    if not exact:
        figures["cp-sat"] = "not installed: uv sync --extra proposal"
        return {"figures": figures, "comparisons": [], "holds": False}
    seconds, found = statistics.median(each[0] for each in exact), exact[0][1]
    figures |= {"cp-sat seconds": seconds, "cp-sat value": value(asked, found), "cp-sat seated": len(found)}
    same = all(answer == found for answer in answers)
    figures["same answer every time"] = str(same)
    holds = same and not faults(asked, found) and not faults(asked, plain[0][1]) and seconds < 40
    return {
        "figures": figures,
        "comparisons": [
            {
                "rival": "plain greedy rule, value",
                "ours": value(asked, found),
                "theirs": value(asked, plain[0][1]),
                "unit": "worth",
                "expected": 1.0,
            }
        ],
        "holds": holds,
    }

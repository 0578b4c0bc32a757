"""Both sides interleaved, medians quoted: what the machine does meanwhile hits both alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable


def per_second(work: Callable[[], int], *, seconds: float) -> float:
    """How many pieces a second `work` does; it answers how many one call did."""
    done, start = 0, time.perf_counter()
    while (spent := time.perf_counter() - start) < seconds:
        done += work()
    return done / spent


def interleaved(
    ours: Callable[[], int], theirs: Callable[[], int], *, seconds: float, rounds: int = 5
) -> tuple[float, float]:
    """Median pieces a second of both, measured in turns; each side gets `seconds` in all."""
    ours(), theirs()  # warm up
    pairs = [
        (per_second(ours, seconds=seconds / rounds), per_second(theirs, seconds=seconds / rounds))
        for _ in range(rounds)
    ]
    return statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs)


def rate(count: int, work: Callable[[], object]) -> float:
    """How many pieces a second, when one call of ``work`` does ``count``."""
    return count / seconds(work)


def seconds(work: Callable[[], object]) -> float:
    """What one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start

"""Requests that come at once: each gets its own answer, and only the guilty one its failure."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence

import pytest

from enggang.core.gathering import MOST, Gathering


def ask_at_once(gathering: Gathering[int, int], questions: Sequence[int]) -> dict[int, object]:
    found: dict[int, object] = {}

    def ask(question: int) -> None:
        try:
            found[question] = gathering.ask(question)
        except ValueError as error:
            found[question] = str(error)

    threads = [threading.Thread(target=ask, args=(each,)) for each in questions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return found


@pytest.mark.django_db(transaction=True)
def test_who_comes_while_another_works_is_answered_together_and_rightly() -> None:
    parts: list[int] = []

    def work(questions: Sequence[int]) -> list[int]:
        parts.append(len(questions))
        time.sleep(0.02)
        return [each * each for each in questions]

    found = ask_at_once(Gathering(work), range(100))
    assert found == {each: each * each for each in range(100)}
    assert sum(parts) == 100
    assert 1 < max(parts) <= MOST
    assert len(parts) < 50


@pytest.mark.django_db(transaction=True)
def test_a_failure_is_borne_by_the_one_who_asked_for_it() -> None:
    def work(questions: Sequence[int]) -> list[int]:
        time.sleep(0.01)
        if 13 in questions:
            raise ValueError("thirteen")
        return list(questions)

    found = ask_at_once(Gathering(work), range(30))
    assert found == {each: "thirteen" if each == 13 else each for each in range(30)}


@pytest.mark.django_db
def test_inside_a_transaction_nobody_else_is_served() -> None:
    asked: list[list[int]] = []

    def work(questions: Sequence[int]) -> list[int]:
        asked.append(list(questions))
        return list(questions)

    gathering = Gathering(work)
    gathering._waiting.append(None)  # type: ignore[arg-type]  # somebody waits
    assert gathering.ask(7) == 7
    assert asked == [[7]]

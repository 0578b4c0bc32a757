"""Slow work waits in a queue of its own, so that nothing else waits behind it."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from django_q.models import OrmQ

from enggang.core import jobs, slow
from enggang.core.actor import SYSTEM
from enggang.core.enums import JobState
from enggang.core.jobs import JobRun, job
from enggang.core.models import Job, Subject

ran: list[str] = []


@job("test.slow_piece", slow=True, attempts=2)
def slow_piece(run: JobRun, *, word: str) -> None:
    ran.append(word)
    if word == "break":
        raise RuntimeError(word)


@job("test.quick_piece")
def quick_piece(run: JobRun, *, word: str) -> None:
    ran.append(word)


@pytest.fixture(autouse=True)
def nothing_nice(monkeypatch: pytest.MonkeyPatch) -> None:
    ran.clear()
    monkeypatch.setattr("os.nice", lambda _by: 0)


@pytest.mark.django_db
def test_the_worker_for_all_never_meets_slow_work() -> None:
    jobs.enqueue(slow_piece, actor=SYSTEM, word="film")
    jobs.enqueue(quick_piece, actor=SYSTEM, word="mail")
    assert sorted(OrmQ.objects.values_list("key", flat=True)) == ["enggang", jobs.SLOW_QUEUE]
    assert slow.slow_work_waits()


@pytest.mark.django_db
def test_slow_work_is_done_in_order_and_only_that() -> None:
    for word in ("one", "two"):
        jobs.enqueue(slow_piece, actor=SYSTEM, word=word)
    jobs.enqueue(quick_piece, actor=SYSTEM, word="mail")
    assert slow.work_slowly(idle_seconds=0.1) == 2
    assert ran == ["one", "two"]
    assert OrmQ.objects.count() == 1
    assert not slow.slow_work_waits()


def of(owner: str, *words: str) -> None:
    """So many pieces for works of one agency, each its own subject."""
    for word in words:
        row = Subject.objects.create(kind="test", organisation_code=owner)
        jobs.enqueue(slow_piece, actor=SYSTEM, subject_code=row.code, word=word)


@pytest.mark.django_db
def test_agencies_take_turns_and_nothing_is_passed_over_for_good() -> None:
    of("A", "a1", "a2", "a3")
    of("B", "b1")
    of("C", "c1", "c2")
    assert slow.work_slowly(idle_seconds=0.1) == 6
    assert ran == ["a1", "b1", "c1", "a2", "c2", "a3"]
    assert not Job.objects.exclude(state=JobState.DONE).exists()
    assert not OrmQ.objects.exists()


@pytest.mark.django_db
def test_what_was_tried_before_keeps_its_message() -> None:
    of("A", "break", "a2")
    of("B", "b1")
    first = Job.objects.order_by("pk")[0]
    assert slow.work_slowly(idle_seconds=0.1) == 2
    assert ran == ["break", "b1", "a2"]
    first.refresh_from_db()
    assert (first.state, OrmQ.objects.count()) == (JobState.QUEUED, 1)
    assert slow.in_turn(first.pk) == first.pk


@pytest.mark.django_db
def test_what_breaks_is_kept_and_tried_again() -> None:
    row = jobs.enqueue(slow_piece, actor=SYSTEM, word="break")
    assert slow.work_slowly(idle_seconds=0.1) == 0
    row.refresh_from_db()
    assert (row.state, OrmQ.objects.count()) == (JobState.QUEUED, 1)
    jobs.run_job(row.pk)
    row.refresh_from_db()
    assert row.state == JobState.POISONED


@pytest.mark.django_db(transaction=True)
def test_of_two_such_processes_the_second_ends_at_once(child_environment: dict[str, str], data_folder: Any) -> None:
    jobs.enqueue(quick_piece, actor=SYSTEM, word="mail")
    command = [sys.executable, "-m", "enggang", "run_worker", "--slow"]
    import fcntl

    with (data_folder / "slow.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        done = subprocess.run(command, env=child_environment, timeout=60, check=True, capture_output=True)
    assert done.returncode == 0
    assert Job.objects.get().state == JobState.QUEUED

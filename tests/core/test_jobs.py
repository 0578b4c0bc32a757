from __future__ import annotations

import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext_noop, override
from django_q.models import OrmQ

import enggang
from enggang.core import clock, jobs
from enggang.core.actor import SYSTEM, Actor, ActorKind
from enggang.core.acts import Conflict, NotAllowed
from enggang.core.enums import JobState
from enggang.core.models import Job

pytestmark = pytest.mark.django_db
ran: list[int] = []


@jobs.job("test.count", attempts=2)
def count(run: jobs.JobRun, *, number: int) -> None:
    ran.append(number)
    run.progress(1, 1)
    run.result_file("hasil.txt", b"done")
    run.outcome(number=number)


@jobs.job("test.break", attempts=2)
def break_down(_run: jobs.JobRun) -> None:
    raise RuntimeError("broken")


@jobs.job("test.refuse")
def refuse(_run: jobs.JobRun) -> None:
    raise Conflict("the file is no list")


@pytest.fixture(autouse=True)
def nothing_ran_yet() -> None:
    ran.clear()


def test_a_job_runs_once_keeps_its_result_and_ends_as_done() -> None:
    row = jobs.enqueue(count, actor=SYSTEM, number=7)
    assert jobs.run_pending() == 1
    row.refresh_from_db()
    assert (ran, row.state, row.attempts, row.outcome) == ([7], JobState.DONE, 1, {"number": 7})
    with default_storage.open(row.result.name) as kept:
        assert kept.read() == b"done"
    assert "hasil" not in row.result.name


def test_a_message_delivered_again_after_the_end_does_nothing() -> None:
    row = jobs.enqueue(count, actor=SYSTEM, number=7)
    jobs.run_pending()
    jobs.run_job(row.pk)
    assert ran == [7]


def test_a_message_for_a_living_job_is_sent_back_and_for_a_dead_one_is_taken() -> None:
    row = jobs.enqueue(count, actor=SYSTEM, number=7)
    Job.objects.filter(pk=row.pk).update(state=JobState.RUNNING, attempts=1, beat_at=clock.now())
    with pytest.raises(jobs.TryAgain):
        jobs.run_job(row.pk)
    assert ran == []
    Job.objects.filter(pk=row.pk).update(beat_at=clock.now() - timedelta(minutes=1))
    jobs.run_job(row.pk)
    assert ran == [7]


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_act_leaves_no_job_in_the_queue() -> None:
    with transaction.atomic():
        jobs.enqueue(count, actor=SYSTEM, number=1)
        transaction.set_rollback(True)
    assert (Job.objects.count(), OrmQ.objects.count()) == (0, 0)


def test_a_failing_job_is_tried_again_and_then_given_up_with_its_error_kept() -> None:
    row = jobs.enqueue(break_down, actor=SYSTEM)
    with pytest.raises(jobs.TryAgain):
        jobs.run_job(row.pk)
    row.refresh_from_db()
    assert row.state == JobState.QUEUED
    jobs.run_job(row.pk)
    row.refresh_from_db()
    assert row.state == JobState.POISONED
    assert "broken" in row.error
    assert not jobs.check_queue()[0]


def test_a_refusal_is_told_at_once_and_not_tried_again() -> None:
    row = jobs.enqueue(refuse, actor=SYSTEM)
    jobs.run_pending()
    row.refresh_from_db()
    assert (row.state, row.message, row.attempts) == (JobState.FAILED, "the file is no list", 1)


def test_only_who_started_a_job_may_stop_it() -> None:
    owner, stranger = (Actor(ActorKind.USER, f"user:{n}", user_id=n) for n in (1, 2))
    row = jobs.enqueue(count, actor=owner, number=1)
    with pytest.raises(NotAllowed):
        jobs.cancel_job(job=row, actor=stranger)
    assert not Job.objects.visible_to(stranger).exists()
    jobs.cancel_job(job=row, actor=owner)
    assert jobs.run_pending() == 0
    jobs.retry_job(job=row, actor=owner)
    row.refresh_from_db()
    assert row.state == JobState.QUEUED


def test_a_running_job_stops_at_its_next_step_when_asked() -> None:
    row = jobs.enqueue(count, actor=SYSTEM, number=1)
    Job.objects.filter(pk=row.pk).update(cancel_requested=True)
    jobs.run_pending()
    row.refresh_from_db()
    assert (row.state, ran) == (JobState.CANCELLED, [])


def test_a_job_nobody_knows_any_more_is_given_up_not_lost() -> None:
    row = jobs.enqueue(count, actor=SYSTEM, number=1)
    Job.objects.filter(pk=row.pk).update(name="test.gone")
    jobs.run_pending()
    row.refresh_from_db()
    assert row.state == JobState.POISONED


def jobs_in(source: str) -> list[str]:
    """The codes of the jobs written in a module, as a literal or as a constant of its own."""
    constants = dict(re.findall(r'^(\w+) = "([\w.]+)"', source, re.M))
    return [literal or constants[name] for literal, name in re.findall(r'^@job\((?:"([\w.]+)"|(\w+))', source, re.M)]


def test_a_worker_that_shows_no_page_knows_every_job_of_the_product(child_environment: dict[str, str]) -> None:
    script = (
        "import django; django.setup(); from enggang.core import jobs; jobs.load_jobs(); "
        "import sys; assert 'enggang.config.urls' not in sys.modules; print(*sorted(jobs.kinds))"
    )
    environment = {**child_environment, "DJANGO_SETTINGS_MODULE": "enggang.config.settings"}
    known = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    ).stdout.split()
    root = Path(enggang.__file__).parent
    assert set(known) == {name for path in root.rglob("*.py") for name in jobs_in(path.read_text())}
    assert {"credentials.draw_awards", "credentials.print_awards"} <= set(known)


def test_a_job_is_named_in_the_language_of_whoever_reads_it() -> None:
    """Whoever started it may read Indonesian, the administrator English."""
    title = gettext_noop("Everything of {agency}")
    row = jobs.enqueue(count, actor=SYSTEM, title=title, title_values={"agency": "Dinas {x}"}, number=1)
    row.refresh_from_db()
    with override("id"):
        assert str(row) == "Seluruh data Dinas {x}"
    with override("en"):
        assert str(row) == "Everything of Dinas {x}"

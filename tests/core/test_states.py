from __future__ import annotations

import pytest

from enggang.core import clock
from enggang.core.acts import Conflict
from enggang.core.enums import JOB_MOVES, JobState
from enggang.core.models import Job
from enggang.core.states import move, sources

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Job:
    return Job.objects.create(name="test", created_at=clock.now())


def test_an_allowed_move_changes_the_state_and_what_goes_with_it(row: Job) -> None:
    move(row, JobState.CANCELLED, moves=JOB_MOVES, message="stopped")
    assert (row.state, row.message) == (JobState.CANCELLED, "stopped")


def test_whoever_comes_second_is_told_and_changes_nothing(row: Job) -> None:
    stale = Job.objects.get(pk=row.pk)
    move(row, JobState.CANCELLED, moves=JOB_MOVES)
    with pytest.raises(Conflict):
        move(stale, JobState.RUNNING, moves=JOB_MOVES)
    assert Job.objects.get(pk=row.pk).state == JobState.CANCELLED


def test_nothing_leads_out_of_done() -> None:
    assert all(JobState.DONE not in sources(to, JOB_MOVES) for to in JobState)

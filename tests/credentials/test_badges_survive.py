"""Badges of a batch whose worker is killed, and of one that two workers take up at once: each made, none twice."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from threading import Barrier, Thread

import pytest
from django.db import connection

from enggang.audit.models import AuditEntry
from enggang.core import jobs, keystore
from enggang.core.actor import SYSTEM
from enggang.core.enums import JobState
from enggang.core.models import Job
from enggang.credentials.badges.checking import check_badge
from enggang.credentials.domain.badges import JOB, make_badges, rotate_badge_key
from enggang.credentials.models import Badge
from tests.credentials.test_badges import issued

pytestmark = pytest.mark.django_db(transaction=True)


def queued() -> Job:
    Job.objects.all().delete()
    return jobs.enqueue(make_badges, actor=SYSTEM)


def all_is_well(people: int) -> bool:
    """One badge for each, with a place and an audit row of its own, and all of them hold."""
    rows = list(Badge.objects.all())
    places = {(row.list_number, row.list_index) for row in rows}
    told = AuditEntry.objects.filter(code="credentials.keep_badge").values_list("subject_code", flat=True)
    return (
        len(rows) == len(places) == people
        and set(Counter(told).values()) == {1}
        and all(check_badge(bytes(row.content)).holds for row in rows)
    )


def test_a_worker_killed_in_the_middle_leaves_whole_badges_and_the_next_one_makes_the_rest(
    child_environment: dict[str, str],
) -> None:
    issued(people=6)
    Badge.objects.all().delete()
    AuditEntry.objects.all().delete()
    job, old = queued(), keystore.signer("badges")[0]
    command = [sys.executable, "-c", KILLED, str(job.pk)]
    with subprocess.Popen(command, env=child_environment, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline().strip() == "signed"
        child.kill()
    assert Badge.objects.count() == 2
    rotate_badge_key(actor=SYSTEM)
    for _ in range(50):  # PostgreSQL needs a moment to notice that the dead one is gone
        Job.objects.filter(pk=job.pk).update(state=JobState.QUEUED)
        jobs.run_job(job.pk)
        if Job.objects.filter(pk=job.pk, state=JobState.DONE).exists():
            break
        time.sleep(0.1)
    assert all_is_well(6)
    assert Badge.objects.filter(kid=old).count() == 2


def test_two_workers_at_once_make_each_badge_once() -> None:
    issued(people=8)
    Badge.objects.all().delete()
    AuditEntry.objects.all().delete()
    first = queued()
    second = Job.objects.create(name=JOB, arguments={}, created_at=first.created_at)
    together, errors = Barrier(2), list[Exception]()

    def work(job: Job) -> None:
        try:
            together.wait(10)
            jobs.run_job(job.pk)
        except Exception as error:  # noqa: BLE001 -- told to the test below
            errors.append(error)
        finally:
            connection.close()

    threads = [Thread(target=work, args=(job,)) for job in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []
    assert set(Job.objects.values_list("state", flat=True)) == {JobState.DONE}
    assert all_is_well(8)


KILLED = """
import os, sys, time
os.environ["DJANGO_SETTINGS_MODULE"] = "enggang.config.settings"
import django
django.setup()
from enggang.core import jobs
from enggang.credentials.domain import badges
badges.CHUNK, keep, chunks = 2, badges.keep_badges, []
def keep_and_hang(signed):
    chunks.append(signed)
    if len(chunks) == 2:
        print("signed", flush=True)
        time.sleep(60)
    return keep(signed)
badges.keep_badges = keep_and_hang
jobs.run_job(int(sys.argv[1]))
"""

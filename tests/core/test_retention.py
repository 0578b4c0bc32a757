from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django_q.models import Schedule

from enggang.access.domain.links import open_link
from enggang.access.enums import LinkScope
from enggang.access.models import CapabilityLink
from enggang.core import clock, jobs
from enggang.core.actor import SYSTEM
from enggang.core.enums import JobState
from enggang.core.models import Job, Subject
from enggang.core.retention import apply_all

pytestmark = pytest.mark.django_db


def ended_job(days_ago: int) -> Job:
    row = Job.objects.create(
        name="test", state=JobState.DONE, created_at=clock.now(), finished_at=clock.now() - timedelta(days=days_ago)
    )
    row.result.save("result", ContentFile(b"facts"))
    return row


def test_what_is_over_its_time_goes_with_its_file_and_the_rest_stays() -> None:
    old, young = ended_job(366), ended_job(364)
    path = Path(old.result.path)
    for days in (-366, -364):
        open_link(
            scope=LinkScope.REGISTRATION,
            subject=Subject.objects.make(kind="test"),
            actor=SYSTEM,
            expires_at=clock.now() + timedelta(days=days),
        )
    jobs.enqueue(apply_all, actor=SYSTEM)
    jobs.run_pending()
    assert not Job.objects.filter(pk=old.pk).exists()
    assert not path.exists()
    assert Job.objects.filter(pk=young.pk).exists()
    assert CapabilityLink.objects.count() == 1
    assert Job.objects.get(name="core.apply_retention").state == JobState.DONE


def test_a_job_that_still_runs_is_never_too_old() -> None:
    Job.objects.create(name="test", state=JobState.RUNNING, created_at=clock.now() - timedelta(days=900))
    jobs.enqueue(apply_all, actor=SYSTEM)
    jobs.run_pending()
    assert Job.objects.filter(name="test").exists()


def test_the_nightly_run_is_in_the_schedule_once() -> None:
    call_command("load_core")
    call_command("load_core")
    assert Schedule.objects.filter(name="core.apply_retention").count() == 1

from __future__ import annotations

import subprocess
import sys
import time
from threading import Barrier, Thread

import pytest
from django.db import connection

from enggang.access.enums import Role
from enggang.audit.models import AuditEntry
from enggang.core.actor import Actor
from enggang.core.enums import JobState
from enggang.core.models import Job
from enggang.people.domain.rosters import import_file, upload_roster
from enggang.people.enums import RosterState
from enggang.people.models import Employment, Person, RosterImport
from enggang.people.queries.persons import unsound_persons
from enggang.places.models import Organisation
from tests.people.factories import make_actor, make_organisation, row, xlsx

pytestmark = pytest.mark.django_db(transaction=True)


def _nip(number: int) -> str:
    return f"1986{1 + number % 12:02d}{1 + number % 28:02d}2015051{1 + number % 997:03d}"


def _lines(first: int, last: int) -> bytes:
    return xlsx(*(row(f"Pegawai {'abcdefghij'[number % 10]}{number}", _nip(number)) for number in range(first, last)))


def _at_once(*imports: tuple[Organisation, bytes, Actor]) -> list[dict[str, int]]:
    """Run the imports in threads of their own, each with a connection of its own."""
    together, results, errors = Barrier(len(imports)), [], []

    def read(agency: Organisation, content: bytes, actor: Actor) -> None:
        try:
            together.wait(10)
            results.append(import_file(organisation=agency, content=content, name="daftar.xlsx", actor=actor))
        except Exception as error:  # noqa: BLE001 -- told to the test below
            errors.append(error)
        finally:
            connection.close()

    threads = [Thread(target=read, args=each) for each in imports]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []
    return results


def test_two_imports_of_one_agency_at_once_wait_for_each_other() -> None:
    agency = make_organisation()
    actor = make_actor(Role.COORDINATOR, agency)
    results = _at_once((agency, _lines(0, 60), actor), (agency, _lines(30, 90), actor))
    assert sum(counts["created"] for counts in results) == 90
    assert sum(counts["unchanged"] for counts in results) == 30
    assert (Person.objects.count(), Employment.objects.count()) == (90, 90)
    assert unsound_persons() == []


def test_two_agencies_that_name_the_same_people_at_once_do_not_mix() -> None:
    one, two = make_organisation(), make_organisation("Dinas Kesehatan")
    results = _at_once(
        (one, _lines(0, 60), make_actor(Role.COORDINATOR, one)),
        (two, _lines(30, 90), make_actor(Role.COORDINATOR, two)),
    )
    assert sum(counts["created"] for counts in results) == 90
    assert sum(counts["rejected"] for counts in results) == 30
    assert (Person.objects.count(), Employment.objects.present().count()) == (90, 90)
    assert AuditEntry.objects.filter(code="people.add_from_roster").count() == 90


def test_a_worker_killed_in_the_middle_leaves_nothing_and_the_next_one_reads_all(
    child_environment: dict[str, str],
) -> None:
    agency = make_organisation()
    actor = make_actor(Role.COORDINATOR, agency)
    roster = upload_roster(organisation=agency, content=_lines(0, 300), name="daftar.xlsx", actor=actor)
    assert roster.job is not None
    command = [sys.executable, "-c", KILLED, str(roster.job.pk)]
    with subprocess.Popen(command, env=child_environment, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline().strip() == "written"
        child.kill()
    assert Person.objects.count() == 0
    assert RosterImport.objects.get().state == RosterState.UPLOADED
    _run_again(roster.job)
    roster.refresh_from_db()
    assert roster.counts["created"] == Person.objects.count() == 300
    assert Job.objects.get().state == JobState.DONE


def _run_again(job: Job) -> None:
    """What the next worker does once the lease of the dead one is over."""
    from enggang.core import jobs

    for _ in range(50):  # PostgreSQL needs a moment to notice that the dead one is gone
        Job.objects.filter(pk=job.pk).update(state=JobState.QUEUED)
        jobs.run_job(job.pk)
        if Job.objects.filter(pk=job.pk, state=JobState.DONE).exists():
            return
        time.sleep(0.1)


KILLED = """
import os, sys, time
os.environ["DJANGO_SETTINGS_MODULE"] = "enggang.config.settings"
import django
django.setup()
from enggang.core import jobs
from enggang.people.domain import rosters
write = rosters.write_plan
def write_and_hang(*args, **kwargs):
    write(*args, **kwargs)
    print("written", flush=True)
    time.sleep(60)
rosters.write_plan = write_and_hang
jobs.run_job(int(sys.argv[1]))
"""

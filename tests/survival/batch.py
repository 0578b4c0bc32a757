"""A batch of certificates, asked for in the survival test's own database, and what has come of it."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime

from enggang.core.actor import SYSTEM
from enggang.core.models import Job, Subject
from enggang.credentials.domain.awards import AwardRequest, issue_awards
from enggang.credentials.models import Award
from enggang.documents.domain.signing import Validity, add_signing_key
from enggang.documents.enums import DocumentState
from enggang.documents.models import Document, Number, Signature
from enggang.people.models import Person
from tests.documents.factories import DAY, paper, register


def prepare(count: int) -> None:
    """Ask for ``count`` certificates that are to be signed with a key of the organisation's own."""
    of = register()
    first = datetime(2020, 1, 1, tzinfo=UTC).date()
    add_signing_key(organisation=of.organisation, name="Segel", validity=Validity(first), actor=SYSTEM)
    subjects = Subject.objects.bulk_create([Subject(kind="person") for _each in range(count)])
    people = Person.objects.bulk_create(
        [
            Person(subject=subject, nip=f"19900101201001100{n:03d}"[-18:], name=f"Peserta {n}", name_key=f"peserta {n}")
            for n, subject in enumerate(subjects)
        ]
    )
    sheet = paper(signatory={"status": ""})
    requests = [
        AwardRequest(
            person, person.subject, "Pelatihan", 24, {**sheet, "holder": {**sheet["holder"], "name": person.name}}
        )
        for person in people
    ]
    issue_awards(register=of, requests=requests, issued_on=DAY, specimen=True, actor=SYSTEM)


def told(issued: int, patience: float = 240.0) -> str:
    """How far it is, as JSON, once ``issued`` are issued (all of them: once the job has ended).

    What is issued, signed, and whether numbers are without gap and used once.
    """
    end, job = time.monotonic() + patience, Job.objects.get(name="credentials.draw_awards")
    while time.monotonic() < end:
        job.refresh_from_db()
        done = Award.objects.filter(state="issued").count()
        if done >= issued and (done < Award.objects.count() or job.state != "running"):
            break
        time.sleep(0.05)
    numbers = list(Number.objects.order_by("seq").values_list("seq", flat=True))
    return json.dumps(
        {
            "state": job.state,
            "attempts": job.attempts,
            "message": job.message,
            "issued": Award.objects.filter(state="issued").count(),
            "frozen": Document.objects.filter(state=DocumentState.FROZEN).count(),
            "signed": Signature.objects.filter(state="attached").count(),
            "whole": numbers == list(range(1, len(numbers) + 1)),
            "numbers": Award.objects.values("number").distinct().count(),
        }
    )

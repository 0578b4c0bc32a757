"""A certificate that the personnel portal does not take becomes a smaller copy; itself it stays as it was issued."""

from __future__ import annotations

import hashlib
import io
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from enggang.access.enums import Role
from enggang.audit.models import AuditEntry
from enggang.core import clock, jobs
from enggang.core.actor import SYSTEM
from enggang.core.acts import NotAllowed
from enggang.core.models import Job
from enggang.files.domain.storing import read_bytes
from enggang.people.models import Person
from enggang.places.models import Organisation
from enggang.training.domain.hand_off import want_upload_copy
from enggang.training.domain.index import keep_index_rule
from enggang.training.domain.learning import accept_certificate, bring_certificate
from enggang.training.models import OutsideCertificate, PortalRule
from enggang.training.queries.past import Learned
from tests.documents.test_lighter import as_pdf, scan
from tests.training.factories import client_of, make_actor, make_agency, make_person, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Organisation:
    agency = make_agency()
    row = PortalRule(name="Portal", max_kb=300, valid_from=date(2020, 1, 1), source="Uji")
    keep_index_rule(row=row, organisation=agency, actor=SYSTEM)
    return agency


@pytest.fixture
def own(agency: Organisation) -> tuple[Person, Client]:
    person, user = make_person(agency), make_user()
    Person.objects.filter(pk=person.pk).update(user=user)
    person.refresh_from_db()
    return person, client_of(user)


def bring(person: Person, content: bytes, name: str = "s.pdf") -> str:
    """An accepted certificate from outside; answers the key by which a form names it."""
    day = clock.today()
    learned = Learned(f"Bimtek {name}", "BPSDM", day, day, 4)
    row = bring_certificate(person=person, learned=learned, content=content, name=name, actor=SYSTEM)
    accept_certificate(certificate=row, actor=SYSTEM)
    return f"luar-{row.code}"


def copied(own: tuple[Person, Client], content: bytes, name: str = "s.pdf") -> Job:
    """What became of the press on the button of the page."""
    person, client = own
    address = reverse("training:upload_copy", args=[person.code, bring(person, content, name)])
    assert address in client.get(reverse("training:my_hand_off")).text
    job = Job.objects.filter(name="training.write_upload_copy")
    assert client.post(address)["Location"].startswith(reverse("core:job", args=[job.get().code]))
    jobs.run_pending()
    file = OutsideCertificate.objects.select_related("file").get(person=person).file
    assert file is not None
    assert read_bytes(file) == content
    return job.get()


def test_a_scan_above_the_limit_comes_back_below_it(own: tuple[Person, Client]) -> None:
    paper = as_pdf(scan(2000, 2800), quality=90)
    job = copied(own, paper)
    assert (job.state, job.outcome["is_kb"] <= 300 < job.outcome["was_kb"]) == ("done", True)
    answer = own[1].get(reverse("core:job_result", args=[job.code]))
    copy = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    text = PdfReader(io.BytesIO(copy)).pages[0].extract_text()
    assert len(copy) <= 300_000
    assert "Salinan untuk diunggah" in text
    assert hashlib.sha256(paper).hexdigest() in text
    entry = AuditEntry.objects.get(code="training.want_upload_copy")
    assert (entry.subject_code, entry.details["most_kb"]) == (own[0].code, 300)


def test_a_photo_comes_back_as_a_pdf(own: tuple[Person, Client]) -> None:
    out = io.BytesIO()
    scan(1600, 1200).save(out, "JPEG", quality=60)
    assert copied(own, out.getvalue(), "foto.jpg").state == "done"


def test_what_cannot_be_made_small_says_what_to_do(own: tuple[Person, Client]) -> None:
    job = copied(own, b"%PDF-1.7" + b"\0" * 400_000)
    assert (job.state, bool(job.result)) == ("failed", False)
    assert "150 dpi" in job.message


def test_one_that_fits_is_told_so_and_no_job_is_made(own: tuple[Person, Client]) -> None:
    person, client = own
    address = reverse("training:upload_copy", args=[person.code, bring(person, b"%PDF-1.7")])
    assert address not in client.get(reverse("training:my_hand_off")).text
    assert client.post(address)["Location"] == reverse("training:my_hand_off")
    assert not Job.objects.filter(name="training.write_upload_copy").exists()


def test_only_who_sees_the_index_and_only_what_is_theirs(own: tuple[Person, Client], agency: Organisation) -> None:
    person, client = own
    key = bring(person, as_pdf(scan(2000, 2800), quality=90), "s.pdf")
    address = reverse("training:upload_copy", args=[person.code, key])
    stranger = client_of(make_user(Role.COORDINATOR, make_agency("Dinas lain")))
    other = make_person(agency, "Rekan")
    assert stranger.post(address).status_code == 404
    assert client.post(reverse("training:upload_copy", args=[person.code, "luar-X"])).status_code == 404
    assert client.post(reverse("training:upload_copy", args=[other.code, key])).status_code == 404
    assert client.get(address).status_code == 405
    with pytest.raises(NotAllowed):
        want_upload_copy(person=person, evidence=key, actor=make_actor(Role.COORDINATOR, make_agency("X")))
    assert not Job.objects.filter(name="training.write_upload_copy").exists()

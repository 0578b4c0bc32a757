"""A file that somebody holds, checked on the public page and at the command line: valid, or the part that fails."""

from __future__ import annotations

import io
import json
import time
import zlib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from shutil import copy
from typing import Any

import pikepdf
import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries, Settings

from enggang.access.enums import Role
from enggang.audit.models import AuditEntry
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.core.enums import JobState
from enggang.core.jobs import Cancelled, JobRun, retry_job, run_pending
from enggang.core.management.commands import doctor
from enggang.core.models import Job
from enggang.credentials.checking import check_file
from enggang.credentials.domain.awards import void_award
from enggang.credentials.domain.drawing import Finished, finish_awards, finished, kept, to_be_drawn, ways_of_signing
from enggang.credentials.domain.erasing import remove_name
from enggang.credentials.enums import AwardState
from enggang.credentials.findings import Fault
from enggang.credentials.models import Award, Badge
from enggang.documents.domain.documents import render_document
from enggang.documents.domain.signing import add_signing_key
from enggang.documents.enums import DocumentState
from enggang.documents.models import Document, Signature, SigningMethod
from enggang.documents.rendering import compiler, typography
from enggang.documents.rendering.typography import FONTS
from enggang.documents.signing.keys import SigningKey
from enggang.documents.signing.pades import PdfSigner
from enggang.files.domain.retention import delete_expired
from enggang.files.domain.storing import read_bytes
from enggang.files.models import StoredFile
from enggang.training.domain.certificates import good_until, issue_certificates
from enggang.training.domain.completion import decide_outcomes
from enggang.training.models import Wave
from tests.documents.factories import text_of
from tests.documents.signing import FIRST, a_key, as_pkcs12
from tests.training.factories import SIGNING, client_of, make_actor, make_user
from tests.training.test_completion import held_wave, issue

pytestmark = pytest.mark.django_db
KEY = a_key("Disporapar Contoh")


@pytest.fixture(autouse=True)
def no_tries_yet() -> None:
    cache.clear()


@pytest.fixture
def award() -> Award:
    """Issued and signed with a key of the organisation's own."""
    wave = held_wave(present=5)
    add_signing_key(
        organisation=wave.organisation, name="Segel", validity=FIRST, content=as_pkcs12(KEY), passphrase="rahasia",
        actor=SYSTEM,
    )  # fmt: skip
    return issue(wave)[0]


def signed_file(award: Award) -> bytes:
    return read_bytes(Signature.objects.get(document=award.document).file)


def frozen_file(award: Award) -> bytes:
    award.document.refresh_from_db()
    assert award.document.file
    return read_bytes(award.document.file)


def test_the_issued_file_is_valid_signed_or_as_it_was_frozen(award: Award) -> None:
    for content in (signed_file(award), frozen_file(award)):
        finding = check_file(content)
        assert (finding.fault, finding.award) == (None, award)
    assert check_file(signed_file(award)).details["signer"] == "Disporapar Contoh"
    assert "dengan kunci instansi" in json.dumps(award.document.content)


def test_each_way_in_which_a_paper_fails_is_told_apart(award: Award) -> None:
    signed, frozen = signed_file(award), frozen_file(award)
    stranger = PdfSigner.of(a_key("Orang lain"))
    for fault, content in (
        (Fault.ALTERED, signed[:9000] + bytes([signed[9000] ^ 1]) + signed[9001:]),
        (Fault.ALTERED, signed + b"\n"),
        (Fault.ALTERED, written_anew(frozen)),
        (Fault.ALTERED, PdfSigner.of(KEY).sign(frozen)),
        (Fault.UNKNOWN_ISSUER, stranger.sign(frozen)),
        (Fault.NOT_ISSUED, written_anew(frozen, blank=True)),
        (Fault.UNREADABLE, b""),
        (Fault.UNREADABLE, b"%PDF-1.7 rusak"),
        (Fault.UNREADABLE, b"GIF89a"),
    ):
        assert check_file(content).fault == fault, content[:20]
    void_award(award=award, reason="Salah nama", actor=SYSTEM)
    assert check_file(signed).fault == Fault.REVOKED


def written_anew(pdf: bytes, *, blank: bool = False) -> bytes:
    """The same pages by another program; blank ones carry no code."""
    out = io.BytesIO()
    if blank:
        with pikepdf.new() as made:
            made.add_blank_page()
            made.save(out)
    else:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            opened.save(out, linearize=True)
    return out.getvalue()


def asked(wave: Wave) -> list[Award]:
    """Certificates that have been asked for and not drawn yet."""
    decide_outcomes(wave=wave, actor=SYSTEM)
    issue_certificates(wave=wave, signing=SIGNING, actor=SYSTEM)
    return list(Award.objects.order_by("pk"))


def with_key(wave: Wave, key: SigningKey) -> SigningMethod:
    return add_signing_key(
        organisation=wave.organisation, name=key.holder, validity=FIRST, content=as_pkcs12(key), passphrase="rahasia",
        actor=SYSTEM,
    )  # fmt: skip


def drawn(award: Award) -> Finished:
    return finished(award, render_document(award.document), ways_of_signing([award]), SYSTEM)


def test_a_key_exchanged_in_mid_batch_signs_the_rest_and_leaves_old_papers_valid() -> None:
    wave = held_wave(present=5, people=3)
    with_key(wave, KEY)
    awards = asked(wave)
    finish_awards([drawn(awards[0])])
    newer = a_key("Kunci baru")
    with_key(wave, newer)
    run_pending()
    assert [each.holder for each in Signature.objects.order_by("pk")] == [
        "Disporapar Contoh",
        "Kunci baru",
        "Kunci baru",
    ]
    assert all(check_file(signed_file(each)).holds for each in awards)


def test_an_expired_key_issues_nothing_says_so_and_the_batch_goes_on_with_a_new_one() -> None:
    wave = held_wave(present=5, people=2)
    with_key(wave, KEY)
    awards = asked(wave)
    later = datetime.now(UTC) + timedelta(days=500)
    with clock.frozen_at(later):
        run_pending()
        job = Job.objects.get(name="credentials.draw_awards")
        assert (job.state, "Disporapar Contoh" in job.message) == (JobState.FAILED, True)
        assert not Document.objects.filter(state=DocumentState.FROZEN).exists()
        assert {each.state for each in Award.objects.all()} == {AwardState.RESERVED}
        with_key(wave, a_key("Kunci baru", days=(0, 900)))
        retry_job(job=job, actor=SYSTEM)
        run_pending()
    assert {each.state for each in Award.objects.all()} == {AwardState.ISSUED}
    assert [each.number for each in Award.objects.order_by("pk")] == [each.number for each in awards]


@pytest.mark.parametrize("name", ["SourceSerif4-Italic", "SourceSerif4-SemiBold"])
def test_a_missing_font_issues_nothing_and_is_named(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also by a process that has drawn nothing before, whose first step is to measure the texts."""
    wave = held_wave(present=5)
    asked(wave)
    for font in FONTS.glob("*.ttf"):
        if font.stem != name:
            copy(font, tmp_path)
    with monkeypatch.context() as lost:
        lost.setattr(typography, "FONTS", tmp_path)
        for held in (compiler.fonts, compiler.template, typography.face):
            held.cache_clear()
        run_pending()
    job = Job.objects.get(name="credentials.draw_awards")
    assert (job.state, name in job.message) == (JobState.FAILED, True)
    assert {each.state for each in Award.objects.all()} == {AwardState.RESERVED}
    retry_job(job=job, actor=SYSTEM)
    run_pending()
    assert {each.state for each in Award.objects.all()} == {AwardState.ISSUED}


def test_a_full_disk_issues_nothing_half_and_says_so(settings: Settings) -> None:
    wave = held_wave(present=5, people=2)
    with_key(wave, KEY)
    asked(wave)
    full = {**settings.STORAGES, "default": {"BACKEND": "tests.credentials.disks.FullDisk"}}
    settings.STORAGES = full
    run_pending()
    job = Job.objects.get(name="credentials.draw_awards")
    assert (job.state, job.message != "") == (JobState.FAILED, True)
    assert not Document.objects.filter(state=DocumentState.FROZEN).exists()
    settings.STORAGES = {**full, "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}
    retry_job(job=job, actor=SYSTEM)
    run_pending()
    assert Award.objects.filter(state=AwardState.ISSUED).count() == 2
    assert Signature.objects.count() == 2


def test_a_paper_voided_while_the_batch_is_drawn_holds_up_none_of_the_others() -> None:
    wave = held_wave(present=5, people=3)
    with_key(wave, KEY)
    awards = asked(wave)
    papers, problems = [drawn(each) for each in awards], list[Exception]()
    void_award(award=Award.objects.get(pk=awards[1].pk), reason="Salah", actor=SYSTEM)
    assert (kept(papers, problems), problems) == (2, [])
    run_pending()
    assert [each.state for each in Award.objects.order_by("pk")] == ["issued", "voided", "issued"]
    assert Signature.objects.count() == StoredFile.objects.count() // 2 == 2


def test_a_paper_that_cannot_be_drawn_holds_up_none_of_the_others_and_is_tried_again() -> None:
    wave = held_wave(present=5, people=3)
    with_key(wave, KEY)
    awards = asked(wave)
    bad = Document.objects.filter(pk=awards[1].document_id)
    before = bytes(bad.get().data)
    bad.update(data=b"{")
    run_pending(limit=1)
    job = Job.objects.get(name="credentials.draw_awards")
    assert (job.state, "JSONDecodeError" in job.error) == (JobState.QUEUED, True)
    assert [each.state for each in Award.objects.order_by("pk")] == ["issued", "reserved", "issued"]
    bad.update(data=before)
    run_pending()
    assert {each.state for each in Award.objects.all()} == {"issued"}
    assert all(check_file(signed_file(each)).holds for each in awards)


def test_a_set_of_papers_is_issued_with_as_many_questions_as_one(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    wave = held_wave(present=5, people=4)
    with_key(wave, KEY)
    papers = [drawn(each) for each in to_be_drawn([each.pk for each in asked(wave)])]
    with CaptureQueriesContext(connection) as alone:
        finish_awards(papers[:1])
    with django_assert_max_num_queries(len(alone)):
        finish_awards(papers[1:])
    told = AuditEntry.objects.filter(code="credentials.finish_award").values_list("subject_code", flat=True)
    assert sorted(told) == sorted(each.award.code for each in papers)
    assert AuditEntry.objects.filter(code="documents.attach_signature").count() == 4


def test_a_file_that_unfolds_without_end_is_answered_soon(award: Award) -> None:
    words = zlib.compress(b"BT /F1 1 Tf " + b"(x) Tj " * 2_000_000 + b" ET")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R 3 0 R 3 0 R]/Count 3>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n" % len(words) + words + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]  # fmt: skip
    out, places = b"%PDF-1.7\n", list[int]()
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = (
        b"xref\n0 6\n0000000000 65535 f \n"
        + table
        + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)
    )
    started = time.monotonic()
    assert check_file(out + end).fault == Fault.NOT_ISSUED
    assert time.monotonic() - started < 25


def test_the_public_page_takes_a_file(client: Client, award: Award) -> None:
    upload = io.BytesIO(signed_file(award))
    upload.name = "sertifikat.pdf"
    page = client.post("/verify/berkas/", {"file": upload})
    text = page.content.decode()
    assert (page.status_code, page.context["finding"].holds) == (200, True)
    assert award.number in text
    assert award.holder_nip not in text
    spoilt = io.BytesIO(signed_file(award)[:-100])
    spoilt.name = "<b>rusak</b>.pdf"
    page = client.post("/verify/berkas/", {"file": spoilt})
    assert page.context["finding"].fault == Fault.ALTERED
    assert "<b>rusak" not in page.content.decode()
    assert client.post("/verify/berkas/").status_code == 422
    assert client.get("/verify/berkas/").status_code == 405


def test_the_public_page_is_not_asked_without_end(client: Client) -> None:
    for _try in range(30):
        client.post("/verify/berkas/", {"file": io.BytesIO(b"x")})
    page = client.post("/verify/berkas/", {"file": io.BytesIO(b"x")})
    assert page.status_code == 422
    assert page.context["file_form"].non_field_errors()


def test_the_command_says_it_in_one_line_and_by_its_exit_code(
    award: Award, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "sertifikat.pdf"
    path.write_bytes(signed_file(award))
    call_command("verify", str(path))
    assert award.holder_name in capsys.readouterr().out
    path.write_bytes(signed_file(award) + b"x")
    with pytest.raises(SystemExit) as ended:
        call_command("verify", str(path), "--json")
    found = json.loads(capsys.readouterr().out)
    assert ended.value.code == 1
    assert (found["valid"], found["fault"], found["kind"]) == (False, "altered", "pdf")
    assert found["number"] == award.number


def test_after_erasure_code_and_file_answer_valid_and_name_nobody(award: Award, client: Client) -> None:
    signed, name, nip = signed_file(award), award.holder_name, award.holder_nip
    run_pending()  # the badge
    badge = bytes(Badge.objects.get(award=award).content)
    with pytest.raises(Conflict):
        remove_name(person=award.person, organisation=award.organisation, reason=" ", actor=SYSTEM)
    with pytest.raises(NotAllowed):
        remove_name(
            person=award.person, organisation=award.organisation, reason="Surat",
            actor=make_actor(Role.ORGANISER, award.organisation),
        )  # fmt: skip
    assert remove_name(person=award.person, organisation=award.organisation, reason="Surat 1", actor=SYSTEM) == 1
    delete_expired(SYSTEM)
    award.refresh_from_db()
    document = Document.objects.get(pk=award.document_id)
    kept = f"{award.__dict__} {document.content} {Badge.objects.get(award=award).content!r} {Signature.objects.get().__dict__}"
    assert name not in kept
    assert nip not in kept
    for content in (signed, badge):
        assert check_file(content).holds
    page = client.get(f"/verify/{award.verify_code}")
    assert page.context["answer"].verdict == "valid"
    assert name not in page.content.decode()
    assert [finding for finding in doctor.examine(invariants=True) if not finding.ok] == []
    staff = client_of(make_user(Role.ADMINISTRATOR, award.organisation))
    assert staff.get(f"/sertifikat/{award.code}/").status_code == 200
    assert staff.get(f"/sertifikat/{award.code}/berkas").status_code == 404
    assert staff.get(f"/sertifikat/{award.code}/lencana/json").status_code == 404
    assert remove_name(person=award.person, organisation=award.organisation, reason="Surat 1", actor=SYSTEM) == 0


def test_prints_and_packs_that_hold_the_name_go_with_it(award: Award) -> None:
    office, stranger = award.organisation.code, "LAIN"
    arguments: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
        ("credentials.print_awards", {"award_ids": [award.pk, 7]}, {"award_ids": [award.pk + 1]}),
        ("training.pack_index", {"agency": office, "person": "", "year": 2022}, {"agency": stranger, "person": "", "year": 1}),
        ("training.pack_index", {"agency": "", "person": award.person.code, "year": 1}, {"agency": "", "person": "X", "year": 1}),
        ("training.write_upload_copy", {"person": award.person.code, "evidence": "1"}, {"person": "X", "evidence": "1"}),
        ("people.export_everything", {"organisation": office}, {"organisation": stranger}),
    ]  # fmt: skip
    goes = [with_result(name, mine) for name, mine, _other in arguments]
    stays = [with_result(name, other) for name, _mine, other in arguments]
    files = [str(job.result.name) for job in goes]
    running = Job.objects.create(
        name="credentials.print_awards", arguments=arguments[0][1], state=JobState.RUNNING, created_at=clock.now()
    )
    remove_name(person=award.person, organisation=award.organisation, reason="Surat 1", actor=SYSTEM)
    run_pending()
    for job in (*goes, *stays, running):
        job.refresh_from_db()
    assert not any(job.result or job.result_name for job in goes)
    assert all(job.message for job in goes)
    assert not any(default_storage.exists(name) for name in files)
    assert all(job.result and default_storage.exists(str(job.result.name)) for job in stays)
    assert running.cancel_requested
    with pytest.raises(Cancelled):
        JobRun(running, SYSTEM).result_file("sertifikat.pdf", b"%PDF")


def with_result(name: str, arguments: dict[str, Any]) -> Job:
    job = Job(name=name, arguments=arguments, state=JobState.DONE, created_at=clock.now(), finished_at=clock.now())
    job.result.save("result", ContentFile(b"PK"), save=False)
    job.result_name = "hasil.zip"
    job.save()
    return job


def test_the_name_is_removed_on_the_page_by_the_administrator_alone(award: Award) -> None:
    address = f"/sertifikat/{award.code}/hapus-nama"
    organiser = client_of(make_user(Role.ORGANISER, award.organisation, name="Penyelenggara"))
    assert "hapus-nama" not in organiser.get(f"/sertifikat/{award.code}/").content.decode()
    organiser.post(address, {"reason": "Surat 1"}, follow=True)
    award.refresh_from_db()
    assert award.holder_name
    staff = client_of(make_user(Role.ADMINISTRATOR, award.organisation))
    assert "hapus-nama" in staff.get(f"/sertifikat/{award.code}/").content.decode()
    staff.post(address, {"reason": "Surat 1"})
    award.refresh_from_db()
    assert (award.holder_name, award.removal_reason) == ("", "Surat 1")


def test_a_programme_says_for_how_long_its_certificates_are_good() -> None:
    wave = held_wave(present=5)
    wave.programme.certificate_years = 2
    wave.programme.save()
    award = issue(wave)[0]
    until = award.valid_until
    assert until is not None
    assert until == SIGNING.on.replace(year=SIGNING.on.year + 2) - timedelta(days=1)
    assert f"berlaku sampai dengan {until.day}" in text_of(frozen_file(award))
    leap = date(2024, 2, 29)
    assert good_until(wave.programme, leap) == date(2026, 2, 28)
    wave.programme.certificate_years = None
    assert good_until(wave.programme, leap) is None


def test_an_award_whose_time_is_over_says_so(award: Award, client: Client) -> None:
    Award.objects.update(valid_until=clock.today() - timedelta(days=1))
    assert check_file(signed_file(award)).fault == Fault.EXPIRED
    assert client.get(f"/verify/{award.verify_code}").context["answer"].verdict == "expired"

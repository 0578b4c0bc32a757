"""Private files: who gets them, what happens when they are damaged, and when their time is over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.module_loading import import_string
from django_q.models import Schedule

from enggang.access.enums import Role
from enggang.audit.models import AuditEntry
from enggang.core import clock, jobs
from enggang.core.actor import SYSTEM
from enggang.core.acts import Refused
from enggang.core.registries import invariants
from enggang.files.domain.retention import delete_expired, mark_expired
from enggang.files.domain.storing import Damaged, read_bytes, safe_name, store_file
from enggang.files.enums import Purpose, ScanState
from enggang.files.models import StoredFile
from enggang.places.models import Organisation
from tests.files.bucket import put
from tests.places.factories import browser, organisation

pytestmark = pytest.mark.django_db


def stored(owner: Organisation | None = None, content: bytes = b"isi", name: str = "daftar.xlsx",
           purpose: Purpose = Purpose.EVIDENCE) -> StoredFile:  # fmt: skip
    return store_file(content=content, name=name, purpose=purpose, organisation=owner or organisation(), actor=SYSTEM)


def address(row: StoredFile) -> str:
    return reverse("files:download", args=[row.code])


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.ORGANISER, Role.COORDINATOR, Role.INSPECTOR])
def test_those_who_answer_for_the_owner_get_it_as_a_download(role: Role) -> None:
    owner = organisation()
    row = stored(owner, b"<script>alert(1)</script>", "hal.html")
    answer = browser((role, owner)).get(address(row))
    assert answer.content == b"<script>alert(1)</script>"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == 'attachment; filename="hal.html"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]


def test_for_everyone_else_it_does_not_exist(client: Client) -> None:
    owner = organisation()
    row = stored(owner)
    assert browser((Role.ORGANISER, organisation("Lain"))).get(address(row)).status_code == 404
    assert browser((Role.PARTICIPANT, owner)).get(address(row)).status_code == 404
    assert browser((Role.ADMINISTRATOR, None)).get("/berkas/TIDAKADA/").status_code == 404
    assert client.get(address(row)).status_code == 302


@pytest.mark.parametrize("purpose", list(Purpose))
def test_a_list_or_paper_leaves_with_the_office_and_evidence_stays_with_who_brought_it(purpose: Purpose) -> None:
    row = stored(purpose=purpose)
    client = browser((Role.PARTICIPANT, None))
    StoredFile.objects.filter(pk=row.pk).update(stored_by_key=f"user:{client.session['_auth_user_id']}")
    assert client.get(address(row)).status_code == (200 if purpose == Purpose.EVIDENCE else 404)


def test_certificates_of_people_of_all_agencies_are_for_those_who_issue_them() -> None:
    owner = organisation()
    row = stored(owner, purpose=Purpose.CERTIFICATE)
    answers = {role: browser((role, owner)).get(address(row)).status_code for role in Role}
    allowed = {role for role, status in answers.items() if status == 200}
    assert allowed == {Role.ADMINISTRATOR, Role.ORGANISER, Role.LEADER, Role.INSPECTOR}


def test_whoever_downloads_a_list_of_people_is_written_down() -> None:
    owner = organisation()
    row = stored(owner, purpose=Purpose.ROSTER)
    client = browser((Role.COORDINATOR, owner))
    client.get(address(row))
    client.get(address(stored(owner)))
    entry = AuditEntry.objects.get(code="audit.read_field")
    assert (entry.subject_code, entry.organisation_code) == (row.code, owner.code)


def test_damaged_bytes_are_not_handed_out() -> None:
    owner = organisation()
    row = stored(owner)
    put(str(row.content.name), b"lain")
    with pytest.raises(Damaged):
        read_bytes(row)
    answer = browser((Role.ADMINISTRATOR, None)).get(address(row))
    assert answer.status_code == 400
    assert "Content-Disposition" not in answer


def test_missing_bytes_are_told_and_found_by_the_doctor() -> None:
    row = stored()
    assert invariants["files"]() == []
    default_storage.delete(str(row.content.name))
    with pytest.raises(Damaged):
        read_bytes(row)
    assert row.code in invariants["files"]()[0]


def test_an_infected_file_is_not_handed_out() -> None:
    row = stored()
    StoredFile.objects.update(scan_state=ScanState.INFECTED)
    row.refresh_from_db()
    with pytest.raises(Refused):
        read_bytes(row)


def test_bytes_and_name_go_when_the_time_is_over_and_the_row_stays() -> None:
    expired, kept, papers = stored(purpose=Purpose.EXPORT), stored(purpose=Purpose.ROSTER), stored()
    key = str(expired.content.name)
    with clock.frozen_at(clock.now() + timedelta(days=32)):
        assert delete_expired(SYSTEM) == 1
        assert delete_expired(SYSTEM) == 0
    expired.refresh_from_db()
    assert (expired.name, bool(expired.content)) == ("", False)
    assert expired.sha256
    assert not default_storage.exists(key)
    assert read_bytes(kept) == read_bytes(papers) == b"isi"
    assert invariants["files"]() == []
    with pytest.raises(Refused):
        read_bytes(expired)


def test_a_deletion_that_was_cut_off_goes_on_the_next_time() -> None:
    row = stored(purpose=Purpose.EXPORT)
    with clock.frozen_at(clock.now() + timedelta(days=32)):
        mark_expired(actor=SYSTEM)  # and the process dies
        assert default_storage.exists(str(row.content.name))
        assert delete_expired(SYSTEM) == 1
    assert not default_storage.exists(str(row.content.name))


def test_the_schedule_is_there_once_and_its_function_queues_the_deletion() -> None:
    row = stored(purpose=Purpose.EXPORT)
    for _ in range(2):
        call_command("load_files")
        call_command("load_notices")
    assert sorted(Schedule.objects.values_list("name", flat=True)) == ["files.delete_expired", "notices.delete_old"]
    assert all(each.next_run > clock.now() for each in Schedule.objects.all())
    for each in Schedule.objects.all():
        import_string(each.func)()
    with clock.frozen_at(clock.now() + timedelta(days=32)):
        assert jobs.run_pending() == 2
    row.refresh_from_db()
    assert row.erased_at is not None


@pytest.mark.parametrize(
    ("given", "kept"),
    [("../../etc/passwd", "passwd"), ("C:\\x\\daftar.xlsx", "daftar.xlsx"), ('a"b\r\nSet-Cookie: x', "ab Set-Cookie x"),
     ("", "file"), ("...", "file"), ("é.pdf", "é.pdf"), ("\0", "file")],
)  # fmt: skip
def test_a_name_is_made_harmless(given: str, kept: str) -> None:
    assert safe_name(given) == kept


def test_a_hostile_name_cannot_break_the_header() -> None:
    row = stored(name='x"; filename="virus.exe\r\nX: y')
    answer = browser((Role.ADMINISTRATOR, None)).get(address(row))
    assert "\n" not in answer["Content-Disposition"]
    assert answer["Content-Disposition"].count("filename") == 2  # one of them is part of the name
    assert "X" not in answer.headers


def test_the_key_on_disk_holds_no_name() -> None:
    assert "daftar" not in str(stored().content.name)


def test_a_file_without_a_row_is_never_handed_out() -> None:
    key = default_storage.save("evidence/aa/loose", ContentFile(b"x"))
    assert browser((Role.ADMINISTRATOR, None)).get(f"/berkas/{key}/").status_code == 404

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from enggang.access.enums import Role
from enggang.accounts.models import User
from enggang.audit.models import AuditEntry
from enggang.core import jobs
from enggang.people.models import Person, RosterImport
from enggang.places.models import Organisation
from tests.people.factories import NIP, OTHER_NIP, PPPK_NIP, make_organisation, make_person, make_user, row, xlsx

pytestmark = pytest.mark.django_db


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def agency() -> Organisation:
    return make_organisation()


@pytest.fixture
def coordinator(agency: Organisation) -> Client:
    return _client(make_user(Role.COORDINATOR, agency))


def _file(content: bytes, name: str = "daftar.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_the_list_shows_the_people_of_ones_own_agencies_with_the_nip_masked(
    agency: Organisation, coordinator: Client
) -> None:
    make_person(agency, "Siti Aminah", nip=NIP)
    make_person(make_organisation("Dinas Kesehatan"), "Markus Lengkong")
    page = coordinator.get(reverse("people:list"))
    assert b"Siti Aminah" in page.content
    assert b"Markus" not in page.content
    assert NIP not in page.text
    assert "••••••••201505••••" in page.text


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_database_as_often_for_three_people_as_for_one(
    agency: Organisation, coordinator: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        make_person(agency, f"Pegawai {'ABC'[number]}")
    coordinator.get(reverse("people:list"))
    with django_assert_num_queries(7):  # session, user, grants, agencies of the filter, count, people, employments
        coordinator.get(reverse("people:list"))


def test_the_list_is_narrowed_by_name_number_agency_and_status(agency: Organisation, coordinator: Client) -> None:
    unit = make_organisation("Bidang Destinasi", agency)
    make_person(agency, "Siti Aminah, S.Sos", nip=NIP, phone="0812-3456-7890")
    make_person(unit, "Pak Ujang", kind="honorary")

    def names(**query: str) -> list[str]:
        table = coordinator.get(reverse("people:list"), query).context["table"]
        return [person.name for person in table.data]

    assert names(text="aminah") == names(text=NIP) == names(text="081234567890") == ["Siti Aminah, S.Sos"]
    assert names(text=NIP[:10]) == names(text="aminah ujang") == []
    assert len(names(text="\x00")) == 2
    assert names(organisation=unit.code) == names(kind="honorary") == ["Pak Ujang"]
    assert len(names(organisation="nonsense")) == 2


def test_five_hundred_people_are_shown_in_pages(agency: Organisation, coordinator: Client) -> None:
    from enggang.core.actor import SYSTEM
    from enggang.people.domain.rosters import import_file

    lines = [row(f"Pegawai Nomor{number:03d}x", "", **{"No. HP": f"08120000{number:04d}"}) for number in range(510)]
    import_file(organisation=agency, content=xlsx(*lines), name="x.xlsx", actor=SYSTEM)
    page = coordinator.get(reverse("people:list"), {"page": 2})
    assert page.context["table"].paginator.count == 510
    assert len(page.context["table"].page.object_list) == 50


def test_a_participant_gets_no_list() -> None:
    assert _client(make_user()).get(reverse("people:list")).status_code == 403
    assert Client().get(reverse("people:list")).status_code == 302


def test_a_stranger_finds_no_person(agency: Organisation) -> None:
    person = make_person(agency)
    stranger = _client(make_user(Role.COORDINATOR, make_organisation("Dinas Kesehatan")))
    for name in ("detail", "edit", "employment", "superior", "release"):
        assert stranger.get(reverse(f"people:{name}", args=[person.code])).status_code == 404
    assert stranger.post(reverse("people:nip", args=[person.code])).status_code == 404


def test_the_form_that_holds_the_nip_in_full_notes_the_reading_too(agency: Organisation, coordinator: Client) -> None:
    person = make_person(agency, nip=NIP)
    assert "19860926 201505 1 001" in coordinator.get(reverse("people:edit", args=[person.code])).text
    assert AuditEntry.objects.get(code="audit.read_field").subject_code == person.code


def test_the_nip_is_shown_in_full_on_request_and_the_reading_is_noted(
    agency: Organisation, coordinator: Client
) -> None:
    person = make_person(agency, nip=NIP)
    assert "19860926" not in coordinator.get(reverse("people:detail", args=[person.code])).text
    page = coordinator.post(reverse("people:nip", args=[person.code]))
    assert "19860926 201505 1 001" in page.text
    assert "no-store" in page["Cache-Control"]
    entry = AuditEntry.objects.get(code="audit.read_field")
    assert (entry.subject_code, entry.details) == (person.code, {"field": "people.Person.nip"})


def test_a_leader_sees_the_person_but_neither_nip_nor_number(agency: Organisation) -> None:
    person = make_person(agency, nip=NIP, phone="081234567890")
    leader = _client(make_user(Role.LEADER, agency))
    page = leader.get(reverse("people:detail", args=[person.code]))
    assert page.status_code == 200
    assert "0812-3456" not in page.text
    assert leader.post(reverse("people:nip", args=[person.code])).status_code == 403
    assert leader.get(reverse("people:edit", args=[person.code])).status_code == 403


def test_a_person_sees_the_own_page(agency: Organisation) -> None:
    person = make_person(agency, nip=NIP, phone="081234567890")
    person.user = make_user()
    person.save()
    page = _client(person.user).get(reverse("people:detail", args=[person.code]))
    assert "0812-3456-7890" in page.text


def test_a_person_is_added_and_what_was_typed_survives_an_error(agency: Organisation, coordinator: Client) -> None:
    typed = {
        "name": "Markus Lengkong",
        "nip": "123",
        "phone": "0812-3456-7890",
        "organisation": agency.code,
        "kind": "pns",
    }
    page = coordinator.post(reverse("people:new"), typed)
    assert page.status_code == 200
    assert 'value="Markus Lengkong"' in page.text
    assert 'value="123"' in page.text
    assert not Person.objects.exists()
    done = coordinator.post(reverse("people:new"), {**typed, "nip": "19920304 202421 1 003"})
    person = Person.objects.get()
    assert done["Location"] == reverse("people:detail", args=[person.code])
    assert (person.nip, person.phone) == (PPPK_NIP, "+6281234567890")


def test_an_agency_of_others_is_no_choice(agency: Organisation, coordinator: Client) -> None:
    other = make_organisation("Dinas Kesehatan")
    page = coordinator.post(reverse("people:new"), {"name": "Markus", "organisation": other.code, "kind": "pns"})
    assert page.status_code == 200
    assert not Person.objects.exists()


def test_details_change_and_a_second_tab_is_told(agency: Organisation, coordinator: Client) -> None:
    person = make_person(agency, nip=NIP)
    address = reverse("people:edit", args=[person.code])
    form = {"name": "Siti Aminah, M.Si", "nip": NIP, "version": person.version}
    assert coordinator.post(address, form).status_code == 302
    late = coordinator.post(address, {**form, "name": "Lain Sekali"})
    assert late.status_code == 200
    assert 'value="Lain Sekali"' in late.text
    assert Person.objects.get().name == "Siti Aminah, M.Si"


def test_an_nip_of_another_person_is_a_sentence_on_the_form(agency: Organisation, coordinator: Client) -> None:
    make_person(agency, nip=NIP)
    person = make_person(agency, "Markus Lengkong", nip=OTHER_NIP)
    form = {"name": "Markus Lengkong", "nip": NIP, "version": person.version}
    page = coordinator.post(reverse("people:edit", args=[person.code]), form)
    assert page.status_code == 200
    assert "error-summary" in page.text


def test_a_new_post_keeps_the_old_one_in_the_history(agency: Organisation, coordinator: Client) -> None:
    person = make_person(agency, post="Analis", starts_on=date(2020, 1, 1))
    form = {
        "organisation": agency.code,
        "kind": "pns",
        "post": "Kepala Seksi",
        "starts_on": "2026-01-02",
        "version": person.version,
    }
    assert coordinator.post(reverse("people:employment", args=[person.code]), form).status_code == 302
    page = coordinator.get(reverse("people:detail", args=[person.code])).text
    assert "Kepala Seksi" in page
    assert "Analis" in page


def test_a_superior_is_found_by_typing_and_chosen_among_several(agency: Organisation, coordinator: Client) -> None:
    person, budi = make_person(agency), make_person(agency, "Budi Santoso", phone="081111111111")
    make_person(agency, "Budi Hartono")
    address = reverse("people:superior", args=[person.code])
    page = coordinator.post(address, {"text": "budi", "version": person.version})
    assert "Budi Hartono" in page.text
    assert page.status_code == 200
    coordinator.post(address, {"text": "budi", "chosen": budi.code, "version": person.version})
    assert person.employments.get().superior == budi


def test_release_ends_the_employment(agency: Organisation, coordinator: Client) -> None:
    person = make_person(agency, starts_on=date(2020, 1, 1))
    form = {"last_day": "2026-01-31", "version": person.version}
    assert coordinator.post(reverse("people:release", args=[person.code]), form).status_code == 302
    assert person.employments.get().ends_on == date(2026, 1, 31)
    assert coordinator.get(reverse("people:detail", args=[person.code])).status_code == 200


def test_the_download_holds_what_the_list_shows_as_text_and_is_noted(agency: Organisation, coordinator: Client) -> None:
    make_person(agency, "Siti Aminah", nip=NIP, post="=1+1")
    make_person(agency, "Pak Ujang", kind="honorary")
    answer = coordinator.post(reverse("people:export") + "?text=siti")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]][:3] == ["Siti Aminah", "19860926 201505 1 001", "=1+1"]
    assert sheet["C2"].data_type == "s"
    assert sheet.max_row == 2
    assert AuditEntry.objects.get(code="people.export_people").details == {"rows": 1}


def test_a_leader_may_not_download(agency: Organisation) -> None:
    assert _client(make_user(Role.LEADER, agency)).post(reverse("people:export")).status_code == 403


def test_a_roster_is_uploaded_read_and_shown_with_its_rejected_rows(agency: Organisation, coordinator: Client) -> None:
    sent = xlsx(row(), row("Markus Lengkong", "123"))
    answer = coordinator.post(reverse("people:roster_upload"), {"organisation": agency.code, "file": _file(sent)})
    roster = RosterImport.objects.get()
    assert answer["Location"] == reverse("people:roster", args=[roster.code])
    waiting = coordinator.get(answer["Location"]).text
    assert f'data-poll="{reverse("core:job", args=[roster.job.code])}"' in waiting  # type: ignore[union-attr]
    jobs.run_pending()
    assert "Markus Lengkong" in coordinator.get(answer["Location"]).text
    assert not Person.objects.exists()
    coordinator.post(reverse("people:roster_accept", args=[roster.code]))
    jobs.run_pending()
    page = coordinator.get(answer["Location"])
    roster.refresh_from_db()
    assert "Markus Lengkong" in page.text
    assert Person.objects.count() == 1
    assert roster.rejects is not None
    rejects = coordinator.get(reverse("files:download", args=[roster.rejects.code]))
    assert rejects.status_code == 200
    assert coordinator.get(reverse("people:rosters")).status_code == 200


@pytest.mark.parametrize(
    "content",
    [b"", b"\x89PNG\r\n\x1a\n" + b"x" * 40, b"a,b\x00c", b"PK\x03\x04 broken", b"%PDF-1.7", b"x" * (10 * 2**20 + 1)],
)
def test_a_file_that_is_no_list_is_said_on_the_form_and_kept_nowhere(
    agency: Organisation, coordinator: Client, content: bytes
) -> None:
    page = coordinator.post(reverse("people:roster_upload"), {"organisation": agency.code, "file": _file(content)})
    assert page.status_code == 200
    assert page.context["form"].errors["file"]
    assert not RosterImport.objects.exists()


def test_a_roster_of_others_is_not_found(agency: Organisation, coordinator: Client) -> None:
    coordinator.post(reverse("people:roster_upload"), {"organisation": agency.code, "file": _file(xlsx(row()))})
    code = RosterImport.objects.get().code
    stranger = _client(make_user(Role.COORDINATOR, make_organisation("Dinas Kesehatan")))
    assert stranger.get(reverse("people:roster", args=[code])).status_code == 404
    own = {"organisation": agency.code, "file": _file(xlsx(row()))}
    assert stranger.post(reverse("people:roster_upload"), own).status_code == 200
    assert RosterImport.objects.count() == 1


def test_a_file_that_could_not_be_read_says_why_on_its_page(agency: Organisation, coordinator: Client) -> None:
    sent = {"organisation": agency.code, "file": _file(b"a;b\n1;2\n", "x.csv")}
    address = coordinator.post(reverse("people:roster_upload"), sent)["Location"]
    jobs.run_pending()
    assert "“Nama”" in coordinator.get(address).text


def test_the_empty_list_has_the_column_names_and_keeps_digits_as_text(coordinator: Client) -> None:
    answer = coordinator.get(reverse("people:roster_template"))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]][:2] == ["Nama", "NIP"]
    assert sheet.column_dimensions["B"].number_format == "@"

"""A list is shown before it is written whenever anything is in doubt; what people answer is what happens."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from enggang.access.enums import Role
from enggang.audit.models import AuditEntry
from enggang.core import clock, jobs
from enggang.core.actor import SYSTEM
from enggang.files.domain.storing import read_bytes
from enggang.people.domain.employments import release_person
from enggang.people.domain.persons import complete_nip
from enggang.people.domain.retention import old_roster_rows
from enggang.people.enums import RosterState
from enggang.people.models import ColumnMapping, Employment, Person, RosterImport
from enggang.people.queries.persons import needs_nip
from enggang.people.reasons import Reason
from enggang.places.models import Organisation
from tests.people.factories import NIP, OTHER_NIP, PPPK_NIP, make_organisation, make_person, make_user, row, xlsx

pytestmark = pytest.mark.django_db
YOUNG = "200509262015051001"  # appointed at the age of 9
ODD_HEADER = ["No", "Nama orangnya siapa", "Nomor Pokok", "Kerjanya apa"]
ODD = xlsx(["1", "Siti Aminah", NIP, "Analis"], ["2", "Dewi Lestari", OTHER_NIP, "Arsiparis"], header=ODD_HEADER)


@pytest.fixture
def agency() -> Organisation:
    return make_organisation()


@pytest.fixture
def coordinator(agency: Organisation) -> Client:
    return _client(Role.COORDINATOR, agency)


def _client(role: Role, agency: Organisation) -> Client:
    client = Client()
    client.force_login(make_user(role, agency))
    return client


def _send(client: Client, agency: Organisation, content: bytes) -> RosterImport:
    file = SimpleUploadedFile("daftar.xlsx", content)
    answer = client.post(reverse("people:roster_upload"), {"organisation": agency.code, "file": file})
    assert answer.status_code == 302
    return _work(RosterImport.objects.latest("pk"))


def _work(roster: RosterImport) -> RosterImport:
    jobs.run_pending()
    roster.refresh_from_db()
    return roster


def _accept(client: Client, roster: RosterImport, **answers: str) -> RosterImport:
    assert client.post(reverse("people:roster_accept", args=[roster.code]), answers).status_code == 302
    return _work(roster)


def _page(client: Client, roster: RosterImport) -> str:
    return client.get(reverse("people:roster", args=[roster.code])).text


def _rejected(roster: RosterImport) -> openpyxl.Workbook:
    assert roster.rejects is not None
    return openpyxl.load_workbook(io.BytesIO(read_bytes(roster.rejects)))


def test_a_clear_list_is_read_in_at_once(agency: Organisation, coordinator: Client) -> None:
    roster = _send(coordinator, agency, xlsx(row(), row("Markus Lengkong", PPPK_NIP)))
    assert (roster.state, roster.counts["created"]) == (RosterState.IMPORTED, 2)


def test_a_list_with_a_rejected_row_is_shown_first_and_read_in_by_one_click(
    agency: Organisation, coordinator: Client
) -> None:
    roster = _send(coordinator, agency, xlsx(row(), row("Markus Lengkong", "123")))
    assert (roster.state, Person.objects.count()) == (RosterState.CHECKED, 0)
    page = _page(coordinator, roster)
    assert "Siti Aminah, S.Sos" in page
    assert NIP not in page
    roster = _accept(coordinator, roster)
    assert (roster.state, Person.objects.count(), roster.preview) == (RosterState.IMPORTED, 1, {})
    assert _rejected(roster).active["A2"].value == "Markus Lengkong"


def test_a_second_click_on_import_is_told_and_reads_nothing_twice(agency: Organisation, coordinator: Client) -> None:
    roster = _accept(coordinator, _send(coordinator, agency, xlsx(row(), row("Markus", "123"))))
    assert coordinator.post(reverse("people:roster_accept", args=[roster.code])).status_code == 409
    assert Person.objects.count() == 1


def test_guessed_columns_are_shown_corrected_and_remembered_for_the_next_list(
    agency: Organisation, coordinator: Client
) -> None:
    roster = _send(coordinator, agency, ODD)
    assert roster.state == RosterState.CHECKED
    assert "Kerjanya apa" in _page(coordinator, roster)
    columns = {"sheets": "0", "c-0-0": "", "c-0-1": "name", "c-0-2": "nip", "c-0-3": "post"}
    assert coordinator.post(reverse("people:roster_map", args=[roster.code]), columns).status_code == 302
    roster = _work(roster)
    assert (roster.state, roster.preview["pages"][0]["samples"][0]["post"]) == (RosterState.CHECKED, "Analis")
    assert not ColumnMapping.objects.exists(), "what nobody has accepted is not remembered"
    roster = _accept(coordinator, roster)
    assert roster.counts["created"] == 2
    assert ColumnMapping.objects.get().mapping == {"name": 1, "nip": 2, "post": 3}
    again = _send(coordinator, agency, ODD)
    assert (again.state, again.counts["unchanged"]) == (RosterState.IMPORTED, 2)


def _remembered(agency: Organisation, coordinator: Client) -> ColumnMapping:
    """The list of the odd form read in once, its columns set by a person."""
    roster = _send(coordinator, agency, ODD)
    columns = {"sheets": "0", "c-0-1": "name", "c-0-2": "nip", "c-0-3": "post"}
    coordinator.post(reverse("people:roster_map", args=[roster.code]), columns)
    _accept(coordinator, _work(roster))
    return ColumnMapping.objects.get()


def test_columns_from_memory_are_shown_again_as_soon_as_somebody_on_record_would_change(
    agency: Organisation, coordinator: Client
) -> None:
    _remembered(agency, coordinator)
    added = xlsx(
        ["1", "Rina Sari", PPPK_NIP, "Humas"], ["2", "Dewi Lestari", OTHER_NIP, "Arsiparis"], header=ODD_HEADER
    )
    assert _send(coordinator, agency, added).state == RosterState.IMPORTED
    renamed = xlsx(
        ["1", "Siti Aminah, S.Sos", NIP, "Analis"], ["2", "Dewi Lestari", OTHER_NIP, "Arsiparis"], header=ODD_HEADER
    )
    roster = _send(coordinator, agency, renamed)
    assert (roster.state, roster.counts["updated"], roster.counts["rejected"]) == (RosterState.CHECKED, 1, 0)
    assert Person.objects.get(nip=NIP).name == "Siti Aminah"
    assert reverse("people:mappings") in _page(coordinator, roster)
    assert _accept(coordinator, roster).counts["updated"] == 1
    assert Person.objects.get(nip=NIP).name == "Siti Aminah, S.Sos"


def test_remembered_columns_are_seen_and_forgotten_and_asked_again(agency: Organisation, coordinator: Client) -> None:
    mapping = _remembered(agency, coordinator)
    page = coordinator.get(reverse("people:mappings")).text
    assert "Kerjanya apa" in page
    assert reverse("people:mappings") in coordinator.get(reverse("people:rosters")).text
    forget = reverse("people:mapping_forget", args=[mapping.pk])
    stranger = _client(Role.COORDINATOR, make_organisation("Dinas Kesehatan"))
    assert "Kerjanya apa" not in stranger.get(reverse("people:mappings")).text
    assert stranger.post(forget).status_code == 404
    assert _client(Role.INSPECTOR, agency).post(forget).status_code in {403, 404}
    assert ColumnMapping.objects.exists()
    assert coordinator.post(forget).status_code == 302
    assert coordinator.post(forget).status_code == 404
    assert not ColumnMapping.objects.exists()
    assert AuditEntry.objects.get(code="people.forget_columns").details["columns"] == {"name": 1, "nip": 2, "post": 3}
    assert _send(coordinator, agency, ODD).state == RosterState.CHECKED


def test_the_list_of_remembered_columns_asks_no_more_for_more_rows(
    agency: Organisation, coordinator: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(3):
        ColumnMapping.objects.create(
            organisation=agency, fingerprint=str(number), changed_at=clock.now(), mapping={"name": 0}
        )
        with django_assert_max_num_queries(14):
            assert coordinator.get(reverse("people:mappings")).status_code == 200


@pytest.fixture
def two_agencies() -> tuple[Organisation, Organisation, Client]:
    """Siti at one agency of the province, and the organiser above both, who sends the other one's list."""
    province = make_organisation("Pemerintah Provinsi")
    agency, other = make_organisation(parent=province), make_organisation("Dinas Kesehatan", province)
    make_person(other, "Siti Aminah", nip=NIP)
    return agency, other, _client(Role.ORGANISER, province)


@pytest.mark.parametrize(("answers", "moves"), [
    ({}, False), ({"m-0:2": "on"}, True), ({"moves_all": "on"}, True), ({"accepts_all": "on"}, False),
    ({"m-0:3": "on"}, False),
])  # fmt: skip
def test_nobody_changes_agency_until_a_person_has_said_so(
    two_agencies: tuple[Organisation, Organisation, Client], answers: dict[str, str], moves: bool
) -> None:
    agency, other, organiser = two_agencies
    roster = _send(organiser, agency, xlsx(row("Siti Aminah", NIP), row("Dewi Lestari", OTHER_NIP)))
    assert (roster.state, roster.counts["rejected"], roster.counts["warnings"]) == (RosterState.CHECKED, 1, 1)
    assert "Dinas Kesehatan" in _page(organiser, roster)
    roster = _accept(organiser, roster, **answers)
    siti = Person.objects.get(nip=NIP)
    assert siti.employments.present().get().organisation == (agency if moves else other)
    assert (roster.counts["updated"], roster.counts["rejected"]) == ((1, 0) if moves else (0, 1))
    if moves:
        entry = AuditEntry.objects.get(code="people.change_from_roster")
        assert (entry.details["from"], entry.organisation_code) == (other.code, agency.code)
        accepted = AuditEntry.objects.get(code="people.accept_roster")
        assert (accepted.details["moved"], accepted.user_id is not None) == (
            "all" if "moves_all" in answers else 1,
            True,
        )
    else:
        assert Reason.MOVE_OPEN in str(roster.rejected_rows)


def test_a_move_that_was_confirmed_from_one_agency_is_not_taken_for_one_from_another(
    two_agencies: tuple[Organisation, Organisation, Client],
) -> None:
    agency, other, organiser = two_agencies
    roster = _send(organiser, agency, xlsx(row("Siti Aminah", NIP)))
    third = make_organisation("Dinas Sosial", other.parent)
    Person.objects.get().employments.update(organisation=third)
    assert _accept(organiser, roster, **{"m-0:2": "on"}).counts["rejected"] == 1


def test_a_list_of_the_whole_province_moves_nobody_between_its_agencies_unseen(
    two_agencies: tuple[Organisation, Organisation, Client],
) -> None:
    agency, other, organiser = two_agencies
    unit = make_organisation("Bidang Gizi", other, kind="unit")
    assert agency.parent is not None
    sent = xlsx(row("Siti Aminah", NIP, Unit=agency.name))
    roster = _send(organiser, agency.parent, sent)
    assert (roster.state, [each["agency"] for each in roster.preview["moves"]]) == (RosterState.CHECKED, [other.name])
    assert _accept(organiser, roster, moves_all="on").counts["updated"] == 1
    Person.objects.get().employments.present().update(organisation=other)
    within = _send(organiser, agency.parent, xlsx(row("Siti Aminah", NIP, Unit=unit.name)))
    assert (within.state, within.counts["updated"]) == (RosterState.IMPORTED, 1)


@pytest.mark.parametrize(("say", "name", "taken"), [
    ("keep", "Siti Aminah", True), ("new", "Markus Lengkong", True), ("different", "Siti Aminah", False), ("", "Siti Aminah", False),
])  # fmt: skip
def test_the_nip_of_a_released_person_under_another_name_is_a_question_too(
    agency: Organisation, coordinator: Client, say: str, name: str, taken: bool
) -> None:
    elsewhere = make_organisation("Dinas Kesehatan")
    siti = make_person(elsewhere, "Siti Aminah", nip=NIP)
    release_person(person=siti, version=siti.version, actor=SYSTEM)
    roster = _send(coordinator, agency, xlsx(row("Markus Lengkong", NIP)))
    page = _page(coordinator, roster)
    assert "q-0:2" in page
    assert "S••• A•••" in page
    assert "Siti Aminah" not in page, "the name is not for a stranger to read"
    roster = _accept(coordinator, roster, **({"q-0:2": say} if say else {}))
    siti.refresh_from_db()
    present = siti.employments.present().first()
    assert (siti.name, present is not None and present.organisation == agency) == (name, taken)
    assert "Siti Aminah" not in str(roster.rejected_rows)


def test_what_one_agency_has_set_does_not_hold_for_another(agency: Organisation, coordinator: Client) -> None:
    ColumnMapping.objects.create(
        organisation=make_organisation("Lain"),
        fingerprint="x" * 32,
        mapping={"name": 3},
        changed_at="2026-01-01T00:00Z",
    )
    assert _send(coordinator, agency, ODD).preview["pages"][0]["columns"]["name"] == 1


@pytest.mark.parametrize("columns", [
    {"c-0-1": "nip"}, {"c-0-1": "name", "c-0-2": "name"}, {"c-0-1": "no such field"}, {"sheets": "9", "c-0-1": "name"},
])  # fmt: skip
def test_columns_that_make_no_sense_are_refused_on_the_page_and_nothing_is_remembered(
    agency: Organisation, coordinator: Client, columns: dict[str, str]
) -> None:
    roster = _send(coordinator, agency, ODD)
    page = coordinator.post(reverse("people:roster_map", args=[roster.code]), {"sheets": "0", **columns})
    assert page.status_code == 200
    assert "error-summary" in page.text
    assert not ColumnMapping.objects.exists()


def test_only_chosen_sheets_are_read(agency: Organisation, coordinator: Client) -> None:
    book = openpyxl.Workbook()
    book.active.title = "PNS"
    book.create_sheet("Semua")
    for sheet in book.worksheets:
        sheet.append(["Nama", "NIP"])
        sheet.append(["Siti Aminah", NIP])
    out = io.BytesIO()
    book.save(out)
    roster = _send(coordinator, agency, out.getvalue())
    assert (roster.state, roster.counts["rejected"]) == (RosterState.CHECKED, 1)
    assert "baris 2 (PNS) pada berkas ini" in _page(coordinator, roster)
    assert roster.rejected_rows[0]["page"] == "Semua"
    form = {"sheets": "0", "c-0-0": "name", "c-0-1": "nip", "c-1-0": "name", "c-1-1": "nip"}
    coordinator.post(reverse("people:roster_map", args=[roster.code]), form)
    roster = _accept(coordinator, _work(roster))
    assert roster.counts == {"rows": 1, "created": 1, "updated": 0, "unchanged": 0, "rejected": 0, "warnings": 0}


def test_an_odd_nip_waits_for_a_person_who_says_that_it_is_right(agency: Organisation, coordinator: Client) -> None:
    sent = xlsx(row("Siti Aminah", YOUNG), row("Dewi Lestari", "200001012013011002"))
    roster = _send(coordinator, agency, sent)
    assert roster.state == RosterState.CHECKED
    assert [each["key"] for each in roster.preview["doubts"]] == ["0:2", "0:3"]
    roster = _accept(coordinator, roster, **{"d-0:2": "on"})
    assert (roster.counts["created"], roster.counts["rejected"], roster.counts["warnings"]) == (1, 1, 2)
    assert Person.objects.get().nip == YOUNG
    entry = AuditEntry.objects.get(code="people.accept_roster")
    assert (entry.details["accepted"], entry.user_id is not None) == (1, True)


def test_all_odd_nips_are_accepted_by_one_tick(agency: Organisation, coordinator: Client) -> None:
    roster = _send(coordinator, agency, xlsx(row("Siti Aminah", YOUNG)))
    assert _accept(coordinator, roster, accepts_all="on").counts["created"] == 1
    assert AuditEntry.objects.get(code="people.accept_roster").details["accepted"] == "all"


@pytest.mark.parametrize(("say", "name", "counts"), [
    ("keep", "Siti Aminah", (0, 1, 0)), ("new", "Markus Lengkong", (1, 0, 0)), ("different", "Siti Aminah", (0, 0, 1)),
    ("", "Siti Aminah", (0, 0, 1)),
])  # fmt: skip
def test_an_nip_under_another_name_is_answered_by_a_person(
    agency: Organisation, coordinator: Client, say: str, name: str, counts: tuple[int, int, int]
) -> None:
    make_person(agency, "Siti Aminah", nip=NIP)
    roster = _send(coordinator, agency, xlsx(row("Markus Lengkong", NIP)))
    assert "Markus Lengkong" in _page(coordinator, roster)
    assert Person.objects.get().name == "Siti Aminah"
    roster = _accept(coordinator, roster, **({"q-0:2": say} if say else {}))
    assert tuple(roster.counts[each] for each in ("updated", "unchanged", "rejected")) == counts
    assert Person.objects.get().name == name


def test_nobody_answers_for_the_people_of_another_agency(agency: Organisation, coordinator: Client) -> None:
    make_person(make_organisation("Dinas Kesehatan"), "Siti Aminah", nip=NIP)
    roster = _send(coordinator, agency, xlsx(row("Markus Lengkong", NIP)))
    assert roster.preview["questions"] == []
    assert "Siti Aminah" not in _page(coordinator, roster)
    assert _accept(coordinator, roster, **{"q-0:2": "new"}).counts["rejected"] == 1
    assert Person.objects.get().name == "Siti Aminah"


def test_an_answer_about_one_person_is_not_taken_for_another_who_has_the_nip_meanwhile(
    agency: Organisation, coordinator: Client
) -> None:
    first = make_person(agency, "Siti Aminah", nip=NIP)
    roster = _send(coordinator, agency, xlsx(row("Markus Lengkong", NIP)))
    Person.objects.filter(pk=first.pk).update(nip="")
    make_person(agency, "Dewi Lestari", nip=NIP)
    assert _accept(coordinator, roster, **{"q-0:2": "new"}).counts["rejected"] == 1


def test_a_list_whose_nips_are_all_lost_takes_people_by_name_and_number_to_be_completed(
    agency: Organisation, coordinator: Client
) -> None:
    sent = xlsx(
        row("Siti Aminah", 1.98609262015051e17, **{"No. HP": "081234567890", "Status": "PNS"}),
        row("Dewi Lestari", 1.99001012020122e17, Status="PNS"),
    )
    roster = _send(coordinator, agency, sent)
    assert (roster.state, roster.preview["lost"], roster.counts["rejected"]) == (RosterState.CHECKED, 2, 2)
    roster = _accept(coordinator, roster, without_nip="on")
    siti = Person.objects.get()
    assert (siti.nip, siti.nip_pending, needs_nip(siti), siti.employments.get().kind) == ("", True, True, "pns")
    assert (roster.counts["created"], roster.counts["rejected"]) == (1, 1)
    again = _accept(coordinator, _send(coordinator, agency, sent), without_nip="on")
    assert (again.counts["created"], again.counts["unchanged"], Person.objects.count()) == (0, 1, 1)
    _send(coordinator, agency, xlsx(row("Siti Aminah", NIP, **{"No. HP": "081234567890"})))
    siti.refresh_from_db()
    assert (siti.nip, siti.nip_pending, needs_nip(siti)) == (NIP, False, False)


def test_who_comes_without_a_lost_nip_and_without_a_status_is_no_honorary_worker(
    agency: Organisation, coordinator: Client
) -> None:
    """The digits that Excel keeps tell permanent from contract staff; where it kept none, the NIP does once it is there."""
    phones = [f"08123456789{n}" for n in range(3)]
    lost = (1.98609262015051e17, 1.99001012020211e17, "1,99E+17")
    names = ("Siti Aminah", "Dewi Lestari", "Rina Sari")
    sent = [row(name, nip, **{"No. HP": phone}) for name, nip, phone in zip(names, lost, phones, strict=True)]
    _accept(coordinator, _send(coordinator, agency, xlsx(*sent)), without_nip="on")
    assert [each.kind for each in Employment.objects.order_by("pk")] == ["pns", "pppk", "pns"]
    Employment.objects.update(kind="honorary")
    _send(coordinator, agency, xlsx(row("Siti Aminah", NIP, **{"No. HP": phones[0]})))
    complete_nip(person=Person.objects.get(name="Rina Sari"), nip=PPPK_NIP, actor=SYSTEM)
    assert [each.kind for each in Employment.objects.order_by("pk")] == ["pns", "honorary", "pppk"]


def test_lost_nips_come_back_unless_somebody_says_otherwise(agency: Organisation, coordinator: Client) -> None:
    sent = xlsx(row("Siti Aminah", 1.98609262015051e17, **{"No. HP": "081234567890"}))
    assert _accept(coordinator, _send(coordinator, agency, sent)).counts["rejected"] == 1
    assert not Person.objects.exists()


def test_rejected_rows_come_back_in_the_agency_s_own_workbook_and_can_be_sent_again_corrected(
    agency: Organisation, coordinator: Client
) -> None:
    book = openpyxl.Workbook()
    book.active.title = "PNS"
    other = book.create_sheet("PPPK")
    for sheet in book.worksheets:
        for line in (["DAFTAR PEGAWAI"], [], ["No", "Nama", "NIP", "Bidang"]):
            sheet.append(line)
        sheet.merge_cells("A1:D1")
    book.worksheets[0].append([1, "Siti Aminah", "123", "Promosi"])
    book.worksheets[0].append([2, "Dewi Lestari", OTHER_NIP, None])
    book.worksheets[0].append([3, "Rina Sari", "=1+1", None])
    book.worksheets[0].merge_cells("D4:D6")
    other.append([1, "Markus Lengkong", PPPK_NIP, ""])
    book.worksheets[0]["C6"] = "77"
    for line in ([], ["", "Mengetahui"], ["", "Kepala Dinas"]):
        other.append(line)
    out = io.BytesIO()
    book.save(out)
    roster = _accept(coordinator, _send(coordinator, agency, out.getvalue()))
    back = _rejected(roster)
    assert back.sheetnames == ["PNS"]
    sheet = back["PNS"]
    lines = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert lines[0][0] == "DAFTAR PEGAWAI"
    assert [str(each) for each in sheet.merged_cells.ranges] == ["A1:D1"]
    assert lines[2] == ["No", "Nama", "NIP", "Bidang", "Alasan"]
    assert [line[:4] for line in lines[3:]] == [[1, "Siti Aminah", "123", "Promosi"], [3, "Rina Sari", "77", "Promosi"]]
    assert all(line[4] for line in lines[3:])
    sheet["C4"], sheet["C5"] = NIP, "77"
    again = io.BytesIO()
    back.save(again)
    second = _accept(coordinator, _send(coordinator, agency, again.getvalue()))
    assert (second.counts["created"], second.counts["rejected"]) == (1, 1)
    assert Person.objects.get(nip=NIP).employments.get().unit == "Promosi"
    assert [cell.value for cell in _rejected(second)["PNS"][3]] == ["No", "Nama", "NIP", "Bidang", "Alasan"]


@pytest.mark.parametrize("merged", [False, True])
def test_a_person_on_two_rows_comes_back_on_both_and_is_read_again_with_the_nip(
    agency: Organisation, coordinator: Client, merged: bool
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    no_birth = NIP.replace("0926", "0931")
    for line in (["No", "Nama", "NIP", "Bidang"], [1, "Siti Aminah", None, "Promosi"], [None, None, no_birth],
                 [2, "Dewi Lestari", None, "Promosi"], [None, f"NIP. {NIP.replace('0926', '1399')}"],
                 [3, "Rina Sari", None, "Promosi"], [None, None, OTHER_NIP]):  # fmt: skip
        sheet.append(line)
    if merged:
        sheet.merge_cells("B2:B3")
    out = io.BytesIO()
    book.save(out)
    sent = _send(coordinator, agency, out.getvalue())
    roster = _accept(coordinator, sent)
    assert (roster.counts["created"], roster.counts["rejected"]) == (1, 2)
    back = _rejected(roster).active
    lines = [[cell.value for cell in line] for line in back.iter_rows(min_row=2)]
    assert [line[1:3] for line in lines] == [
        ["Siti Aminah", None], [None, no_birth], ["Dewi Lestari", None], [f"NIP. {NIP.replace('0926', '1399')}", None],
    ]  # fmt: skip
    assert [bool(line[4]) for line in lines] == [True, False, True, False]
    assert roster.rejects is not None
    again = _accept(coordinator, _send(coordinator, agency, read_bytes(roster.rejects)))
    assert (again.counts["created"], again.counts["rejected"]) == (0, 2)
    assert not Person.objects.filter(nip="").exists()
    book = _rejected(again)
    book.active["C3"] = NIP
    out = io.BytesIO()
    book.save(out)
    third = _accept(coordinator, _send(coordinator, agency, out.getvalue()))
    assert (third.counts["created"], third.counts["rejected"]) == (1, 1)
    assert Person.objects.get(nip=NIP).name == "Siti Aminah"


def test_strangers_and_readers_neither_map_nor_accept(agency: Organisation, coordinator: Client) -> None:
    roster = _send(coordinator, agency, ODD)
    stranger = _client(Role.COORDINATOR, make_organisation("Dinas Kesehatan"))
    inspector = _client(Role.INSPECTOR, agency)
    for name in ("roster_map", "roster_accept"):
        address = reverse(f"people:{name}", args=[roster.code])
        data = {"sheets": "0", "c-0-1": "name"}
        assert stranger.post(address, data).status_code == 404
        assert inspector.post(address, data).status_code == 403
        assert Client().post(address, data).status_code == 302
    assert _work(roster).state == RosterState.CHECKED


def test_what_a_list_s_page_shows_of_people_is_gone_after_90_days(agency: Organisation, coordinator: Client) -> None:
    roster = _send(coordinator, agency, xlsx(row(), row("Markus Lengkong", "123")))
    assert old_roster_rows() == 0
    with clock.frozen_at(clock.now() + timedelta(days=91)):
        assert (old_roster_rows(), old_roster_rows()) == (1, 0)
    roster.refresh_from_db()
    assert (roster.rejected_rows, roster.preview, roster.counts["rows"]) == ([], {}, 2)
    assert _page(coordinator, roster)

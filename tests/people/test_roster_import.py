from __future__ import annotations

import io
from datetime import UTC, datetime

import openpyxl
import pytest

from enggang.access.enums import Role
from enggang.audit.models import AuditEntry
from enggang.core import clock, jobs
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, NotAllowed
from enggang.core.enums import JobState
from enggang.core.models import Job
from enggang.files.domain.storing import read_bytes
from enggang.people.domain.employments import release_person
from enggang.people.domain.rosters import import_file, upload_roster
from enggang.people.enums import RosterState, StaffKind
from enggang.people.models import Employment, Person, RosterImport
from enggang.people.queries.persons import unsound_persons
from enggang.people.reasons import Reason
from enggang.people.roster.sheet import NotARoster
from enggang.places.models import Organisation
from enggang.search.models import SearchEntry
from tests.people.factories import (
    NIP,
    OTHER_NIP,
    PPPK_NIP,
    csv_file,
    make_actor,
    make_organisation,
    make_person,
    make_user,
    row,
    xlsx,
)  # fmt: skip

pytestmark = pytest.mark.django_db


def _read(organisation: Organisation, content: bytes, actor: Actor | None = None, **options: bool) -> dict[str, int]:
    actor = actor or make_actor(Role.COORDINATOR, organisation)
    return import_file(organisation=organisation, content=content, name="daftar.xlsx", actor=actor, **options)


def _counts(**given: int) -> dict[str, int]:
    return {"rows": 0, "created": 0, "updated": 0, "unchanged": 0, "rejected": 0, "warnings": 0, **given}


def _reasons() -> list[list[str]]:
    latest = RosterImport.objects.latest("pk")
    return [[remark["reason"] for remark in each["remarks"]] for each in latest.rejected_rows]


def _rejects(roster: RosterImport) -> bytes:
    assert roster.rejects is not None
    return read_bytes(roster.rejects)


def _job(roster: RosterImport) -> Job:
    assert roster.job is not None
    roster.job.refresh_from_db()
    return roster.job


def test_a_clean_roster_takes_every_person_on_record_with_their_employment() -> None:
    agency = make_organisation()
    sent = xlsx(
        row(
            Jabatan="Analis", **{"Pangkat/Golongan": "III/a", "No. HP": "0812-3456-7890", "Email": "Siti@Contoh.go.id"}
        ),
        row("Markus Lengkong", PPPK_NIP),
        row("Pak Ujang", "", Status="Honorer"),
    )
    assert _read(agency, sent) == _counts(rows=3, created=3)
    siti, markus, ujang = Person.objects.order_by("pk")
    assert (siti.name, siti.name_key, siti.nip) == ("Siti Aminah, S.Sos", "siti aminah", NIP)
    assert (siti.phone, siti.email) == ("+6281234567890", "siti@contoh.go.id")
    post = siti.employments.get()
    assert (post.organisation, post.kind, post.post, post.rank, post.ends_on) == (
        agency,
        "pns",
        "Analis",
        "III/a",
        None,
    )
    assert [markus.employments.get().kind, ujang.employments.get().kind] == ["pppk", "honorary"]
    assert siti.subject.organisation_code == agency.code
    assert unsound_persons() == []


def test_reading_leaves_one_audit_row_per_person_and_one_for_the_roster_without_personal_values() -> None:
    agency = make_organisation()
    _read(agency, xlsx(row(), row("Markus Lengkong", PPPK_NIP)))
    entries = AuditEntry.objects.filter(code="people.add_from_roster")
    assert {entry.subject_code for entry in entries} == {person.code for person in Person.objects.all()}
    done = AuditEntry.objects.get(code="people.import_roster")
    assert done.details == _counts(rows=2, created=2)
    assert not [
        entry for entry in AuditEntry.objects.all() if NIP in str(entry.details) or "Siti" in str(entry.details)
    ]


def test_those_from_a_roster_are_found_by_search_at_once() -> None:
    agency = make_organisation()
    _read(agency, xlsx(row(Jabatan="Analis Kebijakan")))
    entry = SearchEntry.objects.get(kind="person")
    assert (entry.title, entry.organisation_path) == ("Siti Aminah, S.Sos", agency.path)
    assert NIP not in entry.text


def test_the_same_file_twice_changes_nothing() -> None:
    agency = make_organisation()
    sent = xlsx(
        row(Jabatan="Analis"), row("Budi", "", **{"No. HP": "081234567890"}), row("Budi", ""), row("Budi", PPPK_NIP)
    )
    assert _read(agency, sent) == _counts(rows=4, created=4)
    before = list(Person.objects.values()), list(Employment.objects.values())
    assert _read(agency, sent) == _counts(rows=4, unchanged=4)
    assert (list(Person.objects.values()), list(Employment.objects.values())) == before
    assert SearchEntry.objects.filter(kind="person").count() == 4


def test_a_later_roster_changes_what_it_says_and_leaves_what_it_does_not_say() -> None:
    agency = make_organisation()
    with clock.frozen_at(datetime(2026, 1, 5, 2, tzinfo=UTC)):
        _read(agency, xlsx(row(Jabatan="Analis", **{"No. HP": "081234567890", "Pangkat/Golongan": "III/a"})))
    with clock.frozen_at(datetime(2026, 6, 1, 2, tzinfo=UTC)):
        assert _read(agency, xlsx(row("Hj. Siti Aminah, S.Sos., M.Si", Jabatan="Kepala Bidang"))) == _counts(
            rows=1, updated=1
        )
    siti = Person.objects.get()
    assert (siti.name, siti.phone, siti.version) == ("Hj. Siti Aminah, S.Sos., M.Si", "+6281234567890", 2)
    now, before = siti.employments.all()
    assert (now.post, now.rank, str(now.starts_on)) == ("Kepala Bidang", "III/a", "2026-06-01")
    assert (before.post, str(before.ends_on)) == ("Analis", "2026-05-31")


def test_a_poorer_spelling_does_not_take_titles_away() -> None:
    agency = make_organisation()
    _read(agency, xlsx(row("Hj. Siti Aminah, S.Sos")))
    assert _read(agency, xlsx(row("SITI AMINAH"))) == _counts(rows=1, unchanged=1)


def test_what_changed_on_the_day_of_the_first_import_is_corrected_in_place() -> None:
    agency = make_organisation()
    _read(agency, xlsx(row(Jabatan="Analsi")))
    _read(agency, xlsx(row(Jabatan="Analis")))
    assert [each.post for each in Employment.objects.all()] == ["Analis"]


def test_a_unit_that_is_an_organisation_of_the_agency_is_where_the_person_works() -> None:
    agency = make_organisation()
    bidang = make_organisation("Bidang Destinasi", agency)
    _read(agency, xlsx(row(Unit="bidang  DESTINASI"), row("Markus Lengkong", PPPK_NIP, Unit="Gudang")))
    siti, markus = (person.employments.get() for person in Person.objects.order_by("pk"))
    assert (siti.organisation, siti.unit) == (bidang, "")
    assert (markus.organisation, markus.unit) == (agency, "Gudang")


def test_rejected_rows_come_back_in_the_same_columns_with_the_reason() -> None:
    agency = make_organisation()
    sent = xlsx(
        row("Siti Aminah", 1.98609262015051e17, **{"No. HP": "0812"}),
        row("", OTHER_NIP),
        row("Markus Lengkong", PPPK_NIP),
    )
    counts = _read(agency, sent)
    assert counts == _counts(rows=3, created=1, rejected=2)
    roster = RosterImport.objects.get()
    sheet = openpyxl.load_workbook(io.BytesIO(_rejects(roster))).active
    lines = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert lines[0][:2] == ["Nama", "NIP"]
    assert lines[0][-1] == "Alasan"
    assert lines[1][0] == "Siti Aminah"
    assert lines[1][-1]
    assert lines[2][1] == OTHER_NIP
    assert _reasons() == [[Reason.NIP_LOST], [Reason.NAME_MISSING]]
    assert [each["row"] for each in roster.rejected_rows] == [2, 3]


def test_text_that_looks_like_a_formula_comes_back_as_text() -> None:
    agency = make_organisation()
    sent = csv_file(row('=HYPERLINK("http://x")', NIP, Jabatan="+1+1"), row("Markus", PPPK_NIP))
    assert _read(agency, sent)["rejected"] == 1
    sheet = openpyxl.load_workbook(io.BytesIO(_rejects(RosterImport.objects.get()))).active
    assert [cell.data_type for cell in sheet[2] if cell.value] == ["s", "s", "s", "s"]
    assert sheet["A2"].value == '=HYPERLINK("http://x")'


def test_the_same_nip_twice_in_one_file_is_read_once() -> None:
    agency = make_organisation()
    assert _read(agency, xlsx(row(), row("Siti Aminah"))) == _counts(rows=2, created=1, rejected=1)
    assert RosterImport.objects.get().rejected_rows[0]["remarks"] == [{"reason": "twice_in_file", "row": 2}]


def test_an_nip_under_a_clearly_different_name_is_a_question_and_changes_nothing() -> None:
    agency = make_organisation()
    make_person(agency, "Siti Aminah", nip=NIP)
    assert _read(agency, xlsx(row("Markus Lengkong", NIP)))["rejected"] == 1
    assert RosterImport.objects.get().rejected_rows[0]["remarks"] == [
        {"reason": "nip_other_name", "name": "Siti Aminah"}
    ]
    assert Person.objects.get().name == "Siti Aminah"


def test_the_other_name_is_masked_when_it_belongs_to_an_agency_the_actor_does_not_serve() -> None:
    agency, other = make_organisation(), make_organisation("Dinas Kesehatan")
    make_person(other, "Siti Aminah", nip=NIP)
    _read(agency, xlsx(row("Markus Lengkong", NIP)))
    assert RosterImport.objects.get().rejected_rows[0]["remarks"] == [{"reason": "nip_other_name", "name": "S••• A•••"}]


def test_someone_employed_elsewhere_must_be_released_first() -> None:
    agency, other = make_organisation(), make_organisation("Dinas Kesehatan")
    siti = make_person(other, "Siti Aminah, S.Sos", nip=NIP)
    assert _read(agency, xlsx(row()))["rejected"] == 1
    assert RosterImport.objects.get().rejected_rows[0]["remarks"] == [
        {"reason": "elsewhere", "agency": "Dinas Kesehatan"}
    ]
    assert siti.employments.get().organisation == other
    release_person(person=siti, version=siti.version, actor=make_actor(Role.COORDINATOR, other))
    assert _read(agency, xlsx(row())) == _counts(rows=1, updated=1)
    assert siti.employments.present().get().organisation == agency


def test_who_organises_above_both_agencies_moves_people_once_it_is_confirmed() -> None:
    province = make_organisation("Pemerintah Provinsi")
    agency, other = make_organisation(parent=province), make_organisation("Dinas Kesehatan", province)
    siti = make_person(other, "Siti Aminah, S.Sos", nip=NIP)
    organiser = make_actor(Role.ORGANISER, province)
    assert _read(agency, xlsx(row()), actor=organiser) == _counts(rows=1, rejected=1, warnings=1)
    assert siti.employments.get().organisation == other
    counts = _read(agency, xlsx(row()), actor=organiser, accepts_warnings=True)
    assert counts == _counts(rows=1, updated=1, warnings=1)
    siti.subject.refresh_from_db()
    assert (siti.employments.present().get().organisation, siti.subject.organisation_code) == (agency, agency.code)
    assert SearchEntry.objects.get(subject=siti.subject).organisation_path == agency.path


def test_a_person_without_an_nip_is_known_by_name_and_number_and_gets_the_nip_later() -> None:
    agency = make_organisation()
    phone = {"No. HP": "081234567890"}
    _read(agency, xlsx(row("Siti Aminah", "", **phone)))
    assert _read(agency, xlsx(row("Siti Aminah", NIP, **phone))) == _counts(rows=1, updated=1, warnings=1)
    assert Person.objects.get().nip == NIP


def test_two_of_one_name_with_different_numbers_are_two_people() -> None:
    agency = make_organisation()
    _read(agency, xlsx(row("Budi", "", **{"No. HP": "081111111111"})))
    assert _read(agency, xlsx(row("Budi", "", **{"No. HP": "082222222222"}))) == _counts(rows=1, created=1)


def test_a_name_that_several_have_is_a_question() -> None:
    agency = make_organisation()
    _read(agency, xlsx(*(row("Budi", "", **{"No. HP": phone}) for phone in ("081111111111", "082222222222"))))
    assert _read(agency, xlsx(row("Budi", ""))) == _counts(rows=1, rejected=1)
    assert _reasons() == [[Reason.SEVERAL_MATCH]]


def test_another_nip_for_a_person_with_the_same_number_is_a_question() -> None:
    agency = make_organisation()
    make_person(agency, "Siti Aminah", nip=NIP, phone="081234567890")
    assert _read(agency, xlsx(row("Siti Aminah", OTHER_NIP, **{"No. HP": "081234567890"})))["rejected"] == 1
    assert _reasons() == [[Reason.NIP_OTHER_OWN]]


def test_an_nip_that_stands_twice_in_a_file_under_two_names_is_a_question() -> None:
    agency = make_organisation()
    assert _read(agency, xlsx(row("Siti Aminah"), row("Markus Lengkong"), row("Siti Aminah, S.Sos")))["rejected"] == 2
    assert _reasons() == [[Reason.NIP_TWICE_IN_FILE], [Reason.TWICE_IN_FILE]]


def test_blank_rows_and_totals_are_no_people() -> None:
    agency = make_organisation()
    counts = _read(
        agency, xlsx(row(), row("", ""), row("Markus", PPPK_NIP), row("JUMLAH", ""), row("Total 2 orang", ""))
    )
    assert counts == _counts(rows=2, created=2)


@pytest.mark.parametrize(("delimiter", "encoding"), [(";", "cp1252"), (",", "utf-8-sig"), ("\t", "utf-16")])
def test_a_csv_is_read_with_the_separators_and_encodings_that_offices_have(delimiter: str, encoding: str) -> None:
    agency = make_organisation()
    _read(agency, csv_file(row("André Lontaan"), delimiter=delimiter, encoding=encoding))
    assert [person.name for person in Person.objects.all()] == ["André Lontaan"]


def test_a_dry_run_counts_and_writes_nothing() -> None:
    agency = make_organisation()
    assert _read(agency, xlsx(row(), row("", OTHER_NIP)), dry_run=True) == _counts(rows=2, created=1, rejected=1)
    assert not Person.objects.exists()
    assert not RosterImport.objects.exists()


def test_a_coordinator_reads_no_roster_into_another_agency() -> None:
    agency, other = make_organisation(), make_organisation("Dinas Kesehatan")
    with pytest.raises(NotAllowed):
        _read(agency, xlsx(row()), actor=make_actor(Role.COORDINATOR, other))
    assert not Person.objects.exists()


def test_an_uploaded_roster_is_read_by_the_job_and_its_counts_are_kept() -> None:
    agency = make_organisation()
    actor = make_actor(Role.COORDINATOR, agency)
    roster = upload_roster(
        organisation=agency, content=xlsx(row(), row("Markus", PPPK_NIP)), name="daftar.xlsx", actor=actor
    )
    assert (roster.state, _job(roster).state) == (RosterState.UPLOADED, JobState.QUEUED)
    jobs.run_pending()
    roster.refresh_from_db()
    assert (roster.state, roster.counts, roster.preview) == (RosterState.IMPORTED, _counts(rows=2, created=2), {})
    assert _job(roster).state == JobState.DONE
    assert Person.objects.get(nip=NIP).employments.get().kind == StaffKind.PNS


def test_a_job_that_runs_a_second_time_after_it_was_done_does_nothing() -> None:
    agency = make_organisation()
    actor = make_actor(Role.COORDINATOR, agency)
    roster = upload_roster(organisation=agency, content=xlsx(row()), name="daftar.xlsx", actor=actor)
    jobs.run_pending()
    Job.objects.update(state=JobState.QUEUED)
    jobs.run_pending()
    roster.refresh_from_db()
    assert roster.counts == _counts(rows=1, created=1)
    assert Person.objects.count() == 1


def test_a_file_without_names_fails_with_a_sentence_and_keeps_it() -> None:
    agency = make_organisation()
    actor = make_actor(Role.COORDINATOR, agency)
    roster = upload_roster(organisation=agency, content=xlsx(["a", "b"], header=None), name="x.xlsx", actor=actor)
    jobs.run_pending()
    roster.refresh_from_db()
    assert roster.state == RosterState.FAILED
    assert "Nama" in roster.problem
    assert _job(roster).state == JobState.FAILED


def test_the_same_file_sent_twice_at_once_is_read_once() -> None:
    agency = make_organisation()
    actor = make_actor(Role.COORDINATOR, agency)
    upload_roster(organisation=agency, content=(sent := xlsx(row())), name="daftar.xlsx", actor=actor)
    with pytest.raises(Conflict):
        upload_roster(organisation=agency, content=sent, name="daftar.xlsx", actor=actor)
    assert RosterImport.objects.count() == 1


def test_who_has_lost_the_role_before_the_job_runs_reads_nothing_in() -> None:
    agency = make_organisation()
    user = make_user(Role.COORDINATOR, agency)
    from enggang.access.domain.actors import actor_for

    roster = upload_roster(organisation=agency, content=xlsx(row()), name="daftar.xlsx", actor=actor_for(user))
    user.role_grants.all().delete()
    jobs.run_pending()
    roster.refresh_from_db()
    assert roster.state == RosterState.FAILED
    assert not Person.objects.exists()


def test_a_picture_is_refused_before_anything_is_kept() -> None:
    agency = make_organisation()
    with pytest.raises(NotARoster):
        upload_roster(
            organisation=agency, content=b"\x89PNG\r\n\x1a\n....", name="daftar.xlsx", actor=make_actor(Role.ORGANISER)
        )
    assert not RosterImport.objects.exists()

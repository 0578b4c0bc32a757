from __future__ import annotations

import io
import time
from datetime import date, timedelta
from typing import Any

import docx
import pytest
from django.urls import reverse
from docx.enum.section import WD_ORIENT
from pypdf import PdfReader

from enggang.access.enums import Role
from enggang.attendance.domain.marks import mark_list
from enggang.attendance.enums import Status
from enggang.attendance.models import Occasion
from enggang.budgets.domain.payments import record_payment
from enggang.core import clock, jobs
from enggang.core.actor import SYSTEM, Actor
from enggang.core.acts import Conflict, NotAllowed
from enggang.documents.models import Register
from enggang.files.domain.storing import read_bytes
from enggang.people.models import Person
from enggang.seats.domain.offers import PoolSpec
from enggang.surveys.domain.surveys import close_survey, open_survey
from enggang.training.domain import reports as acts
from enggang.training.domain.certificates import issue_certificates, register_of
from enggang.training.domain.completion import decide_outcomes, override_outcome
from enggang.training.domain.evaluation import add_survey
from enggang.training.domain.money import add_receipt, add_trip
from enggang.training.enums import Outcome
from enggang.training.models import ActivityReport, ReportPhoto, ReportPoint, ReportVersion, Session, Wave
from enggang.training.reporting.build import SECTIONS, draft
from tests.documents.factories import opened, text_of
from tests.training.factories import (
    SIGNING,
    client_of,
    make_actor,
    make_agency,
    make_person,
    make_user,
    make_wave,
    seat,
)
from tests.training.test_money import line_of
from tests.training.test_testing import rows_of, sit, wave_with_tests
from tests.training.uploads import arrived, png

pytestmark = pytest.mark.django_db


def held_wave(people: int = 4, *, issue: bool = True) -> Wave:
    """Two sessions: everybody was at the first; at the second one was sick, one absent, the last is not marked."""
    agency = make_agency()
    wave = make_wave(agency, PoolSpec("Terbuka", people), sessions=2)
    codes = [seat(wave, make_person(agency, f"Orang {n:03d}")).person.subject.code for n in range(people)]
    first, second = wave.sessions.select_related("occasion__organisation", "occasion__subject")
    mark_list(occasion=first.occasion, statuses=dict.fromkeys(codes, Status.PRESENT), actor=SYSTEM)
    late = {codes[0]: Status.SICK, codes[1]: Status.ABSENT, **dict.fromkeys(codes[2:-1], Status.PRESENT)}
    mark_list(occasion=second.occasion, statuses=late, actor=SYSTEM)
    if issue:
        decide_outcomes(wave=wave, actor=SYSTEM)
        issue_certificates(wave=wave, signing=SIGNING, actor=SYSTEM)
        jobs.run_pending()
    return Wave.objects.with_names().get(pk=wave.pk)


def part(wave: Wave, section: str, key: str) -> Any:
    data = draft(wave, acts.report_of(wave)).data
    found = next(each for each in data["sections"] if each["key"] == section)
    return next(each for each in found["parts"] if each["key"] == key)


def figure(wave: Wave, section: str, key: str, name: str) -> str:
    value: str = next(row["value"] for row in part(wave, section, key)["figures"] if row["key"] == name)
    return value


def cells(found: Any) -> list[list[str]]:
    return [row["cells"] for row in found["rows"]]


def test_the_annex_names_each_traveller_with_route_days_and_costs() -> None:
    wave = make_wave(make_agency())
    seat(wave, make_person(wave.organisation, "Orang 000"))
    assert part(wave, "annex_trip_list", "trip_list")["kind"] == "text"
    registered = wave.registrations.get().person
    outside = make_person(make_agency("Dinas Jauh"), "Zul")
    for person, number in ((registered, "090/7/SPPD"), (outside, "")):
        facts = {
            "leaves_from": "Sambas",
            "goes_to": "Pontianak",
            "leaves_on": date(2026, 3, 2),
            "returns_on": date(2026, 3, 4),
        }
        trip = add_trip(
            wave=wave, person=person, number=number, per_diem=150_000, lodging=400_000, actor=SYSTEM, **facts
        )
    add_receipt(trip=trip, name="Bus", amount=75_000, actor=SYSTEM)
    found = part(wave, "annex_trip_list", "trip_list")
    first, second = cells(found)
    assert first[1:6] == [
        "Orang 000",
        wave.organisation.name,
        "090/7/SPPD",
        "Sambas – Pontianak, 2 s.d. 4 Maret 2026",
        "3",
    ]
    assert second[1:4] == ["Zul", "Dinas Jauh", "–"]
    assert second[6:] == ["Rp 450.000", "Rp 75.000", "Rp 400.000", "Rp 925.000"]
    assert found["total"][5:] == ["6", "Rp 900.000", "Rp 75.000", "Rp 800.000", "Rp 1.775.000"]


def test_tables_of_many_amounts_lie_on_the_long_side_of_the_paper() -> None:
    wave = make_wave(make_agency())
    facts = {
        "leaves_from": "Sambas",
        "goes_to": "Pontianak",
        "leaves_on": date(2026, 3, 2),
        "returns_on": date(2026, 3, 4),
    }
    person = make_person(make_agency("Dinas Jauh"), "Zul")
    upright, _across = laid_out(wave)
    assert not _across
    add_trip(wave=wave, person=person, per_diem=150_000_000, lodging=400_000, actor=SYSTEM, **facts)
    _upright, across = laid_out(wave)
    assert across == {"pdf": 1, "docx": 1}
    assert upright["pdf"] > 2


def laid_out(wave: Wave) -> tuple[dict[str, int], dict[str, int]]:
    """How many pages of the PDF and sections of the DOCX are upright, and how many lie across."""
    pdf, written = acts.draw(draft(wave, acts.report_of(wave)).data, wave)
    pages = [page.mediabox for page in PdfReader(io.BytesIO(pdf)).pages]
    sections = docx.Document(io.BytesIO(written)).sections
    across = {
        "pdf": sum(page.width > page.height for page in pages),
        "docx": sum(each.orientation == WD_ORIENT.LANDSCAPE for each in sections),
    }
    upright = {"pdf": len(pages) - across["pdf"], "docx": len(sections) - across["docx"]}
    return upright, {name: number for name, number in across.items() if number}


def version_of(wave: Wave, reason: str = "", actor: Actor = SYSTEM) -> ReportVersion:
    made = acts.make_version(wave=wave, reason=reason, actor=actor)
    jobs.run_pending()
    return ReportVersion.objects.with_names().get(pk=made.pk)


class TestWhatItSays:
    def test_attendance_per_session_and_agency_as_the_marks_say(self) -> None:
        wave = held_wave()
        assert cells(part(wave, "attendance", "sessions")) == [
            ["Hari 1", "4", "4", "0", "0", "0", "100,0"],
            ["Hari 2", "4", "1", "1", "1", "1", "25,0"],
        ]
        assert cells(part(wave, "attendance", "agencies")) == [["Disporapar", "4", "5", "8", "62,5"]]
        assert part(wave, "attendance", "sessions_chart")["bars"][1] == {
            "label": "Hari 2", "length": 250, "shown": "25,0 %"
        }  # fmt: skip

    def test_participants_by_agency_sex_and_kind_completion_and_certificates(self) -> None:
        wave = held_wave()
        Person.objects.filter(name="Orang 000").update(nip="198001012010012901")
        assert figure(wave, "participants", "count", "seated") == "4"
        assert cells(part(wave, "participants", "kind")) == [["PNS", "4", "100,0"]]
        women = {row[0]: int(row[1]) for row in cells(part(wave, "participants", "sex"))}
        assert sum(women.values()) == 4
        assert women["Perempuan"] >= 1
        assert figure(wave, "completion", "outcomes", "passed") == "1"
        assert figure(wave, "completion", "outcomes", "failed") == "3"
        assert figure(wave, "certificates", "issued", "issued") == "1"
        row = wave.registrations.get(award__isnull=False)
        assert row.award is not None
        assert cells(part(wave, "annex_certificate_list", "certificate_list"))[0][1:3] == [
            row.award.number,
            "Orang 002",
        ]

    def test_whom_nobody_marked_stays_in_the_sum_when_the_list_is_closed(self) -> None:
        wave = held_wave(issue=False)
        for row in wave.sessions.select_related("occasion"):
            Occasion.objects.filter(pk=row.occasion_id).update(
                starts_at=clock.now() - timedelta(days=9), ends_at=clock.now() - timedelta(days=9) + timedelta(hours=3)
            )
        rows = cells(part(Wave.objects.with_names().get(pk=wave.pk), "annex_attendance_list", "attendance_list"))
        assert [int(row[2]) for row in rows] == [sum(map(int, row[3:7])) for row in rows]
        assert rows[3][1:7] == ["Orang 003", "2", "1", "0", "0", "1"]

    def test_two_agencies_and_two_instructors_of_one_name_are_two(self) -> None:
        home = make_agency()
        regencies = [make_agency(f"Kabupaten {name}", home) for name in ("Sambas", "Landak")]
        offices = [make_agency("Dinas Pariwisata", each) for each in regencies]
        wave = make_wave(home, PoolSpec("Terbuka", 5), sessions=2)
        people = [seat(wave, make_person(office, f"Orang {n}")).person for n, office in enumerate(offices)]
        codes = {people[0].subject.code: Status.PRESENT, people[1].subject.code: Status.ABSENT}
        for session, teacher in zip(wave.sessions.select_related("occasion__subject"), (1, 2), strict=True):
            mark_list(occasion=session.occasion, statuses=codes, actor=SYSTEM)
            Session.objects.filter(pk=session.pk).update(instructor=make_person(home, "Ahmad"), jp=teacher)
        wave = Wave.objects.with_names().get(pk=wave.pk)
        assert figure(wave, "participants", "count", "agencies") == "2"
        names = ["Dinas Pariwisata (Kabupaten Landak)", "Dinas Pariwisata (Kabupaten Sambas)"]
        assert [row[0] for row in cells(part(wave, "participants", "agency"))] == names
        assert [row[:3] for row in cells(part(wave, "attendance", "agencies"))] == [
            [names[0], "1", "0"],
            [names[1], "1", "2"],
        ]
        taught = part(wave, "sessions", "taught")
        assert sorted(cells(taught)) == [["Ahmad", "1", "1"], ["Ahmad", "1", "2"]]
        assert len({row["key"] for row in taught["rows"]}) == 2

    def test_certificates_stand_in_the_order_of_the_register_also_without_leading_zeros(self) -> None:
        wave = held_wave(people=12, issue=False)
        register = register_of(wave, SYSTEM)
        Register.objects.filter(pk=register.pk).update(pattern="{seq}/CONTOH/{year}")
        for row in wave.registrations.seated():
            override_outcome(registration=row, outcome=Outcome.PASSED, reason="Diuji", actor=SYSTEM)
        issue_certificates(wave=wave, signing=SIGNING, actor=SYSTEM)
        jobs.run_pending()
        wave = Wave.objects.with_names().get(pk=wave.pk)
        listed = cells(part(wave, "annex_certificate_list", "certificate_list"))
        assert [row[1].split("/")[0] for row in listed] == [str(number) for number in range(1, 13)]
        ends = [figure(wave, "certificates", "issued", name).split("/")[0] for name in ("first", "last")]
        assert ends == ["1", "12"]

    def test_what_is_not_there_is_said_and_never_zero(self) -> None:
        wave = Wave.objects.with_names().get(pk=make_wave(make_agency(), sessions=0, opened=False).pk)
        data = draft(wave, None).data
        said = [each["text"] for one in data["sections"] for each in one["parts"] if each["kind"] == "missing"]
        assert "Gelombang ini tidak memiliki tes." in said
        assert "Anggaran gelombang ini belum diisi." in said
        assert "Tidak ada evaluasi yang dibuka." in said
        assert [each["kind"] for one in data["sections"] for each in one["parts"] if each["kind"] == "figures"] == []
        acts.draw(data, wave)

    def test_the_gain_from_the_least_number_on(self) -> None:
        wave = wave_with_tests(people=5)
        for row in rows_of(wave)[:4]:
            sit(row, "pre", 1)  # type: ignore[arg-type]
            sit(row, "post", 3)  # type: ignore[arg-type]
        wave = Wave.objects.with_names().get(pk=wave.pk)
        assert "kurang dari 5 orang" in part(wave, "tests", "gain")["text"]
        last = rows_of(wave)[4]
        sit(last, "pre", 1)  # type: ignore[arg-type]
        sit(last, "post", 3)  # type: ignore[arg-type]
        values = {row["key"]: row["value"] for row in part(wave, "tests", "gain")["figures"]}
        assert (values["both"], values["pre"], values["post"], values["gain"]) == ("5", "25,0", "75,0", "50,0")

    def test_an_evaluation_below_its_least_number_shows_nothing(self) -> None:
        wave = held_wave(issue=False)
        row = add_survey(wave=wave, purpose="organiser", actor=SYSTEM)
        open_survey(survey=row.survey, actor=SYSTEM)
        assert "setelah evaluasi ini ditutup" in part(wave, "evaluation", f"survey{row.pk}")["text"]
        close_survey(survey=row.survey, actor=SYSTEM)
        assert "belum mencapai 5" in part(wave, "evaluation", f"survey{row.pk}")["text"]

    def test_money_line_by_line(self) -> None:
        wave = held_wave(issue=False)
        line = line_of(Wave.objects.with_names().get(pk=wave.pk))
        record_payment(line=line, paid_on=clock.today(), payee="Contoh", receipt="KW-9", amount=900_000, actor=SYSTEM)
        wave = Wave.objects.with_names().select_related("budget").get(pk=wave.pk)
        paid = cells(part(wave, "money", "payments"))[0]
        assert paid[1:] == ["Contoh", "Kuitansi KW-9", "Rp 900.000", "Rp 0", "Rp 900.000"]
        row = cells(part(wave, "money", "lines"))[0]
        assert row[1:] == ["Honor", "Rp 18.000.000", "Rp 0", "Rp 900.000", "Rp 17.100.000", "5,0"]

    def test_a_person_of_the_agency_appears_without_an_nip(self) -> None:
        wave = held_wave()
        nips = [nip for nip in Person.objects.values_list("nip", flat=True) if nip]
        said = str(draft(wave, None).data)
        assert nips
        assert not [nip for nip in nips if nip in said]


class TestVersions:
    def test_the_frozen_files_are_tagged_archival_and_say_the_same(self) -> None:
        wave = held_wave()
        version = version_of(wave)
        assert (version.number, version.is_frozen) == (1, True)
        assert version.pdf is not None
        assert version.docx is not None
        pdf = read_bytes(version.pdf)
        with opened(pdf) as paper:
            assert paper.Root.MarkInfo.Marked
            assert str(paper.Root.Lang) == "id"
            with paper.open_metadata() as facts:
                assert (facts["pdfaid:part"], facts["pdfaid:conformance"]) == ("3", "A")
                assert facts["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        assert version.sha256 == version.pdf.sha256
        words = docx.Document(io.BytesIO(read_bytes(version.docx)))
        rows = [[cell.text for cell in row.cells] for table in words.tables for row in table.rows]
        content = version.content
        tables = [each for one in content["sections"] for each in one["parts"] if each["kind"] == "table"]
        assert tables
        assert not [row["cells"] for each in tables for row in each["rows"] if row["cells"] not in rows]
        figures = [row for one in content["sections"] for each in one["parts"] for row in each.get("figures", [])]
        assert not [row for row in figures if [row["label"], row["value"]] not in rows]
        read = text_of(pdf)
        tight = read.replace(" ", "")
        assert not [row["value"] for row in figures if row["value"].replace(" ", "") not in tight]
        assert "S P E S I M E N" in read
        assert "K O N S E P" not in read
        assert words.inline_shapes[0]._inline.docPr.get("descr").startswith("Diagram batang.")

    def test_the_second_lists_what_changed_and_the_first_stays(self) -> None:
        wave = held_wave()
        first = version_of(wave)
        with pytest.raises(Conflict):
            acts.make_version(wave=wave, reason="lagi", actor=SYSTEM)
        last = wave.sessions.select_related("occasion__organisation", "occasion__subject").last()
        unmarked = wave.registrations.get(person__name="Orang 003").person.subject.code
        assert last is not None
        mark_list(occasion=last.occasion, statuses={unmarked: Status.PRESENT}, actor=SYSTEM)
        with pytest.raises(Conflict):
            acts.make_version(wave=wave, reason=" ", actor=SYSTEM)
        second = version_of(wave, "Daftar hadir hari kedua terlambat masuk")
        said = next(each for each in second.content["sections"] if each["key"] == "changes")["parts"][0]["items"]
        assert said[0] == "Alasan: Daftar hadir hari kedua terlambat masuk"
        assert "Kehadiran: Per sesi, Hari 2, Hadir: 1 → 2" in said
        assert "Kehadiran: Per sesi, Hari 2, Belum ditandai: 1 → 0" in said
        assert "Rekap kehadiran: Orang 003, Hadir: 1 → 2" in said
        assert not [line for line in said if line.startswith("Peserta:")]
        assert second.pdf is not None
        assert first.pdf is not None
        assert "Perubahan dari versi 1" in text_of(read_bytes(second.pdf))
        assert acts.draw(first.content, wave)[0] == read_bytes(first.pdf)

    def test_drawing_twice_does_no_harm_and_other_bytes_are_refused(self) -> None:
        version = version_of(held_wave(issue=False))
        again = acts.draw(version.content, version.report.wave)
        assert acts.freeze_report(version=version, pdf=again[0], docx=again[1], actor=SYSTEM).sha256 == version.sha256
        with pytest.raises(Conflict):
            acts.freeze_report(version=version, pdf=b"%PDF other", docx=b"", actor=SYSTEM)
        with pytest.raises(Conflict):
            acts.redraw_report(version=version, actor=SYSTEM)

    def test_five_hundred_participants_in_some_seconds(self) -> None:
        wave = held_wave(people=500, issue=False)
        begun = time.perf_counter()
        data = draft(wave, None).data
        pdf, _docx = acts.draw(data, wave)
        assert time.perf_counter() - begun < 12
        assert len(cells(next(p for s in data["sections"] for p in s["parts"] if p["key"] == "list"))) == 500
        assert "Orang 499" in text_of(pdf)


class TestWords:
    def test_they_are_offered_kept_and_two_tabs_meet(self) -> None:
        wave = held_wave(issue=False)
        words: dict[str, Any] = {"background": "Latar.", "legal_basis": "SK 1", "purpose": "Tujuan.", "signatory": None}
        assert "Fotografi" in part(wave, "introduction", "purpose")["text"]
        acts.keep_report_texts(wave=wave, version=0, actor=SYSTEM, **words)
        with pytest.raises(Conflict):
            acts.keep_report_texts(wave=wave, version=0, actor=SYSTEM, **words)
        assert part(wave, "introduction", "background")["text"] == "Latar."
        with pytest.raises(NotAllowed):
            acts.keep_report_texts(wave=wave, version=2, actor=make_actor(Role.TREASURER, wave.organisation), **words)

    def test_obstacles_and_follow_up_come_and_go(self) -> None:
        wave = held_wave(issue=False)
        point = acts.add_report_point(wave=wave, kind="follow_up", text="Pendampingan", owner="Bidang", actor=SYSTEM)
        assert cells(part(wave, "follow_up", "follow_up")) == [["1", "Pendampingan", "Bidang", "–"]]
        acts.drop_report_point(wave=wave, point=point, actor=SYSTEM)
        assert part(wave, "follow_up", "follow_up")["kind"] == "missing"


class TestPhotos:
    def bring(self, wave: Wave, content: bytes, name: str = "a.png", alt: str = "Peserta memotret") -> ReportPhoto:
        upload = arrived(acts.photo_ticket(wave, SYSTEM), SYSTEM, content, name)
        return acts.bring_photo(wave=wave, code=upload.code, caption="Praktik", alt=alt, actor=SYSTEM)

    def test_one_stands_in_both_files_with_its_words(self) -> None:
        wave = held_wave(issue=False)
        photo = self.bring(wave, png())
        version = version_of(wave)
        assert version.docx is not None
        words = docx.Document(io.BytesIO(read_bytes(version.docx)))
        assert "Peserta memotret" in [shape._inline.docPr.get("descr") for shape in words.inline_shapes]
        acts.drop_report_photo(wave=wave, photo=photo, actor=SYSTEM)
        assert part(wave, "photos", "photos")["kind"] == "missing"
        assert acts.draw(version.content, wave)

    def test_damaged_one_or_one_without_words_is_refused(self) -> None:
        wave = held_wave(issue=False)
        with pytest.raises(Conflict):
            self.bring(wave, png()[:40])
        with pytest.raises(Exception, match="alt"):
            self.bring(wave, png(), alt="")
        with pytest.raises(Conflict):
            acts.bring_photo(wave=wave, code="nothing", caption="a", alt="b", actor=SYSTEM)
        assert not ReportPhoto.objects.exists()


class TestScreen:
    def test_from_the_tab_to_the_frozen_file(self) -> None:
        wave = held_wave()
        client = client_of(make_user(Role.ORGANISER, wave.organisation))
        address = reverse("training:report", args=[wave.code])
        assert address in client.get(reverse("training:pass_list", args=[wave.code])).text
        page = client.get(address).text
        assert "Fotografi" in page
        assert "Belum ada foto." in page
        answer = client.get(reverse("training:report_draft", args=[wave.code, "pdf"]))
        assert "K O N S E P" in text_of(answer.content)
        assert client.get(reverse("training:report_draft", args=[wave.code, "docx"])).content[:2] == b"PK"
        client.post(reverse("training:report_point", args=[wave.code]), {"kind": "obstacle", "text": "Listrik padam"})
        assert ReportPoint.objects.get().text == "Listrik padam"
        made = client.post(reverse("training:report_version_new", args=[wave.code]))
        jobs.run_pending()
        version = ReportVersion.objects.with_names().get()
        assert made["Location"] == reverse("training:report_version", args=[version.code])
        assert version.sha256 in client.get(made["Location"]).text
        files = [client.get(reverse("training:report_file", args=[version.code, kind])) for kind in ("pdf", "docx")]
        assert [answer.content[:2] for answer in files] == [b"%P", b"PK"]

    def test_what_was_typed_stays_beside_the_error(self) -> None:
        wave = held_wave(issue=False)
        client = client_of(make_user(Role.ORGANISER, wave.organisation))
        answer = client.post(
            reverse("training:report_point", args=[wave.code]), {"kind": "obstacle", "text": "", "owner": "Bidang X"}
        )
        assert answer.status_code == 422
        assert "Bidang X" in answer.text
        words = {"background": "ไทย", "legal_basis": "", "purpose": "", "signatory": "", "version": "0"}
        client.post(reverse("training:report_texts", args=[wave.code]), words)
        assert "tidak dapat dicetak" in client.get(reverse("training:report", args=[wave.code])).text
        assert client.get(reverse("training:report_draft", args=[wave.code, "pdf"])).status_code == 302

    def test_strangers_and_instructors_find_nothing(self) -> None:
        wave = held_wave(issue=False)
        version = version_of(wave)
        others = [make_user(Role.ORGANISER, make_agency("Lain")), make_user(Role.INSTRUCTOR, wave.organisation)]
        for user in others:
            client = client_of(user)
            for name, args in (
                ("report", [wave.code]),
                ("report_draft", [wave.code, "pdf"]),
                ("report_version", [version.code]),
                ("report_file", [version.code, "pdf"]),
            ):
                assert client.get(reverse(f"training:{name}", args=args)).status_code == 404
        watcher = client_of(make_user(Role.LEADER, wave.organisation))
        assert watcher.get(reverse("training:report", args=[wave.code])).status_code == 200
        assert watcher.post(reverse("training:report_version_new", args=[wave.code])).status_code == 404

    @pytest.mark.parametrize("people", [1, 3])
    def test_as_many_questions_for_any_number_of_people(self, people: int, django_assert_max_num_queries: Any) -> None:
        wave = held_wave(people=max(people, 2) if people == 1 else people, issue=False)
        client = client_of(make_user(Role.ORGANISER, wave.organisation))
        with django_assert_max_num_queries(75):
            client.get(reverse("training:report", args=[wave.code]))


def test_each_section_is_one_function_and_has_a_key_of_its_own() -> None:
    wave = held_wave(issue=False)
    keys = [each["key"] for each in draft(wave, None).data["sections"]]
    assert len(keys) == len(set(keys)) == len(SECTIONS)
    assert not ActivityReport.objects.exists()

"""Permits: which, from whom, until when; recounted when a day or a holiday list moves; rung, moved, applied for."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from enggang.access.enums import Role
from enggang.core import clock, jobs
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.documents.domain.letterheads import add_letterhead, add_signatory
from enggang.documents.domain.letters import issue_letter
from enggang.documents.models import Letter, Signatory
from enggang.documents.queries.wordings import wordings_for
from enggang.events.domain import permits as acts
from enggang.events.domain.alarms import queue_alarms
from enggang.events.domain.applications import annex_docx, annex_pdf, freeze_annex, write_application
from enggang.events.domain.dating import decide_dates
from enggang.events.domain.editions import change_edition
from enggang.events.domain.reference import keep_reference, load_reference
from enggang.events.enums import Area, PermitState, Scale, Stage
from enggang.events.models import Edition, Permit, PermitDocument, PermitRule
from enggang.events.queries.applications import application_of, missing_of
from enggang.events.queries.deadlines import permit_rows
from enggang.events.queries.gates import gate_of
from enggang.notices.models import Notice
from enggang.places.models import Organisation
from enggang.plans.domain.holidays import load_holidays
from enggang.plans.models import HolidayList, Member
from tests.events.factories import applies, brought_to, day, make_edition, make_region, make_site, planned
from tests.training.factories import client_of, make_actor, make_agency, make_user

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n"


@pytest.fixture
def agency() -> Organisation:
    load_reference(actor=SYSTEM)
    load_holidays(actor=SYSTEM)
    agency = make_agency("Disporapar Mempawah")
    agency.region = make_region()
    agency.save()
    return agency


def at(text: str) -> Any:
    return clock.frozen_at(datetime.combine(day(text), time(9), ZoneInfo("Asia/Pontianak")))


def crowd(edition: Edition) -> Permit:
    return Permit.objects.with_names().get(edition=edition, kind="crowd")


class TestTheRule:
    def test_robo_robo_2025_was_due_on_30_july_since_18_august_became_joint_leave(self, agency: Organisation) -> None:
        """Held on 20 August 2025: 31 July by the first decree, a day less since the one of 7 August."""
        with at("2025-05-01"):
            permit = crowd(make_edition(agency, area=Area.DISTRICTS))
            assert permit.due_on == date(2025, 7, 31)
        with at("2025-08-08"):
            acts.recount_deadlines(edition=permit.edition, why="SKB", actor=SYSTEM)
        permit.refresh_from_db()
        assert permit.due_on == date(2025, 7, 30)
        change = permit.deadline_changes.get()
        assert (change.was, change.now) == (date(2025, 7, 31), date(2025, 7, 30))
        assert "18 Agustus" in change.basis

    @pytest.mark.parametrize(
        ("scale", "area", "lead", "issuer"),
        [
            (Scale.LOCAL, Area.DISTRICT, 14, "polsek"),
            (Scale.LOCAL, Area.DISTRICTS, 14, "polres"),
            (Scale.NATIONAL, Area.REGENCIES, 21, "polda"),
            (Scale.NATIONAL, Area.WIDER, 21, "kabaintelkam"),
            (Scale.INTERNATIONAL, Area.DISTRICT, 30, "kabaintelkam"),
        ],
    )
    def test_scale_says_when_and_area_says_from_whom(
        self, agency: Organisation, scale: str, area: str, lead: int, issuer: str
    ) -> None:
        permit = crowd(make_edition(agency, scale=scale, area=area))
        assert permit.rule is not None
        assert (permit.rule.lead, permit.issuer) == (lead, issuer)

    def test_the_office_is_named_as_far_as_it_is_known(self, agency: Organisation) -> None:
        edition = make_edition(agency)
        assert crowd(edition).office == ""  # which district, nobody has said
        make_site(edition, district="Mempawah Hilir")
        assert crowd(edition).office == "Polsek Mempawah Hilir"
        change_edition(edition=edition, version=edition.version, area=Area.DISTRICTS, actor=SYSTEM)
        assert crowd(edition).office == "Polres Mempawah"
        permit = crowd(edition)
        acts.change_permit(permit=permit, version=permit.version, office="Polresta Contoh", actor=SYSTEM)
        change_edition(edition=edition, version=edition.version, area=Area.REGENCIES, actor=SYSTEM)
        assert crowd(edition).office == "Polresta Contoh"
        assert crowd(edition).issuer == "polda"

    def test_an_agency_s_own_row_takes_the_place_of_a_shipped_one(self, agency: Organisation) -> None:
        row = PermitRule(
            kind="crowd", issuer="polres", lead=5, unit="calendar", valid_from=day("2020-01-01"), source="Perbup"
        )
        keep_reference(row=row, organisation=agency, actor=SYSTEM)
        permit = crowd(make_edition(agency))
        assert permit.due_on == date(2025, 8, 15)

    def test_a_rule_with_reminders_that_are_no_numbers_is_refused(self, agency: Organisation) -> None:
        row = PermitRule(kind="crowd", issuer="polres", alarms="7;x", valid_from=day("2020-01-01"), source="x")
        with pytest.raises(ValidationError):
            keep_reference(row=row, organisation=agency, actor=SYSTEM)

    def test_without_a_list_for_the_year_it_says_so(self, agency: Organisation) -> None:
        HolidayList.objects.filter(year=2027).delete()
        edition = make_edition(agency, year=2027)
        (row,) = [each for each in permit_rows(edition) if each.permit.kind == "crowd"]
        assert row.missing_years == (2027,)
        assert row.due is not None
        assert row.permit.due_on == date(2027, 7, 8)  # weekends alone
        client = client_of(make_user(Role.ORGANISER, agency))
        client.cookies["django_language"] = "en"
        assert (
            "No decree of holidays is on record for 2027"
            in client.get(reverse("events:permits", args=[edition.code])).content.decode()
        )

    def test_without_a_day_there_is_no_deadline(self, agency: Organisation) -> None:
        edition = make_edition(agency)
        decide_dates(edition=edition, version=1, first=None, last=None, state="tentative", actor=SYSTEM)
        permit = crowd(edition)
        assert permit.due_on is None
        assert permit.deadline_changes.get().was == date(2025, 7, 30)


class TestMoving:
    def test_a_moved_date_shows_the_old_and_the_new_deadline_until_somebody_has_seen_it(
        self, agency: Organisation
    ) -> None:
        edition = make_edition(agency)
        decide_dates(edition=edition, version=1, first=day("2025-08-27"), last=None, state="tentative", actor=SYSTEM)
        permit = crowd(edition)
        change = permit.deadline_changes.get()
        assert (change.was, change.now, change.seen_at) == (date(2025, 7, 30), date(2025, 8, 6), None)
        client = client_of(make_user(Role.ORGANISER, agency))
        client.cookies["django_language"] = "en"
        page = client.get(reverse("events:permits", args=[edition.code])).content.decode()
        assert "has moved" in page
        assert "30 July 2025" in page
        client.post(reverse("events:permit_seen", args=[permit.code]))
        page = client.get(reverse("events:permits", args=[edition.code])).content.decode()
        assert "has moved" not in page

    def test_a_new_holiday_list_recounts_in_a_job(self, agency: Organisation) -> None:
        HolidayList.objects.filter(year=2025, partial=True).delete()
        edition = make_edition(agency)
        assert crowd(edition).due_on == date(2025, 7, 31)
        load_holidays(actor=SYSTEM)
        jobs.run_pending()
        assert crowd(edition).due_on == date(2025, 7, 30)
        assert crowd(edition).deadline_changes.get().why

    def test_what_is_with_the_office_keeps_its_office(self, agency: Organisation) -> None:
        edition = make_edition(agency, area=Area.DISTRICTS)
        acts.move_permit(permit=crowd(edition), to="submitted", on=clock.today(), actor=SYSTEM)
        change_edition(edition=edition, version=edition.version, area=Area.WIDER, actor=SYSTEM)
        assert (crowd(edition).issuer, crowd(edition).office) == ("polres", "Polres Mempawah")


class TestStates:
    def test_from_needed_to_issued_and_the_gate_sees_it(self, agency: Organisation) -> None:
        edition = brought_to(make_edition(agency), Stage.PLANNED)
        for permit in Permit.objects.filter(edition=edition).with_names():
            acts.move_permit(permit=permit, to="submitted", on=clock.today(), actor=SYSTEM)
            assert [row.is_done for row in gate_of(edition).rows if row.item.auto == "permits"] == [False]
            acts.move_permit(
                permit=permit,
                to="issued",
                on=clock.today(),
                number="SI/1",
                fee=0,
                content=PDF,
                filename="izin.pdf",
                actor=SYSTEM,
            )
        assert [row.is_done for row in gate_of(edition).rows if row.item.auto == "permits"] == [True]
        permit = crowd(edition)
        assert (permit.number, permit.fee, permit.issued_on) == ("SI/1", 0, clock.today())
        assert permit.scan is not None
        assert [step.now for step in permit.steps.all()] == ["issued", "submitted"]

    @pytest.mark.parametrize(
        "move",
        [
            {"to": "issued"},
            {"to": "x"},
            {"to": "dropped"},
            {"to": "refused", "note": "x"},
            {"to": "submitted", "on": date(2099, 1, 1)},
        ],
    )
    def test_a_move_that_cannot_be_changes_nothing(self, agency: Organisation, move: dict[str, Any]) -> None:
        permit = crowd(make_edition(agency))
        with pytest.raises(Conflict):
            acts.move_permit(**{"permit": permit, "on": clock.today(), "actor": SYSTEM, **move})
        permit.refresh_from_db()
        assert permit.state == PermitState.NEEDED
        assert not permit.steps.exists()

    def test_an_issued_one_needs_a_number_and_a_whole_validity_and_a_real_scan(self, agency: Organisation) -> None:
        permit = crowd(make_edition(agency))
        acts.move_permit(permit=permit, to="submitted", on=clock.today(), actor=SYSTEM)
        for wrong in (
            {"number": " "},
            {"number": "1", "valid_from": day("2025-08-20"), "valid_until": day("2025-08-01")},
            {"number": "1", "content": b"MZ\x90", "filename": "izin.exe"},
            {"number": "x" * 121},
            {"number": "1", "fee": -5},
        ):
            fresh = Permit.objects.with_names().get(pk=permit.pk)
            with pytest.raises((Conflict, ValidationError)):
                acts.move_permit(**{"permit": fresh, "to": "issued", "on": clock.today(), "actor": SYSTEM, **wrong})  # type: ignore[arg-type]
        permit.refresh_from_db()
        assert (permit.state, permit.number, permit.scan) == (PermitState.SUBMITTED, "", None)

    def test_two_who_move_it_at_once(self, agency: Organisation) -> None:
        permit = crowd(make_edition(agency))
        stale = crowd(permit.edition)
        acts.move_permit(permit=permit, to="submitted", on=clock.today(), actor=SYSTEM)
        with pytest.raises(Conflict):
            acts.move_permit(permit=stale, to="preparing", on=clock.today(), actor=SYSTEM)
        assert permit.steps.count() == 1

    def test_another_permit_is_added_once(self, agency: Organisation) -> None:
        edition = make_edition(agency)
        acts.add_permit(edition=edition, kind="road", office="Dishub", actor=SYSTEM)
        change_edition(edition=edition, version=edition.version, area=Area.DISTRICTS, actor=SYSTEM)
        assert Permit.objects.get(edition=edition, kind="road").office == "Dishub"
        with pytest.raises(Conflict, match="on the list already"):
            acts.add_permit(edition=edition, kind="road", actor=SYSTEM)
        with pytest.raises(Conflict, match="what permit"):
            acts.add_permit(edition=edition, kind="other", actor=SYSTEM)
        with pytest.raises(ValidationError):
            acts.add_permit(edition=edition, kind="magic", name="x", actor=SYSTEM)
        assert edition.permits.count() == 3  # crowd, venue, road

    def test_a_stranger_moves_nothing(self, agency: Organisation) -> None:
        permit = crowd(make_edition(agency))
        for actor in (make_actor(Role.LEADER, agency), make_actor(Role.ORGANISER, make_agency("Lain"))):
            with pytest.raises(NotAllowed):
                acts.move_permit(permit=permit, to="submitted", on=clock.today(), actor=actor)
        assert not permit.steps.exists()


class TestAlarms:
    def test_it_rings_once_at_every_threshold_and_anew_when_the_day_moves(self, agency: Organisation) -> None:
        with at("2025-05-01"):
            make_user(Role.ORGANISER, agency)
            edition = brought_to(make_edition(agency), Stage.APPROVED)
        permits = Permit.objects.filter(edition=edition)
        permits.exclude(kind="crowd").delete()
        Notice.objects.all().delete()

        def ring(text: str) -> int:
            with at(text):
                queue_alarms()
                jobs.run_pending()
            return Notice.objects.count()

        assert ring("2025-06-01") == 0
        assert ring("2025-07-01") == 1  # 29 days left
        assert ring("2025-07-02") == 1
        assert ring("2025-07-24") == 2  # 6 days left
        assert ring("2025-08-02") == 3  # late
        assert ring("2025-08-03") == 3
        notice = Notice.objects.latest("pk")
        assert "Robo-Robo 2025" in notice.title
        with at("2025-08-03"):
            decide_dates(
                edition=edition, version=edition.version, first=day("2025-09-03"), last=None, state="tentative",
                reason="Hilal", actor=SYSTEM,
            )  # fmt: skip
        assert ring("2025-08-12") == 4

    def test_nothing_rings_for_what_is_submitted_cancelled_or_an_idea(self, agency: Organisation) -> None:
        with at("2025-05-01"):
            make_user(Role.ORGANISER, agency)
            edition = make_edition(agency)
        with at("2025-07-29"):
            queue_alarms()
            jobs.run_pending()
        assert not Notice.objects.exists()
        brought_to(edition, Stage.APPROVED)
        acts.move_permit(permit=crowd(edition), to="submitted", on=clock.today(), actor=SYSTEM)
        with at("2025-07-29"):
            queue_alarms()
            jobs.run_pending()
        assert not Notice.objects.filter(title__contains="keramaian").exists()

    def test_it_is_red_in_the_calendar(self, agency: Organisation) -> None:
        with at("2025-07-20"):
            edition = brought_to(make_edition(agency), Stage.APPROVED)
            client = client_of(make_user(Role.ORGANISER, agency))
            client.cookies["django_language"] = "en"
            page = client.get(reverse("events:calendar") + "?tahun=2025&merah=1").content.decode()
            assert "11 days left" in page
            assert str(edition) in page


def complete(agency: Organisation) -> Edition:
    """An edition with everything the letter needs, its papers handed in."""
    edition = make_edition(agency, area=Area.DISTRICTS, visitors=15_000)
    make_site(edition, area_m2=4_000)
    applies(edition)
    planned(edition)
    decide_dates(
        edition=edition, version=edition.version, first=edition.starts_on, last=edition.ends_on, state="confirmed",
        source="Keraton", actor=SYSTEM,
    )  # fmt: skip
    permit = crowd(edition)
    for row in application_of(permit).missing_papers:
        if not row.document.proof:
            acts.add_permit_file(permit=permit, document=row.document, content=PDF, filename="a.pdf", actor=SYSTEM)
    return edition


def office_of(agency: Organisation) -> Signatory:
    first = day("2020-01-01")
    add_letterhead(organisation=agency, lines="Dinas", city="Mempawah", valid_from=first, actor=SYSTEM)
    return add_signatory(organisation=agency, post="Kepala Dinas", name="Contoh Kepala", valid_from=first, actor=SYSTEM)


def write(permit: Permit, signs: Signatory, **more: Any) -> Letter:
    wording = wordings_for(permit.edition.organisation, "permit")[0]
    return write_application(permit=permit, wording=wording, signatory=signs, actor=SYSTEM, **more)


def words(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)


class TestTheLetter:
    def test_it_comes_out_complete_with_its_annexes(self, agency: Organisation) -> None:
        edition = complete(agency)
        permit = crowd(edition)
        assert missing_of(application_of(permit)) == []
        letter = issue_letter(
            letter=write(permit, office_of(agency)), dated=clock.today(), number="005/12/DISPORAPAR", actor=SYSTEM
        )
        content = letter.content
        assert content["addressees"] == [{"office": "Kepala Polres Mempawah", "organisation": ""}]
        facts = content["blocks"]["facts"]
        for each in ("Rabu", "20 Agustus 2025", "Kuala Mempawah", "15.000 orang", "Panitia Robo-Robo", "Ibu Contoh"):
            assert each in facts
        assert "(belum diisi)" not in str(content)
        annexes = words(annex_pdf(crowd(edition)))
        for each in (
            "005/12/DISPORAPAR",
            "Contoh Ketua",
            "08.00",
            "Saprahan",
            "2.000",
            "Rekomendasi instansi",
            "Lampiran 5",
        ):
            assert each in annexes
        assert annex_docx(crowd(edition)).startswith(b"PK")

    def test_what_is_missing_is_listed_and_stops_the_letter_unless_one_says_so(self, agency: Organisation) -> None:
        edition = make_edition(agency, area=Area.DISTRICTS)
        permit, signs = crowd(edition), office_of(agency)
        found = [row.text for row in missing_of(application_of(permit))]
        assert "The committee is empty." in found
        assert "The days of the event are tentative." in found
        assert any(text.startswith("Document:") for text in found)
        with pytest.raises(Conflict, match="red list"):
            write(permit, signs)
        assert not Letter.objects.exists()
        letter = write(permit, signs, despite=True)
        assert "(belum diisi)" in letter.content["blocks"]["facts"]
        assert "Susunan panitia belum diisi." in words(annex_pdf(crowd(edition)))
        paper = Document(io.BytesIO(annex_docx(crowd(edition))))
        (cell,) = paper.tables[0].rows[1].cells
        run = cell.paragraphs[0].runs[0]
        assert (run.text, run.font.color.rgb is not None) == ("Susunan panitia belum diisi.", True)

    def test_without_days_or_office_no_letter_is_written_at_all(self, agency: Organisation) -> None:
        edition = make_edition(agency)  # which district police, nobody knows
        with pytest.raises(Conflict, match="cannot be written yet"):
            write(crowd(edition), office_of(agency), despite=True)
        assert not Letter.objects.exists()

    def test_what_was_submitted_stays_as_it_was(self, agency: Organisation) -> None:
        edition = complete(agency)
        permit = crowd(edition)
        write(permit, office_of(agency))
        acts.move_permit(permit=permit, to="submitted", on=clock.today(), actor=SYSTEM)
        freeze_annex(permit=permit, actor=SYSTEM)
        before = annex_pdf(crowd(edition))
        Member.objects.all().delete()
        assert annex_pdf(crowd(edition)) == before
        assert "Contoh Ketua" in words(before)

    def test_without_a_letterhead_the_page_says_so(self, agency: Organisation) -> None:
        edition = make_edition(agency)
        client = client_of(make_user(Role.ORGANISER, agency))
        response = client.get(reverse("events:annex_pdf", args=[crowd(edition).code]), follow=True)
        assert response.redirect_chain
        assert "kop surat" in response.content.decode()


class TestPapers:
    @pytest.mark.parametrize(
        ("content", "name"),
        [(b"", "a.pdf"), (b"MZ", "a.pdf"), (b"<html>", "a.pdf"), (PDF + b"0" * 11_000_000, "a.pdf")],
    )
    def test_what_is_no_paper_or_too_large_is_refused(self, agency: Organisation, content: bytes, name: str) -> None:
        permit = crowd(make_edition(agency))
        with pytest.raises(Conflict):
            acts.add_permit_file(permit=permit, content=content, filename=name, name="X", actor=SYSTEM)
        assert not permit.files.exists()

    def test_a_paper_of_another_permit_or_without_a_name_is_refused(self, agency: Organisation) -> None:
        permit = crowd(make_edition(agency))
        other = PermitDocument.objects.filter(kind="road").first()
        wrongs: list[dict[str, Any]] = [{"document": other}, {"name": " "}]
        for wrong in wrongs:
            with pytest.raises(Conflict):
                acts.add_permit_file(permit=permit, content=PDF, filename="a.pdf", actor=SYSTEM, **wrong)
        assert not permit.files.exists()


class TestFromTheScreen:
    def test_a_permit_s_way(self, agency: Organisation) -> None:
        edition = complete(agency)
        office_of(agency)
        client = client_of(make_user(Role.ORGANISER, agency))
        client.cookies["django_language"] = "en"
        permit = crowd(edition)
        page = client.get(reverse("events:permit", args=[permit.code])).content.decode()
        assert "Everything the letter and its annexes need is on record." in page
        assert "Wednesday, 30 July 2025" in page
        wrote = self.post(client, "application", permit, wording="permit/1", signatory=Signatory.objects.get().pk)
        assert wrote.status_code == 302
        assert self.post(client, "permit_move", permit, to="submitted", on="2025-07-01").status_code == 302
        assert self.post(client, "permit_move", permit, to="issued", on="2025-07-10").status_code == 422
        issued = self.post(client, "permit_move", permit, to="issued", on="2025-07-10", number="SI/7", fee="1.500")
        assert issued.status_code == 302
        permit.refresh_from_db()
        assert (permit.state, permit.fee, bool(permit.annex)) == (PermitState.ISSUED, 1_500, True)
        assert client.get(reverse("events:annex_docx", args=[permit.code])).status_code == 200

    @staticmethod
    def post(client: Client, to_page: str, permit: Permit, **data: Any) -> Any:
        return client.post(reverse(f"events:{to_page}", args=[permit.code]), data)

    def test_a_paper_goes_up_comes_down_and_is_nobody_else_s(self, agency: Organisation) -> None:
        edition = make_edition(agency)
        permit, client = crowd(edition), client_of(make_user(Role.ORGANISER, agency))
        file = io.BytesIO(PDF)
        file.name = "surat.pdf"
        assert self.post(client, "paper_add", permit, name="Proposal", file=file).status_code == 302
        row = permit.files.get()
        address = reverse("events:paper", args=[permit.code, row.pk])
        assert client.get(address).content == PDF
        assert client_of(make_user(Role.ORGANISER, make_agency("Lain"))).get(address).status_code == 404
        assert self.post(client, "paper_add", permit, name="Proposal").status_code == 422
        assert client.post(reverse("events:paper_drop", args=[permit.code, row.pk])).status_code == 302
        assert not permit.files.exists()

    def test_what_is_missing_leads_only_who_may_enter_it_there(self, agency: Organisation) -> None:
        permit = crowd(make_edition(agency))
        linked = [row.href for row in missing_of(application_of(permit))]
        for role, leads in ((Role.ORGANISER, True), (Role.TREASURER, False)):
            page = client_of(make_user(role, agency)).get(reverse("events:permit", args=[permit.code])).content.decode()
            alert = page.split("alert--bad", 1)[1]
            assert any(f'<li><a href="{href}"' in alert for href in linked) is leads

    def test_many_permits_ask_as_often_as_few(self, agency: Organisation, django_assert_max_num_queries: Any) -> None:
        edition = make_edition(agency)
        client = client_of(make_user(Role.ORGANISER, agency))
        for kind in ("road", "health", "fireworks", "water"):
            acts.add_permit(edition=edition, kind=kind, actor=SYSTEM)
        address = reverse("events:permits", args=[edition.code])
        client.get(address)
        with django_assert_max_num_queries(22):
            client.get(address)


def test_a_late_submission_is_told_in_the_trail(agency: Organisation) -> None:
    from enggang.audit.models import AuditEntry

    permit = crowd(make_edition(agency))
    acts.move_permit(
        permit=permit,
        to="submitted",
        on=permit.due_on + timedelta(days=1) if permit.due_on else clock.today(),
        actor=SYSTEM,
    )
    assert AuditEntry.objects.filter(code="events.move_permit").latest("pk").details["late"] is True

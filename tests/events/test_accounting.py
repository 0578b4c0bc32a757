"""After the edition: words, reports of sections, incidents, the accountability report and the audit folder."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from enggang.access.enums import Role
from enggang.attendance.domain.count_results import close_counting
from enggang.attendance.models import CountResult
from enggang.budgets.domain.payments import add_contract, record_payment, void_payment
from enggang.core import clock, jobs
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.core.models import Job
from enggang.events.domain.accounting import (
    drop_section_report,
    note_incident,
    restore_incident,
    void_incident,
    write_account,
    write_section_report,
)  # fmt: skip
from enggang.events.domain.audit_folder import pack_audit_folder
from enggang.events.domain.impact import close_impact
from enggang.events.domain.reference import load_reference
from enggang.events.enums import Stage
from enggang.events.models import Edition, ImpactResult, Incident, SectionReport, Threshold
from enggang.events.papers.build import PAPERS, paper_docx, paper_pdf
from enggang.events.papers.folder import folder_of
from enggang.events.queries.accounting import Due, account_of, due_of, missing_of_account
from tests.architecture.event_rows import counted_of
from tests.attendance.factories import make_actor
from tests.events.factories import brought_to, make_edition, make_site
from tests.events.surveying import answered, make_survey
from tests.events.test_papers import full_edition, signs
from tests.training.factories import client_of, make_agency, make_user

pytestmark = pytest.mark.django_db
WORDS = {"results": "Ritual dihadiri warga.", "obstacles": "Hujan pada malam pertama.",
         "suggestions": "Tenda lebih banyak.", "closing": "Terima kasih."}  # fmt: skip
STORM: dict[str, Any] = {"kind": "weather", "severity": 2, "what": "Angin kencang, tenda roboh.", "done": "Dievakuasi."}


@pytest.fixture
def edition() -> Edition:
    found = make_edition(make_agency(), year=clock.today().year)
    today = clock.today()
    Edition.objects.filter(pk=found.pk).update(starts_on=today - timedelta(days=3), ends_on=today - timedelta(days=2))
    return Edition.objects.with_names().get(pk=found.pk)


def text_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def lpj(edition: Edition) -> str:
    folder = folder_of(edition)
    return text_of(paper_pdf(folder, PAPERS["lpj"], next(iter(folder.signatories), None)))


def test_the_report_says_in_red_what_is_not_on_record(edition: Edition) -> None:
    said = lpj(edition)
    for words in (
        "Hasil penghitungan pengunjung belum ditutup",
        "Kendala belum ditulis",
        "Anggaran kegiatan belum ada",
    ):
        assert words in said
    assert "Tidak ada kejadian yang dicatat" in said
    with zipfile.ZipFile(io.BytesIO(paper_docx(folder_of(edition), PAPERS["lpj"], None))) as package:
        document = package.read("word/document.xml").decode()
    assert re.search(r'<w:color w:val="A5121B"/>.{0,80}Kendala belum ditulis', document)
    assert len(missing_of_account(edition)) >= 6


def test_the_report_is_written_from_the_record_and_from_few_words() -> None:
    edition = full_edition()
    signs(edition)
    day = edition.ends_on
    assert day
    counted_of(edition)
    write_account(edition=edition, version=0, actor=SYSTEM, **WORDS)
    write_section_report(edition=edition, section="Acara", before="Geladi.", during="Tepat waktu.", actor=SYSTEM)
    note_incident(edition=edition, on=day, hurt=1, actor=SYSTEM, **STORM)
    said = lpj(edition)
    for words in (
        "PENDAHULUAN", "Tradisi bahari", "Geladi.", "hasil penghitungan versi 1", "Saprahan", "35.000.000", "REALISASI",
        "Angin kencang", "1 orang terluka", "Hujan pada malam pertama", "Terima kasih.", "Semua bukti",
    ):  # fmt: skip
        assert words in said
    assert paper_docx(folder_of(edition), PAPERS["lpj"], None)
    for paper in ("penilaian", "relawan"):
        assert paper_pdf(folder_of(edition), PAPERS[paper], None).startswith(b"%PDF")


def test_what_was_closed_before_seven_in_the_morning_was_closed_on_that_day(edition: Edition) -> None:
    counted_of(edition)
    answered(make_survey(brought_to(edition, Stage.RUNNING)))
    close_impact(edition=edition, note="", actor=SYSTEM)
    dawn = datetime(2026, 5, 10, 5, 30, tzinfo=ZoneInfo("Asia/Pontianak"))  # 9 May in UTC
    CountResult.objects.update(closed_at=dawn)
    ImpactResult.objects.update(closed_at=dawn)
    said = lpj(edition)
    assert "hasil penghitungan versi 1 yang ditutup 10 Mei 2026" in said
    assert "Versi 1, ditutup 10 Mei 2026" in said


def test_it_is_due_as_many_days_after_the_last_as_a_dated_row_says(edition: Edition) -> None:
    """The shipped row is unverified and the page says so; the agency's own outranks it; a day that was set outranks both."""
    assert edition.ends_on
    assert due_of(edition) is None
    load_reference(actor=SYSTEM)
    due = due_of(edition)
    assert due
    assert due.rule
    assert (due.on, due.rule.standing) == (edition.ends_on + timedelta(days=30), "unverified")
    page = client_of(make_user(Role.ORGANISER, edition.organisation)).get(f"/acara/edisi/{edition.code}/lpj/")
    assert "30 hari sesudah hari terakhir" in page.content.decode()
    assert str(due.rule.get_standing_display()) in page.content.decode()
    own = {"valid_from": edition.ends_on, "source": "Perbup contoh", "organisation": edition.organisation}
    row = Threshold.objects.create(name="account_due", value=14, **own)
    assert due_of(edition) == Due(edition.ends_on + timedelta(days=14), row)
    Threshold.objects.filter(pk=row.pk).update(valid_from=edition.ends_on + timedelta(days=1))  # not yet in force then
    assert due_of(edition) == due
    set_on = edition.ends_on + timedelta(days=10)
    write_account(edition=edition, version=0, due_on=set_on, actor=SYSTEM)
    assert due_of(edition) == Due(set_on)


def test_a_report_past_its_day_says_so_until_the_edition_is_closed(edition: Edition) -> None:
    today = clock.today(edition.time_zone)
    page = client_of(make_user(Role.ORGANISER, edition.organisation))
    for day, said in ((today, ""), (today - timedelta(days=1), "terlambat 1 hari")):
        write_account(edition=edition, version=account_of(edition).version, due_on=day, actor=SYSTEM)
        shown = page.get(f"/acara/edisi/{edition.code}/lpj/").content.decode()
        assert ("terlambat" in shown) is bool(said)
        assert said in shown
    Edition.objects.filter(pk=edition.pk).update(stage=Stage.CLOSED)
    assert "terlambat" not in page.get(f"/acara/edisi/{edition.code}/lpj/").content.decode()


def test_without_days_nothing_is_due(edition: Edition) -> None:
    load_reference(actor=SYSTEM)
    Edition.objects.filter(pk=edition.pk).update(starts_on=None, ends_on=None)
    assert due_of(Edition.objects.with_names().get(pk=edition.pk)) is None


def test_two_tabs_do_not_write_over_each_other(edition: Edition) -> None:
    account = write_account(edition=edition, version=0, actor=SYSTEM, **WORDS)
    write_account(edition=edition, version=account.version, results="Lebih tepat.", actor=SYSTEM)
    with pytest.raises(Conflict):
        write_account(edition=edition, version=account.version, results="Versi lama.", actor=SYSTEM)


def test_words_sections_and_incidents_are_changed_twice_with_what_their_pages_send(edition: Edition) -> None:
    """The pages carry the version of the row: without it a second change would be told that it comes too late."""
    day = edition.starts_on
    assert day is not None
    write_account(edition=edition, version=0, actor=SYSTEM, **WORDS)
    section = write_section_report(edition=edition, section="Acara", before="a", during="b", after="c", actor=SYSTEM)
    storm = note_incident(edition=edition, on=day, actor=SYSTEM, **STORM)
    staff = client_of(make_user(Role.ORGANISER, edition.organisation))
    for name, keys, field in (
        ("account_edit", [], "results"), ("section_report", [section.pk], "during"), ("incident", [storm.pk], "what"),
    ):  # fmt: skip
        address = reverse(f"events:{name}", args=[edition.code, *keys])
        for words in ("Sekali", "Sekali lagi"):
            form = staff.get(address).context["form"]
            typed = {each: form[each].value() if form[each].value() is not None else "" for each in form.fields}
            assert staff.post(address, {**typed, field: words}).status_code == 302, (name, words)


def test_a_section_reports_once_and_says_something(edition: Edition) -> None:
    report = write_section_report(edition=edition, section=" Acara ", during="Baik.", actor=SYSTEM)
    assert report.section == "Acara"
    refused: list[dict[str, Any]] = [
        {"section": "Acara", "during": "Lagi."}, {"section": "", "during": "Baik."}, {"section": "Humas"},
    ]  # fmt: skip
    for bad in refused:
        with pytest.raises(Conflict):
            write_section_report(edition=edition, actor=SYSTEM, **bad)
    write_section_report(edition=edition, report=report, version=report.version, after="Beres.", actor=SYSTEM)
    drop_section_report(report=report, actor=SYSTEM)
    assert not SectionReport.objects.exists()


def test_an_incident_happens_on_a_day_that_has_come_at_a_place_of_the_edition(edition: Edition) -> None:
    assert edition.starts_on
    elsewhere = make_site(make_edition(make_agency("Lain")))
    for bad in (
        {"on": clock.today() + timedelta(days=1)}, {"on": edition.starts_on - timedelta(days=90)},
        {"on": edition.starts_on, "ended_on": edition.starts_on - timedelta(days=1)},
        {"on": edition.starts_on, "site": elsewhere},
    ):  # fmt: skip
        with pytest.raises(Conflict):
            note_incident(edition=edition, actor=SYSTEM, **{**STORM, **bad})
    assert not Incident.objects.exists()


def test_an_incident_that_was_none_is_taken_back_with_a_reason_and_put_back(edition: Edition) -> None:
    incident = note_incident(edition=edition, on=edition.starts_on, actor=SYSTEM, **STORM)
    assert any("not settled" in each.text for each in missing_of_account(edition))
    with pytest.raises(Conflict):
        void_incident(incident=incident, reason=" ", actor=SYSTEM)
    void_incident(incident=incident, reason="dicatat dua kali", actor=SYSTEM)
    assert "Angin kencang" not in lpj(edition)
    with pytest.raises(Conflict):
        note_incident(edition=edition, incident=incident, version=incident.version, what="x", actor=SYSTEM)
    restore_incident(incident=incident, actor=SYSTEM)
    assert "Angin kencang" in lpj(edition)


def test_only_the_organisers_write_and_an_inspector_reads(edition: Edition) -> None:
    reader = make_actor(Role.INSPECTOR, edition.organisation)
    with pytest.raises(NotAllowed):
        write_account(edition=edition, version=0, actor=reader, **WORDS)
    with pytest.raises(NotAllowed):
        note_incident(edition=edition, on=edition.starts_on, actor=reader, **STORM)
    pack_audit_folder(edition=edition, actor=reader)
    with pytest.raises(NotAllowed):
        pack_audit_folder(edition=edition, actor=make_actor(Role.INSPECTOR, make_agency("Lain")))


def test_the_audit_folder_holds_the_papers_and_an_index_in_which_what_is_missing_comes_first() -> None:
    edition = full_edition()
    signs(edition)
    actor = make_actor(Role.ORGANISER, edition.organisation)
    made = pack_audit_folder(edition=edition, actor=actor)
    jobs.run_pending()
    done = Job.objects.get(pk=made.pk)
    assert done.result, done.error
    with done.result.open("rb") as kept, zipfile.ZipFile(kept) as package:
        names = package.namelist()
        index = text_of(package.read("DAFTAR-ISI.pdf"))
    assert {f"01 Naskah/{word}.pdf" for word in PAPERS} <= set(names)
    assert "Yang masih kurang" in index
    assert "Jumlah pengunjung belum ditutup" in index
    assert index.index("Yang masih kurang") < index.index("01 Naskah")


def test_every_payment_stands_with_its_receipt_in_the_report_and_in_the_folder() -> None:
    edition = full_edition()
    assert edition.budget is not None
    line, today = edition.budget.lines.get(), clock.today()
    agreed: dict[str, Any] = {"number": "SPK/7", "partner": "CV Contoh", "signed_on": today, "amount": 40_000_000}
    add_contract(line=line, over_reason="Ombak tinggi", actor=SYSTEM, **agreed)
    paid: dict[str, Any] = {"line": line, "paid_on": today, "other_year": True, "actor": SYSTEM}
    record_payment(payee="CV Contoh", amount=4_000_000, tax_amount=80_000, receipt="KW-1", **paid)
    wrong = record_payment(payee="CV Contoh", amount=3_000_000, receipt="KW-2", **paid)
    void_payment(payment=wrong, reason="dobel", actor=SYSTEM)
    record_payment(payee="Ibu Contoh", amount=500_000, **paid)
    said = lpj(edition)
    for words in ("SPK/7", "KW-1", "KW-2", "dibatalkan: dobel", "(belum diisi)", "4.500.000", "4.420.000"):
        assert words in said
    address = reverse("budgets:line", args=[edition.budget.code, line.pk])
    assert any(each.href == address for each in missing_of_account(edition))
    made = pack_audit_folder(edition=edition, actor=make_actor(Role.INSPECTOR, edition.organisation))
    jobs.run_pending()
    with Job.objects.get(pk=made.pk).result.open("rb") as kept, zipfile.ZipFile(kept) as package:
        assert "04 Bukti belanja/rekap-keuangan.xlsx" in package.namelist()
        assert "rekap-keuangan.xlsx" in text_of(package.read("DAFTAR-ISI.pdf"))


def test_the_page_asks_as_much_for_three_incidents_as_for_one(edition: Edition) -> None:
    client = client_of(make_user(Role.ORGANISER, edition.organisation))
    page = f"/acara/edisi/{edition.code}/lpj/"

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200
        return len(queries)

    note_incident(edition=edition, on=edition.starts_on, ended_on=edition.starts_on, actor=SYSTEM, **STORM)
    client.get(page)
    one = asked()
    for _number in range(2):
        note_incident(edition=edition, on=edition.starts_on, ended_on=edition.starts_on, actor=SYSTEM, **STORM)
    assert asked() == one


def test_what_was_typed_stays_when_it_is_refused(edition: Edition) -> None:
    client = client_of(make_user(Role.ORGANISER, edition.organisation))
    page = f"/acara/edisi/{edition.code}/lpj/kejadian/"
    posted = {
        "kind": "fire",
        "severity": 2,
        "on": str(clock.today() + timedelta(days=9)),
        "what": "Asap di dapur",
        "hurt": 0,
    }
    answer = client.post(page, posted)
    assert answer.status_code == 422
    assert "Asap di dapur" in answer.content.decode()
    assert client.post(page, {**posted, "on": str(edition.starts_on)}).status_code == 302
    assert client.get(f"/acara/edisi/{edition.code}/lpj/").content.decode().count("Asap di dapur") == 1


def test_a_result_of_the_counting_is_what_the_report_quotes(edition: Edition) -> None:
    counted_of(edition)
    assert "versi 1" in lpj(edition)
    close_counting(group=edition.subject, organisation=edition.organisation, note="", actor=SYSTEM)
    assert "versi 2" in lpj(edition)
    with pytest.raises(Conflict):  # nothing was counted since
        close_counting(group=edition.subject, organisation=edition.organisation, note="", actor=SYSTEM)

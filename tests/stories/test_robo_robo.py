"""Robo-Robo from last year's edition to a permit letter: its next Hijri day, the deadline that rings, the RAB of a workbook,
the rundown on a wall screen."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import xlsxwriter
from django.utils import timezone
from hijridate import Gregorian
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from pytest_django.live_server_helper import LiveServer

from enggang.access.enums import Role
from enggang.budgets.domain.reference import load_reference as load_budgets
from enggang.core.actor import SYSTEM
from enggang.documents.domain.letterheads import add_letterhead, add_signatory
from enggang.events.domain.alarms import queue_alarms
from enggang.events.domain.reference import load_reference
from enggang.events.enums import Area, Stage
from enggang.events.models import Edition
from enggang.places.models import Organisation
from enggang.plans.domain.reference import load_reference as load_plans
from enggang.plans.queries.tasks import plan_about
from tests.events.factories import applies, brought_to, make_edition, make_event, make_site, planned
from tests.stories.conftest import Clock, Picture, Visit
from tests.stories.test_at_the_desk import signed_in
from tests.training.factories import client_of, make_agency, make_user
from tests.training.uploads import png

pytestmark = pytest.mark.django_db(transaction=True)
WEDNESDAY, SAFAR = 2, 2
ZONE = ZoneInfo("Asia/Pontianak")


def agency_with_last_year() -> tuple[Organisation, Edition]:
    """The agency of the regency, and its last edition as it was held, with its places, plan and rundown."""
    for load in (load_budgets, load_plans, load_reference):
        load(actor=SYSTEM)
    agency = make_agency("Dinas Pariwisata Mempawah")
    add_letterhead(
        organisation=agency,
        lines="Pemerintah Kabupaten Mempawah",
        city="Mempawah",
        valid_from=date(2020, 1, 1),
        actor=SYSTEM,
    )
    add_signatory(
        organisation=agency, post="Kepala Dinas", name="Contoh Kepala", valid_from=date(2020, 1, 1), actor=SYSTEM
    )
    edition = make_edition(agency, event=make_event(agency), year=timezone.localdate().year, area=Area.DISTRICTS)
    make_site(edition, area_m2=4_000)
    applies(edition)
    planned(edition)
    brought_to(edition, Stage.CLOSED)
    return agency, edition


def workbook() -> bytes:
    """An RAB as agencies have it: a merged title above, headings, subtotals, and one line that does not add up."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet("RAB")
    page.merge_range(0, 0, 0, 6, "RENCANA ANGGARAN BIAYA ROBO-ROBO (contoh)")
    head = ("Kode rekening", "Uraian", "Volume", "Satuan", "Frekuensi", "Harga satuan", "Jumlah")
    rows = (
        head, ("A", "Perlengkapan"), ("5.1.02", "Sewa panggung", 1, "paket", 1, "Rp 25.000.000,00", 25_000_000),
        ("5.1.02", "Hiasan perahu", 10, "perahu", 1, 1_500_000, 15_000_000), ("", "Jumlah", "", "", "", "", 40_000_000),
        ("B", "Konsumsi"), ("5.1.02", "Saprahan", 500, "orang", 1, 35_000, 17_500_000),
        ("5.1.02", "Air minum", 100, "dus", 1, 30_000, 9), ("", "Total", "", "", "", "", 57_500_000),
    )  # fmt: skip
    for number, row in enumerate(rows, 2):
        page.write_row(number, 0, row)
    book.close()
    return out.getvalue()


def good(page: Page) -> None:
    expect(page.locator(".messages .alert--good")).to_be_visible()


def cloned(page: Page, last: Edition, picture: Picture) -> Edition:
    """The next edition from last year's, on the day that the rule computes: a Wednesday, the last one of Safar."""
    page.goto(f"/acara/edisi/{last.code}/tahun-lain/")
    picture(page, "robo-robo-clone")
    page.fill("input[name=year]", str(last.year + 1))
    page.click("main .form__actions .btn--primary")
    good(page)
    made = Edition.objects.with_names().get(year=last.year + 1)
    assert made.starts_on is not None
    hijri = Gregorian.fromdate(made.starts_on).to_hijri()
    week_on = Gregorian.fromdate(made.starts_on + timedelta(days=7)).to_hijri()
    assert (made.starts_on.weekday(), hijri.month, week_on.month) == (WEDNESDAY, SAFAR, SAFAR + 1)
    return made


def decided(page: Page, edition: Edition, picture: Picture) -> None:
    """Staff look at the candidates, see what would move, and confirm the computed day."""
    page.goto(f"/acara/edisi/{edition.code}/tanggal/")
    picture(page, "robo-robo-dates")
    page.click(f"a[href$='/edisi/{edition.code}/tanggal/putuskan/']")
    page.select_option("select[name=state]", "confirmed")
    page.fill("input[name=source]", "Surat keraton (contoh)")
    page.click("main .form__actions .btn--primary")
    page.locator("input[name=lihat]").wait_for(state="attached")
    page.click("main .form__actions .btn--primary")
    good(page)
    edition.refresh_from_db()
    assert edition.is_confirmed


def rung(page: Page, edition: Edition, worker: Callable[[], int], picture: Picture) -> None:
    """Three days before the deadline the morning's job rings; the message names the office that issues it."""
    assert edition.permits.get(kind="crowd").issuer == "polres"
    queue_alarms()
    worker()
    page.goto("/pesan/")
    expect(page.locator("main")).to_contain_text("3 hari lagi")
    expect(page.locator("main")).to_contain_text(re.compile("Polres|Polisi Resor", re.IGNORECASE))
    picture(page, "robo-robo-alarm")


def with_money(page: Page, edition: Edition, folder: Path, picture: Picture) -> None:
    """The RAB of the agency's own workbook: subtotals passed over, the line that does not add up sent back."""
    (folder / "rab.xlsx").write_bytes(workbook())
    page.goto(f"/acara/edisi/{edition.code}/uang/")
    page.click(f"form[action$='/edisi/{edition.code}/uang/mulai/'] button")
    page.goto(f"/acara/edisi/{edition.code}/uang/")
    page.click("a[href$='/impor/']")
    page.set_input_files("input[type=file]", str(folder / "rab.xlsx"))
    page.click("main .form__actions .btn--primary")
    expect(page.locator("main")).to_contain_text("Air minum")
    picture(page, "robo-robo-rab")
    page.click("form[action$='/terima/'] button")
    good(page)
    edition.refresh_from_db()
    assert edition.budget is not None
    assert sorted(row.item for row in edition.budget.lines.all()) == ["Hiasan perahu", "Saprahan", "Sewa panggung"]
    page.goto(f"/acara/edisi/{edition.code}/uang/")
    expect(page.locator("main")).to_contain_text("57.500.000")


def applied(page: Page, edition: Edition, folder: Path, picture: Picture) -> None:
    """What is missing is named, filled in, and the letter with its annexes holds all of it."""
    page.goto(f"/acara/edisi/{edition.code}/ubah/")
    page.fill("input[name=visitors]", "15000")
    page.click("main .form__actions .btn--primary")
    good(page)
    page.goto(f"/acara/edisi/{edition.code}/penyelenggara/")
    page.fill("input[name=organisers-0-contact]", "Ibu Contoh")
    page.fill("input[name=organisers-0-phone]", "0812 0000 0000")
    page.locator("input[name=organisers-0-applies]").check()
    page.click("main .form__actions .btn--primary")
    good(page)
    plan = plan_about(edition.subject)
    assert plan is not None
    page.goto(f"/rencana-kerja/{plan.code}/panitia/")
    page.fill("form#orang input[name=name]", "Contoh Ketua")
    page.fill("form#orang input[name=post]", "Ketua")
    page.fill("form#orang input[name=phone]", "081200000000")
    page.click("form#orang button[type=submit]")
    good(page)
    permit = edition.permits.get(kind="crowd")
    (folder / "berkas.png").write_bytes(png(60, 80))
    page.goto(f"/acara/izin/{permit.code}/")
    for choice in [each.get_attribute("value") for each in page.locator("select[name=document] option").all()]:
        if choice:
            page.locator("#dokumen details summary").click()
            page.select_option("select[name=document]", choice)
            page.set_input_files("#dokumen input[name=file]", str(folder / "berkas.png"))
            page.click("#dokumen details button[type=submit]")
            good(page)
    expect(page.locator("#surat .alert--bad")).to_have_count(0)
    picture(page, "robo-robo-permit")
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.set_viewport_size({"width": 1280, "height": 800})
    page.locator("#surat details summary").click()
    page.click("#surat details button[type=submit]")
    good(page)
    permit.refresh_from_db()
    assert permit.letter is not None
    holds(page, edition, permit.code)


def holds(page: Page, edition: Edition, code: str) -> None:
    """The annexes as a PDF: places with their capacity, committee, programme; the letter names the day."""
    content = page.request.get(f"/acara/izin/{code}/lampiran.pdf").body()
    text = " ".join(each.extract_text() for each in PdfReader(io.BytesIO(content)).pages)
    for words in ("Kuala Mempawah", "2.000", "Contoh Ketua", "Ritual", "Saprahan", str(edition.year)):
        assert words in text, words
    assert "…" not in text


def on_the_wall(page: Page, edition: Edition, visit: Visit, later: Clock, picture: Picture) -> None:
    """A screen by an address of its own, without an account: first what comes, then what runs and how late it is."""
    plan = plan_about(edition.subject)
    assert plan is not None
    page.goto(f"/rencana-kerja/{plan.code}/rundown/")
    page.click("form#layar button[type=submit]")
    address = page.locator("#alamat-text").inner_text().strip()
    screen = visit()
    screen.goto("/" + address.split("/", 3)[3])
    expect(screen.locator(".wall__next")).to_contain_text("Ritual")
    later["by"] += timedelta(minutes=20)
    page.goto(f"/rencana-kerja/{plan.code}/rundown/")
    page.click("a[href$='/jalan/']")
    page.locator("form[action$='/mulai/'] button").first.click()
    good(page)
    screen.reload()
    expect(screen.locator(".wall__now--late .wall__title")).to_have_text("Ritual")
    expect(screen.locator(".wall__delay").first).to_contain_text("terlambat")
    expect(screen.locator(".wall__next")).to_contain_text("Saprahan")
    picture(screen, "robo-robo-wall")


def until(day: date, hour: time, later: Clock) -> None:
    """Let the server's clock go on to that hour of the agency's place."""
    later["by"] += datetime.combine(day, hour, ZONE) - timezone.now()


def test_robo_robo_from_last_year_to_the_letter_and_the_wall(
    visit: Visit, live_server: LiveServer, picture: Picture, worker: Callable[[], int], later: Clock, tmp_path: Path
) -> None:
    agency, last = agency_with_last_year()
    organiser = make_user(Role.ORGANISER, agency)
    page = signed_in(visit(), client_of(organiser), live_server)
    edition = cloned(page, last, picture)
    decided(page, edition, picture)
    with_money(page, edition, tmp_path, picture)
    brought_to(edition, Stage.PLANNED)  # by the acts of its gates; an idea rings for nobody
    applied(page, edition, tmp_path, picture)
    due, first = edition.permits.get(kind="crowd").due_on, edition.starts_on
    assert due is not None
    assert first is not None
    until(due - timedelta(days=3), time(7), later)
    rung(signed_in(visit(), client_of(organiser), live_server), edition, worker, picture)
    until(first, time(7, 50), later)
    on_the_wall(signed_in(visit(), client_of(organiser), live_server), edition, visit, later, picture)

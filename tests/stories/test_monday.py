"""Monday at six: the secretary of the province, the head of an agency and an inspector each find their five questions answered,
and open a number down to its evidence."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from enggang.access.enums import Role
from enggang.core import clock, registries
from enggang.core.actor import SYSTEM
from enggang.demo.paper import specimen_pdf
from enggang.events.enums import Stage
from enggang.impact.domain.figures import recount
from enggang.impact.domain.mondays import close_monday
from enggang.impact.domain.promises import make_promise
from enggang.impact.models import MonthFigure
from enggang.indicators.domain.measuring import Value, approve_value, enter_value, verify_value
from enggang.indicators.models import Indicator, Measurement
from enggang.indicators.periods import period_of
from enggang.people.models import Person
from enggang.places.models import Organisation
from tests.events.factories import brought_to, make_edition, make_event
from tests.impact.test_chain import held_on
from tests.indicators.factories import aim, make_indicator
from tests.stories.conftest import Picture, Visit
from tests.stories.people import settle_the_province
from tests.stories.test_at_the_desk import signed_in
from tests.training.factories import client_of, make_actor, make_person, make_user

pytestmark = pytest.mark.django_db(transaction=True)
BRS = "BPS Provinsi Kalimantan Barat, Berita Resmi Statistik Desember 2025"
YEAR = clock.today().year


def known(
    row: Indicator, number: str, month: int, *, state: str = "approved", paper: bool = False, year: int = YEAR
) -> Measurement:
    """A value of a month as people enter, verify and approve it."""
    agency = row.organisation
    value = Value(
        period=period_of(date(year, month, 1), row.frequency), value=Decimal(number), as_of=clock.today(), source=BRS,
        paper=(specimen_pdf(), "brs.pdf") if paper else None,
    )  # fmt: skip
    found = enter_value(indicator=row, value=value, actor=make_actor(Role.COORDINATOR, agency))
    found = verify_value(measurement=found, actor=make_actor(Role.ORGANISER, agency))
    return approve_value(measurement=found, actor=make_actor(Role.LEADER, agency)) if state == "approved" else found


@pytest.fixture
def agency(transactional_db: None, settings: Settings) -> Organisation:
    """An agency whose Monday has something of everything. Only what lies a week back is written under a held clock: the
    server keeps its own."""
    settings.DEMO = True
    settle_the_province()
    agency, today = Organisation.objects.get(key="kalbar/disporapar"), clock.today()
    owner = make_person(agency, "Rini Contoh")
    visitors = make_indicator(agency, "Kunjungan wisatawan mancanegara", owner=owner, due_days=400)
    aim(visitors, 200_000)
    for month in range(1, today.month):
        known(visitors, "5200", month)
    known(visitors, "8990", today.month, paper=True, state="verified")
    rooms = make_indicator(
        agency, "Tingkat penghunian kamar hotel bintang", owner=owner, cumulation="average", unit="%", decimals=2, due_days=400
    )  # fmt: skip
    aim(rooms, 55)
    with clock.frozen_at(clock.now() - timedelta(days=7)):
        known(rooms, "52.03", 1)
        due = clock.today() + timedelta(days=3)
        make_promise(organisation=agency, text="Surat izin keramaian dikirim", person=owner, due_on=due, actor=SYSTEM)
        close_monday(organisation=agency, actor=SYSTEM)
    known(rooms, "51.90", 1)
    edition = make_edition(agency, event=make_event(agency, "Festival Contoh"), year=YEAR)
    brought_to(held_on(edition, today + timedelta(days=9)), Stage.PROPOSED)
    for name in registries.day_figures.names():
        recount(name)
    for region, value in (("61.72", 4_000), ("61.71", 900), ("61.02", 100)):
        facts = {
            "measure": "events.visitors",
            "organisation": agency,
            "region": region,
            "value": value,
            "low": value,
            "high": value,
        }
        MonthFigure.objects.create(month=today.replace(day=1), **facts)
    return agency


def reader(visit: Visit, live_server: LiveServer, role: Role, at: Organisation, name: str) -> Page:
    return signed_in(visit(), client_of(make_user(role, at, name)), live_server)


def test_the_secretary_finds_five_answers_and_the_evidence_behind_a_number(
    agency: Organisation, visit: Visit, live_server: LiveServer, picture: Picture
) -> None:
    page = reader(visit, live_server, Role.LEADER, Organisation.objects.get(key="kalbar"), "Sekretaris Contoh")
    page.goto("/hasil/senin/")
    for heading in ("Perlu keputusan Anda", "Janji", "Indikator", "14 hari ke depan"):
        expect(page.locator("h2", has_text=heading).first).to_be_visible()
    expect(page.locator("main")).to_contain_text("8.990 kunjungan")
    expect(page.locator("main")).to_contain_text("Terlambat")
    expect(page.locator("main")).to_contain_text("belum ada penyebab, Rini Contoh")
    expect(page.locator("main")).to_contain_text("Festival Contoh")
    picture(page, "monday-secretary")
    page.click("a:has-text('Kunjungan wisatawan mancanegara') >> nth=0")
    picture(page, "monday-indicator")
    evidence = page.locator("main a:has-text('Bukti')").first.get_attribute("href")
    answer = page.request.get(evidence or "")
    assert (answer.status, answer.body()[:5]) == (200, b"%PDF-")
    page.goto("/hasil/senin/")
    page.click("button[value=approve]")
    expect(page.locator(".messages")).to_contain_text("Disetujui")
    assert Measurement.objects.get(value=8990).state == "approved"
    with page.expect_download() as paper:
        page.click("a:has-text('PDF (A4)')")
    assert paper.value.suggested_filename.startswith("senin-")


def test_the_head_gives_it_to_somebody_and_says_why_it_is_red(
    agency: Organisation, visit: Visit, live_server: LiveServer, picture: Picture
) -> None:
    page = reader(visit, live_server, Role.LEADER, agency, "Kepala Contoh")
    page.goto("/hasil/senin/")
    page.click("a:has-text('Tugaskan') >> nth=0")
    page.fill("#janji input[name=person]", "Rini Contoh")
    page.fill("#janji input[name=due_on]", str(clock.today() + timedelta(days=4)))
    page.click("#janji .form__actions .btn--primary")
    expect(page.locator("main")).to_contain_text("ditugaskan kepada Rini Contoh")
    page.click("a:has-text('Penyebab') >> nth=0")
    page.fill("[name=text]", "Penerbangan berkurang")
    page.fill("[name=action]", "Rapat dengan maskapai")
    page.fill("[name=person]", "Rini Contoh")
    page.fill("[name=due_on]", str(clock.today() + timedelta(days=20)))
    picture(page, "monday-cause")
    page.click("main .form__actions .btn--primary")
    page.goto("/hasil/senin/")
    expect(page.locator("main")).to_contain_text("penyebab: Penerbangan berkurang")
    picture(page, "monday-head")


def test_an_inspector_reads_last_monday_as_it_was_known_then(
    agency: Organisation, visit: Visit, live_server: LiveServer, picture: Picture
) -> None:
    page = reader(visit, live_server, Role.INSPECTOR, agency, "Inspektur Contoh")
    page.goto("/hasil/senin/")
    expect(page.locator("main form[action*='/putus/']")).to_have_count(0)
    page.click("section:has(h2:has-text('Halaman terdahulu')) a >> nth=0")
    expect(page.locator("main")).to_contain_text("dikoreksi sejak")
    picture(page, "monday-earlier")
    page.goto(f"/hasil/dasbor/{agency.code}/")
    expect(page.locator("main")).to_contain_text("Dimutakhirkan pada")
    assert page.locator("svg[role=img]").count() + page.locator("svg[role=group] path").count() >= 14
    picture(page, "dashboard")
    page.locator("svg[role=group] a[aria-label*='Singkawang']").dispatch_event("click")
    page.wait_for_url(re.compile("/wilayah/61.72/"))
    picture(page, "dashboard-regency")
    page.emulate_media(color_scheme="dark")
    page.goto("/indikator/pohon/")
    expect(page.locator("main")).to_contain_text("Pohon kinerja")
    picture(page, "indicator-tree-dark")
    assert Person.objects.filter(name="Rini Contoh").exists()

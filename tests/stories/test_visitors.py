"""A family registers for a boat on a phone, a guardian consents on another, somebody who waited moves up, and the festival
moves by a week: every ticket says so, also without a connection."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from enggang.access.enums import Role
from enggang.core.actor import SYSTEM
from enggang.events.domain.dating import decide_dates
from enggang.events.domain.reference import load_reference
from enggang.events.models import Booking, Edition, Part
from enggang.places.models import Organisation
from tests.events.factories import make_site
from tests.events.visiting import make_festival
from tests.stories.conftest import Picture, Visit, apart
from tests.stories.test_at_the_desk import signed_in
from tests.training.factories import client_of, make_agency, make_user

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = 360


@pytest.fixture
def festival() -> Edition:
    cache.clear()
    load_reference(actor=SYSTEM)
    edition = make_festival(make_agency("Dinas Pariwisata Kapuas Hulu"), "Festival Danau Sentarum")
    make_site(edition, "Dermaga contoh")
    return edition


def open_boats(page: Page, edition: Edition) -> Part:
    """The organiser begins the part, gives it a time with six places and opens it."""
    page.goto(f"/acara/edisi/{edition.code}/pengunjung/baru/")
    page.fill("[name=title]", "Perahu ke danau")
    page.select_option("[name=site]", label="Dermaga contoh")
    page.fill("[name=price]", "25000")
    page.check("[name=consent]")
    page.click("main .form__actions .btn--primary")
    page.fill("#waktu-begins", "07:00")
    page.fill("#waktu-ends", "09:00")
    page.fill("#waktu-capacity", "6")
    page.click("form[action$='/waktu/'] .btn--primary")
    page.click("form[action$='/langkah/'] .btn--primary")
    expect(page.locator("main")).to_contain_text("Pendaftaran dibuka")
    return apart(lambda: Part.objects.select_related("subject").get())


def register(page: Page, edition: Edition, name: str, phone: str, **ages: int) -> str:
    page.goto(f"/acara/{edition.code}/daftar/")
    page.click(".slot a.btn")
    page.fill("[name=name]", name)
    page.fill("[name=phone]", phone)
    for age, count in ages.items():
        page.fill(f"[name=age-{age}]", str(count))
    page.click("main .form__actions .btn--primary")
    page.wait_for_url("**/acara/t/**")
    return page.url


def moved_by_a_week(edition: Edition) -> None:
    row = Edition.objects.with_names().get(pk=edition.pk)
    assert row.starts_on is not None
    assert row.ends_on is not None
    week = timedelta(days=7)
    facts: dict[str, Any] = {"first": row.starts_on + week, "last": row.ends_on + week, "reason": "Air masih tinggi"}
    decide_dates(edition=row, version=row.version, state="tentative", actor=SYSTEM, **facts)


def test_a_family_on_the_lake(
    visit: Visit, live_server: LiveServer, festival: Edition, picture: Picture, worker: Callable[[], int]
) -> None:
    agency: Organisation = festival.organisation
    desk = signed_in(visit(), client_of(make_user(Role.ORGANISER, agency)), live_server)
    part = open_boats(desk, festival)

    mother = visit(width=PHONE)
    ticket = register(mother, festival, "Contoh Ibu Kapuas", "081234567890", adult=2, youth=1, child=2)
    expect(mother.locator("main")).to_contain_text("Persetujuan wali belum ada untuk 3 anak")
    mother.click("text=Saya walinya dan ikut datang")
    mother.fill("#hadir-relation", "Ibu")
    mother.click("details[open] button.btn--primary")
    expect(mother.locator("main")).to_contain_text("Tempatnya pasti: 5 orang")
    expect(mother.locator("#kept")).to_be_visible()
    picture(mother, "visitors-ticket")
    with mother.expect_download() as saved:
        mother.click("[data-picture]")
    assert saved.value.suggested_filename.endswith(".png")

    mother.context.set_offline(True)
    mother.goto(ticket)
    expect(mother.locator(".qr__code svg")).to_be_visible()  # opened once, it opens without a connection
    expect(mother.locator("#offline")).to_be_hidden()  # nothing lies over the code that is held up
    mother.click("text=Tarik persetujuan")
    expect(mother.locator("#offline")).to_be_visible()
    mother.context.set_offline(False)

    teen = visit(width=PHONE)
    waiting = register(teen, festival, "Contoh Remaja", "081377778888", adult=0, youth=2)
    expect(teen.locator("main")).to_contain_text("Di daftar tunggu, urutan ke-1")
    guardian_page = ask_the_guardian(teen)
    father = visit(width=PHONE)
    father.goto(guardian_page)
    expect(father.locator("main")).to_contain_text("Contoh Remaja")
    father.fill("[name=relation]", "Ayah")
    picture(father, "visitors-guardian")
    father.click("button[value=ya]")
    expect(father.locator("main")).to_contain_text("setuju pada")

    mother.goto(ticket)
    mother.click("text=Yang datang lebih sedikit")
    mother.locator("[name=staying]").last.uncheck()
    mother.click("details[open] button.btn--primary")
    expect(mother.locator("main")).to_contain_text("Tempatnya pasti: 4 orang")
    teen.goto(waiting)
    expect(teen.locator("main")).to_contain_text("Tempatnya pasti: 2 orang")

    apart(lambda: moved_by_a_week(festival))
    worker()
    mother.goto(ticket)
    expect(mother.locator("main")).to_contain_text("Acaranya bergeser")
    desk.goto(f"/acara/bagian/{part.code}/")
    picture(desk, "visitors-part-moved")
    desk.click("button[value='1'][name=geser]")
    expect(desk.locator("main")).not_to_contain_text("ikut bergeser?")
    mother.goto(ticket)
    expect(mother.locator("main")).to_contain_text("Waktunya bergeser")
    expect(mother.locator("main")).to_contain_text("Tiket Anda tetap berlaku")

    desk.goto(f"/acara/edisi/{festival.code}/pengunjung/kabar/")
    expect(desk.locator("main")).to_contain_text("Contoh Ibu Kapuas")
    picture(desk, "visitors-news")
    desk.locator("form[action$='/langkah/dikabari/'] button").first.click()
    expect(desk.locator("main")).to_contain_text("1 sudah dikabari")
    assert apart(lambda: Booking.objects.to_be_told().count()) == 1
    assert mail.outbox == []  # nobody left an address


def ask_the_guardian(page: Page) -> str:
    """The address that goes to the guardian's own WhatsApp; on the phone of the ticket it is answered by nobody."""
    page.click("text=Tanyakan kepada wali di ponselnya")
    page.fill("#wali-name", "Contoh Ayah")
    page.fill("#wali-phone", "081399990000")
    page.click("details[open] button.btn--primary")
    href = page.locator("main a.btn--primary").get_attribute("href") or ""
    assert href.startswith("https://wa.me/6281399990000")
    found = re.search(r"/acara/w/[\w-]+/", unquote(href))
    assert found is not None
    page.goto(found[0])
    expect(page.locator("main")).to_contain_text("Tiketnya dibuka di ponsel ini")
    return found[0]

"""The life of a wave between opening and certificate: classes, messages, names, documents, a line that breaks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from enggang.access.enums import Role
from enggang.core.actor import SYSTEM
from enggang.people.domain.persons import add_person
from enggang.people.models import Person
from enggang.places.models import Organisation
from enggang.seats.domain.offers import PoolSpec
from enggang.training.domain.asking import require_paper
from enggang.training.models import ClassPlace, HandedPaper, Registration, Wave
from tests.stories.conftest import Picture, Visit
from tests.stories.people import account, settle_the_province, sign_in
from tests.training.factories import make_wave, seat

pytestmark = pytest.mark.django_db(transaction=True)

NAMES = (("Dayang Kumala", "198609262015052901"), ("Petrus Anyim", "199001012014011902"))


def test_a_wave_from_its_classes_to_the_last_confirmed_name(
    visit: Visit, live_server: LiveServer, worker: Callable[[], int], picture: Picture, settings: Settings
) -> None:
    settings.PUBLIC_URL = live_server.url
    settle_the_province()
    agency = Organisation.objects.get(key="kalbar/disporapar")
    wave = make_wave(agency, PoolSpec("Terbuka", 5))
    require_paper(wave=wave, name="Surat tugas", actor=SYSTEM)
    first, second = (add_person(organisation=agency, name=name, nip=nip, actor=SYSTEM) for name, nip in NAMES)
    account("Penyelenggara Contoh", "organiser@contoh.id", Role.ORGANISER, agency)
    organiser, phone = visit(), visit(width=360)
    sign_in(organiser, "organiser@contoh.id")

    watch_the_seats(organiser, wave, second)
    register_on_a_line_that_breaks(phone, wave, first, picture)
    divide_into_classes(organiser, wave, picture)
    remind_who_has_not_confirmed(organiser, wave, worker, picture)
    confirm_and_hand_in(phone, picture)
    organiser.goto(f"/pelatihan/gelombang/{wave.code}/kelengkapan/")
    expect(organiser.locator(".stat__value").first).to_contain_text("1")
    expect(organiser.locator(".badge--good")).to_have_count(1)
    picture(organiser, "readiness")


def watch_the_seats(page: Page, wave: Wave, person: Person) -> None:
    """The panel follows a seat that somebody else takes, without a reload."""
    page.goto(f"/pelatihan/gelombang/{wave.code}/")
    expect(page.locator("#kuota .seats__count strong")).to_have_text("0")
    seat(wave, person)
    expect(page.locator("#kuota .seats__count strong")).to_have_text("1", timeout=15_000)


def register_on_a_line_that_breaks(page: Page, wave: Wave, person: Person, picture: Picture) -> None:
    page.goto(f"/pelatihan/daftar/{wave.code}/")
    page.fill("input[name=nip]", person.nip)
    page.fill("input[name=name]", person.name)
    page.context.set_offline(True)
    page.click("#daftar button.btn--primary")
    expect(page.locator("#offline")).to_be_visible()
    picture(page, "line-broken")
    page.context.set_offline(False)
    page.reload()
    expect(page.locator("input[name=name]")).to_have_value(person.name)
    expect(page.locator("input[name=nip]")).to_have_value(person.nip)
    page.click("#daftar button.btn--primary")
    page.wait_for_url("**/kursi/**")


def divide_into_classes(page: Page, wave: Wave, picture: Picture) -> None:
    for name in ("A", "B"):
        page.goto(f"/pelatihan/gelombang/{wave.code}/kelas/")
        page.fill("input[name=name]", name)
        page.click("main .form__actions button.btn--primary")
        expect(page.locator(".messages .alert--good")).to_be_visible()
    page.click("form[action$='/kelas/bagi/'] button")
    expect(page.locator(".messages .alert--good")).to_be_visible()
    picture(page, "classes")
    assert set(ClassPlace.objects.values_list("klass__name", flat=True)) == {"A", "B"}


def remind_who_has_not_confirmed(page: Page, wave: Wave, worker: Callable[[], int], picture: Picture) -> None:
    page.goto(f"/pelatihan/gelombang/{wave.code}/kelengkapan/")
    page.click("a[href*='untuk=unconfirmed']")
    page.click("#tulis .form__actions button.btn--primary")
    expect(page.locator("#pesan-text")).to_be_visible()
    worker()
    page.reload()
    picture(page, "message-sent")
    assert [message.told for message in wave.messages.all()] == [2]


def confirm_and_hand_in(page: Page, picture: Picture) -> None:
    page.reload()
    picture(page, "pocket-missing")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.click("#nama form button.btn--primary")
    expect(page.locator("#nama .badge--good")).to_be_visible()
    paper = {"name": "surat.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 surat tugas"}
    page.set_input_files("#dokumen input[type=file]", paper)  # type: ignore[arg-type]
    page.click("#dokumen form button")
    expect(page.locator("#dokumen .badge--good")).to_be_visible()
    picture(page, "pocket-complete")
    assert HandedPaper.objects.get().registration == Registration.objects.name_confirmed().get()

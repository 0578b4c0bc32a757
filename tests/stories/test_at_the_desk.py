"""Somebody comes with a letter and stands on no list: seated by the organiser, confirmed by their agency."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from enggang.access.enums import Role
from enggang.core.actor import SYSTEM
from enggang.seats.domain.offers import PoolSpec
from enggang.seats.domain.promotion import change_promotion
from enggang.training.domain.instructors import add_instructor, assign_instructors
from enggang.training.domain.teaching import Named
from enggang.training.enums import TeachingRole
from enggang.training.models import Registration
from tests.stories.conftest import Picture, Visit
from tests.training.factories import client_of, make_agency, make_person, make_user, make_wave, seat
from tests.training.uploads import png

pytestmark = pytest.mark.django_db(transaction=True)


def signed_in(page: Page, client: Client, live_server: LiveServer) -> Page:
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    return page


def test_a_guest_is_seated_at_the_desk_and_confirmed_by_their_agency(
    visit: Visit, live_server: LiveServer, picture: Picture, tmp_path: Path
) -> None:
    host, regency = make_agency("Disporapar"), make_agency("Dinas Pariwisata Contoh", make_agency("Kabupaten Contoh"))
    wave = make_wave(host, PoolSpec("Terbuka", 3))
    make_person(host, "Siti Aminah")
    letter = tmp_path / "surat.png"
    letter.write_bytes(png(60, 80))
    page = signed_in(visit(), client_of(make_user(Role.ORGANISER, host)), live_server)
    page.goto(f"/pelatihan/gelombang/{wave.code}/di-meja/")
    page.click(f"a[href$='/gelombang/{wave.code}/di-meja/baru/']")
    page.fill("input[name=name]", "Siti Aminah, S.Sos")
    page.fill("input[name=phone]", "0812 3456 7890")
    page.select_option("select[name=agency]", regency.code)
    page.click("main .form__actions button")
    expect(page.locator("input[name=same]")).to_have_count(2)
    page.locator("input[name=same][value='-']").check()
    page.fill("input[name=letter_number]", "800/15/2026")
    page.fill("input[name=dated]", "2026-05-04")
    page.set_input_files("input[name=file]", str(letter))
    picture(page, "guest-letter")
    page.click("main .form__actions button")
    expect(page.locator(".messages .alert--good")).to_be_visible()
    made = Registration.objects.get()
    keeper = signed_in(visit(), client_of(make_user(Role.COORDINATOR, regency)), live_server)
    keeper.goto("/beranda/")
    keeper.click("a[href*='standing=asked']")
    keeper.click(f"main a[href$='/{made.person.code}/']")
    picture(keeper, "guest-to-confirm")
    keeper.click("#konfirmasi .btn--primary >> nth=0")
    expect(keeper.locator("#konfirmasi")).to_have_count(0)
    assert made.person.employments.get().standing == ""


def test_the_pages_of_seats_and_instructors_look_as_they_should(
    visit: Visit, live_server: LiveServer, picture: Picture
) -> None:
    host = make_agency("Disporapar")
    wave = make_wave(host, PoolSpec("Terbuka", 3))
    change_promotion(
        offer=wave.offer,
        promotion="automatic",
        hold_hours=24,
        first_hold_hours=72,
        late_substitution=True,
        actor=SYSTEM,
    )
    seat(wave, make_person(host, "Budi Santoso"))
    session = wave.sessions.order_by("pk")[0]
    people = [make_person(host, name) for name in ("Ani Wijaya", "Cahyo Utomo")]
    for person in people:
        add_instructor(organisation=host, person=person, teacher_origin="outside", actor=SYSTEM)
    named = [Named(people[0]), Named(people[1], TeachingRole.ASSISTANT)]
    assign_instructors(session=session, version=session.version, teachers=named, actor=SYSTEM)
    page = signed_in(visit(), client_of(make_user(Role.ORGANISER, host)), live_server)
    for address, name in (
        ("kursi/", "seats-held"), ("peserta/", "participants-held"), ("pengajar/", "several-instructors"),
        ("salin/", "wave-copy"), ("", "wave-several"),
    ):  # fmt: skip
        page.goto(f"/pelatihan/gelombang/{wave.code}/{address}")
        picture(page, name)
    expect(page.locator("main")).to_contain_text("Cahyo Utomo (asisten)")
    keeper = signed_in(visit(), client_of(make_user(Role.COORDINATOR, host)), live_server)
    keeper.goto(f"/pelatihan/gelombang/{wave.code}/peserta/")
    expect(keeper.locator("main")).to_contain_text("sisa")
    keeper.click("form[action$='/konfirmasi/'] button")
    assert Registration.objects.get().is_seated

"""An idea typed on a phone goes its way: judged by the law, scored blindly, tried, adopted, and copied by another agency."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from enggang.access.enums import Role
from enggang.accounts.models import User
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.innovation.domain.reference import load_reference
from enggang.innovation.enums import Stage
from enggang.innovation.models import Innovation, Replication
from enggang.places.models import Organisation
from tests.stories.conftest import Picture, Visit
from tests.stories.test_at_the_desk import signed_in
from tests.training.factories import client_of, make_agency, make_person, make_user

pytestmark = pytest.mark.django_db(transaction=True)
TITLE, PROBLEM, IDEA = (
    "Antrean daring museum",
    "Pengunjung antre dua jam di loket.",
    "Nomor antrean dipesan lewat telepon.",
)


def good(page: Page) -> None:
    expect(page.locator(".messages .alert--good").first).to_be_visible()


def hands_in(phone: Page, picture: Picture) -> None:
    """Without an account, three fields and a tap; the page that comes is the citizen's own."""
    phone.goto("/inovasi/gagasan/")
    phone.fill("[name=title]", TITLE)
    phone.fill("[name=problem]", PROBLEM)
    phone.fill("[name=idea]", IDEA)
    picture(phone, "innovation-idea")
    phone.click("main form .btn--primary")
    good(phone)
    expect(phone.locator("main")).to_contain_text("Menunggu dibaca.")


def takes_in(page: Page, agency: Organisation, row: Innovation) -> None:
    owner = make_person(agency, "Contoh Pemilik")
    page.goto("/beranda/")
    page.click("text=1 gagasan menunggu diterima")
    page.click(f"text={TITLE}")
    page.fill("[name=owner]", owner.name)
    page.click("form[action$='/pemilik/'] .btn--primary")
    good(page)
    decides(page, row, "Diterima untuk disaring")


def decides(page: Page, row: Innovation, reason: str) -> None:
    page.goto(f"/inovasi/{row.code}/gerbang/")
    page.fill("form[action$='/lulus/'] [name=reason]", reason)
    page.click("form[action$='/lulus/'] .btn--primary")


def judged(page: Page, row: Innovation, picture: Picture) -> None:
    """Each of the five criteria with a sentence; without them no reason helps."""
    decides(page, row, "Mendesak")
    expect(page.locator("main")).to_contain_text("tidak dapat diganti alasan")
    picture(page, "innovation-criteria")
    for _ in range(5):
        form = page.locator("form[action*='/gerbang/butir/']:has(input[required])").first
        form.locator("input[name=note]").fill("Sudah diperiksa bersama.")
        form.locator("button", has_text="Terpenuhi").first.click()
        good(page)


def scored(page: Page, row: Innovation, scorers: list[tuple[User, Page]], picture: Picture) -> None:
    for user, _screen in scorers:
        page.goto(f"/inovasi/{row.code}/gerbang/")
        page.select_option("select[name=user]", label=user.name)
        page.click("form[action$='/penilai/'] .btn")
        good(page)
    for number, (_user, screen) in enumerate(scorers):
        screen.goto(f"/inovasi/{row.code}/nilai/")
        for group in screen.locator("fieldset").all():
            group.locator("input[type=radio]").nth(3 if number else 4).check()
        if not number:
            picture(screen, "innovation-sheet")
        screen.click("main form .btn--primary")
        good(screen)


def tried(page: Page, row: Innovation, picture: Picture) -> None:
    """Refused without a baseline; then measured before and after."""
    page.goto(f"/inovasi/{row.code}/uji-coba/")
    page.fill("[name=hypothesis]", "Bila dipesan, antrean jadi 15 menit.")
    page.fill("[name=stop_rule]", "Tidak turun dalam sebulan.")
    page.click("form[action$='/rencana/'] .btn--primary")
    good(page)
    page.fill("form[action$='/ukuran/'] [name=name]", "Lama antre")
    page.fill("form[action$='/ukuran/'] [name=unit]", "menit")
    page.select_option("form[action$='/ukuran/'] [name=polarity]", value="lower")
    page.click("form[action$='/ukuran/'] .btn--primary")
    good(page)
    decides(page, row, "Perangkat siap")
    good(page)
    decides(page, row, "Hasilnya baik")
    expect(page.locator("main")).to_contain_text("keadaan awal")
    picture(page, "innovation-no-baseline")
    for moment, value in (("before", "120"), ("after", "15")):
        page.goto(f"/inovasi/{row.code}/uji-coba/")
        page.click("text=Masukkan nilai")
        page.select_option("select[name=moment]", value=moment)
        for name, text in (
            ("value", value),
            ("as_of", str(clock.today())),
            ("method", "Stopwatch"),
            ("source", "Loket"),
        ):
            page.fill(f"form[action$='/nilai/'] [name={name}]", text)
        page.click("form[action$='/nilai/'] .btn--primary")
        good(page)
    picture(page, "innovation-before-after")


def copied(page: Page, row: Innovation, picture: Picture) -> None:
    """Somebody of another agency types the same problem and finds that it exists."""
    page.goto("/inovasi/gagasan/")
    page.locator("[name=title]").press_sequentially("Antrean museum daring")
    page.fill("[name=problem]", "Pengunjung antre di loket.")
    expect(page.locator("[data-similar]")).to_contain_text(TITLE)
    picture(page, "innovation-similar")
    page.click("[data-similar] >> text=Tiru")
    expect(page.locator("[name=title]")).to_have_value(TITLE)
    page.click("main form .btn--primary")
    good(page)


def test_an_idea_on_a_phone_becomes_what_others_copy(visit: Visit, live_server: LiveServer, picture: Picture) -> None:
    load_reference(actor=SYSTEM)
    agency = make_agency("Disporapar Contoh")
    phone, page, elsewhere = visit(width=360), visit(), visit(width=360)
    hands_in(phone, picture)
    row = Innovation.objects.get()
    assert (row.initiator, row.owner, row.organisation) == ("citizen", None, agency)
    signed_in(page, client_of(make_user(Role.ADMINISTRATOR, agency)), live_server)
    takes_in(page, agency, row)
    judged(page, row, picture)
    scorers = [(make_user(Role.ASSESSOR, agency, f"Penilai {name}"), visit(width=360)) for name in ("Satu", "Dua")]
    for user, screen in scorers:
        signed_in(screen, client_of(user), live_server)
    scored(page, row, scorers, picture)
    decides(page, row, "Memenuhi kriteria")
    good(page)
    tried(page, row, picture)
    decides(page, row, "Antrean turun dari 120 ke 15 menit")
    good(page)
    row.refresh_from_db()
    assert (row.stage, row.adopted_on) == (Stage.ADOPTED, clock.today())
    signed_in(elsewhere, client_of(make_user(Role.COORDINATOR, make_agency("Dinas Kabupaten Contoh"))), live_server)
    copied(elsewhere, row, picture)
    assert Replication.objects.get().origin == row
    page.goto(f"/inovasi/{row.code}/replikasi/")
    expect(page.locator("main")).to_contain_text("belum ada bukti")
    picture(page, "innovation-replications")

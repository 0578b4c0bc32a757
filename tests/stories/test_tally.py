"""An open street: two phones count, one without signal; they meet again, and the board shows a number with its range."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from enggang.access.enums import Role
from enggang.attendance.domain.tally import open_phone, open_point, revoke_phone
from enggang.attendance.models import Count, CountPoint
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.events.models import Edition
from tests.attendance.factories import make_group, make_organisation
from tests.events.factories import make_edition, make_event
from tests.stories.conftest import Picture, Visit
from tests.stories.people import account, settle_the_province, sign_in

pytestmark = pytest.mark.django_db(transaction=True)
AN_HOUR_ON = (
    "const real = Date.now; let ahead = 0; Date.now = () => real() + ahead; window.later = (ms) => (ahead += ms);"
)


def make_point(edition: Edition | None = None, **facts: object) -> CountPoint:
    today = clock.today()
    group, organisation = (edition.subject, edition.organisation) if edition else (make_group(), make_organisation())
    values = {
        "name": "Gerbang utara", "stream": "Alun-alun", "first_day": today - timedelta(days=1),
        "last_day": today + timedelta(days=1), "begins": "00:00", "ends": "23:59", **facts,
    }  # fmt: skip
    return open_point(group=group, organisation=organisation, actor=SYSTEM, **values)


def open_counter(visit: Visit, point: CountPoint, *, language: str = "en", hours: int = 12) -> Page:
    _phone, token = open_phone(point=point, name="Contoh Relawan", hours=hours, actor=SYSTEM)
    page = visit(language=language, width=360)
    page.add_init_script(AN_HOUR_ON)
    page.goto(f"/hadir/hitung/{token}/")
    page.wait_for_selector("main[data-ready]")
    page.wait_for_selector("main[data-kept]")
    return page


def tap(page: Page, side: str, by: int = 1, times: int = 1) -> None:
    for _ in range(times):
        page.click(f"[data-side={side}][data-by='{by}']")


def later(page: Page, minutes: float) -> None:
    """The phone's time goes on; the page notices at its next tick."""
    page.evaluate("(ms) => window.later(ms)", minutes * 60_000)
    page.wait_for_timeout(1200)


def meet_again(phone: Page) -> None:
    phone.context.set_offline(False)
    phone.click("summary")
    phone.click("#sync-now")
    expect(phone.locator("#sync")).to_contain_text("Last sync")
    expect(phone.locator("#sync")).to_contain_text("0 waiting")


def test_a_phone_without_signal_counts_and_brings_every_tap_once(
    visit: Visit, live_server: LiveServer, picture: Picture, settings: Settings
) -> None:
    settings.PUBLIC_URL = live_server.url
    point = make_point()
    phone = open_counter(visit, point)
    expect(phone.locator("#board")).to_be_hidden()
    phone.context.set_offline(True)
    phone.reload()  # the page opens without any connection
    phone.wait_for_selector("main[data-ready]")
    expect(phone.locator("#point-name")).to_have_text("Gerbang utara")
    phone.click("#start")
    tap(phone, "in", times=3)
    tap(phone, "in", 10)
    tap(phone, "out")
    expect(phone.locator("#in-total")).to_have_text("13")
    tap(phone, "in", 5)
    phone.click("#undo")
    expect(phone.locator("#in-total")).to_have_text("13")
    expect(phone.locator("#said")).to_have_text("Undone: −5")
    picture(phone, "tally-counting")
    phone.reload()  # nothing is lost with the page
    phone.wait_for_selector("main[data-ready]")
    phone.click("#start")
    expect(phone.locator("#in-total")).to_have_text("13")
    tap(phone, "in", 5)
    phone.click("#pause")
    assert not Count.objects.exists()
    later(phone, 2)
    meet_again(phone)
    assert sum(Count.objects.values_list("entered", flat=True)) == 18
    assert sum(Count.objects.values_list("left", flat=True)) == 1
    assert not Count.objects.exclude(point=point).exists()


def test_a_sample_says_when_to_count_and_takes_no_tap_in_between(
    visit: Visit, live_server: LiveServer, picture: Picture, settings: Settings
) -> None:
    settings.PUBLIC_URL = live_server.url
    point = make_point(method="sampled", length=5, every=30)
    phone = open_counter(visit, point, language="id")
    phone.click("#start")
    phone.click("summary")
    with phone.expect_response("**/sync/"):  # nothing to bring yet, but the board hears that somebody stands there
        phone.click("#sync-now")
    assert point.phones.get().seen_at
    phone.click("summary")
    spans = phone.evaluate(
        "fetch(document.getElementById('content').dataset.facts).then((a) => a.json()).then((f) => f.times)"
    )
    now = phone.evaluate("Date.now()")
    begins, ends = next(span for span in spans if span[0] > now + 60_000)
    later(phone, (begins - 30_000 - now) / 60_000)
    expect(phone.locator("#timer")).to_have_attribute("data-state", "wait")
    expect(phone.locator("[data-side=in]").first).to_be_disabled()
    picture(phone, "tally-waiting")
    later(phone, 1)
    expect(phone.locator("#timer")).to_have_attribute("data-state", "now")
    tap(phone, "in", times=4)
    picture(phone, "tally-interval")
    expect(phone.locator("#in-total")).to_have_text("4")
    later(phone, (ends - begins) / 60_000)
    expect(phone.locator("[data-side=in]").first).to_be_disabled()


IN_THE_POCKET = "Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => window.away ? 'hidden' : 'visible' });"


def test_a_phone_in_the_pocket_keeps_no_minutes_in_which_nobody_came(
    visit: Visit, live_server: LiveServer, settings: Settings
) -> None:
    settings.PUBLIC_URL = live_server.url
    phone = open_counter(visit, make_point())
    phone.evaluate(IN_THE_POCKET)
    phone.click("#start")
    tap(phone, "in")
    phone.evaluate("window.away = true")
    for _ in range(3):
        later(phone, 1)
    phone.evaluate("window.away = false")
    tap(phone, "in")
    phone.click("#pause")
    later(phone, 1)
    meet_again(phone)
    assert sum(Count.objects.values_list("entered", flat=True)) == 2
    assert Count.objects.count() == 2


def test_squares_are_kept_one_by_one(
    visit: Visit, live_server: LiveServer, picture: Picture, settings: Settings
) -> None:
    settings.PUBLIC_URL = live_server.url
    phone = open_counter(visit, make_point(method="density", area_m2=4000, square_m2=16))
    phone.click("#start")
    tap(phone, "in", 10)
    tap(phone, "in", 5)
    phone.click("#undo")
    picture(phone, "tally-square")
    phone.click("#square")
    expect(phone.locator("#said")).to_have_text("Square 1: 14 people")
    phone.click("summary")
    phone.click("#sync-now")
    expect(phone.locator("#sync")).to_contain_text("0 waiting")
    assert list(Count.objects.values_list("entered", flat=True)) == [14]


def test_a_revoked_link_is_dead_and_offers_what_waits_as_a_file(
    visit: Visit, live_server: LiveServer, settings: Settings
) -> None:
    settings.PUBLIC_URL = live_server.url
    point = make_point()
    phone = open_counter(visit, point)
    phone.context.set_offline(True)
    phone.click("#start")
    tap(phone, "in", times=2)
    phone.click("#pause")
    revoke_phone(phone=point.phones.get(), actor=SYSTEM)
    later(phone, 1)
    phone.context.set_offline(False)  # the phone tries by itself
    expect(phone.locator("#dead")).to_be_visible()
    expect(phone.locator("#start")).to_be_hidden()
    with phone.expect_download() as waiting:
        phone.click("#save-link")
    lines = waiting.value.path().read_text().splitlines()
    assert lines[0].startswith("id,perangkat,telepon")
    assert sum(int(line.split(",")[6]) for line in lines[1:]) == 2
    assert not Count.objects.exists()


def test_from_two_phones_to_a_number_with_its_range(
    visit: Visit, live_server: LiveServer, picture: Picture, settings: Settings
) -> None:
    """Two beside each other, one of them without signal; the organiser makes a link, watches the board, closes the number."""
    settings.PUBLIC_URL = live_server.url
    settle_the_province()
    agency = make_organisation()
    event = make_event(agency, name="Festival Contoh", rule="announced")
    edition = make_edition(agency, year=clock.today().year, event=event, first=clock.today())
    account("Panitia Contoh", "panitia@example.test", Role.ORGANISER, agency)
    point = make_point(edition)
    phones = [open_counter(visit, point) for _ in range(2)]
    phones[0].context.set_offline(True)
    for phone, people in zip(phones, (12, 10), strict=True):
        phone.click("#start")
        tap(phone, "in", times=people)
        later(phone, 1)
        tap(phone, "in", 10)
        phone.click("#pause")
        later(phone, 1)
    for phone in phones:
        meet_again(phone)
    assert Count.objects.exists()

    desk = visit()
    sign_in(desk, "panitia@example.test")
    desk.goto(f"/acara/edisi/{edition.code}/hitung/titik/{point.code}/")
    desk.fill("input[name=name]", "Relawan ketiga")
    desk.click("button:has-text('Buat alamat')")
    expect(desk.locator("#phone-address-text")).to_contain_text("/hadir/hitung/")
    picture(desk, "tally-link")
    desk.goto(f"/acara/edisi/{edition.code}/hitung/cara/")
    desk.fill("input[name=times]", "1.1")
    desk.fill("input[name=times_source]", "Survei contoh")
    desk.click("main button.btn--primary")
    desk.click("a:has-text('Papan langsung')")
    expect(desk.locator("table.hourly")).to_contain_text("Gerbang utara")
    expect(desk.locator("table.hourly")).to_have_css("display", "table")
    picture(desk, "tally-board")
    desk.click("a:has-text('Angkanya')")
    expect(desk.locator("h2.counted")).to_have_text(re.compile(r"Pengunjung: \d+ \(\d+–\d+\)"))
    desk.fill("input[name=note]", "Rapat panitia")
    desk.click("button:has-text('Tutup sebagai versi berikutnya')")
    expect(desk.locator("main")).to_contain_text("Versi 1, ditutup pada")
    picture(desk, "tally-number")


def test_a_phone_opened_too_early_or_too_late_says_when(
    visit: Visit, live_server: LiveServer, settings: Settings
) -> None:
    settings.PUBLIC_URL = live_server.url
    today = clock.today()
    tomorrow, yesterday = today + timedelta(days=1), today - timedelta(days=1)
    early = open_counter(
        visit, make_point(first_day=tomorrow, last_day=tomorrow, begins="08:00", ends="17:00"), hours=48
    )
    expect(early.locator("#timer")).to_contain_text(f"{tomorrow:%b} {tomorrow.day}, 08:00–17:00")
    expect(early.locator("#start")).to_be_visible()
    late = open_counter(
        visit, make_point(method="sampled", length=5, every=30, first_day=yesterday, last_day=yesterday)
    )
    expect(late.locator("#timer")).to_have_text("No more counts on this link.")
    expect(late.locator("#start")).to_be_hidden()
    long_ago = today - timedelta(days=10)
    after = open_counter(visit, make_point(name="Gerbang selatan", first_day=long_ago, last_day=long_ago))
    expect(after.locator("#timer")).to_have_text(
        "The days of this point are over; what you count is kept all the same."
    )

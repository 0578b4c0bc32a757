"""A hall without signal: two phones take attendance, meet again, and nothing is lost; the one pass at both is told."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from enggang.access.enums import Role
from enggang.attendance.domain import open_gate
from enggang.attendance.models import Mark, Occasion, Pass, Scan
from enggang.attendance.tokens import token_of
from enggang.core import clock
from enggang.core.actor import SYSTEM
from tests.attendance.factories import make_occasion, make_organisation, make_pass
from tests.stories.conftest import Clock, Picture, Visit
from tests.stories.people import account, sign_in

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = ["Dayang Kumala", "Petrus Anyim", "Utin Mahrita", "Markus Lengkong", "Nurul Aminah"]


@pytest.fixture
def occasion() -> Occasion:
    start = clock.now() - timedelta(hours=1)
    return make_occasion(starts_at=start, ends_at=start + timedelta(hours=4), title="Praktik di lapangan")


def open_app(visit: Visit, address: str, *, language: str = "en", script: str = "") -> Page:
    page = visit(language=language, width=360)
    if script:
        page.add_init_script(script)
    page.goto(address)
    page.wait_for_selector("main[data-ready]")
    page.wait_for_selector("main[data-kept]")
    return page


def scan(page: Page, text: str) -> tuple[str, str]:
    """Type as a hardware scanner does; answers verdict and reason that the phone shows."""
    page.evaluate("document.getElementById('answer').replaceChildren()")
    page.fill("#read", text)
    page.press("#read", "Enter")
    box = page.locator("#answer .answer")
    return box.get_attribute("data-verdict") or "", box.get_attribute("data-reason") or ""


def test_two_phones_without_signal_lose_nothing_and_report_the_pass_they_share(
    visit: Visit, live_server: LiveServer, picture: Picture, settings: Settings, occasion: Occasion
) -> None:
    settings.PUBLIC_URL = live_server.url
    held = [make_pass(occasion, name=name) for name in NAMES]
    agency = occasion.organisation
    phones = []
    for door in ("Pintu utama", "Pintu samping"):
        _gate, token = open_gate(group=occasion.group, organisation=agency, name=door, hours=4, actor=SYSTEM)
        phones.append(open_app(visit, f"/hadir/app/{token}/"))
    first, second = phones
    for phone in phones:
        phone.context.set_offline(True)

    first.reload()  # the page opens without any connection
    first.wait_for_selector("main[data-ready]")
    expect(first.locator("#gate-name")).to_have_text("Pintu utama")
    for row in held[:3]:
        assert scan(first, f"{live_server.url}/hadir/p/{token_of(row)}/") == ("accepted", "")
        assert NAMES[held.index(row)] in first.inner_text("#answer")
    assert scan(first, held[0].code.lower()) == ("repeated", "again")
    picture(first, "gate-again")
    for row in held[2:]:
        assert scan(second, token_of(row)) == ("accepted", "")
    picture(second, "gate-accepted")
    assert scan(second, "0000 0000 0000") == ("refused", "unknown")
    picture(second, "gate-refused")
    assert scan(second, forged(held[0], held[1])) == ("refused", "unreadable")
    assert scan(second, "1234") == ("refused", "unreadable")  # mistyped: nothing for the organiser to look at
    assert scan(second, "https://contoh.id/x") == ("refused", "unreadable")
    assert "4 waiting" in first.inner_text("#sync")
    assert not Scan.objects.exists()

    meet_again(first)
    meet_again(second)
    assert Mark.objects.filter(occasion=occasion, status="present", method="qr").count() == len(NAMES)
    kept = Scan.objects.values_list("verdict", "reason")
    assert sorted(kept) == sorted(
        [("accepted", "")] * 5 + [("repeated", "again"), ("repeated", "two_devices"), ("refused", "unknown")]
    )
    expect(second.locator("#conflicts li[data-reason=two_devices]")).to_have_count(1)
    assert NAMES[2] in second.inner_text("#conflicts li[data-reason=two_devices]")
    expect(first.locator("#report")).to_be_hidden()
    picture(second, "gate-report")


def forged(one: Pass, other: Pass) -> str:
    kid, _code, signature = token_of(one).split(".")
    return f"{kid}.{other.code}.{signature}"


def meet_again(phone: Page) -> None:
    phone.context.set_offline(False)
    phone.click("#sync-now")
    expect(phone.locator("#sync")).to_contain_text("Last sync")
    expect(phone.locator("#sync")).to_contain_text("0 waiting")


def test_a_revoked_gate_is_dead_at_the_next_contact_and_its_scans_are_saved_as_a_file(
    visit: Visit, live_server: LiveServer, settings: Settings, occasion: Occasion
) -> None:
    from enggang.attendance.domain import revoke_gate

    settings.PUBLIC_URL = live_server.url
    held = make_pass(occasion, name=NAMES[0])
    gate, token = open_gate(
        group=occasion.group, organisation=occasion.organisation, name="Pintu", hours=4, actor=SYSTEM
    )
    phone = open_app(visit, f"/hadir/app/{token}/")
    phone.context.set_offline(True)
    assert scan(phone, token_of(held)) == ("accepted", "")
    with clock.frozen_at(clock.now() + timedelta(seconds=2)):  # a phone knows the server's time within a blink only
        revoke_gate(gate=gate, actor=SYSTEM)
    phone.context.set_offline(False)  # the phone tries by itself
    expect(phone.locator("#dead")).to_be_visible()
    expect(phone.locator("#scan-form")).to_be_hidden()
    assert NAMES[0] not in stored(phone)
    expect(phone.locator("#content")).not_to_contain_text(NAMES[0])
    with phone.expect_download() as waiting:
        phone.click("#save-link")
    saved = waiting.value.path().read_text()
    assert held.code in saved
    assert NAMES[0] not in saved
    assert not Mark.objects.exists()
    bring_back(visit, occasion, saved)
    assert Mark.objects.get().holder == held.holder


def bring_back(visit: Visit, occasion: Occasion, saved: str) -> None:
    """The organiser reads the phone's file in, and once more, because nobody is sure that it worked."""
    account("Penyelenggara", "organiser@example.test", Role.ORGANISER, occasion.organisation)
    desk = visit()
    sign_in(desk, "organiser@example.test")
    desk.goto(f"/hadir/{occasion.code}/gerbang/")
    desk.click("a[href$='/gerbang/berkas/']")
    for made, known in (("1", "0"), ("0", "1")):
        desk.set_input_files(
            "input[type=file]", {"name": "pindaian.csv", "mimeType": "text/csv", "buffer": saved.encode()}
        )
        desk.click("main .form__actions button")
        stats = desk.locator(".grid--stats")
        expect(stats).to_contain_text(re.compile(f"Ditandai hadir\\s*{made}"))
        expect(stats).to_contain_text(re.compile(f"Sudah pernah masuk\\s*{known}"))


def test_the_list_is_gone_from_the_phone_when_its_time_is_over(
    visit: Visit, live_server: LiveServer, settings: Settings, occasion: Occasion
) -> None:
    settings.PUBLIC_URL = live_server.url
    held = make_pass(occasion, name=NAMES[0])
    _gate, token = open_gate(
        group=occasion.group, organisation=make_organisation("Lain"), name="Pintu", hours=72, actor=SYSTEM
    )
    phone = open_app(visit, f"/hadir/app/{token}/")
    assert NAMES[0] in stored(phone)
    phone.context.set_offline(True)
    phone.clock.install()
    phone.clock.fast_forward("13:00:00")
    assert scan(phone, token_of(held))[0] == "held"  # a signature needs no name
    assert NAMES[0] not in stored(phone)
    expect(phone.locator("#nameless")).to_be_visible()


def test_a_phone_that_stays_open_overnight_goes_on_to_the_session_of_the_day(
    visit: Visit, live_server: LiveServer, settings: Settings, occasion: Occasion, later: Clock
) -> None:
    settings.PUBLIC_URL = live_server.url
    tomorrow = make_occasion(
        group=occasion.group, organisation=occasion.organisation, title="Hari kedua",
        starts_at=occasion.starts_at + timedelta(days=1), ends_at=occasion.ends_at + timedelta(days=1),
    )  # fmt: skip
    held = make_pass(occasion, name=NAMES[0])
    _gate, token = open_gate(
        group=occasion.group, organisation=occasion.organisation, name="Pintu", hours=72, actor=SYSTEM
    )
    phone = open_app(visit, f"/hadir/app/{token}/")
    phone.context.set_offline(True)
    phone.clock.install()
    assert scan(phone, token_of(held)) == ("accepted", "")
    assert phone.input_value("#occasion") == occasion.code
    phone.clock.fast_forward("24:00:00")
    assert scan(phone, token_of(held)) == ("held", "unlisted")  # the names are gone by now
    assert phone.input_value("#occasion") == tomorrow.code
    phone.select_option("#occasion", occasion.code)  # whoever chooses the past one means it
    scan(phone, token_of(held))
    assert phone.input_value("#occasion") == occasion.code
    later["by"] = timedelta(days=2)
    meet_again(phone)  # the list of a new day no longer names the session of the day before
    expect(phone.locator("#occasion option")).to_have_count(1)
    assert phone.input_value("#occasion") == tomorrow.code


def stored(phone: Page) -> str:
    """Everything the phone keeps, as text."""
    return str(
        phone.evaluate(
            """async () => {
              const [{ name }] = await indexedDB.databases();
              const db = await new Promise((done) => (indexedDB.open(name).onsuccess = (event) => done(event.target.result)));
              const all = (store) => new Promise((done) => (db.transaction(store).objectStore(store).getAll().onsuccess = (event) => done(event.target.result)));
              return JSON.stringify([await all("facts"), await all("scans")]);
            }"""
        )
    )

"""A boat with few places: families come with one ticket, two gates without signal, a supervisor, and the same pass twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from enggang.access.enums import Role
from enggang.attendance.domain import open_gate, revoke_gate
from enggang.attendance.enums import OccasionKind
from enggang.attendance.models import Gate, Occasion, Pass, Presence, Scan
from enggang.attendance.tokens import token_of
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.codes import grouped
from enggang.events.domain.ticketing import move_part
from enggang.events.models import Slot
from tests.events.visiting import booked, fresh, make_festival, make_part, make_slot
from tests.stories.conftest import Picture, Visit
from tests.stories.people import account, sign_in
from tests.stories.test_offline_gate import forged, meet_again, open_app
from tests.training.factories import make_agency

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def slot() -> Slot:
    """A boat that goes now, for nine at once."""
    today = clock.today("Asia/Pontianak")
    part = make_part(make_festival(make_agency(), first=today, last=today), "Perahu ke Danau Sentarum", opened=False)
    begun = clock.now().astimezone(part.zone) - timedelta(hours=1)
    ends = begun + timedelta(hours=5)
    slot = make_slot(part, 20, day=begun.date(), begins=begun.time(), ends=ends.time(), room=9)
    move_part(part=part, to="open", actor=SYSTEM)
    return fresh(slot)


def make_ticket(slot: Slot, name: str, people: int) -> Pass:
    return Pass.objects.get(holder=booked(slot, name, people).subject)


def gate_of(occasion: Occasion, name: str, *, may_override: bool = False) -> str:
    _gate, token = open_gate(
        group=occasion.group, organisation=occasion.organisation, name=name, hours=4, kind=OccasionKind.OPEN,
        may_override=may_override, actor=SYSTEM,
    )  # fmt: skip
    return f"/hadir/app/{token}/"


def show(page: Page, text: str, people: str = "") -> tuple[str, str]:
    """Read a pass, press how many where the phone asks; answers what the phone shows. Who may not enter is not counted."""
    page.evaluate("document.getElementById('answer').replaceChildren()")
    page.fill("#read", text)
    page.press("#read", "Enter")
    box, choice = page.locator("#answer .answer[data-verdict]"), page.locator(".gate__choice")
    box.or_(choice).wait_for()
    if people and choice.count():
        choice.locator("button", has_text=people).first.click()
    return box.get_attribute("data-verdict") or "", box.get_attribute("data-reason") or ""


def test_families_come_and_go_at_two_gates_without_signal(
    visit: Visit, live_server: LiveServer, picture: Picture, settings: Settings, slot: Slot
) -> None:
    settings.PUBLIC_URL = live_server.url
    occasion = slot.occasion
    assert occasion
    family, pair = make_ticket(slot, "Contoh Keluarga Dayang", 5), make_ticket(slot, "Contoh Petrus", 2)
    east = open_app(visit, gate_of(occasion, "Gerbang timur"))
    west = open_app(visit, gate_of(occasion, "Gerbang barat", may_override=True), language="id")
    for phone in (east, west):
        phone.context.set_offline(True)
        expect(phone.locator("#ways")).to_be_visible()

    east.fill("#read", token_of(family))
    east.press("#read", "Enter")
    expect(east.locator(".gate__choice")).to_contain_text("0 of 5 in")
    picture(east, "festival-gate-choice")
    assert show(east, token_of(family), "3") == ("accepted", "")
    assert "3 of 5 in" in east.inner_text("#answer")
    expect(east.locator("#inside")).to_have_text("3 of 9 inside now")
    assert show(east, token_of(family), "All 2 in") == ("accepted", "")
    assert show(east, token_of(family)) == ("repeated", "all_in")
    assert show(west, token_of(family), "5 orang masuk semua") == ("accepted", "")  # a copy
    east.check("[name=direction][value=out]", force=True)
    assert show(east, token_of(family), "1") == ("accepted", "")
    expect(east.locator("#inside")).to_have_text("4 of 9 inside now")
    assert show(west, token_of(pair), "2 orang masuk semua") == ("accepted", "")
    assert show(west, grouped(pair.code, 4).lower()) == ("repeated", "all_in")  # typed from below the square code
    west.fill(".gate__override input", "anak tertinggal, dilihat sendiri")
    picture(west, "festival-gate-override")
    west.click(".gate__override button")
    expect(west.locator("#answer .answer[data-reason=override]")).to_be_visible()
    assert not Scan.objects.exists()

    meet_again(east)
    west.context.set_offline(False)
    west.click("#sync-now")
    expect(west.locator("#sync")).to_contain_text("0 menunggu")
    kept = sorted(Scan.objects.values_list("verdict", "reason", "direction", "quantity", "told"))
    assert kept == sorted(
        [
            ("accepted", "", "in", 3, "accepted"), ("accepted", "", "in", 2, "accepted"),
            ("repeated", "all_in", "in", 1, "repeated"), ("accepted", "", "out", 1, "accepted"),
            ("repeated", "two_devices", "in", 5, "accepted"), ("accepted", "", "in", 2, "accepted"),
            ("repeated", "all_in", "in", 1, "repeated"), ("accepted", "override", "in", 1, "accepted"),
        ]
    )  # fmt: skip
    assert sorted(Presence.objects.values_list("inside", "entered")) == [(3, 3), (4, 5)]
    expect(west.locator("#conflicts li[data-reason=two_devices]")).to_have_count(1)

    account("Penyelenggara", "organiser@example.test", Role.ORGANISER, occasion.organisation)
    desk = visit()
    sign_in(desk, "organiser@example.test")
    desk.goto(f"/hadir/{occasion.code}/")
    expect(desk.locator(".grid--stats")).to_contain_text("7")
    picture(desk, "festival-inside")
    desk.click("a[href$='/periksa/']")
    expect(desk.locator("#periksa")).to_contain_text("Dimasukkan oleh pengawas")
    expect(desk.locator("#periksa")).to_contain_text("anak tertinggal, dilihat sendiri")
    picture(desk, "festival-doubts")
    expect(desk.locator("#periksa li").filter(has_text="dua pintu")).to_have_count(1)


def wedge(page: Page, text: str) -> Locator:
    """As a hardware scanner types: quickly, into whatever has the focus, and Enter. Answers what the phone shows then."""
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    return page.locator("#answer")


def test_a_hardware_scanner_is_heard_after_every_press(
    visit: Visit, live_server: LiveServer, settings: Settings, slot: Slot
) -> None:
    settings.PUBLIC_URL = live_server.url
    occasion = slot.occasion
    assert occasion
    make_slot(slot.part, 20, day=slot.day + timedelta(days=1), begins=slot.begins, ends=slot.ends)
    family, one = make_ticket(slot, "Contoh Keluarga Dayang", 3), make_ticket(slot, "Contoh Petrus", 1)
    token = token_of(one)
    phone = open_app(visit, gate_of(occasion, "Pengawas", may_override=True))
    expect(wedge(phone, token_of(family))).to_contain_text("0 of 3 in")
    phone.locator(".gate__numbers button", has_text="2").click()
    expect(phone.locator("#answer")).to_contain_text("2 of 3 in")
    expect(wedge(phone, f"{live_server.url}/hadir/p/{token}/")).to_contain_text("Contoh Petrus")
    phone.check("[name=direction][value=out]", force=True)
    expect(wedge(phone, token)).to_contain_text("May go out")
    phone.check("[name=direction][value=in]", force=True)
    chosen = phone.locator("#occasion").input_value()
    phone.locator("#occasion").focus()
    expect(wedge(phone, token)).to_contain_text("Come in")
    assert phone.locator("#occasion").input_value() == chosen
    expect(wedge(phone, token)).to_contain_text("In already")
    phone.locator(".gate__override input").focus()
    expect(wedge(phone, f"{live_server.url}/hadir/p/{token_of(family)}/")).to_contain_text("Contoh Keluarga Dayang")


def test_who_went_out_is_told_that_nobody_comes_in_again(
    visit: Visit, live_server: LiveServer, settings: Settings, slot: Slot
) -> None:
    settings.PUBLIC_URL = live_server.url
    assert slot.occasion
    Occasion.objects.filter(pk=slot.occasion.pk).update(re_entry=False)
    occasion = fresh(slot).occasion
    assert occasion
    one = make_ticket(slot, "Contoh Petrus", 1)
    phone = open_app(visit, gate_of(occasion, "Gerbang timur"))
    assert show(phone, token_of(one)) == ("accepted", "")
    phone.check("[name=direction][value=out]", force=True)
    assert show(phone, token_of(one)) == ("accepted", "")
    phone.check("[name=direction][value=in]", force=True)
    assert show(phone, token_of(one)) == ("repeated", "all_in")
    expect(phone.locator("#answer")).to_contain_text("0 of 1 in; whoever went out does not come in again here")


def test_times_of_two_days_are_told_apart_and_a_family_of_tomorrow_hears_so_at_once(
    visit: Visit, live_server: LiveServer, settings: Settings, slot: Slot
) -> None:
    settings.PUBLIC_URL = live_server.url
    occasion = slot.occasion
    assert occasion
    tomorrow = fresh(make_slot(slot.part, 20, day=slot.day + timedelta(days=1), begins=slot.begins, ends=slot.ends))
    late = make_ticket(tomorrow, "Contoh Keluarga Besok", 4)
    phone = open_app(visit, gate_of(occasion, "Gerbang timur"))
    lines = phone.locator("#occasion option").all_inner_texts()
    assert len(lines) == len(set(lines)) == 2
    assert show(phone, token_of(late)) == ("refused", "other_time")
    supervisor = open_app(visit, gate_of(occasion, "Pengawas", may_override=True))
    assert show(supervisor, token_of(late), "3") == ("refused", "other_time")  # they say how many they let in
    supervisor.fill(".gate__override input", "tanggal pada tiket keliru")
    supervisor.click(".gate__override button")
    expect(supervisor.locator("#answer .answer[data-reason=override]")).to_contain_text("3 of 4 in")


def test_a_gate_that_was_revoked_tells_no_number_of_people_inside(
    visit: Visit, live_server: LiveServer, settings: Settings, slot: Slot
) -> None:
    settings.PUBLIC_URL = live_server.url
    occasion = slot.occasion
    assert occasion
    phone = open_app(visit, gate_of(occasion, "Gerbang timur"))
    assert show(phone, token_of(make_ticket(slot, "Contoh Petrus", 1)))[0]
    expect(phone.locator("#inside")).to_be_visible()
    revoke_gate(gate=Gate.objects.select_related("link", "organisation", "subject").get(), actor=SYSTEM)
    phone.dispatch_event("#sync-now", "click")  # it may have heard by itself, and shows no button any more
    expect(phone.locator("#dead")).to_be_visible()
    for part in ("#inside", "#ways", "#occasion", "#scan-form"):
        expect(phone.locator(part)).to_be_hidden()


def test_the_first_word_says_what_to_do_and_a_forged_ticket_shows_nobodys_name(
    visit: Visit, live_server: LiveServer, settings: Settings, slot: Slot
) -> None:
    settings.PUBLIC_URL = live_server.url
    occasion = slot.occasion
    assert occasion
    family, one = make_ticket(slot, "Contoh Keluarga Dayang", 3), make_ticket(slot, "Contoh Petrus", 1)
    phone = open_app(visit, gate_of(occasion, "Pengawas", may_override=True))
    title = phone.locator("#answer .answer__title")
    assert show(phone, forged(one, family)) == ("refused", "unreadable")  # asked for no number, not even a supervisor
    expect(title).to_have_text("May not come in")
    expect(phone.locator("#answer")).to_contain_text("No ticket of ours")
    expect(phone.locator("#answer")).not_to_contain_text("Dayang")
    assert show(phone, token_of(one)) == ("accepted", "")
    expect(title).to_have_text("Come in")
    assert show(phone, token_of(one)) == ("repeated", "all_in")
    expect(title).to_have_text("In already")
    phone.check("[name=direction][value=out]", force=True)
    assert show(phone, token_of(one)) == ("accepted", "")
    expect(title).to_have_text("May go out")


def test_a_gate_whose_hours_are_over_says_so_and_not_that_it_was_revoked(
    visit: Visit, live_server: LiveServer, settings: Settings, slot: Slot
) -> None:
    settings.PUBLIC_URL = live_server.url
    occasion = slot.occasion
    assert occasion
    held = make_ticket(slot, "Contoh Petrus", 1)
    phone = open_app(visit, gate_of(occasion, "Gerbang malam"))
    phone.context.set_offline(True)
    phone.clock.install()
    phone.clock.fast_forward("05:00:00")
    assert show(phone, token_of(held)) == ("refused", "gate_ended")
    expect(phone.locator("#dead")).to_be_visible()

"""A vendor with a phone applies for a stall, is chosen, gets a plot, and reports what the stall took in, also on a bad line;
staff see the sum."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.events.domain.reference import load_reference
from enggang.events.domain.stalls import decide_stall
from enggang.events.domain.turnover import report_turnover
from enggang.events.models import Edition, Plot, StallApplication, Turnover
from enggang.places.models import Organisation
from tests.events.factories import make_event, make_site
from tests.events.stalling import accepted, make_call, make_category, make_plots, running_edition
from tests.stories.conftest import Picture, Visit
from tests.stories.test_at_the_desk import signed_in
from tests.training.factories import client_of, make_agency, make_user

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "Kue Lapis Bu Contoh"


def market() -> tuple[Organisation, Edition]:
    """A festival that is under way, with a place; on its plan stand two rows of stalls and a stage."""
    load_reference(actor=SYSTEM)
    agency = make_agency("Dinas Pariwisata Mempawah")
    edition = running_edition(agency, event=make_event(agency, "Pasar Robo-Robo"))
    make_site(edition, "Lapangan dekat keraton")
    return agency, edition


def good(page: Page) -> None:
    expect(page.locator(".messages .alert--good").first).to_be_visible()


def published(page: Page, edition: Edition, picture: Picture) -> str:
    """Staff write the call and publish it; answers its public address."""
    page.goto(f"/acara/edisi/{edition.code}/lapak/panggilan/")
    page.fill("input[name=title]", "Lapak UMKM Pasar Robo-Robo (contoh)")
    page.fill("textarea[name=text]", "Usaha kecil diajak berjualan di lapangan dekat keraton.")
    page.fill("textarea[name=requirements]", "Harga dipajang. Sampah dibawa pulang.")
    page.fill("input[name=stalls]", "12")
    page.fill("input[name=fee]", "100.000")
    page.fill("input[name=contact]", "Seksi UMKM (contoh)")
    page.fill("input[name=contact_phone]", "0812-0000-0000")
    page.check("input[name=shows_sums]")
    page.check("input[name=shows_map]")
    page.click("main .form__actions .btn--primary")
    good(page)
    page.click("button[name=to][value=open]")
    good(page)
    picture(page, "stalls-call")
    return page.locator("a.break").inner_text().split("/acara/", 1)[1]


def applies(phone: Page, address: str, picture: Picture) -> str:
    """In one short form; answers the address of the vendor's own page."""
    phone.goto(f"/acara/{address}")
    phone.fill("input[name=name]", NAME)
    phone.fill("input[name=owner]", "Contoh Aminah")
    phone.fill("input[name=phone]", "0812 3456 7890")
    phone.select_option("select[name=category]", label="Makanan siap saji")
    phone.fill("textarea[name=sells]", "Kue lapis dan talam")
    phone.check("input[name=electricity]")
    picture(phone, "stalls-apply")
    phone.click("#lapak .btn--primary")
    good(phone)
    expect(phone.locator("h1")).to_have_text(NAME)
    return phone.url


def chosen(page: Page, edition: Edition, picture: Picture) -> None:
    page.goto(f"/acara/edisi/{edition.code}/lapak/pelapak/?state=new")
    page.get_by_label(NAME).check()
    picture(page, "stalls-choose")
    page.click(".act-bar button[value=accepted]")
    good(page)
    assert StallApplication.objects.get(name=NAME).is_accepted
    page.goto(f"/acara/edisi/{edition.code}/lapak/kabar/")
    page.get_by_label(NAME).check()
    page.click("button[name=teks]")
    expect(page.locator(".copy__text")).to_contain_text("/acara/l/")
    picture(page, "stalls-tell")
    page.click("button[name=sudah]")
    good(page)


def dragged(page: Page, plot: Plot) -> None:
    """The vendor's chip is drawn with the mouse onto the plot."""
    chip = page.locator("[data-vendor]", has_text=NAME)
    start, end = chip.bounding_box(), page.locator(f"[data-plot='{plot.pk}'] rect").bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 40, start["y"] + 20)
    page.mouse.down()
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2, steps=8)
    page.mouse.up()
    good(page)


def placed(page: Page, edition: Edition, plots: list[Plot], picture: Picture) -> None:
    """By the mouse onto the first plot, by keyboard onto the second, and a plot is moved by the arrow keys."""
    page.goto(f"/acara/edisi/{edition.code}/lapak/denah/{plots[0].site_id}/")
    dragged(page, plots[0])
    assert StallApplication.objects.get(name=NAME).plot.pk == plots[0].pk
    page.locator(f"[data-plot='{plots[1].pk}']").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Siapa di sini").select_option(str(StallApplication.objects.get(name=NAME).pk))
    page.click("main section .btn--primary >> nth=0")
    good(page)
    assert StallApplication.objects.get(name=NAME).plot.pk == plots[1].pk
    page.click("[data-moving]")
    page.locator(f"[data-plot='{plots[2].pk}']").focus()
    with page.expect_response(re.compile("/geser/")):
        page.keyboard.press("ArrowDown")
    page.click("[data-moving]")
    assert Plot.objects.get(pk=plots[2].pk).y == plots[2].y + 2
    picture(page, "stalls-plan")


def reports(phone: Page, own: str, day: date, picture: Picture) -> None:
    """One number; the line breaks before it is sent, and it goes by itself once the line is back."""
    phone.goto(own)
    phone.locator("input[name=amount]").press_sequentially("1250000")
    expect(phone.locator("input[name=amount]")).to_have_value("1.250.000")
    picture(phone, "stalls-report")
    phone.context.set_offline(True)
    phone.click(".report .btn--primary")
    expect(phone.locator("[data-word]")).to_contain_text("disimpan di HP ini")
    assert not Turnover.objects.filter(day=day, application__name=NAME).exists()
    with phone.expect_navigation():
        phone.context.set_offline(False)
    good(phone)
    row = Turnover.objects.get(day=day, application__name=NAME)
    assert (row.amount, row.version) == (1_250_000, 1)
    assert phone.evaluate("localStorage.length") == 0
    phone.fill("input[name=amount]", "1.400.000")
    with phone.expect_navigation():
        phone.click(".report .btn--primary")
    good(phone)
    row.refresh_from_db()
    assert (row.amount, row.version) == (1_400_000, 2)
    picture(phone, "stalls-reported")


def others(edition: Edition) -> None:
    """Six more vendors with their reports, and one who has said nothing."""
    call = StallApplication.objects.get(name=NAME).call
    call.edition = edition
    craft = make_category("Kerajinan", 4)
    facts: list[dict[str, Any]] = [{"name": f"Usaha Contoh {n}", "category": craft} for n in range(1, 8)]
    for number, each in enumerate(facts):
        row = accepted(call, **each)
        for day in range(2 if number else 0):
            on = clock.today(edition.time_zone) - timedelta(days=day)
            report_turnover(application=row, day=on, amount=300_000 + number * 50_000, actor=SYSTEM)


def test_a_vendor_applies_is_chosen_placed_and_reports(visit: Visit, live_server: LiveServer, picture: Picture) -> None:
    agency, edition = market()
    page, phone = visit(), visit(width=360)
    signed_in(page, client_of(make_user(Role.ORGANISER, agency)), live_server)
    own = applies(phone, published(page, edition, picture), picture)
    plots = make_plots(edition, rows=2, columns=6)
    chosen(page, edition, picture)
    placed(page, edition, plots, picture)
    day = clock.today(edition.time_zone)
    reports(phone, own, day, picture)
    others(edition)
    page.goto(f"/acara/edisi/{edition.code}/lapak/omzet/")
    expect(page.locator("main")).to_contain_text("1 lapak belum melaporkan")
    expect(page.locator("main")).to_contain_text("1.400.000")
    picture(page, "stalls-turnover")
    code = StallApplication.objects.get(name=NAME).call.code
    phone.goto(f"/acara/lapak/{code}/omzet/")
    expect(phone.locator("main")).to_contain_text("7 dari 8 lapak melapor")
    expect(phone.locator("main")).not_to_contain_text("1.400.000")
    picture(phone, "stalls-sums")
    phone.goto(f"/acara/lapak/{code}/denah/")
    expect(phone.locator("main")).to_contain_text(NAME)


def test_without_scripts_a_vendor_still_reports(visit: Visit, live_server: LiveServer, picture: Picture) -> None:
    _agency, edition = market()
    make_call(edition)
    assert edition.ends_on is not None
    phone = visit(width=360)
    phone.route("**/turnover.js", lambda route: route.abort())
    call = edition.stall_call
    applies(phone, f"lapak/{call.code}/", lambda _page, _name: None)
    row = StallApplication.objects.get()
    decide_stall(application=row, to="accepted", actor=SYSTEM)
    phone.reload()
    phone.fill("input[name=amount]", "75000")
    phone.click(".report .btn--primary")
    good(phone)
    assert Turnover.objects.get().amount == 75_000

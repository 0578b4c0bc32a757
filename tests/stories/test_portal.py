"""A visitor with a phone on a slow line: finds what is on next month, reads it in Mandarin, keeps it, and is told when it moves."""

from __future__ import annotations

import json
import time
from datetime import date, timedelta
from typing import Any

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.jobs import run_pending
from enggang.events.domain.pages import translate_event, write_page
from enggang.events.enums import Stage
from enggang.events.models import Edition
from enggang.media.domain.publishing import publish_asset
from enggang.media.models import Asset
from enggang.places.enums import RegionLevel
from enggang.places.models import Organisation, Region
from tests.events.factories import brought_to, make_edition, make_event, make_region, make_site
from tests.media.factories import make_asset
from tests.media.rights import accepted, fresh, in_order
from tests.portal.showing import decided, page_at
from tests.stories.conftest import Picture, Visit, apart
from tests.training.factories import make_agency

pytestmark = pytest.mark.django_db(transaction=True)
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}  # 1.6 Mbit/s
TEXTS = {
    "en": ("Cap Go Meh of Singkawang", "Lanterns and dragons.", "The tatung pass through the city."),
    "ms": ("Cap Go Meh Singkawang", "Tanglung dan naga.", "Tatung berarak mengelilingi kota."),
    "zh": ("山口洋元宵节", "灯笼与舞龙。", "乩童巡游全城。"),
}
MOVED = {"": "Harinya berubah", "en": "The days have changed", "ms": "Tarikhnya berubah", "zh": "日期已更改"}


def next_month() -> date:
    return (clock.today().replace(day=1) + timedelta(days=32)).replace(day=8)


def staged() -> Edition:
    """A festival in Singkawang next month, written in four languages, with a photo that everybody may see."""
    agency = make_agency("Dinas Pariwisata Singkawang")
    province = make_region().parent
    region = Region.objects.create(code="61.72", name="Kota Singkawang", level=RegionLevel.REGENCY, parent=province)
    first = next_month()
    event = make_event(agency, "Cap Go Meh Singkawang", region=region)
    edition = make_edition(agency, event=event, year=first.year, first=first, last=first + timedelta(days=2))
    make_site(edition, "Pusat kota")
    write_page(
        event=event, version=0, summary="Lampion dan naga.", story="Tatung berjalan keliling kota.", facilities=["ramp"],
        actor=SYSTEM,
    )  # fmt: skip
    for language, (name, summary, story) in TEXTS.items():
        texts = {"name": name, "summary": summary, "story": story}
        translate_event(event=event, language=language, texts=texts, checked=True, actor=SYSTEM)
    brought_to(edition, Stage.PUBLISHED)
    edition = decided(edition, first, first + timedelta(days=2))
    photographed(agency, edition)
    return edition


def photographed(agency: Organisation, edition: Edition) -> None:
    asset = accepted(in_order(make_asset(agency, SYSTEM), credit="Ibu Contoh / Dinas"))
    Asset.objects.filter(pk=asset.pk).update(about=edition.event.subject)

    publish_asset(asset=fresh(asset), actor=SYSTEM)
    while run_pending():
        pass


def linked(page: Page) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads(page.locator('script[type="application/ld+json"]').inner_text())[0]
    return facts


def calendar(page: Page) -> Any:
    address = page.locator('link[type="text/calendar"]').get_attribute("href")
    (entry,) = Calendar.from_ical(page.request.get(address or "").body()).walk("VEVENT")
    return entry


def within_a_minute(page: Page, address: str, words: str) -> None:
    """Browsers may show what they have for some seconds: a correction is read within a minute."""
    end = time.monotonic() + 60
    while True:
        page.goto(address)
        if page.get_by_text(words).count():
            return
        assert time.monotonic() < end, f"{words} is not told at {address}"
        page.wait_for_timeout(2_000)


def picture_of(page: Page, base: str) -> bytes:
    address = page.locator('meta[property="og:image"]').get_attribute("content") or ""
    return page.request.get(base + "/" + address.split("/", 3)[3]).body()


def test_found_read_in_mandarin_kept_and_told_when_it_moves(
    visit: Visit, picture: Picture, live_server: Any
) -> None:  # fmt: skip
    edition = apart(staged)
    phone = visit(width=360)
    line = phone.context.new_cdp_session(phone)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW)

    # What is on in Singkawang next month?
    phone.goto("/")
    phone.goto("/agenda/")
    phone.get_by_label("Waktu").select_option(f"{next_month():%Y-%m}")
    phone.get_by_label("Kabupaten atau kota").select_option(label="Kota Singkawang")
    phone.get_by_role("button", name="Tampilkan").click()
    phone.get_by_role("link", name="Cap Go Meh Singkawang").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Cap Go Meh Singkawang")

    # In Mandarin, with the photo and its credit.
    phone.goto(page_at(edition.event, "zh"))
    expect(phone.get_by_role("heading", level=1)).to_have_text("山口洋元宵节")
    expect(phone.get_by_text("乩童巡游全城。")).to_be_visible()
    expect(phone.locator("figcaption").first).to_contain_text("Ibu Contoh / Dinas")
    expect(phone.locator("figcaption a[rel=license]").first).to_have_attribute(
        "href", "https://creativecommons.org/licenses/by/4.0/"
    )
    expect(phone.locator("figure img").first).to_have_js_property("complete", True)
    assert phone.locator("figure img").first.evaluate("image => image.naturalWidth") > 0

    # To the phone's calendar, and into the journey of this phone.
    before, card, first = calendar(phone), picture_of(phone, live_server.url), linked(phone)
    assert before["DTSTART"].dt == edition.starts_on
    assert first["eventStatus"].endswith("EventScheduled")
    phone.get_by_role("button", name="加入我的行程").click()
    expect(phone.get_by_role("button", name="已在我的行程中")).to_be_visible()
    phone.get_by_role("link", name="我的行程").first.click()
    expect(phone.get_by_role("link", name="山口洋元宵节")).to_be_visible()
    assert "isi=" in phone.url
    phone.go_back()
    phone.wait_for_function("navigator.serviceWorker.controller !== null")
    phone.reload()  # now the worker keeps it
    phone.wait_for_function("caches.open('portal-pages-1').then(cache => cache.match(location.href)).then(Boolean)")

    # Without a line it is read as it was, and says of when it is.
    note = phone.locator("[data-kept-note]")
    expect(note).to_be_hidden()
    line.send("Network.emulateNetworkConditions", {**SLOW, "offline": True})
    phone.context.set_offline(True)
    phone.reload()
    expect(phone.get_by_role("heading", level=1)).to_have_text("山口洋元宵节")
    expect(note).to_contain_text("本页内容截至")
    expect(note).to_contain_text(str(clock.today().year))

    phone.goto("/zh/kisah/")  # never read on this phone
    expect(phone.get_by_role("heading", level=1)).to_have_text("没有网络连接")
    phone.goto(page_at(edition.event, "zh"))

    # It moves by a week.
    assert edition.starts_on
    moved_to = edition.starts_on + timedelta(days=7)
    apart(lambda: decided(edition, moved_to, moved_to + timedelta(days=2), "Hujan"))
    expect(phone.locator(f'time[datetime="{edition.starts_on}"]').first).to_be_visible()  # what was kept cannot know
    phone.context.set_offline(False)
    line.send("Network.emulateNetworkConditions", SLOW)
    for language, words in MOVED.items():
        within_a_minute(phone, page_at(edition.event, language), words)
        expect(phone.locator(f'time[datetime="{moved_to}"]').first).to_be_visible()
        expect(phone.locator(f's time[datetime="{edition.starts_on}"]')).to_be_visible()
    expect(note).to_be_hidden()
    facts = linked(phone)
    assert facts["eventStatus"].endswith("EventRescheduled")
    assert (facts["startDate"], facts["previousStartDate"]) == (str(moved_to), [str(edition.starts_on)])
    now = calendar(phone)
    assert now["UID"] == before["UID"]
    assert now["SEQUENCE"] > before["SEQUENCE"]
    assert now["DTSTART"].dt == moved_to
    assert picture_of(phone, live_server.url) != card
    phone.goto(page_at(edition.event))
    picture(phone, "portal-event-moved")
    line.send("Network.emulateNetworkConditions", {**SLOW, "offline": True})
    phone.context.set_offline(True)
    phone.reload()
    expect(note).to_contain_text("Tanpa sambungan: halaman ini per")
    picture(phone, "portal-offline")

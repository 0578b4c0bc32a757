"""axe finds nothing on any page that anybody can read: light and dark, on a phone and on a desk; nor does one have to scroll sideways."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.portal.public_pages import addresses, fill_pages
from tests.stories.conftest import Visit, apart

pytestmark = [pytest.mark.django_db(transaction=True)]
AXE = Path(__file__).resolve().parents[2] / "var" / "interop" / "node_modules" / "axe-core" / "axe.min.js"
WAYS = [(scheme, width) for scheme in ("light", "dark") for width in (360, 1280)]


@pytest.mark.once
@pytest.mark.skipif(
    not AXE.exists(),
    reason="the tools of tests/interop are not installed (bin/test does it where there is Node.js with npm)",
)
def test_no_page_keeps_anybody_out(browser: Browser, live_server: LiveServer) -> None:
    pages = [page for page in addresses(apart(lambda: fill_pages(events=4))) if not page.startswith("/ms")]
    axe, found = AXE.read_text(), []
    for scheme, width in WAYS:
        light: Any = scheme
        size: Any = {"width": width, "height": 800}
        context = browser.new_context(
            base_url=live_server.url, viewport=size, color_scheme=light, reduced_motion="reduce", locale="id-ID"
        )
        page = context.new_page()
        for address in [*pages, "/verify/", "/acara/tiket/"]:
            page.goto(address)
            page.evaluate(axe)
            wrong = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
            found += [(address, scheme, width, each["id"], each["nodes"][0]["html"][:120]) for each in wrong]
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append((address, scheme, width, "scrolls sideways", ""))
        context.close()
    assert found == []


def box(page: Page) -> list[float]:
    view = page.locator(".map .region-map").get_attribute("viewBox") or ""
    return [float(number) for number in view.split()]


def test_the_map_comes_alive_when_it_is_asked_to(visit: Visit) -> None:
    apart(lambda: fill_pages(events=0))
    phone = visit(width=360)
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto("/agenda/?tampilan=peta")
    whole = box(phone)
    assert not any("map.js" in url for url in asked)  # nothing of it is loaded before
    phone.get_by_role("button", name="Geser dan perbesar peta").click()
    closer = phone.get_by_role("button", name="Lebih dekat")
    expect(closer).to_be_focused()
    assert sum("map.js" in url for url in asked) == 1
    closer.click()
    assert box(phone)[2] < whole[2]
    before = box(phone)
    phone.get_by_role("button", name="Ke kanan").click()  # what a drag does, without one
    assert box(phone)[0] > before[0]
    phone.keyboard.press("ArrowUp")
    phone.keyboard.press("-")
    phone.keyboard.press("0")
    assert box(phone) == whole
    for button in phone.locator(".map__bar button, .map circle").all():
        size = button.bounding_box()
        assert size
        assert min(size["width"], size["height"]) >= 24
    svg = phone.locator(".map .region-map").bounding_box()
    assert svg
    closer.click()
    before = box(phone)
    phone.mouse.move(svg["x"] + 200, svg["y"] + 150)
    phone.mouse.down()
    phone.mouse.move(svg["x"] + 120, svg["y"] + 110)
    phone.mouse.up()
    assert phone.url.endswith("tampilan=peta")  # the end of a drag opens nothing
    assert box(phone)[0] > before[0]

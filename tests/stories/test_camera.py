"""A pass held before a camera: the browser's camera is fed with a picture of the pass, and reads it."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import segno
from PIL import Image
from playwright.sync_api import Page, Playwright, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from enggang.access.enums import Role
from enggang.attendance.domain import open_gate
from enggang.attendance.models import Mark, Occasion
from enggang.attendance.tokens import token_of
from enggang.core import clock
from enggang.core.actor import SYSTEM
from tests.attendance.factories import make_occasion, make_pass, signed_in
from tests.stories.conftest import ARGUMENTS, BROWSERS

pytestmark = pytest.mark.django_db(transaction=True)
WIDTH, HEIGHT = 640, 480


def film(text: str, path: Path) -> Path:
    """A second of motion JPEG that shows the code, a little askew and not quite white, as before a lens."""
    raw = io.BytesIO()
    segno.make(text, error="m").save(raw, kind="png", scale=5, border=4)
    code = Image.open(raw).convert("RGB").rotate(4, expand=True, fillcolor=(255, 255, 255))
    code.thumbnail((HEIGHT - 20, HEIGHT - 20))
    frame = Image.new("RGB", (WIDTH, HEIGHT), (214, 208, 196))
    frame.paste(code, ((WIDTH - code.width) // 2, (HEIGHT - code.height) // 2))
    jpeg = io.BytesIO()
    frame.save(jpeg, "JPEG", quality=80)
    path.write_bytes(jpeg.getvalue() * 10)
    return path


@pytest.fixture
def occasion() -> Occasion:
    start = clock.now() - timedelta(hours=1)
    return make_occasion(starts_at=start, ends_at=start + timedelta(hours=4))


@pytest.fixture
def camera_page(playwright: Playwright, live_server: LiveServer, tmp_path: Path, occasion: Occasion) -> Iterator[Page]:
    """A page whose camera shows the pass of «Dayang Kumala»."""
    browser_path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser_path is None:
        pytest.skip("no Chromium on PATH")
    held = make_pass(occasion, name="Dayang Kumala")
    shown = film(f"{live_server.url}/hadir/p/{token_of(held)}/", tmp_path / "pass.mjpeg")
    lens = [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={shown}",
    ]
    browser = playwright.chromium.launch(executable_path=browser_path, args=[*ARGUMENTS, *lens])
    context = browser.new_context(base_url=live_server.url, locale="en-GB", viewport={"width": 360, "height": 800})
    context.grant_permissions(["camera"])
    context.set_default_timeout(20_000)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda line: wrong.append(line.text) if "Content Security Policy" in line.text else None)
    yield page
    browser.close()
    assert wrong == []


@pytest.mark.parametrize("own_detector", [True, False])
def test_the_desk_reads_a_pass_with_the_camera(
    camera_page: Page, occasion: Occasion, live_server: LiveServer, own_detector: bool
) -> None:
    """Without a detector of the browser's own, the decoder that we bring reads it."""
    page = camera_page
    if not own_detector:
        page.add_init_script("delete window.BarcodeDetector")
    client = signed_in(Role.INSTRUCTOR, occasion.organisation)
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page.goto(f"/hadir/{occasion.code}/pindai/")
    page.click("#camera-start")
    expect(page.locator("#answer .answer")).to_contain_text("Dayang Kumala")
    assert Mark.objects.get().status == "present"
    page.click("#camera-stop")
    expect(page.locator("#camera")).to_be_hidden()


def test_the_gate_reads_a_pass_with_the_camera_and_without_signal(
    camera_page: Page, occasion: Occasion, live_server: LiveServer, settings: Settings
) -> None:
    settings.PUBLIC_URL = live_server.url
    page = camera_page
    page.add_init_script("delete window.BarcodeDetector")
    _gate, token = open_gate(
        group=occasion.group, organisation=occasion.organisation, name="Pintu", hours=4, actor=SYSTEM
    )
    page.goto(f"/hadir/app/{token}/")
    page.wait_for_selector("main[data-kept]")
    page.context.set_offline(True)
    page.reload()
    page.wait_for_selector("main[data-ready]")
    page.click("#camera-start")
    expect(page.locator("#answer .answer")).to_contain_text("Dayang Kumala")
    assert page.locator("#answer .answer").get_attribute("data-verdict") == "accepted"
    assert "1 waiting" in page.inner_text("#sync")


def test_a_gate_whose_camera_is_refused_says_what_to_do(
    camera_page: Page, occasion: Occasion, live_server: LiveServer, settings: Settings
) -> None:
    settings.PUBLIC_URL = live_server.url
    page = camera_page
    page.add_init_script("navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error('refused'))")
    _gate, token = open_gate(
        group=occasion.group, organisation=occasion.organisation, name="Pintu", hours=4, actor=SYSTEM
    )
    page.goto(f"/hadir/app/{token}/")
    page.wait_for_selector("main[data-ready]")
    expect(page.locator("#camera-none")).to_be_hidden()
    page.click("#camera-start")
    expect(page.locator("#camera-none")).to_contain_text("Allow it for this address")
    expect(page.locator("#read")).to_be_visible()


TORCH = """
window.lit = [];
MediaStreamTrack.prototype.getCapabilities = () => ({ torch: true });
MediaStreamTrack.prototype.applyConstraints = function ({ advanced: [{ torch }] }) {
  if (window.refused) return Promise.reject(new Error("too warm"));
  window.lit.push(torch);
  return Promise.resolve();
};
"""


@pytest.mark.parametrize("torch", [True, False])
def test_the_light_is_offered_where_the_phone_has_one_and_says_whether_it_is_on(
    camera_page: Page, occasion: Occasion, live_server: LiveServer, settings: Settings, torch: bool
) -> None:
    """The browser's fake camera has no light; the phone's answers are put in its place."""
    settings.PUBLIC_URL = live_server.url
    page = camera_page
    if torch:
        page.add_init_script(TORCH)
    _gate, token = open_gate(
        group=occasion.group, organisation=occasion.organisation, name="Pintu", hours=4, actor=SYSTEM
    )
    page.goto(f"/hadir/app/{token}/")
    page.wait_for_selector("main[data-ready]")
    light = page.locator("#torch")
    expect(light).to_be_hidden()
    page.click("#camera-start")
    expect(page.locator("#camera-stop")).to_be_visible()
    expect(light).to_be_visible(visible=torch)
    if not torch:
        return
    light.click()
    expect(light).to_have_attribute("aria-pressed", "true")
    page.click("#camera-stop")
    expect(light).to_be_hidden()
    page.click("#camera-start")  # the light went out with the camera
    expect(light).to_have_attribute("aria-pressed", "false")
    light.click()
    expect(light).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("window.lit") == [True, True]
    page.evaluate("window.refused = true")
    light.click()
    expect(light).to_have_attribute("aria-pressed", "true")

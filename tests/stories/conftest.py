"""A real browser against a real server: what the stories stand on."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import get_ident
from typing import TypeVar

import pytest
from django.core.signals import request_finished, request_started
from django.db import connections
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, FloatRect, Page, Playwright, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

ROOT = Path(__file__).resolve().parent.parent.parent
BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = [360, 1280]
TALLEST = 1800  # pixels of a picture: the beginning of a list of eighty shows what it is
PATIENCE = 10_000  # milliseconds

T = TypeVar("T")
Visit = Callable[..., Page]
Picture = Callable[[Page, str], None]
Clock = dict[str, timedelta]

# Playwright keeps an event loop in the main thread, where the tests also read rows, one after the other.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.story)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    candidates = [os.environ.get("ENGGANG_CHROMIUM") or "", *BROWSERS]
    path = next((found for name in candidates if name and (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("no Chromium on PATH")
    started = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
    yield started
    started.close()


@pytest.fixture
def visit(browser: Browser, live_server: LiveServer) -> Iterator[Visit]:
    """``visit(language="id", width=1280)`` opens a page as a person of their own: other cookies, other storage.

    At the end no script may have failed and the content policy may have stopped nothing on any of the pages.
    """
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def open_page(*, language: str = "id", width: int = 1280) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            locale="id-ID" if language == "id" else "en-GB",
            timezone_id="Asia/Pontianak",
            viewport={"width": width, "height": 800},
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
        page.on("console", lambda line: wrong.append(line.text) if "Content Security Policy" in line.text else None)
        return page

    under_way: set[int] = set()

    def begins(**_signal: object) -> None:
        under_way.add(get_ident())

    def ends(**_signal: object) -> None:
        under_way.discard(get_ident())

    request_started.connect(begins)
    request_finished.connect(ends)
    yield open_page
    for context in contexts:
        context.close()
    # A phone may have asked something as it closed: the tables are not emptied while the answer is being written.
    waited_until = time.monotonic() + PATIENCE / 1000
    while under_way and time.monotonic() < waited_until:
        time.sleep(0.01)
    request_started.disconnect(begins)
    request_finished.disconnect(ends)
    assert wrong == []


@pytest.fixture
def page(visit: Visit) -> Page:
    return visit()


@pytest.fixture
def worker(live_server: LiveServer) -> Callable[[], int]:
    """Does all waiting background work now; answers how many jobs ran."""
    from enggang.core.jobs import run_pending

    def work() -> int:
        ran = 0
        while done := run_pending():
            ran += done
        return ran

    return lambda: apart(work)


def apart(work: Callable[[], T]) -> T:
    """``work`` in a thread of its own: signing and checking start an event loop, and Playwright's runs in this one."""

    def and_close() -> T:
        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(and_close).result()


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """``later["by"]``: how far the server's time has gone on, for every thread of it."""
    shift, real = {"by": timedelta()}, timezone.now
    monkeypatch.setattr(timezone, "now", lambda: real() + shift["by"])
    return shift


@pytest.fixture
def picture() -> Picture:
    """``picture(page, "name")`` keeps the page as seen on a phone and on a desk, of a long one the beginning.

    Into docs/pictures/ when ENGGANG_PICTURES is set, else into tests/pictures/, which is not kept.
    """
    folder = ROOT / ("docs/pictures" if os.environ.get("ENGGANG_PICTURES") else "tests/pictures")
    folder.mkdir(parents=True, exist_ok=True)

    def take(page: Page, name: str) -> None:
        before = page.viewport_size
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            page.evaluate("scrollTo(0, 0)")
            size = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
            clip: FloatRect = {"x": 0, "y": 0, "width": size[0], "height": min(size[1], TALLEST)}
            page.screenshot(path=folder / f"{name}-{width}.png", full_page=True, clip=clip, animations="disabled")
        if before:
            page.set_viewport_size(before)

    return take

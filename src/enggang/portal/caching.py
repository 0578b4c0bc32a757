"""Pages for visitors are the same for everybody, so they are kept: here, in browsers and in whatever stands between.

A page lives ``HERE`` seconds in this process and is thrown away sooner when an act has changed what visitors read
(``forget``). Outside it lives ``FRESH`` seconds and may be shown for ``STALE`` more while a new one is fetched: what is
put right is read everywhere within a minute, also when the process that wrote it has died before it could tell the others.
"""

from __future__ import annotations

import gzip
import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from secrets import token_hex
from threading import RLock
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import cache, caches
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from enggang.core.acts import ActRecord
from enggang.core.calendars import MEDIA_TYPE
from enggang.reach.counter import Reading
from enggang.reach.enums import What

T = TypeVar("T")
HERE, FRESH, STALE = 20, 15, 20
LOOKED_UP = 4  # seconds for what pages are made from: together less than a minute
POLICY = f"public, max-age={FRESH}, stale-while-revalidate={STALE}"
GENERATION = "portal.generation"
LOOKED_EVERY = 1.0  # seconds between two looks at whether anything has changed
PATIENCE = 3.0  # seconds
_one_looks = [RLock() for _each in range(64)]  # re-entrant: what is looked up may need the map, which is too
LARGEST, SMALLEST, LONGEST_QUERY = 512 * 1024, 600, 300
PICTURES = frozenset({"image/png", "image/webp", "image/jpeg", "application/pdf"})
KEPT_HEADERS = (
    "Content-Type",
    "Content-Language",
    "Content-Disposition",
    "Access-Control-Allow-Origin",
    "X-Frame-Options",
)

# Acts after which visitors read something else. What happens a hundred times a minute (registrations, scans) is left out.
AREAS = ("stories.", "media.", "places.", "indicators.")
ACTS = frozenset(
    f"events.{name}"
    for name in (
        "open_event", "change_event", "write_page", "translate_event", "open_edition", "change_edition", "set_organisers",
        "add_site", "change_site", "drop_site", "decide_dates", "advance_edition", "step_back", "cancel_edition",
        "revive_edition", "open_part", "change_part", "move_part",
    )
) | {"attendance.close_counting"} | frozenset(
    f"innovation.{name}"
    for name in (
        "publish_innovation", "unpublish_innovation", "change_innovation", "return_innovation", "stop_innovation",
        "revive_innovation", "note_replication", "prove_replication", "void_replication",
    )
)  # fmt: skip
QUIET = frozenset({"media.fetch_asset", "media.note_posting_reach", "media.judge_asset"})


@dataclass(slots=True)
class _Looked:
    at: float = -LOOKED_EVERY
    generation: str = ""


_looked = _Looked()


@dataclass(frozen=True, slots=True)
class Kept:
    """``packed`` is the content compressed, empty where that saves nothing."""

    generation: str
    made_at: float
    content: bytes
    packed: bytes
    headers: dict[str, str]
    walls: Any  # the content policy of a page that other sites may frame; None: that of all pages
    reading: Reading | None  # what is counted when somebody gets it


def forget() -> None:
    """Every page is made anew from now on, in every process within a second."""
    cache.set(GENERATION, token_hex(8), None)
    _looked.at = -LOOKED_EVERY


def changed(records: list[ActRecord]) -> None:
    """A sink of acts: asked within their transaction, it waits until that is over."""
    if any(_is_read(record.code) for record in records):
        transaction.on_commit(forget)


def _is_read(code: str) -> bool:
    return code in ACTS or (code.startswith(AREAS) and code not in QUIET)


def generation() -> str:
    now = time.monotonic()
    if now - _looked.at >= LOOKED_EVERY:
        _looked.at, _looked.generation = now, cache.get(GENERATION) or ""
    return _looked.generation


def looked_up(name: str, make: Callable[[], T]) -> T:
    """What ``make`` found some seconds ago under this name, unless something has changed since.

    Many addresses show the same (links of campaigns and chats carry words of their own), so what they tell is asked once,
    and by one: those who come meanwhile wait for it.
    """
    if not settings.KEEP_PUBLIC_PAGES:
        return make()
    key = hashlib.sha256(f"{generation()} {name}".encode()).hexdigest()
    found: T | None = caches["looked"].get(key)
    if found is not None:
        return found
    lock = _one_looks[int(key[:4], 16) % len(_one_looks)]
    held = lock.acquire(timeout=PATIENCE)  # whoever has waited too long asks too
    try:
        found = caches["looked"].get(key)
        if found is None:
            found = make()
            caches["looked"].set(key, found, LOOKED_UP)
        return found
    finally:
        if held:
            lock.release()


class PublicPagesMiddleware:
    """Answers from what is kept, before a session or the database is asked; keeps what a view says is public."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = _key(request) if settings.KEEP_PUBLIC_PAGES else ""
        if key and (kept := _found(key)):
            return _answer(request, kept)
        now = generation() if key else ""  # before the page is made: what changes meanwhile makes it old at once
        response = self.get_response(request)
        if not getattr(response, "is_public", False):
            return response
        _make_public(response)
        if response.status_code != 200 or response.streaming:
            return response
        headers = {name: response[name] for name in KEPT_HEADERS if response.has_header(name)}
        fresh = Kept(
            now, time.time(), response.content, _packed(response), headers, getattr(response, "_csp_replace", None),
            _reading(response),
        )  # fmt: skip
        if key and len(fresh.content) <= LARGEST:
            caches["public"].set(key, fresh, HERE)
        return _answer(request, fresh)


def _key(request: HttpRequest) -> str:
    query = request.META.get("QUERY_STRING", "")
    if request.method not in {"GET", "HEAD"} or len(query) > LONGEST_QUERY:
        return ""
    return hashlib.sha256(f"{request.path}?{query}".encode()).hexdigest()


def _found(key: str) -> Kept | None:
    kept: Kept | None = caches["public"].get(key)
    return kept if kept is not None and kept.generation == generation() else None


def _make_public(response: HttpResponse) -> None:
    """Nothing in it is anybody's: no cookie, no difference by cookie or language of the browser."""
    response.cookies.clear()
    response.headers.pop("Vary", None)
    if response.status_code in {200, 301, 304, 404, 410}:
        response["Cache-Control"] = POLICY


def _reading(response: HttpResponse) -> Reading | None:
    """Pages, and dates that go into a calendar; files for programs are read by nobody."""
    kind = response["Content-Type"].partition(";")[0]
    what = {"text/html": What.PAGE, MEDIA_TYPE.partition(";")[0]: What.CALENDAR}.get(kind)
    if what is None or (what == What.CALENDAR and not getattr(response, "about", "")):
        return None
    return Reading(what, getattr(response, "about", ""), response.get("Content-Language", "")[:2])


def _packed(response: HttpResponse) -> bytes:
    """Nothing secret stands in these pages, so their length may tell whatever it likes."""
    if response["Content-Type"].partition(";")[0] in PICTURES or len(response.content) < SMALLEST:
        return b""
    return gzip.compress(response.content, 6, mtime=0)


def _answer(request: HttpRequest, kept: Kept) -> HttpResponse:
    packed = bool(kept.packed) and "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(kept.packed if packed else kept.content, headers=kept.headers)
    response._csp_replace = kept.walls  # type: ignore[attr-defined]
    etag = f'"{hashlib.sha256(kept.content).hexdigest()[:32]}{"-gzip" if packed else ""}"'
    response["ETag"], response["Cache-Control"] = etag, POLICY
    response["Content-Length"] = str(len(response.content))
    if kept.packed:
        response["Vary"] = "Accept-Encoding"
    if packed:
        response["Content-Encoding"] = "gzip"
    response["Last-Modified"] = http_date(kept.made_at)
    found = get_conditional_response(request, etag=etag, last_modified=None, response=response)
    answer = found if isinstance(found, HttpResponse) else response
    answer.reading = kept.reading  # type: ignore[attr-defined]
    return answer

"""How often public pages are read, added up in this process and written down every few seconds by a thread of its own.

Nothing of a visitor is kept: neither address, nor browser, nor cookie, nor hour; only the day, the page and how often. What
a process had not written yet when it was killed is lost: at most ``EVERY`` seconds of counts.
"""

from __future__ import annotations

import atexit
import logging
import re
from collections import Counter
from datetime import date
from threading import Lock, Timer
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

from enggang.core import clock
from enggang.core.text import one_line
from enggang.reach.enums import What
from enggang.reach.models.count import KEY

log = logging.getLogger(__name__)
EVERY = 20.0  # seconds
MOST_HELD = 5_000  # different keys between two writings; whoever makes more plays
LONGEST_QUESTION = 60
PROGRAMS = re.compile(
    r"bot|crawl|spider|slurp|preview|monitor|headless|curl|wget|python|java/|go-http|okhttp|externalhit|whatsapp|telegram",
    re.IGNORECASE,
)
PERSONAL = re.compile(r"@|\d[\d .-]{4,}\d")  # addresses and long numbers are somebody's
HOST = re.compile(r"(?=.{3,100}$)[a-z0-9-]+(?:\.[a-z0-9-]+)+")


class Reading(NamedTuple):
    """What a public response is when somebody gets it. ``about`` is the public code of the noun it shows."""

    what: What
    about: str = ""
    language: str = ""


class Key(NamedTuple):
    what: str
    day: date
    key: str
    about: str
    language: str


class Tally:
    """Counts of one process that are not written yet."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: Counter[Key] = Counter()
        self._timer: Timer | None = None

    def add(self, what: What, key: str, *, about: str = "", language: str = "") -> None:
        row = Key(str(what), clock.today(), key[:KEY], about, language)
        with self._lock:
            if row in self._held or len(self._held) < MOST_HELD:
                self._held[row] += 1
            if self._timer is None and settings.COUNT_READERS:
                self._timer = Timer(EVERY, self.write)
                self._timer.daemon = True
                self._timer.start()

    def taken(self) -> Counter[Key]:
        with self._lock:
            held, self._held, self._timer = self._held, Counter(), None
        return held

    def write(self) -> None:
        """By the timer's thread, with a connection of its own; what cannot be written now is held for the next time."""
        from django.db import connections  # noqa: PLC0415 -- a thread of its own, which ends with this
        from django.db.utils import DatabaseError  # noqa: PLC0415 -- as above

        from enggang.reach.domain.counting import keep_counts  # noqa: PLC0415 -- domain stands above this module

        held = self.taken()
        try:
            if held:
                keep_counts(held)
        except DatabaseError:
            log.warning("%d counts of readers could not be written; they are tried again", len(held))
            with self._lock:
                self._held.update(held)
        finally:
            connections.close_all()


tally = Tally()


@atexit.register
def _at_the_end() -> None:
    if settings.configured and settings.COUNT_READERS:
        tally.write()


def is_person(request: HttpRequest) -> bool:
    """A browser that somebody looks at: no program that says it is one, no page fetched ahead."""
    agent = request.headers.get("User-Agent", "")
    ahead = request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
    return bool(agent) and "prefetch" not in ahead and not PROGRAMS.search(agent)


def note_reading(request: HttpRequest, path: str, reading: Reading) -> None:
    """Count a page, or a date taken into a calendar; the site that led here beside it."""
    if not is_person(request):
        return
    tally.add(reading.what, path, about=reading.about, language=reading.language)
    if reading.what == What.PAGE and (host := host_of(request)):
        tally.add(What.REFERRER, host)


def host_of(request: HttpRequest) -> str:
    """The name of the other site, without «www.», and never the page of it; empty for our own and for what is none."""
    try:
        host = (urlsplit(request.headers.get("Referer", "")[:500]).hostname or "").lower().removeprefix("www.")
    except ValueError:
        return ""
    own = (urlsplit(settings.PUBLIC_URL).hostname or "", request.get_host().partition(":")[0])
    return host if HOST.fullmatch(host) and host not in own else ""


def note_nothing_found(request: HttpRequest, question: str) -> None:
    """A question that had no answer, in small letters, unless it holds what may be somebody's."""
    words = one_line(question.lower(), LONGEST_QUESTION + 1)
    if is_person(request) and 2 < len(words) <= LONGEST_QUESTION and not PERSONAL.search(words):
        tally.add(What.SEARCH, words)

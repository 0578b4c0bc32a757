"""Many people at once, each with a phone of their own: the forms that a browser would get and send, over real HTTP."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from itertools import cycle
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

AT_ONCE = 4  # phones that ask in the same moment; two small databases answer them
FAMILIES: tuple[dict[str, int], ...] = (
    {"adult": 2, "youth": 1, "child": 2}, {"adult": 1}, {"adult": 2}, {"adult": 6}, {"adult": 5, "infant": 1},
)  # fmt: skip


class Fields(HTMLParser):
    """What a form would send if nobody typed anything, and where to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = dict(attrs)
        if tag == "input" and facts.get("name") and facts.get("type") not in {"radio", "checkbox"}:
            self.found.setdefault(str(facts["name"]), facts.get("value") or "")


class Phone:
    """A browser without pictures: cookies, the form of a page, and what comes back."""

    def __init__(self, server: str) -> None:
        self.server = server
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> tuple[str, str]:
        return self._ask(Request(self.server + path, headers={"Accept-Language": "id"}))  # noqa: S310 -- our own server

    def send(self, path: str, /, to: str = "", **typed: Any) -> tuple[str, str]:
        """Open the page, fill its form in, send it (``to``: its address below the page's own); answers the address that
        follows and what it says."""
        fields = Fields()
        fields.feed(self.get(path)[1])
        body = urlencode({**fields.found, **typed}).encode()
        return self._ask(Request(self.server + path + to, data=body, headers={"Accept-Language": "id"}))  # noqa: S310 -- our own server

    def _ask(self, request: Request) -> tuple[str, str]:
        with self.opener.open(request, timeout=30) as answer:
            return answer.geturl(), answer.read().decode()


def all_send(server: str, forms: Iterable[tuple[str, dict[str, Any]]]) -> list[tuple[str, str]]:
    """Each form from a phone of its own, some of them at once; in the order of ``forms``."""

    def send(form: tuple[str, dict[str, Any]]) -> tuple[str, str]:
        return Phone(server).send(form[0], **form[1])

    with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        return list(pool.map(send, forms))


def families(people: int) -> Iterator[dict[str, Any]]:
    """Registrations of families, couples and single people until ``people`` have a place, the last one smaller."""
    left = people
    for number, ages in enumerate(cycle(FAMILIES), 1):
        size = sum(ages.values())
        ages = ages if size <= left else {"adult": left}
        typed = {f"age-{age}": ages.get(age, 0) for age in ("adult", "youth", "child", "infant")}
        yield {"name": f"Contoh Keluarga {number:03d}", "phone": f"0813{number:08d}", **typed}
        left -= sum(ages.values())
        if left <= 0:
            return


def answers(people: int) -> Iterator[dict[str, Any]]:
    """What visitors say of themselves: two of three from elsewhere stay overnight or come for a day, the others live here."""
    for number in range(people):
        outside, night = number % 3 < 2, number % 3 == 0
        yield {
            "origin": "31" if outside else "61.02", "reason": "event" if number % 8 else "anyway", "days": 1,
            "stay": "night" if night else "day", "nights": 1 + number % 3 if night else "",
            "bed_price": 150_000 + 10_000 * (number % 5) if night else "", "daily_spend": 80_000 + 5_000 * (number % 9),
            "group_size": 2 + number % 3, "heard": "family", "satisfaction": 3 + number % 3,
        }  # fmt: skip

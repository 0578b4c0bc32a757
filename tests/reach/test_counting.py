"""Readers are counted by day and page; nothing that is kept says who they were."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from enggang.access.enums import Role
from enggang.core import clock
from enggang.events.models import Edition
from enggang.places.models import Organisation
from enggang.portal import caching
from enggang.reach import counter
from enggang.reach.counter import Key, tally
from enggang.reach.domain import counting
from enggang.reach.domain.counting import keep_counts, old_words
from enggang.reach.enums import What
from enggang.reach.models import Count
from enggang.reach.queries.counted import SOURCES
from enggang.reach.queries.figures import figures_of
from enggang.stories.models import Destination
from tests.events.factories import make_region
from tests.portal.showing import page_at, show_festival
from tests.stories_app.test_destinations import make_destination, publish
from tests.training.factories import client_of, make_agency, make_user

pytestmark = pytest.mark.django_db
BROWSER = "Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36"


@pytest.fixture(autouse=True)
def _nothing_held() -> Iterator[None]:
    tally.taken()
    yield
    tally.taken()


@pytest.fixture
def agency() -> Organisation:
    return make_agency()


@pytest.fixture
def festival(agency: Organisation) -> Edition:
    return show_festival(agency)


def visitor(**headers: str) -> Client:
    return Client(headers={"User-Agent": BROWSER, **headers})


def written() -> dict[tuple[str, str, str, str], int]:
    keep_counts(tally.taken())
    return {(row.what, row.key, row.about, row.language): row.count for row in Count.objects.all()}


def read(address: str, times: int = 1, **headers: str) -> None:
    for _time in range(times):
        assert visitor(**headers).get(address).status_code == 200, address


def test_a_page_is_counted_in_its_language_and_under_its_noun(festival: Edition) -> None:
    page, code = page_at(festival.event), festival.event.code
    read(page, 2)
    read(f"/en{page}")
    assert written() == {("page", page, code, "id"): 2, ("page", page, code, "en"): 1}


def test_what_is_written_twice_is_added(festival: Edition) -> None:
    read("/agenda/")
    written()
    read("/agenda/", 3)
    assert written() == {("page", "/agenda/", "", "id"): 4}


def test_pages_from_memory_and_those_asked_again_are_counted_too(festival: Edition, settings: Any) -> None:
    settings.KEEP_PUBLIC_PAGES = True
    caches["public"].clear()
    caching.forget()
    tag = visitor().get("/agenda/")["ETag"]
    read("/agenda/")
    assert visitor(**{"If-None-Match": tag}).get("/agenda/").status_code == 304
    caches["public"].clear()
    assert written() == {("page", "/agenda/", "", "id"): 3}


@pytest.mark.parametrize("headers", [
    {"User-Agent": ""}, {"User-Agent": "Googlebot/2.1"}, {"User-Agent": "WhatsApp/2.23"}, {"User-Agent": "curl/8.1"},
    {"Sec-Purpose": "prefetch;prerender"},
])  # fmt: skip
def test_programs_are_not_readers(festival: Edition, headers: dict[str, str]) -> None:
    Client(headers={"User-Agent": BROWSER, **headers}).get("/agenda/")
    assert not written()


def test_what_is_no_page_is_not_counted(festival: Edition) -> None:
    for address in ("/agenda/umpan.json", "/agenda/kalender.ics", "/robots.txt", "/peta-situs.xml", "/tidak-ada/"):
        visitor().get(address)
    visitor().head("/agenda/")
    assert not written()


def test_a_date_that_is_taken_into_a_calendar_is_counted(festival: Edition) -> None:
    page, code = page_at(festival.event), festival.event.code
    read(f"{page}kalender.ics")
    assert written() == {("calendar", f"{page}kalender.ics", code, "id"): 1}


@pytest.mark.parametrize(("referrer", "host"), [
    ("https://www.Wisata.example/halaman?q=Budi", "wisata.example"), ("http://testserver/agenda/", ""), ("x" * 9_000, ""),
    ("http://[::1", ""), ("https://a b.example/", ""), ("javascript:alert(1)", ""), ("https://10.0.0.7/", "10.0.0.7"),
])  # fmt: skip
def test_of_the_site_that_led_here_only_its_name_is_kept(festival: Edition, referrer: str, host: str) -> None:
    read("/agenda/", Referer=referrer)
    assert [key for what, key, *_rest in written() if what == "referrer"] == ([host] if host else [])


def test_somebody_who_makes_up_sites_fills_one_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(counting.MOST, What.REFERRER, 3)
    for number in range(9):
        tally.add(What.REFERRER, f"s{number}.example")
    keep_counts(tally.taken())
    tally.add(What.REFERRER, "s0.example")
    tally.add(What.REFERRER, "x.example")
    keep_counts(tally.taken())
    assert dict(Count.objects.values_list("key", "count")) == {
        "s0.example": 2, "s1.example": 1, "s2.example": 1, "": 7,
    }  # fmt: skip


def test_a_process_holds_so_many_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counter, "MOST_HELD", 5)
    for number in range(50):
        tally.add(What.PAGE, f"/{number}/")
    tally.add(What.PAGE, "/0/")
    held = tally.taken()
    assert len(held) == 5
    assert held[Key("page", clock.today(), "/0/", "", "")] == 2


@pytest.mark.parametrize(("question", "kept"), [
    ("Hotel Murah", "hotel murah"), ("budi@contoh.example", ""), ("0812-3456-7890", ""), ("6171012345678901", ""), ("ab", ""),
    ("x" * 61, ""), ("festival 2027", "festival 2027"), ("baris\nsatu", "baris satu"),
])  # fmt: skip
def test_a_question_without_an_answer(festival: Edition, question: str, kept: str) -> None:
    visitor().get("/telusur/", {"cari": question})
    assert [key for what, key, *_rest in written() if what == "search"] == ([kept] if kept else [])


def test_a_question_with_an_answer_is_not_kept(festival: Edition) -> None:
    visitor().get("/telusur/", {"cari": "Festival Danau"})
    assert not [key for what, key, *_rest in written() if what == "search"]


def test_rare_questions_are_not_shown_and_old_words_go(festival: Edition) -> None:
    for _time in range(3):
        tally.add(What.SEARCH, "penginapan")
    tally.add(What.SEARCH, "nama orang")
    tally.add(What.REFERRER, "a.example")
    keep_counts(tally.taken())
    assert [line.key for line in figures_of(30).searches] == ["penginapan"]
    Count.objects.update(day=clock.today() - timedelta(days=91))
    assert old_words() == 2
    Count.objects.update(day=clock.today() - timedelta(days=366))
    tally.add(What.PAGE, "/agenda/")
    assert old_words() == 1


# -- outside ------------------------------------------------------------------------------------------------


@pytest.fixture
def place(agency: Organisation) -> Destination:
    return publish(make_destination(agency, make_region(), website="https://pengelola.example/danau?a=1"))


def test_the_way_to_a_business_is_counted_and_leads_only_there(place: Destination) -> None:
    address = f"/keluar/{place.code}/situs/"
    assert address in Client().get(f"/destinasi/{place.slug}/").content.decode()
    answer = visitor().get(address, {"url": "https://jahat.example/", "next": "//jahat.example"})
    assert (answer.status_code, answer["Location"]) == (302, "https://pengelola.example/danau?a=1")
    assert not answer.cookies
    assert written()["outside", "situs", place.code, ""] == 1


@pytest.mark.parametrize("path", ["/keluar/ABCDEFGHJKMN/situs/", "/keluar/{code}/lain/", "/keluar/{code}/"])
def test_no_other_door_opens(place: Destination, path: str) -> None:
    assert visitor().get(path.format(code=place.code)).status_code == 404


def test_a_place_that_is_withdrawn_leads_nobody(agency: Organisation) -> None:
    draft = make_destination(agency, make_region(), website="https://pengelola.example/")
    assert visitor().get(f"/keluar/{draft.code}/situs/").status_code == 404


def test_indicators_count_those_of_the_agency_and_below(place: Destination, agency: Organisation) -> None:
    visitor().get(f"/keluar/{place.code}/situs/")
    visitor().get(f"/keluar/{place.code}/situs/")
    keep_counts(tally.taken())
    other = make_agency("Dinas lain")
    today = clock.today()
    count = SOURCES["reach.referrals"].count
    assert count(agency.path, today, today)[""].value == 2
    assert count(other.path, today, today)[""].value == 0
    assert count(agency.path, today - timedelta(days=9), today - timedelta(days=1))[""].value == 0


# -- what staff see -----------------------------------------------------------------------------------------


def test_figures_for_staff_and_for_nobody_else(festival: Edition, agency: Organisation) -> None:
    read(page_at(festival.event), 2)
    keep_counts(tally.taken())
    said = client_of(make_user(Role.LEADER, agency)).get("/pembaca/").content.decode()
    assert page_at(festival.event) in said
    assert client_of(make_user(Role.PARTICIPANT, agency)).get("/pembaca/").status_code == 404
    assert Client().get("/pembaca/").status_code in {302, 404}
    for bad in ("0", "-1", "x", "99999999999"):
        assert client_of(make_user(Role.LEADER, agency)).get("/pembaca/", {"hari": bad}).status_code == 200


def test_figures_ask_as_often_for_three_nouns_as_for_one(agency: Organisation) -> None:
    client = client_of(make_user(Role.ORGANISER, agency))

    def asked(number: int) -> int:
        for n in range(number):
            tally.add(What.PAGE, f"/agenda/{n}/")
        keep_counts(tally.taken())
        client.get("/pembaca/")
        with CaptureQueriesContext(
            connection,
        ) as questions:
            assert client.get("/pembaca/").status_code == 200
        return len(questions)

    assert asked(1) == asked(3)

"""What visitors read is the same for everybody and is kept for seconds: no cookie, a tag, and thrown away when it changes."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from enggang.access.enums import Role
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict
from enggang.events.domain.pages import write_page
from enggang.events.models import Edition
from enggang.portal import caching
from tests.portal.showing import page_at, show_festival, written
from tests.training.factories import client_of, make_agency, make_user

PAGES = [
    "/",
    "/en/",
    "/agenda/",
    "/zh/agenda/",
    "/agenda/kalender.ics",
    "/agenda/umpan.json",
    "/destinasi/",
    "/robots.txt",
    "/agenda/pendaftaran/",
    "/zh/agenda/pendaftaran/",
    "/galeri/",
    "/en/galeri/",
    "/galeri/peta/",
    "/galeri/koleksi/",
    "/galeri/lomba/",
]


@pytest.fixture
def keeping(settings: Any) -> Iterator[None]:
    settings.KEEP_PUBLIC_PAGES = True
    for name in ("public", "looked"):
        caches[name].clear()
    caching.forget()
    yield
    for name in ("public", "looked"):
        caches[name].clear()


@pytest.fixture
def festival(db: None) -> Edition:
    edition = show_festival(make_agency())
    written(edition.event)
    return edition


@pytest.mark.parametrize("page", PAGES)
def test_no_cookie_and_the_same_page_for_everybody(festival: Edition, page: str) -> None:
    client = Client()
    answer = client.get(page)
    assert answer.status_code == 200
    assert not answer.cookies
    assert not client.cookies
    assert "Cookie" not in answer.get("Vary", "")
    assert "Accept-Language" not in answer.get("Vary", "")
    assert answer["Cache-Control"] == caching.POLICY
    assert answer["ETag"]
    assert answer["Last-Modified"]
    signed_in = client_of(make_user(Role.ORGANISER, festival.organisation))
    signed_in.cookies["theme"] = "dark"
    assert signed_in.get(page, headers={"accept-language": "en"}).content == answer.content


def test_asked_again_with_its_tag_it_is_304(festival: Edition) -> None:
    tag = Client().get("/agenda/")["ETag"]
    again = Client().get("/agenda/", headers={"if-none-match": tag})
    assert again.status_code == 304
    assert not again.content
    assert again["Cache-Control"] == caching.POLICY
    assert Client().get("/agenda/", headers={"if-none-match": '"x"'}).status_code == 200


def test_it_is_compressed_for_who_takes_it(festival: Edition) -> None:
    plain = Client().get("/agenda/")
    packed = Client().get("/agenda/", headers={"accept-encoding": "gzip, br"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed["Vary"] == plain["Vary"] == "Accept-Encoding"
    assert packed["ETag"] != plain["ETag"]
    assert len(packed.content) <= 40_000


@pytest.mark.django_db(transaction=True)
def test_a_correction_is_read_at_once(keeping: None, django_assert_num_queries: Any) -> None:
    edition = show_festival(make_agency())
    written(edition.event)
    address = page_at(edition.event)
    assert "Tiga hari perahu" in Client().get(address).content.decode()
    with django_assert_num_queries(0):
        Client().get(address)  # kept: nobody is asked
    write_page(event=edition.event, version=1, summary="Empat hari perahu.", actor=SYSTEM)
    caching._looked.at = -caching.LOOKED_EVERY  # a second later
    assert "Empat hari perahu" in Client().get(address).content.decode()


@pytest.mark.django_db
def test_links_with_words_of_their_own_ask_once(keeping: None, django_assert_num_queries: Any) -> None:
    """Each shares the page of a festival with another word behind it: made anew, but not asked for anew."""
    edition = show_festival(make_agency())
    for page in ("/", page_at(edition.event), page_at(edition.event, "en")):
        Client().get(f"{page}?dari=a")
        caching._looked.at = time.monotonic()  # whether anything has changed was just looked at
        with django_assert_num_queries(0):
            assert "Festival Danau" in Client().get(f"{page}?dari=b").text
    written(edition.event, story="Cerita yang baru.")
    caching.forget()  # an act does so once its transaction is over
    for page in (page_at(edition.event), page_at(edition.event, "en")):
        assert "Cerita yang baru." in Client().get(f"{page}?dari=c").text


@pytest.mark.django_db
@pytest.mark.parametrize("view", ["", "tampilan=bulan&"])
def test_the_calendar_asks_once_for_the_same_wish(keeping: None, view: str, django_assert_num_queries: Any) -> None:
    """A page of the list that is not there is the last, as before."""
    show_festival(make_agency())
    first = Client().get(f"/agenda/?{view}hal=9&dari=a").text
    caching._looked.at = time.monotonic()
    with django_assert_num_queries(0):
        assert Client().get(f"/agenda/?{view}hal=9&dari=b").text.count("Festival Danau") == first.count(
            "Festival Danau"
        )
    assert "Festival Danau" in first


@pytest.mark.django_db
def test_one_looks_and_the_others_wait(keeping: None) -> None:
    asked: list[int] = []

    def make() -> str:
        asked.append(1)
        time.sleep(0.2)
        return "found"

    caching._looked.at = (
        time.monotonic() + 60
    )  # nobody looks whether anything has changed: threads have no database here
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _each: caching.looked_up("this", make), range(8)))
    caching._looked.at = -caching.LOOKED_EVERY
    assert found == ["found"] * 8
    assert len(asked) == 1


@pytest.mark.django_db(transaction=True)
def test_an_act_that_is_undone_makes_nothing_old(keeping: None) -> None:
    before = caching.generation()
    edition = show_festival(make_agency())
    assert caching.generation() != before
    now = caching.generation()
    with pytest.raises(Conflict):
        write_page(event=edition.event, version=9, summary="x", actor=SYSTEM)
    assert caching.generation() == now


def test_what_is_old_is_old_within_a_minute() -> None:
    kept = caching.HERE + caching.LOOKED_UP + caching.FRESH + caching.STALE
    assert kept + caching.LOOKED_EVERY <= 60


@pytest.mark.django_db
def test_a_question_too_long_and_a_form_are_not_kept(keeping: None, festival: Edition) -> None:
    Client().get("/agenda/", {"cari": "x" * 400})
    assert Client().post("/agenda/").status_code == 405
    assert Client().get("/agenda/tidak-ada-ABCDEFGH1234/").status_code == 404
    assert not [key for key in caches["public"]._cache if "agenda" in key]  # type: ignore[attr-defined]

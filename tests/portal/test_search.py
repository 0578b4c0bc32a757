"""Search over everything that visitors read, the frame for other sites, and what is said of the pages themselves."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.events.domain.stages import step_back
from enggang.events.models import Edition
from enggang.places.models import Organisation
from enggang.portal import caching
from tests.events.factories import make_region
from tests.media.rights import published
from tests.portal.showing import called_off, in_all_languages, page_at, show_festival, written
from tests.stories_app.test_destinations import english, make_destination, publish
from tests.stories_app.test_stories import release, tell
from tests.training.factories import make_agency

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Organisation:
    return make_agency()


def counts(text: str, language: str = "", **asked: str) -> dict[str, int]:
    answer = Client().get(f"{language}/telusur/", {"cari": text, **asked})
    assert answer.status_code == 200
    found: dict[str, int] = answer.context["found"].counts
    return found


def test_one_question_finds_all_that_is_public_and_nothing_else(agency: Organisation) -> None:
    show_festival(agency, "Festival Danau")
    publish(make_destination(agency, make_region(), "Danau Lait"))
    release(tell(agency, "Madu dari danau"))
    published(agency, "Sampan danau")
    make_destination(agency, make_region(), "Danau Draf")
    tell(agency, "Danau draf")
    assert counts("danau") == {"acara": 1, "destinasi": 1, "kisah": 1, "inovasi": 0, "karya": 1}
    only = Client().get("/telusur/", {"cari": "danau", "jenis": "kisah"}).context["found"]
    assert (len(only.stories), len(only.faces), len(only.cards), len(only.photos)) == (1, 0, 0, 0)


def test_it_is_found_by_words_of_the_other_languages(agency: Organisation) -> None:
    in_all_languages(show_festival(agency).event)
    english(publish(make_destination(agency, make_region())))
    assert counts("湖泊", "/zh")["acara"] == 1
    assert counts("merasap falls", "/en")["destinasi"] == 1


def test_an_event_is_found_by_what_its_page_says_and_by_where_it_is(agency: Organisation) -> None:
    event = show_festival(agency, "Pesta Contoh").event
    written(event, summary="Lampion di tepi sungai.", story="Naga menari sampai pagi.")
    for words in ("lampion", "naga menari", event.region.name):
        assert counts(words)["acara"] == 1, words


def test_what_is_taken_back_is_not_found(agency: Organisation) -> None:
    edition = show_festival(agency, "Festival Danau")
    fresh = Edition.objects.with_names().get(pk=edition.pk)
    step_back(edition=fresh, decider="Kepala", decided_on=clock.today(), reason="keliru", actor=SYSTEM)
    assert counts("danau")["acara"] == 0


@pytest.mark.parametrize("text", ["", " ", "'\"%_\\", "\x00", "x" * 5_000, "AND OR NOT *", "(", "节" * 200, "<b>"])
def test_whatever_is_asked_it_answers(agency: Organisation, text: str) -> None:
    show_festival(agency)
    assert sum(counts(text).values()) == 0
    assert sum(counts(text, jenis="x").values()) == 0


def test_it_asks_no_more_for_three_than_for_one(agency: Organisation) -> None:
    asked: list[int] = []
    for names in (("Satu",), ("Dua", "Tiga")):
        for name in names:
            show_festival(agency, f"Festival danau {name}")
            publish(make_destination(agency, make_region(), f"Danau {name}"))
            release(tell(agency, f"Kisah danau {name}", cover=published(agency, f"Danau {name}").code))
        Client().get("/zh/telusur/", {"cari": "danau"})
        with CaptureQueriesContext(connection) as queries:
            Client().get("/zh/telusur/", {"cari": "danau"})
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 27


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("festval", ["festival"]),
        ("fetsival danau", ["festival danau", "festival", "danau"]),
        ("Dannau", ["danau"]),
        ("festival zzyzx", ["festival"]),
        ("xqj", []),
        ("12345", []),
    ],
)
def test_what_was_meant_is_offered(agency: Organisation, typed: str, meant: list[str]) -> None:
    show_festival(agency, "Festival Danau")
    answer = Client().get("/en/telusur/", {"cari": typed})
    assert answer.context["instead"] == meant
    assert ("Did you mean:" in answer.text) is bool(meant)
    for words in meant:
        assert sum(counts(words).values())


def test_what_is_not_public_is_not_offered(agency: Organisation) -> None:
    make_destination(agency, make_region(), "Danau Rahasia")
    assert Client().get("/telusur/", {"cari": "rahasa"}).context["instead"] == []
    show_festival(agency, "Festival Danau")
    assert Client().get("/telusur/", {"cari": "festival"}).context["instead"] == []  # it finds something


def offered(typed: str, language: str = "") -> list[str]:
    answer = Client().get(f"{language}/telusur/saran.json", {"cari": typed})
    assert answer.status_code == 200
    assert not answer.cookies
    names: list[str] = answer.json()["names"]
    return names


def test_names_are_offered_while_somebody_types(agency: Organisation) -> None:
    edition = show_festival(agency, "Festival Danau")
    show_festival(agency, event=edition.event, ahead=9, label="malam")
    publish(make_destination(agency, make_region(), "Danau Lait"))
    release(tell(agency, "Madu dari danau"))
    make_destination(agency, make_region(), "Danau Rahasia")
    assert offered("dan") == ["Festival Danau", "Danau Lait", "Madu dari danau"]
    assert offered("rahasia") == []
    for nothing in ("", "d", " ", "\x00", '"*('):
        assert offered(nothing) == []
    in_all_languages(edition.event)
    assert offered("danau", "/zh")[0] != "Festival Danau"


def test_names_are_asked_for_as_often_for_many_as_for_one(agency: Organisation) -> None:
    asked = []
    for count in (1, 3):
        for number in range(count):
            show_festival(agency, f"Festival Danau {count} {number}")
        with CaptureQueriesContext(connection) as queries:
            offered("danau")
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_the_frame_for_other_sites_is_light_and_may_be_framed(agency: Organisation, settings: Any) -> None:
    settings.KEEP_PUBLIC_PAGES = True
    caches["public"].clear()
    caching.forget()
    called_off(show_festival(agency, "Festival Batal", ahead=4))
    for number in range(12):
        show_festival(agency, f"Festival {number}", ahead=number + 5)
    for _again in range(2):  # made, then kept
        answer = Client().get("/en/sematan/agenda/", {"daerah": "61.02"})
        assert answer.status_code == 200
        assert "X-Frame-Options" not in answer
        assert "frame-ancestors *" in answer["Content-Security-Policy"]
        assert not answer.cookies
        said = answer.content.decode()
        assert "<script" not in said
        assert said.count("<li>") == 8
        assert "cancelled" in said
        assert len(answer.content) < 30_000
    other = Client().get("/agenda/")
    assert "frame-ancestors 'none'" in other["Content-Security-Policy"]
    caches["public"].clear()


def test_the_calendar_gives_the_frame_of_what_was_asked(agency: Organisation) -> None:
    said = Client().get("/en/agenda/", {"daerah": "61.02", "kapan": "semua"}).content.decode()
    assert "/en/sematan/agenda/?daerah=61.02&quot;" in said


def test_about_and_the_gathered_page_are_there_in_every_language(agency: Organisation) -> None:
    event = show_festival(agency).event
    for prefix in ("", "/en", "/ms", "/zh"):
        assert "WCAG 2.2" in Client().get(f"{prefix}/tentang/").content.decode()
        assert f'href="{prefix}/tentang/"' in Client().get(page_at(event, prefix.strip("/"))).content.decode()

"""The calendar of visitors: list, month and map; what is asked; and the same as iCalendar, JSON, CSV and Atom."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar
from PIL import Image

from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.events.domain.stages import step_back
from enggang.events.enums import Stage
from enggang.events.models import Edition
from enggang.places.enums import RegionLevel
from enggang.places.models import Organisation, Region
from enggang.portal.cards import CardWords, card_of
from enggang.portal.forms.calendar import month_choices
from enggang.portal.queries.agenda import month_of
from tests.events.factories import brought_to, make_edition, make_event, make_region, make_site
from tests.portal.showing import called_off, decided, in_all_languages, moved, page_at, show_festival, written
from tests.training.factories import make_agency

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Organisation:
    return make_agency("Dinas Pariwisata Contoh")


def seen(address: str = "/agenda/", **asked: str) -> list[str]:
    answer = Client().get(address, asked)
    assert answer.status_code == 200
    return [face.name.text for face in answer.context["faces"]]


def held(agency: Organisation, name: str = "Festival Lama") -> Edition:
    day = clock.today() - timedelta(days=90)
    return brought_to(
        make_edition(agency, event=make_event(agency, name), year=day.year, first=day, last=day), Stage.CLOSED
    )


# -- what is asked ------------------------------------------------------------------------------------------


def test_what_comes_is_listed_by_its_day_and_what_was_held_apart(agency: Organisation) -> None:
    show_festival(agency, "Kedua", ahead=60)
    show_festival(agency, "Pertama", ahead=10)
    held(agency)
    assert seen() == ["Pertama", "Kedua"]
    assert seen(kapan="lalu") == ["Festival Lama"]


def test_when_where_what_free_and_accessible(agency: Organisation) -> None:
    other = Region.objects.create(
        code="61.72", name="Kota Singkawang", level=RegionLevel.REGENCY, parent=make_region().parent
    )
    show_festival(agency, "Kini", ahead=-1)
    ticket = show_festival(
        agency, "Bertiket", ahead=5, entry="ticket", event=make_event(agency, "Bertiket", kind="sport")
    )
    far = show_festival(agency, "Jauh", ahead=70, event=make_event(agency, "Jauh", region=other))
    written(far.event)
    written(ticket.event, facilities=("toilet",))
    assert seen(kapan="kini") == ["Kini"]
    assert seen(kapan="pekan") == ["Kini", "Bertiket"]
    assert seen(kapan=f"{far.starts_on:%Y-%m}") == ["Jauh"]
    assert seen(daerah="61.72") == ["Jauh"]
    assert seen(jenis="sport") == ["Bertiket"]
    assert seen(gratis="on") == ["Kini", "Jauh"]
    assert seen(akses="on") == ["Jauh"]
    assert seen(cari="JAUH") == ["Jauh"]


def test_it_is_found_by_its_name_in_another_language(agency: Organisation) -> None:
    edition = show_festival(agency)
    in_all_languages(edition.event)
    assert seen("/zh/agenda/", cari="湖泊") == ["湖泊节"]
    assert seen("/en/agenda/", cari="lake") == ["Lake Festival"]


@pytest.mark.parametrize("asked", [
    {"kapan": "2027-13"}, {"kapan": "x"}, {"kapan": "9999-99"}, {"kapan": "２０２７-01"}, {"daerah": "x"}, {"jenis": "'"},
    {"cari": "\x00%_'\"<b>" * 200}, {"hal": "-1"}, {"hal": "9" * 40}, {"tampilan": "x" * 500}, {"tampilan": "bulan", "kapan": "0000-00"},
    {"tampilan": "peta", "daerah": "99"}, {"gratis": "mungkin"},
])  # fmt: skip
def test_whatever_stands_in_the_address_it_answers(agency: Organisation, asked: dict[str, str]) -> None:
    show_festival(agency)
    for address in (
        "/agenda/",
        "/zh/agenda/",
        "/agenda/kalender.ics",
        "/agenda/umpan.json",
        "/agenda/umpan.csv",
        "/agenda/umpan.xml",
    ):
        assert Client().get(address, asked).status_code == 200


def test_a_month_lays_events_on_their_days(agency: Organisation) -> None:
    edition = show_festival(agency, ahead=40)
    assert edition.starts_on
    answer = Client().get("/agenda/", {"tampilan": "bulan", "kapan": f"{edition.starts_on:%Y-%m}"})
    days = [day for week in answer.context["month"].weeks for day in week]
    on = [day.day for day in days if day.count]
    assert edition.starts_on in on
    assert len(on) <= 3
    first = Client().get("/agenda/", {"tampilan": "bulan"}).context["month"].first
    assert first == edition.starts_on.replace(day=1) or first == clock.today().replace(day=1)


def test_the_map_counts_by_regency_and_has_a_dot_for_a_known_point(agency: Organisation) -> None:
    edition = show_festival(agency)
    make_site(edition)
    answer = Client().get("/en/agenda/", {"tampilan": "peta"})
    drawn = answer.context["drawn"]
    assert [(place.name, place.count) for place in drawn.places] == [("Kabupaten Mempawah", 1)]
    assert len(drawn.dots) == 1
    assert f'href="{page_at(edition.event, "en")}"' in answer.content.decode()


def test_months_are_read_strictly() -> None:
    assert month_of("2027-02") is not None
    assert [month_of(text) for text in ("2027-2", "27-02", "2027-00", "1800-01", "", "2027-02-01", "abcd-ef")] == [
        None
    ] * 7
    assert len(month_choices(clock.today())) == 14
    assert ("2050-01", "Januari 2050") in month_choices(clock.today(), "2050-01")


def test_it_asks_no_more_for_three_than_for_one(agency: Organisation) -> None:
    for language, view in (("", "daftar"), ("/zh", "daftar"), ("", "bulan"), ("", "peta")):
        Edition.objects.update(stage=Stage.IDEA)
        show_festival(agency, f"Satu {language}{view}", ahead=3)
        asked = {"tampilan": view, "kapan": f"{clock.today() + timedelta(days=3):%Y-%m}"}
        Client().get(f"{language}/agenda/", asked)
        with CaptureQueriesContext(connection) as one:
            Client().get(f"{language}/agenda/", asked)
        for name in ("Dua", "Tiga"):
            written(show_festival(agency, f"{name} {language}{view}", ahead=3).event)
        with CaptureQueriesContext(connection) as three:
            assert len(seen(f"{language}/agenda/", **asked)) == 3
        assert len(three) <= len(one) + 1  # facilities, once there is a page
        assert len(three) <= 14


# -- followed by a phone ------------------------------------------------------------------------------------


def entries(address: str = "/agenda/kalender.ics", **asked: str) -> list[Any]:
    answer = Client().get(address, asked)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_a_subscribed_calendar_follows_what_moves(agency: Organisation) -> None:
    edition = show_festival(agency)
    (before,) = entries()
    assert edition.starts_on
    assert edition.ends_on
    assert before["DTSTART"].dt == edition.starts_on
    assert before["DTEND"].dt == edition.ends_on + timedelta(days=1)
    after = moved(edition, 7)
    (now,) = entries()
    assert now["UID"] == before["UID"]
    assert now["SEQUENCE"] > before["SEQUENCE"]
    assert now["DTSTART"].dt == after.starts_on
    assert "semula diumumkan" in now["DESCRIPTION"]
    called_off(after)
    (off,) = entries()
    assert off["UID"] == before["UID"]
    assert off["SEQUENCE"] > now["SEQUENCE"]
    assert off["STATUS"] == "CANCELLED"


def test_days_taken_back_are_called_off_where_they_stood(agency: Organisation) -> None:
    edition = show_festival(agency)
    decided(edition, None)
    (row,) = entries()
    assert row["STATUS"] == "CANCELLED"
    assert row["DTSTART"].dt == edition.starts_on


def test_what_is_withdrawn_is_called_off_in_calendars_and_told_in_feeds(agency: Organisation) -> None:
    edition = show_festival(agency)
    fresh = Edition.objects.with_names().get(pk=edition.pk)
    step_back(edition=fresh, decider="Kepala", decided_on=clock.today(), reason="keliru", actor=SYSTEM)
    (row,) = entries()
    assert row["STATUS"] == "CANCELLED"
    (item,) = Client().get("/agenda/umpan.json").json()["items"]
    assert item["removed"] is True
    assert item["id"] == edition.code
    assert "title" not in item


def test_a_calendar_is_of_a_kind_a_regency_or_an_event(agency: Organisation) -> None:
    sport = show_festival(agency, event=make_event(agency, "Lari", kind="sport"))
    show_festival(agency, "Festival")
    assert len(entries()) == 2
    assert [row["SUMMARY"] for row in entries(jenis="sport")] == ["Lari"]
    assert len(entries(daerah="61.02")) == 2
    assert [row["SUMMARY"] for row in entries(f"{page_at(sport.event)}kalender.ics")] == ["Lari"]


def test_the_same_rows_give_the_same_bytes(agency: Organisation) -> None:
    show_festival(agency)
    first, second = (Client().get("/agenda/kalender.ics").content for _ in range(2))
    assert first == second


# -- feeds --------------------------------------------------------------------------------------------------


def test_json_says_what_moved_and_only_what_changed_since(agency: Organisation) -> None:
    edition = show_festival(agency)
    was = str(edition.starts_on)
    moved(edition, 7)
    found = Client().get("/en/agenda/umpan.json").json()
    (item,) = found["items"]
    assert (item["status"], item["previously"], item["removed"]) == ("moved", [was], False)
    later = (clock.now() + timedelta(hours=1)).isoformat()
    assert Client().get("/agenda/umpan.json", {"sejak": later}).json()["items"] == []
    assert len(Client().get("/agenda/umpan.json", {"sejak": found["updated_at"]}).json()["items"]) == 1
    for bad in ("x", "2027-99-99", "\x00"):
        assert len(Client().get("/agenda/umpan.json", {"sejak": bad}).json()["items"]) == 1


def test_csv_runs_no_formula(agency: Organisation) -> None:
    show_festival(agency, "=1+1")
    text = Client().get("/agenda/umpan.csv").content.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["title"] == "'=1+1"
    assert row["status"] == "scheduled"


def test_atom_is_well_formed_and_says_the_news(agency: Organisation) -> None:
    called_off(show_festival(agency, "Festival & <Danau>\x0b"))
    tree = ET.fromstring(Client().get("/agenda/umpan.xml").content)  # noqa: S314 -- our own
    names = {"a": "http://www.w3.org/2005/Atom"}
    (title,) = [node.text for node in tree.findall("a:entry/a:title", names)]
    assert title
    assert title.startswith("Festival & <Danau>")
    assert tree.find("a:id", names) is not None
    assert tree.find("a:updated", names) is not None


# -- maps of the site ---------------------------------------------------------------------------------------


def test_sitemaps_tell_each_language_what_is_written_in_it(agency: Organisation) -> None:
    edition = show_festival(agency)
    written(edition.event)
    other = show_festival(agency, "Hanya Indonesia")
    in_all_languages(edition.event)
    index = ET.fromstring(Client().get("/peta-situs.xml").content)  # noqa: S314 -- our own
    assert len(index) == 4
    said = {code: Client().get(f"/peta-situs-{code}.xml").content.decode() for code in ("id", "zh")}
    for text in said.values():
        ET.fromstring(text)  # noqa: S314 -- our own
    assert page_at(edition.event, "zh") in said["zh"]
    assert page_at(other.event) in said["id"]
    assert page_at(other.event, "zh") not in said["zh"]
    robots = Client().get("/robots.txt").content.decode()
    assert "peta-situs.xml" in robots
    assert "galeri/peta-situs-indeks.xml" in robots


# -- the picture of a link ----------------------------------------------------------------------------------


def card(edition: Edition, language: str = "") -> bytes:
    answer = Client().get(f"{page_at(edition.event, language)}{edition.year}/kartu.png")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/png"
    return answer.content


def test_the_preview_picture_changes_with_the_date(agency: Organisation) -> None:
    edition = show_festival(agency)
    in_all_languages(edition.event)
    first = card(edition)
    picture = Image.open(io.BytesIO(first))
    assert picture.size == (1200, 630)
    assert len(first) <= 300_000
    assert card(edition, "en") != first
    assert card(edition, "zh")  # no glyphs for it on board: the name is then the Indonesian one
    address = f"/kartu.png?v={edition.version}"
    assert "kartu.png?v=" in Client().get(page_at(edition.event)).content.decode()
    after = moved(edition, 7)
    if after.year == edition.year:
        assert card(after) != first
    assert address not in Client().get(page_at(edition.event)).content.decode()


@pytest.mark.parametrize("title", ["", "x" * 400, "Nama yang sangat panjang " * 20, "湖泊节", "\x00\n"])
def test_whatever_its_name_a_picture_is_drawn(title: str) -> None:
    words = CardWords(
        title=title,
        days="5–7 Januari 2027",
        place="Pontianak " * 30,
        kind="Festival",
        news="Hari baru",
        was="1 Januari",
    )
    assert Image.open(io.BytesIO(card_of(words))).size == (1200, 630)


def test_the_front_page_tells_what_is_on_and_what_comes(agency: Organisation) -> None:
    show_festival(agency, "Sedang", ahead=-1)
    show_festival(agency, "Nanti", ahead=9)
    for prefix in ("", "/en", "/ms", "/zh"):
        context = Client().get(f"{prefix}/").context
        assert [face.name.text for face in context["now"]] == ["Sedang"]
        assert [face.name.text for face in context["soon"]] == ["Nanti"]

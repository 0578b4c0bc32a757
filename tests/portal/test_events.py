"""The page of an event: its editions, its texts in four languages, what has moved, what search engines are told."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.core.models import Wording
from enggang.events.domain.events import change_event
from enggang.events.domain.pages import translate_event, write_page
from enggang.events.domain.stages import step_back
from enggang.events.enums import Stage
from enggang.events.models import Edition, Event, EventPage
from enggang.events.queries.pages import chosen, face_of, histories_of, page_of, slug_of
from enggang.media.domain.publishing import withdraw_asset
from enggang.media.models import Asset
from enggang.places.models import Organisation
from tests.events.factories import brought_to, make_edition, make_site
from tests.events.visiting import make_part
from tests.media.rights import fresh as fresh_work
from tests.media.rights import published
from tests.portal.showing import (
    NAMES,
    called_off,
    decided,
    in_all_languages,
    moved,
    page_at,
    show_festival,
    written,
)
from tests.training.factories import client_of, make_actor, make_agency, make_user

pytestmark = pytest.mark.django_db
CANONICAL = re.compile(r'rel="canonical" href="([^"]+)"')
STALE = "teks Indonesianya sudah berubah"
LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture
def agency() -> Organisation:
    return make_agency("Dinas Pariwisata Contoh")


@pytest.fixture
def festival(agency: Organisation) -> Edition:
    edition = show_festival(agency)
    written(edition.event)
    return edition


def read(address: str, status: int = 200) -> str:
    answer = Client().get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def told(address: str) -> dict[str, Any]:
    (block,) = LD.findall(read(address))
    facts: dict[str, Any] = json.loads(block)[0]
    return facts


# -- who reads what ---------------------------------------------------------------------------------------


def test_it_is_read_once_an_edition_is_published(agency: Organisation) -> None:
    edition = make_edition(agency, year=clock.today().year + 1)
    address = page_at(edition.event)
    assert read(address, 404)
    brought_to(edition, Stage.PLANNED)
    assert read(address, 404)
    brought_to(edition, Stage.PUBLISHED)
    assert "Robo-Robo" in read(address)
    step_back(edition=edition, decider="Kepala", decided_on=clock.today(), reason="keliru", actor=SYSTEM)
    assert read(address, 404)


def test_called_off_before_it_was_published_it_is_never_shown(agency: Organisation) -> None:
    edition = brought_to(make_edition(agency, year=clock.today().year + 1), Stage.PLANNED)
    called_off(edition)
    assert read(page_at(edition.event), 404)


def test_editions_stay_when_they_are_over(agency: Organisation, festival: Edition) -> None:
    event = festival.event
    year = clock.today().year - 2
    held = make_edition(agency, event=event, year=year, first=clock.today() - timedelta(days=700), theme="Tema lama")
    brought_to(held, Stage.CLOSED)
    said = read(page_at(event))
    assert f'href="{page_at(event)}{year}/"' in said
    old = read(f"{page_at(event)}{year}/")
    assert "Penyelenggaraan ini sudah selesai" in old
    assert "Tema lama" in old
    (canonical,) = CANONICAL.findall(old)
    assert canonical.endswith(f"{page_at(event)}{year}/")
    assert read(f"{page_at(event)}1999/", 404)


def test_days_that_have_passed_are_over_although_nobody_noted_it(agency: Organisation) -> None:
    edition = show_festival(agency, "Festival Kemarin", ahead=-3, lasts=2)
    Edition.objects.filter(pk=edition.pk).update(date_state="tentative")
    said = read(page_at(edition.event))
    assert "Penyelenggaraan ini sudah selesai" in said
    assert "belum pasti" not in said
    assert "selesai" not in read(page_at(show_festival(agency, "Festival Kini", ahead=-1, lasts=2).event))


def test_another_name_leads_on_from_the_old_address(festival: Edition) -> None:
    event, old = festival.event, page_at(festival.event)
    facts: dict[str, Any] = {"name": "Festival Danau Besar", "hosts": []}
    change_event(event=event, version=event.version, actor=SYSTEM, **facts)
    answer = Client().get(f"/en{old}")
    assert answer.status_code == 301
    assert answer["Location"] == page_at(event, "en")
    assert "festival-danau-besar" in answer["Location"]


@pytest.mark.parametrize("address", [
    "/agenda/x/", "/agenda/tidak-ada-ABCDEFGH1234/", "/agenda/ABCDEFGH1234/", "/fr/agenda/", "/agenda/x-ABCDEFGH1234/2027-/",
    "/agenda/%00-ABCDEFGH1234/",
])  # fmt: skip
def test_what_is_not_there_is_404(festival: Edition, address: str) -> None:
    assert Client().get(address).status_code == 404


def test_it_takes_no_form(festival: Edition) -> None:
    assert Client().post(page_at(festival.event)).status_code == 405


# -- languages --------------------------------------------------------------------------------------------


def test_it_is_read_in_four_languages(festival: Edition) -> None:
    in_all_languages(festival.event)
    for code, name in NAMES.items():
        said = read(page_at(festival.event, code))
        assert f'lang="{code}">{name}</span>' in said
        for other in ("id", *NAMES):
            assert f'hreflang="{other}"' in said
        assert said.count('hreflang="x-default"') == 1
        (canonical,) = CANONICAL.findall(said)
        assert canonical.endswith(page_at(festival.event, code))


def test_what_is_not_translated_is_not_pretended(festival: Edition) -> None:
    translate_event(event=festival.event, language="en", texts={"name": "Lake Festival"}, checked=True, actor=SYSTEM)
    said = read(page_at(festival.event, "en"))
    assert "not written in English yet" in said
    assert 'hreflang="en"' not in said.partition("<body")[0]
    assert 'lang="en">Lake Festival' in said
    assert 'lang="id">Tiga hari perahu' in said
    (canonical,) = CANONICAL.findall(said)
    assert canonical.endswith(page_at(festival.event))


def test_a_draft_of_a_translation_is_not_shown(festival: Edition) -> None:
    translate_event(event=festival.event, language="zh", texts={"name": "湖泊节"}, checked=False, actor=SYSTEM)
    assert "湖泊节" not in read(page_at(festival.event, "zh"))


def test_the_office_sees_which_texts_are_older_than_the_original(agency: Organisation, festival: Edition) -> None:
    in_all_languages(festival.event)
    client = client_of(make_user(Role.ORGANISER, agency))
    assert STALE not in client.get(f"/acara/{festival.event.code}/").content.decode()
    written(festival.event, summary="Empat hari perahu.")
    said = client.get(f"/acara/{festival.event.code}/").content.decode()
    assert said.count(STALE) == 3


# -- what happens to its days ------------------------------------------------------------------------------


def test_a_moved_date_is_told_everywhere_on_the_page(festival: Edition) -> None:
    in_all_languages(festival.event)
    before = festival.starts_on
    assert before
    after = moved(festival, 7)
    assert after.starts_on
    for code in ("", "en", "ms", "zh"):
        said = read(page_at(festival.event, code))
        assert f'datetime="{after.starts_on}"' in said
        assert f'datetime="{before}"' in said
    assert "Harinya berubah" in read(page_at(festival.event))
    facts = told(page_at(festival.event))
    assert facts["eventStatus"] == "https://schema.org/EventRescheduled"
    assert facts["startDate"] == str(after.starts_on)
    assert facts["previousStartDate"] == [str(before)]


def test_moved_before_it_was_published_nobody_is_told(agency: Organisation) -> None:
    edition = make_edition(agency, year=2027, first=clock.today() + timedelta(days=300))
    edition = brought_to(moved_quietly(edition), Stage.PUBLISHED)
    assert histories_of([edition])[edition.pk].previous == []
    assert told(page_at(edition.event))["eventStatus"] == "https://schema.org/EventScheduled"


def moved_quietly(edition: Edition) -> Edition:
    assert edition.starts_on
    return decided(edition, edition.starts_on + timedelta(days=3))


def test_moved_twice_and_back_again(festival: Edition) -> None:
    first = festival.starts_on
    assert first
    second = moved(festival, 7)
    third = moved(second, 7)
    facts = told(page_at(festival.event))
    assert facts["previousStartDate"] == [str(second.starts_on), str(first)]
    moved(third, -14)
    facts = told(page_at(festival.event))
    assert facts["startDate"] == str(first)
    assert str(first) not in facts["previousStartDate"]


def test_days_that_were_taken_back_are_postponed(festival: Edition) -> None:
    was = festival.starts_on
    decided(festival, None)
    facts = told(page_at(festival.event))
    assert facts["eventStatus"] == "https://schema.org/EventPostponed"
    assert facts["startDate"] == str(was)
    assert "previousStartDate" not in facts


def test_called_off_says_so_with_its_reason(festival: Edition) -> None:
    called_off(festival, "Air <pasang>")
    said = read(page_at(festival.event))
    assert "Air &lt;pasang&gt;" in said
    assert told(page_at(festival.event))["eventStatus"] == "https://schema.org/EventCancelled"


# -- what search engines are told ---------------------------------------------------------------------------


def test_place_price_and_access_are_told(agency: Organisation) -> None:
    edition = show_festival(agency)
    written(edition.event)
    make_site(edition)
    make_part(edition, "Perahu", price=25_000)
    facts = told(page_at(edition.event))
    assert facts["location"]["geo"] == {"@type": "GeoCoordinates", "latitude": 0.35, "longitude": 108.95}
    assert facts["location"]["address"]["addressRegion"] == "Kabupaten Mempawah"
    assert {row["name"] for row in facts["location"]["amenityFeature"]} == {"Jalan tanpa tangga", "Toilet"}
    (offer,) = facts["offers"]
    assert (offer["price"], offer["priceCurrency"]) == ("25000", "IDR")
    assert offer["url"].endswith(f"/acara/{edition.code}/daftar/")
    assert facts["isAccessibleForFree"] is True
    assert facts["organizer"] == [{"@type": "Organization", "name": "Keraton Amantubillah"}]
    crumbs = json.loads(LD.findall(read(page_at(edition.event)))[0])[1]
    assert [row["position"] for row in crumbs["itemListElement"]] == [1, 2]


def test_no_tag_stands_inside_another(festival: Edition) -> None:
    head, _body, rest = read(page_at(festival.event)).partition("<body")
    assert not re.findall(r"<[^<>]*<", head.partition("</title>")[2])
    assert rest


def test_no_text_ends_the_script(agency: Organisation) -> None:
    edition = show_festival(agency, "Festival </script><b>")
    assert "</script><b>" not in read(page_at(edition.event))
    assert told(page_at(edition.event))["name"] == "Festival </script><b>"


# -- photos -------------------------------------------------------------------------------------------------


def test_photos_carry_credit_and_licence_and_go_with_the_gate(agency: Organisation, festival: Edition) -> None:
    asset = published(agency, "Perahu naga")
    Asset.objects.filter(pk=asset.pk).update(about=festival.event.subject)
    said = read(page_at(festival.event))
    assert f"/galeri/{asset.code}/medium.jpeg" in said
    assert 'alt="Sampan di Kapuas"' in said
    assert "creativecommons.org/licenses/by/4.0" in said
    image = told(page_at(festival.event))["image"]
    assert image[1]["@type"] == "ImageObject"
    assert image[1]["license"].startswith("https://creativecommons.org")
    withdraw_asset(asset=fresh_work(asset), note="", actor=SYSTEM)
    assert asset.code not in read(page_at(festival.event))


# -- written in the office ----------------------------------------------------------------------------------


def test_the_organiser_writes_the_page(agency: Organisation, festival: Edition) -> None:
    client, address = client_of(make_user(Role.ORGANISER, agency)), f"/acara/{festival.event.code}/halaman/"
    given = {"version": 1, "summary": "Baru", "story": "Cerita baru", "reaching": "Naik bus", "facilities": ["sign"]}
    assert client.post(address, given).status_code == 302
    page = page_of(festival.event)
    assert page
    assert (page.summary, page.reaching) == ("Baru", "Naik bus")
    assert [each.kind for each in page.amenities.all()] == ["sign"]
    late = client.post(address, {**given, "summary": "Kalah"})
    assert late.status_code == 422
    assert "Kalah" in late.content.decode()


@pytest.mark.parametrize("given", [
    {"summary": "x" * 301}, {"story": "x" * 10_001}, {"facilities": ["ramp", "lain"]}, {"version": "x"}, {"version": "99"},
])  # fmt: skip
def test_what_does_not_fit_is_told_and_kept(agency: Organisation, festival: Edition, given: dict[str, Any]) -> None:
    client = client_of(make_user(Role.ORGANISER, agency))
    answer = client.post(f"/acara/{festival.event.code}/halaman/", {"version": 1, "summary": "Tetap", **given})
    assert answer.status_code == 422
    page = page_of(festival.event)
    assert page
    assert page.version == 1


def test_two_who_begin_the_page_meet(agency: Organisation) -> None:
    event = show_festival(agency).event
    write_page(event=event, version=0, summary="Satu", actor=SYSTEM)
    with pytest.raises(Conflict):
        write_page(event=event, version=0, summary="Dua", actor=SYSTEM)
    assert EventPage.objects.get(event=event).summary == "Satu"


def test_somebody_elses_page_is_not_written(agency: Organisation, festival: Edition) -> None:
    stranger = make_user(Role.ORGANISER, make_agency("Dinas Lain"))
    for rest in ("halaman/", "halaman/en/"):
        assert client_of(stranger).post(f"/acara/{festival.event.code}/{rest}", {}).status_code == 404
    with pytest.raises(NotAllowed):
        write_page(event=festival.event, version=1, actor=make_actor(Role.COORDINATOR, agency))
    with pytest.raises(NotAllowed):
        translate_event(
            event=festival.event, language="en", texts={}, checked=True, actor=make_actor(Role.LEADER, agency)
        )


def test_a_translation_is_written_in_the_office(agency: Organisation, festival: Edition) -> None:
    client, address = client_of(make_user(Role.ORGANISER, agency)), f"/acara/{festival.event.code}/halaman/zh/"
    assert "Tiga hari perahu" in client.get(address).content.decode()
    given = {"name": "湖泊节", "summary": "三天的船。", "story": "中午赛船。", "checked": "on"}
    assert client.post(address, given).status_code == 302
    assert "湖泊节" in read(page_at(festival.event, "zh"))
    assert client.get(f"/acara/{festival.event.code}/halaman/fr/").status_code == 404
    assert client.post(address, {"name": "", "summary": "", "story": ""}).status_code == 302
    assert not Wording.objects.filter(subject=festival.event.subject).exists()


# -- costs --------------------------------------------------------------------------------------------------


def test_it_asks_no_more_with_three_editions_than_with_one(agency: Organisation, festival: Edition) -> None:
    address = page_at(festival.event)
    read(address)
    with CaptureQueriesContext(connection) as one:
        read(address)
    for year in (2019, 2020):
        day = clock.today().replace(year=year, month=5, day=5)
        brought_to(make_edition(agency, event=festival.event, year=year, first=day), Stage.CLOSED)
    for number in range(3):
        asset = published(agency, f"Foto {number}")
        Asset.objects.filter(pk=asset.pk).update(about=festival.event.subject)
    with CaptureQueriesContext(connection) as three:
        said = read(address)
    assert "2019" in said
    assert "2020" in said
    assert len(three) <= len(one) + 3  # photos in a second step, their renditions and consents, once there are any
    assert len(three) <= 24


def test_the_edition_that_comes_next_is_shown_first(agency: Organisation) -> None:
    far = show_festival(agency, ahead=400)
    near = show_festival(agency, event=far.event, ahead=20, label="" if far.year != clock.today().year else "awal")
    faces = face_of(Event.objects.with_names().get(pk=far.event_id), "id").editions
    found = chosen(faces, clock.today())
    assert found
    assert found.edition == near
    called_off(near)
    faces = face_of(far.event, "id").editions
    found = chosen(faces, clock.today())
    assert found
    assert found.edition == far
    assert slug_of(far.event).endswith(far.event.code)

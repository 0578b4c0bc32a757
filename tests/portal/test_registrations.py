"""The public list of events that one can register for, and that it is found from the front page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.events.domain.stages import cancel_edition
from enggang.events.domain.ticketing import move_part, move_slot
from enggang.events.enums import Stage
from enggang.events.models import Edition, Part, Slot
from enggang.places.models import Organisation
from tests.events.factories import brought_to, make_edition, make_event
from tests.events.visiting import booked, fresh, make_festival, make_part
from tests.training.factories import client_of, make_agency, make_user

pytestmark = pytest.mark.django_db
ADDRESS = "/agenda/pendaftaran/"


@pytest.fixture
def agency() -> Organisation:
    return make_agency("Dinas Pariwisata Contoh")


def opened(agency: Organisation, name: str = "Festival Danau", part: str = "Perahu", **facts: Any) -> Part:
    return make_part(make_festival(agency, name), part, **facts)


def seen(client: Client, **asked: str) -> list[str]:
    answer = client.get(ADDRESS, asked)
    assert answer.status_code == 200
    return [str(row.edition.event) for row in answer.context["opened"]]


def test_an_open_edition_is_found_from_the_front_page(client: Client, agency: Organisation) -> None:
    part = opened(agency)
    for page in ("/", ADDRESS):
        said = client.get(page).content.decode()
        assert f'href="/acara/{part.edition.code}/daftar/"' in said
        assert "Perahu" in said
    assert 'href="/agenda/"' in client.get(f"/acara/{part.edition.code}/daftar/").content.decode()  # in the menu


def test_its_staff_see_the_address_on_the_page_of_the_event(agency: Organisation) -> None:
    part = opened(agency)
    edition = part.edition
    own = make_edition(agency, event=edition.event, year=edition.year + 1)
    said = client_of(make_user(Role.ORGANISER, agency)).get(f"/acara/{edition.event.code}/").content.decode()
    assert f'href="/acara/{edition.code}/daftar/"' in said
    assert f'href="/acara/{own.code}/daftar/"' not in said


def test_what_is_left_is_told_and_a_full_one_has_a_waiting_list(client: Client, agency: Organisation) -> None:
    part = opened(agency)
    (row,) = client.get(ADDRESS).context["opened"]
    assert (row.free, row.parts) == (10, ["Perahu"])
    slot = Slot.objects.get(part=part)
    booked(fresh(slot), people=6)
    booked(fresh(slot), "Contoh Dua", people=4, phone="081299990000")
    answer = client.get(ADDRESS)
    assert answer.context["opened"][0].free == 0
    assert "daftar tunggu" in answer.content.decode()


def not_published(part: Part) -> None:
    Edition.objects.filter(pk=part.edition_id).update(stage=Stage.PLANNED)


def draft(part: Part) -> None:
    Part.objects.filter(pk=part.pk).update(state="draft")


def closed(part: Part) -> None:
    move_part(part=part, to="closed", actor=SYSTEM)


def not_yet(part: Part) -> None:
    Part.objects.filter(pk=part.pk).update(opens_at=clock.now() + timedelta(hours=1))


def window_over(part: Part) -> None:
    Part.objects.filter(pk=part.pk).update(closes_at=clock.now() - timedelta(minutes=1))


def called_off(part: Part) -> None:
    slot = Slot.objects.with_names().get(part=part)
    move_slot(slot=slot, to="called_off", reason="Air surut", actor=SYSTEM)


def over(part: Part) -> None:
    Slot.objects.filter(part=part).update(day=clock.today() - timedelta(days=3))


def ended_this_hour(part: Part) -> None:
    """Past the coarse look by the day: the clock of the time decides."""
    local = (clock.now() - timedelta(minutes=1)).astimezone(part.zone)
    Slot.objects.filter(part=part).update(
        day=local.date(), begins=(local - timedelta(seconds=30)).time(), ends=local.time()
    )


def cancelled(part: Part) -> None:
    facts: dict[str, Any] = {"decider": "Kepala Dinas", "decided_on": clock.today()}
    cancel_edition(edition=part.edition, reason="Banjir", actor=SYSTEM, **facts)


CLOSING = [not_published, draft, closed, not_yet, window_over, called_off, over, ended_this_hour, cancelled]


@pytest.mark.parametrize("close", CLOSING)
def test_what_nobody_can_register_for_is_not_offered(
    client: Client, agency: Organisation, close: Callable[[Part], None]
) -> None:
    part = opened(agency)
    assert seen(client) == ["Festival Danau"]
    close(Part.objects.select_related("subject").get(pk=part.pk) if close is closed else part)
    assert seen(client) == []
    assert "Saat ini belum ada acara" in client.get(ADDRESS).content.decode()


def test_it_is_narrowed_by_name_and_by_regency(client: Client, agency: Organisation) -> None:
    opened(agency, "Festival Danau")
    opened(agency, "Éduwisata Mempawah")
    region = Edition.objects.with_names().earliest("pk").event.region_id
    assert seen(client, cari="EDUWISATA") == ["Éduwisata Mempawah"]
    assert len(seen(client, daerah=str(region))) == 2
    assert seen(client, cari="tidak ada") == []
    assert "Tidak ada yang cocok" in client.get(ADDRESS, {"cari": "tidak ada"}).content.decode()


@pytest.mark.parametrize("asked", [
    {"daerah": "x"}, {"daerah": "99999999999999999999"}, {"cari": "\x00%_'\"<b>" * 200}, {"page": "-3"}, {"page": "9" * 40},
    {"page": "x"},
])  # fmt: skip
def test_whatever_stands_in_the_address_it_answers(client: Client, agency: Organisation, asked: dict[str, str]) -> None:
    opened(agency)
    assert client.get(ADDRESS, asked).status_code == 200


def test_it_asks_no_more_for_three_than_for_one(client: Client, agency: Organisation) -> None:
    opened(agency, "Satu")
    client.get(ADDRESS)
    with CaptureQueriesContext(connection) as one:
        client.get(ADDRESS)
    opened(agency, "Dua")
    opened(agency, "Tiga", "Nama yang sangat panjang sekali " * 5)
    with CaptureQueriesContext(connection) as three:
        client.get(ADDRESS)
    assert len(seen(client)) == 3
    assert len(one) == len(three) <= 6


def test_many_are_on_several_pages(client: Client, agency: Organisation) -> None:
    part = opened(agency, "Festival 00")
    slot = Slot.objects.get(part=part)
    for number in range(1, 27):
        edition = brought_to(
            make_edition(agency, event=make_event(agency, f"Festival {number:02d}"), first=slot.day), Stage.PUBLISHED
        )
        make_part(edition)
    first, second = seen(client), seen(client, page="2")
    assert (len(first), len(second)) == (24, 3)
    assert not set(first) & set(second)
    assert len(client.get("/").context["editions"]) == 6

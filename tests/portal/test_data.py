"""Open data: only what is meant for everybody and approved by a head, with its metadata, as a page, CSV and JSON."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from enggang.access.enums import Role
from enggang.core.actor import SYSTEM
from enggang.indicators.domain.measuring import approve_value, verify_value
from enggang.indicators.models import Indicator, Measurement
from enggang.places.enums import RegionLevel
from enggang.places.models import Organisation, Region
from tests.indicators.factories import make_indicator, measure
from tests.training.factories import make_actor, make_agency

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Organisation:
    return make_agency()


@pytest.fixture
def visits(agency: Organisation) -> Indicator:
    return make_indicator(agency, is_public=True, by_region=True)


def approved(row: Indicator, value: Any, **facts: Any) -> Measurement:
    entered = measure(row, value, actor=make_actor(Role.COORDINATOR, row.organisation), **facts)
    verify_value(measurement=entered, actor=SYSTEM)
    return approve_value(measurement=entered, actor=make_actor(Role.LEADER, row.organisation))


def text(address: str) -> str:
    return str(Client().get(address).content.decode())


def test_only_what_a_head_has_approved_is_read(visits: Indicator) -> None:
    approved(visits, 8990, on=date(2026, 1, 5))
    measure(visits, 777_777, on=date(2026, 2, 5))
    for address in ("/data/", f"/data/{visits.code}/", f"/data/{visits.code}.csv", f"/data/{visits.code}.json"):
        assert "8" in text(address)
        assert "777" not in text(address), address


def test_what_is_not_meant_for_everybody_or_a_draft_is_not_found(agency: Organisation) -> None:
    inside = make_indicator(agency, "Rahasia")
    draft = make_indicator(agency, "Rancangan", draft=True, is_public=True)
    for row in (inside, draft):
        assert row.name not in text("/data/")
        assert row.name not in text("/data/katalog.json")
        for address in (f"/data/{row.code}/", f"/data/{row.code}.csv", f"/data/{row.code}.json"):
            assert Client().get(address).status_code == 404
    assert Client().get("/data/TIDAKADA1/").status_code == 404


def test_files_carry_codes_ranges_and_metadata(visits: Indicator) -> None:
    region = Region.objects.create(code="61.72", name="Kota Singkawang", level=RegionLevel.REGENCY)
    approved(visits, 5, region=region, low=Decimal(4), high=Decimal(6), on=date(2026, 1, 5))
    approved(visits, None, note="Belum terbit", on=date(2026, 2, 5))
    rows = list(csv.DictReader(io.StringIO(text(f"/data/{visits.code}.csv").lstrip("\ufeff"))))
    by_region = {row["region_code"]: row for row in rows}
    assert (by_region["61.72"]["value"], by_region["61.72"]["low"], by_region["61.72"]["high"]) == ("5.0", "4.0", "6.0")
    assert (by_region[""]["value"], by_region[""]["note"]) == ("", "Belum terbit")
    facts = json.loads(text(f"/data/{visits.code}.json"))
    assert facts["definition"] == "Orang yang datang."
    assert set(facts["columns"]) == set(facts["values"][0])
    assert {each["value"] for each in facts["values"]} == {5.0, None}


def test_a_page_tells_search_engines_where_the_files_are(visits: Indicator) -> None:
    page = text(f"/data/{visits.code}/")
    assert '"@type": "Dataset"' in page
    assert f"/data/{visits.code}.csv" in page


def test_search_engines_find_it_in_the_language_it_is_written_in(visits: Indicator) -> None:
    assert f"/data/{visits.code}/" in text("/peta-situs-id.xml")
    assert f"/data/{visits.code}/" not in text("/peta-situs-en.xml")


def test_the_dictionary_speaks_the_language_of_the_page(visits: Indicator) -> None:
    assert "hari pertama periode" in text(f"/data/{visits.code}/")
    assert "first day of the period" in text(f"/en/data/{visits.code}/")
    assert json.loads(text("/data/katalog.json"))["columns"]["unit"] == "satuan nilainya"


def test_no_cookie_and_anybody_may_read_the_files(visits: Indicator) -> None:
    approved(visits, 5)
    for address in ("/data/", f"/data/{visits.code}/", f"/data/{visits.code}.json"):
        assert not Client().get(address).cookies
    assert Client().get(f"/data/{visits.code}.json")["Access-Control-Allow-Origin"] == "*"


def test_the_list_asks_as_often_for_three_as_for_one(agency: Organisation, visits: Indicator) -> None:
    approved(visits, 5)
    counts = [_queries()]
    for number in range(2):
        approved(make_indicator(agency, f"Lain {number}", is_public=True), 5)
    counts.append(_queries())
    assert counts[0] == counts[1]


def _queries() -> int:
    with CaptureQueriesContext(connection) as asked:
        assert Client().get("/data/").status_code == 200
    return len(asked)

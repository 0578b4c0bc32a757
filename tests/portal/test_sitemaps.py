"""Maps of the site beyond what one file holds."""

from __future__ import annotations

import re
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from enggang.places.models import Organisation
from enggang.portal.views import sitemaps
from tests.events.factories import make_region
from tests.portal.showing import in_all_languages, page_at, show_festival
from tests.stories_app.test_destinations import make_destination, publish
from tests.training.factories import make_agency

pytestmark = pytest.mark.django_db
LOC = re.compile(r"<loc>(.*?)</loc>")


@pytest.fixture
def agency() -> Organisation:
    return make_agency()


def paths(text: str) -> list[str]:
    ET.fromstring(text)  # noqa: S314 -- our own
    return [urlsplit(href).path for href in LOC.findall(text)]


def test_a_large_map_comes_in_parts_that_hold_each_page_once(
    agency: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemaps, "EACH", 3)
    region = make_region()
    shown = [page_at(show_festival(agency, f"Festival {number}").event) for number in range(4)]
    places = [publish(make_destination(agency, region, f"Danau {number}")) for number in range(3)]
    shown += [*(f"/destinasi/{place.slug}/" for place in places), f"/lembaga/{agency.code}/"]
    index = paths(Client().get("/peta-situs.xml").text)
    parts = [path for path in index if "-id" in path]
    assert parts == ["/peta-situs-id.xml", "/peta-situs-id-2.xml", "/peta-situs-id-3.xml"]
    assert len(index) == 6  # in the other languages there is the agency alone
    found: list[str] = []
    for part in parts:
        with CaptureQueriesContext(connection) as queries:
            found += paths(Client().get(part).text)
        assert len(queries) <= 20
    assert len(found) == len(set(found)) == len(shown) + len(sitemaps.LISTS) + 1
    assert set(shown) <= set(found)


def test_a_part_that_is_not_there_is_not_made_up(agency: Organisation) -> None:
    in_all_languages(show_festival(agency).event)
    for address in ("id-2", "id-9999", "en-2", "id-0", "xx"):
        assert Client().get(f"/peta-situs-{address}.xml").status_code == 404
    assert "/zh/agenda/" in Client().get("/peta-situs-zh.xml").text

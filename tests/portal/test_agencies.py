"""The page of an agency: what visitors may read of it, and no page where there is nothing."""

from __future__ import annotations

import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from enggang.places.models import Organisation
from tests.events.factories import make_region
from tests.portal.showing import show_festival
from tests.stories_app.test_destinations import make_destination, publish
from tests.stories_app.test_stories import release, tell
from tests.training.factories import make_agency

pytestmark = pytest.mark.django_db
LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture
def agency() -> Organisation:
    return make_agency()


def test_it_shows_what_is_public_and_nothing_else(agency: Organisation) -> None:
    other = make_agency("Dinas lain")
    show_festival(agency)
    show_festival(other, "Festival Asing")
    publish(make_destination(agency, make_region()))
    release(tell(agency))
    tell(agency, "Kisah yang masih draf")
    said = Client().get(f"/lembaga/{agency.code}/").text
    for part in ("Festival Danau", "Madu dari danau", "/destinasi/"):
        assert part in said, part
    for part in ("Festival Asing", "masih draf"):
        assert part not in said, part
    assert json.loads(LD.findall(said)[0])[0]["@type"] == "GovernmentOrganization"
    assert f"/lembaga/{agency.code}/" in Client().get("/lembaga/").text
    assert f"/en/lembaga/{agency.code}/" in Client().get("/peta-situs-en.xml").text


@pytest.mark.parametrize("code", ["ABCDEFGHJKMN", "kecil", "x" * 400])
def test_without_anything_public_there_is_no_page(agency: Organisation, code: str) -> None:
    assert Client().get(f"/lembaga/{code}/").status_code == 404
    assert Client().get(f"/lembaga/{agency.code}/").status_code == 404
    assert agency.name not in Client().get("/lembaga/").text


def test_pages_that_lead_to_it(agency: Organisation) -> None:
    place = publish(make_destination(agency, make_region()))
    story = release(tell(agency))
    for page in (f"/destinasi/{place.slug}/", f"/kisah/{story.slug}/"):
        assert f"/lembaga/{agency.code}/" in Client().get(page).text


def test_the_list_asks_as_often_for_three_as_for_one(agency: Organisation) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as questions:
            assert Client().get("/lembaga/").status_code == 200
        return len(questions)

    release(tell(agency))
    one = asked()
    for name in ("Dinas dua", "Dinas tiga"):
        release(tell(make_agency(name)))
    assert asked() == one

"""Innovations as the public reads them: found, listed, shown with who copied them, and nothing that is not shown."""

from __future__ import annotations

import json
import re

import pytest
from django.conf import settings as given
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.innovation.domain.innovations import change_innovation, publish_innovation, unpublish_innovation
from enggang.innovation.domain.replications import note_copy, note_replication
from enggang.innovation.enums import Stage
from enggang.innovation.models import Innovation
from enggang.places.models import Organisation
from enggang.portal import caching
from tests.innovation.factories import bring, make_innovation
from tests.training.factories import make_agency

pytestmark = pytest.mark.django_db
PAPER = (b"%PDF-1.7", "surat.pdf")
LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture
def agency() -> Organisation:
    return make_agency()


def in_use(agency: Organisation, title: str = "Antrean daring museum") -> Innovation:
    row = bring(make_innovation(agency, title), Stage.ADOPTED)
    return change_innovation(
        innovation=row, version=row.version, benefits="Cepat.", results="Antre 12 menit.", actor=SYSTEM
    )


def shown(agency: Organisation, title: str = "Antrean daring museum") -> Innovation:
    return publish_innovation(innovation=in_use(agency, title), actor=SYSTEM)


def test_whoever_finds_one_gets_to_its_page(agency: Organisation) -> None:
    row = shown(agency)
    answer = Client().get(f"/inovasi/{row.code}/", follow=True)  # where the search of all leads
    assert answer.redirect_chain[0][0] == f"/inovasi-daerah/{row.code}/"
    said = answer.text
    for part in ("Pengunjung antre dua jam.", "Nomor antrean", "Cepat.", "Antre 12 menit.", str(agency)):
        assert part in said, part
    assert row.owner is not None
    assert row.owner.name not in said
    facts, crumbs = json.loads(LD.findall(said)[0])
    assert (facts["@type"], facts["headline"], facts["inLanguage"]) == ("Article", row.title, "id")
    assert crumbs["itemListElement"][0]["item"].endswith("/inovasi-daerah/")


def test_it_stands_where_visitors_look(agency: Organisation) -> None:
    row = shown(agency)
    page = f"/inovasi-daerah/{row.code}/"
    assert page in Client().get("/inovasi-daerah/").text
    assert page in Client().get(f"/lembaga/{agency.code}/").text
    assert page in Client().get("/telusur/", {"cari": "antrean museum"}).text
    assert page in Client().get("/peta-situs-id.xml").text
    assert page not in Client().get("/peta-situs-en.xml").text  # it is written in Indonesian alone
    for prefix in ("", "/en", "/ms", "/zh"):
        assert f'href="{prefix}/inovasi-daerah/"' in Client().get(f"{prefix}/").text
        assert f"{prefix}{page}" in Client().get(f"{prefix}/inovasi-daerah/").text
    assert f'rel="canonical" href="{given.PUBLIC_URL}{page}"' in Client().get(f"/zh{page}").text


def test_what_is_not_shown_is_nowhere(agency: Organisation) -> None:
    row = in_use(agency)
    assert Client().get(f"/inovasi-daerah/{row.code}/").status_code == 404
    for page in ("/inovasi-daerah/", "/peta-situs-id.xml", "/telusur/?cari=antrean"):
        assert row.code not in Client().get(page).text


@pytest.mark.parametrize("code", ["ABCDEFGHJKMN", "kecil", "x" * 400])
def test_another_code_is_a_page_that_is_not_there(agency: Organisation, code: str) -> None:
    assert Client().get(f"/inovasi-daerah/{code}/").status_code == 404


def test_who_copied_it_is_told_with_a_proof_alone(agency: Organisation) -> None:
    row, today = shown(agency), clock.today()
    note_replication(
        innovation=row, on=today, copy_name="Pemkot Contoh", contact="Ibu Rahasia", paper=PAPER, actor=SYSTEM
    )
    note_replication(innovation=row, on=today, copy_name="Desa tanpa bukti", actor=SYSTEM)
    said = Client().get(f"/inovasi-daerah/{row.code}/").text
    assert "Pemkot Contoh" in said
    for part in ("Desa tanpa bukti", "Ibu Rahasia"):
        assert part not in said, part


def test_the_other_end_is_told_as_far_as_it_is_public(agency: Organisation) -> None:
    other = make_agency("Dinas Peniru")
    row, copy = shown(agency), in_use(other, "Antrean pustaka")
    note_copy(origin=row, copy=copy, actor=SYSTEM)
    publish_innovation(innovation=copy, actor=SYSTEM)
    said = Client().get(f"/inovasi-daerah/{copy.code}/").text
    assert f"/inovasi-daerah/{row.code}/" in said
    unpublish_innovation(innovation=row, actor=SYSTEM)
    said = Client().get(f"/inovasi-daerah/{copy.code}/").text
    assert row.title not in said
    assert str(agency) in said


def test_shown_and_withdrawn_it_is_so_at_once(agency: Organisation, settings: object) -> None:
    settings.KEEP_PUBLIC_PAGES = True  # type: ignore[attr-defined]
    caches["public"].clear()
    caching.forget()
    row = in_use(agency)
    assert row.code not in Client().get("/inovasi-daerah/").text
    for act, stands in ((publish_innovation, True), (unpublish_innovation, False)):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("django.db.transaction.on_commit", lambda told: told())
            act(innovation=row, actor=SYSTEM)
        assert (row.code in Client().get("/inovasi-daerah/").text) is stands
    caches["public"].clear()


def test_the_list_asks_as_often_for_three_as_for_one(agency: Organisation) -> None:
    asked: list[int] = []
    for titles in (("Satu",), ("Dua", "Tiga")):
        for title in titles:
            shown(agency, title)
        with CaptureQueriesContext(connection) as queries:
            Client().get("/inovasi-daerah/")
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 4

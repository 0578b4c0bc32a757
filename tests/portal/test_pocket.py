"""What a phone keeps, and what a page weighs: manifest, worker, journey; budgets that fail the build."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from enggang.events.models import Edition
from tests.events.factories import make_region
from tests.portal.public_pages import addresses, crowd, fill_pages
from tests.portal.showing import page_at
from tests.stories_app.test_destinations import make_destination, publish
from tests.training.factories import make_agency

pytestmark = pytest.mark.django_db
HTML, FIRST_VIEW, SCRIPTS = 40_000, 250_000, 30_000  # bytes, compressed
PART = re.compile(r'<(?:link rel="(?:stylesheet|preload)"|script type="module"|img)[^>]*?(?:href|src)="([^"]+)"')
FOREIGN = re.compile(
    r'<(?:link rel="(?:stylesheet|preload|icon|manifest)"|script|img|source|iframe|video)[^>]*(?:href|src|srcset)="(?:https?:)?//'
)


@pytest.fixture
def festival(db: None) -> Edition:
    return fill_pages()


def weight(path: str) -> int:
    """What a static file weighs as it is sent."""
    found = finders.find(path.removeprefix("/static/"))
    assert found, path
    content = Path(found).read_bytes()
    return len(content) if path.endswith((".woff2", ".png")) else len(gzip.compress(content, 6))


def test_pages_keep_to_their_budgets_and_ask_nobody_else(festival: Edition) -> None:
    for page in addresses(festival):
        answer = Client().get(page, headers={"accept-encoding": "gzip"})
        assert answer.status_code == 200, page
        assert len(answer.content) <= HTML, page
        said = gzip.decompress(answer.content).decode()
        parts = {part.partition("#")[0] for part in PART.findall(said)} | {"/static/core/icons.svg"}
        static = {part: weight(part) for part in parts if part.startswith("/static/")}
        assert sum(size for part, size in static.items() if part.endswith(".js")) <= SCRIPTS, page
        assert len(answer.content) + sum(static.values()) <= FIRST_VIEW - 100_000, page  # the rest is for pictures
        assert not FOREIGN.findall(said), page
        assert not answer.cookies
        assert "<style" not in said
        assert ' style="' not in said


def test_long_lists_keep_to_their_budget(festival: Edition) -> None:
    crowd(festival, 500)
    asked = (
        "/",
        "/agenda/",
        "/agenda/?tampilan=bulan",
        "/agenda/?tampilan=peta",
        "/telusur/?cari=festival",
        "/telusur/?cari=festival&jenis=acara",
    )
    for page in [f"{prefix}{page}" for prefix in ("", "/zh") for page in asked]:
        answer = Client().get(page, headers={"accept-encoding": "gzip"})
        assert len(answer.content) <= HTML, page
    month = Client().get("/agenda/", {"tampilan": "bulan", "kapan": f"{festival.starts_on:%Y-%m}"}).context["month"]
    day = next(day for week in month.weeks for day in week if day.day == festival.starts_on)
    assert day.count >= 501
    assert len(day.entries) == 3
    assert day.more == day.count - 3


@pytest.mark.parametrize(("prefix", "told"), [("", "1.000+"), ("/en", "1,000+"), ("/zh", "1000+")])
def test_counts_beyond_a_thousand_are_not_counted_on(festival: Edition, prefix: str, told: str) -> None:
    crowd(festival, 1_001)
    answer = Client().get(f"{prefix}/agenda/")
    assert told in answer.content.decode()
    assert answer.context["page"].paginator.num_pages == 42
    assert told in Client().get(f"{prefix}/telusur/", {"cari": "nomor"}).content.decode()
    last = Client().get(f"{prefix}/agenda/", {"hal": "42"})
    assert len(last.context["faces"]) == 16
    assert last.context["page"].paginator.is_cut
    assert Client().get(f"{prefix}/agenda/", {"hal": "999999"}).context["page"].number == 42


def test_every_reading_page_is_whole_without_a_script(festival: Edition) -> None:
    said = Client().get(page_at(festival.event, "zh")).content.decode()
    body = re.sub(r"<script.*?</script>", "", said, flags=re.DOTALL)
    for text in ("湖泊节", "三天的船", "加入日历", f'datetime="{festival.starts_on}"', "kalender.ics", "CC BY 4.0"):
        assert text in body, text


def test_mandarin_pages_have_mandarin_words_and_no_others(festival: Edition) -> None:
    for page in (
        "/zh/",
        "/zh/agenda/",
        page_at(festival.event, "zh"),
        "/zh/destinasi/",
        "/zh/kisah/",
        "/zh/perjalanan/",
    ):
        said = Client().get(page).content.decode()
        assert '<html lang="zh-hans"' in said
        assert "首页" in said
        assert "Front page" not in said
        assert "Halaman depan" not in said
    assert "年" in Client().get(page_at(festival.event, "zh")).context["when"]


@pytest.mark.parametrize(
    ("language", "words"), [("ms", ("Cari dan tapis", "Pertandingan")), ("zh", ("搜索与筛选", "比赛"))]
)
def test_the_gallery_speaks_the_language_of_its_address(
    festival: Edition, language: str, words: tuple[str, ...]
) -> None:
    for page in ("", "koleksi/", "lomba/", "peta/"):
        said = Client().get(f"/{language}/galeri/{page}").content.decode()
        for other in ("Cari dan saring", "Lomba", "Jumlah karya tiap", "Belum ada lomba"):
            assert other not in said, page
    said = Client().get(f"/{language}/galeri/").content.decode()
    assert all(each in said for each in words)


def test_a_month_is_written_as_its_language_writes_it(festival: Edition) -> None:
    month = festival.starts_on
    assert month is not None
    said = Client().get(f"/zh/agenda/?tampilan=bulan&kapan={month:%Y-%m}").content.decode()
    assert f"<h2>{month.year}年{month.month}月</h2>" in said


@pytest.mark.parametrize(
    ("prefix", "words"),
    [
        ("", "Halaman ini tidak ada"),
        ("/en", "This page is not here"),
        ("/ms", "Halaman ini tiada"),
        ("/zh", "此页面不存在"),
    ],
)
def test_what_is_not_there_is_told_in_the_language_of_the_address(db: None, prefix: str, words: str) -> None:
    answer = Client(headers={"accept-language": "fr"}).get(f"{prefix}/kisah/tidak-ada/")
    assert (answer.status_code, answer.cookies) == (404, {})
    said = answer.content.decode()
    assert words in said
    assert f'href="{prefix}/"' in said
    assert "/akun/masuk/" not in said


@pytest.mark.parametrize(("prefix", "words"), [("/en", "This page is not here"), ("/zh", "此页面不存在")])
def test_an_address_that_never_was_answers_in_the_language_of_its_prefix(db: None, prefix: str, words: str) -> None:
    answer = Client(headers={"accept-language": "id"}).get(f"{prefix}/tidak/pernah/ada/")
    said = answer.content.decode()
    assert (answer.status_code, answer.cookies, answer["Content-Language"]) == (404, {}, prefix[1:])
    assert words in said
    assert f'href="{prefix}/"' in said
    assert 'href="/ms/"' in said  # the language stands in the address: nothing is to be pressed that changes nothing
    assert "/akun/masuk/" not in said


@pytest.mark.parametrize("prefix", ["", "/en", "/ms", "/zh"])
def test_it_can_be_installed(prefix: str) -> None:
    answer = Client().get(f"{prefix}/manifest.webmanifest")
    facts: dict[str, Any] = json.loads(answer.content)
    assert answer["Content-Type"] == "application/manifest+json"
    assert facts["start_url"] == f"{prefix}/"
    assert {icon["sizes"] for icon in facts["icons"]} >= {"192x192", "512x512"}
    assert "manifest.webmanifest" in Client().get(f"{prefix}/").content.decode()


def test_the_worker_is_a_script_of_ours() -> None:
    answer = Client().get("/pengunjung.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert '"/tanpa-sambungan/"' in answer.content.decode()
    assert Client().get("/tanpa-sambungan/").status_code == 200


def test_a_journey_travels_in_its_address(festival: Edition) -> None:
    place = publish(make_destination(make_agency("Lain"), make_region(), "Bukit Contoh"))
    answer = Client().get("/en/perjalanan/", {"isi": f"{festival.event.code}.{place.code}.TIDAKADA.{festival.code}"})
    said = answer.content.decode()
    assert "Lake Festival" in said
    assert "Bukit Contoh" in said
    assert 'content="noindex"' in said
    assert answer.context["is_empty"] is False


@pytest.mark.parametrize("asked", ["", "x", "." * 500, "'\x00<b>", "A" * 5_000])
def test_a_journey_of_nonsense_is_an_empty_one(asked: str) -> None:
    answer = Client().get("/perjalanan/", {"isi": asked})
    assert answer.status_code == 200
    assert answer.context["is_empty"] is True


def test_nobody_reads_a_journey_to_what_is_not_public(db: None) -> None:
    draft = make_destination(make_agency(), make_region())
    assert Client().get("/perjalanan/", {"isi": draft.code}).context["is_empty"] is True

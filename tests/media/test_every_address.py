"""A photo and a film of a phone, published; then every address that a visitor can come to from any public page is fetched.

None tells where or with what they were taken, and none answers any more once the consent of the person in them is withdrawn.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from django.test import Client
from django.urls import reverse

from enggang.core import jobs
from enggang.core.actor import SYSTEM
from enggang.media.domain.captions import keep_captions
from enggang.media.domain.collections import collect, keep_collection, show_collection
from enggang.media.domain.consents import withdraw_consent
from enggang.media.domain.cuts import ask_cut
from enggang.media.domain.publishing import publish_asset
from enggang.media.models import Asset, Collection, Consent
from enggang.media.webvtt import Cue
from tests.media.factories import bring, photo
from tests.media.rights import accepted, consent_of, fresh, in_order, shows
from tests.media.test_videos import film
from tests.training.factories import make_agency, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.once]
# What stands in the files that were brought: the place, the camera, its number, its owner's words, the name of the file.
TOLD = (b"109.33", b"109;20", b"SERIAL-12345", b"Kamera X1", b"Pendekar", b"IMG_RAHASIA", b"VID_RAHASIA")
SITE = "http://localhost:8000"
ADDRESS = re.compile(r"""(?:https?://localhost:8000)?(/(?:galeri|embed|media)/[\w./-]+)""")
PART = re.compile(r"""(\w+\.(?:m3u8|m4s))""")


@dataclass
class Answer:
    status: int
    content: bytes
    headers: str


@dataclass
class House:
    works: list[Asset]
    consent: Consent
    collection: Collection


@pytest.fixture
def house(settings: Any) -> House:
    settings.PUBLIC_URL = SITE
    agency = make_agency()
    consent = consent_of(agency)
    brought = [
        bring(agency, SYSTEM, photo(width=1600, height=1200), "IMG_RAHASIA.jpg").asset,
        bring(agency, SYSTEM, film(seconds=2), "VID_RAHASIA.mp4").asset,
    ]
    works = [_published(asset, consent, make_person(agency)) for asset in brought if asset]
    jobs.run_pending()
    keep_captions(asset=works[1], language="id", cues=[Cue(0, 900, "Sampan")], version=0, actor=SYSTEM)
    for kind in ("vertical", "whatsapp"):
        ask_cut(asset=fresh(works[1]), kind=kind, actor=SYSTEM)
    jobs.run_pending()
    row = keep_collection(organisation=agency, texts={"id": ("Kapuas", "Cerita")}, kind="theme", actor=SYSTEM)
    collect(collection=row, assets=works, actor=SYSTEM)
    return House([fresh(asset) for asset in works], consent, show_collection(collection=row, shown=True, actor=SYSTEM))


def _published(asset: Asset, consent: Consent, author: Any) -> Asset:
    Asset.objects.filter(pk=asset.pk).update(title="Sampan di Kapuas", author=author)
    ready = accepted(in_order(shows(fresh(asset), consent), people="some"))
    return fresh(publish_asset(asset=ready, actor=SYSTEM))


def first_pages(house: House) -> list[str]:
    """Where a visitor begins, and what other programs ask for."""
    oembed = [f"{reverse('gallery:oembed')}?url={SITE}/galeri/{asset.code}/" for asset in house.works]
    names = ("list", "map", "feed", "sitemap", "collections")
    pages = ["/", *(reverse(f"gallery:{name}") for name in names), *oembed]
    return [*pages, reverse("gallery:collection", args=[house.collection.code])]


def walked(client: Client, house: House) -> dict[str, Answer]:
    """Every page, file and download of the works, by its address."""
    found: dict[str, Answer] = {}
    waiting = first_pages(house)
    while waiting:
        url = waiting.pop()
        if url not in found:
            found[url] = fetched(client.get(url))
            waiting += [other for other in _linked(url, found[url].content) if _is_theirs(other, house)]
    for asset in house.works:
        for row in asset.renditions.all():
            sent = client.post(reverse("gallery:download", args=[asset.code]), {"size": f"{row.kind}.{row.format}"})
            found[f"download {asset.kind} {row.kind}.{row.format}"] = fetched(sent)
    return found


def fetched(answer: Any) -> Answer:
    return Answer(answer.status_code, bytes(answer.getvalue()), str(answer.headers))


def _linked(url: str, content: bytes) -> list[str]:
    if b"\0" in content[:2000]:
        return []
    text = html.unescape(content.decode("utf-8", "replace"))
    parts = PART.findall(text) if text.startswith("#EXTM3U") else []
    return [each for each in ADDRESS.findall(text) if not each.endswith("/unduh/")] + [
        urljoin(url, name) for name in parts
    ]


def _is_theirs(url: str, house: House) -> bool:
    return any(asset.code in url for asset in house.works)


def test_none_tells_where_or_with_what_it_was_taken_and_none_lives_longer_than_a_minute_in_a_cache(
    client: Client, house: House, tmp_path: Path
) -> None:
    found = walked(client, house)
    assert {url: each.status for url, each in found.items() if each.status != 200} == {}
    photo_code, film_code = (asset.code for asset in house.works)
    kinds = {url.rpartition("/")[2] for url in found}
    assert {"small.jpeg", "medium.webp", "large.jpeg", "large.avif", "card.jpeg", "video.mp4", "hls.m3u8"} <= kinds
    assert {"hls240.m4s", "hls480.m3u8", "teks-id.vtt"} <= kinds
    assert {f"/galeri/{photo_code}/", f"/embed/{film_code}/"} <= set(found)
    assert {"download video whatsapp.mp4", "download photo square.jpeg", "download video vertical.mp4"} <= set(found)
    for url, each in found.items():
        assert [word for word in TOLD if word in each.content or word.decode() in each.headers] == [], url
        ages = [int(age) for age in re.findall(r"(?:max-age|s-maxage)=(\d+)", each.headers)]
        assert all(age <= 60 for age in ages), url
        assert ages or "no-store" in each.headers, url
    tool = shutil.which("exiftool")
    for number, (url, each) in enumerate(found.items()):
        if tool and (b"\0" in each.content[:2000]):
            assert _asked(tool, tmp_path / str(number), each.content) == [], url


def _asked(tool: str, path: Path, content: bytes) -> list[str]:
    """Names of what exiftool finds that a camera or a receiver wrote."""
    path.write_bytes(content)
    words = ["-gps*", "-*serial*", "-make", "-model", "-location*", "-*coordinates*", "-datetimeoriginal", "-owner*"]
    done = subprocess.run([tool, "-json", "-a", "-ee", *words, str(path)], capture_output=True, check=False)
    told: list[dict[str, Any]] = json.loads(done.stdout or b"[{}]")
    return sorted(set(told[0]) - {"SourceFile"})


def test_every_file_that_is_fetched_says_whose_it_is_and_films_stay_films(
    client: Client, house: House, tmp_path: Path
) -> None:
    tool = shutil.which("exiftool")
    for asset in house.works:
        for row in asset.renditions.filter(format__in=["jpeg", "webp", "mp4"]):
            url = reverse("gallery:download", args=[asset.code])
            sent = fetched(client.post(url, {"size": f"{row.kind}.{row.format}"}))
            assert b"<photoshop:Credit>Ibu Contoh" in sent.content, row.kind
            if tool and row.format == "mp4":
                path = tmp_path / f"{row.kind}.mp4"
                path.write_bytes(sent.content)
                asked = [tool, "-json", "-n", "-credit", "-webstatement", "-duration", str(path)]
                told = json.loads(subprocess.run(asked, capture_output=True, check=True).stdout)[0]
                assert told["Credit"].startswith("Ibu Contoh")
                assert told["WebStatement"] == "https://creativecommons.org/licenses/by/4.0/"
                assert 1 < told["Duration"] < 3


def test_none_answers_once_the_consent_is_withdrawn(client: Client, house: House) -> None:
    found = walked(client, house)
    withdraw_consent(consent=house.consent, actor=SYSTEM)
    own = [url for url in found if _is_theirs(url, house)]
    assert len(own) > 25
    assert {url: status for url in own if (status := client.get(url).status_code) not in {404, 410}} == {}
    for asset in house.works:
        for row in asset.renditions.all():
            sent = client.post(reverse("gallery:download", args=[asset.code]), {"size": f"{row.kind}.{row.format}"})
            assert sent.status_code == 410
    for url in first_pages(house):
        if not _is_theirs(url, house):
            page = client.get(url).content.decode()
            assert not any(asset.code in page for asset in house.works), url

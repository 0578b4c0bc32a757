"""A film for everybody: streams where the browser reads them, one file elsewhere, and fewer lines on demand."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from enggang.core import clock
from enggang.media.enums import AssetKind
from enggang.media.models import Asset, Rendition
from enggang.places.models import Organisation
from tests.media.rights import fresh, published
from tests.training.factories import make_agency

pytestmark = pytest.mark.django_db


def shown_film(home: Organisation) -> Asset:
    """A published film with the rows of its renditions; the bytes are of no matter here."""
    asset = published(home)
    Asset.objects.filter(pk=asset.pk).update(kind=AssetKind.VIDEO, duration_ms=9000)
    for kind, form, lines in (
        ("video", "mp4", 720), ("hls", "m3u8", 720), ("hls720", "m4s", 720), ("hls480", "m4s", 480), ("hls240", "m4s", 240),
    ):  # fmt: skip
        Rendition.objects.create(
            asset=asset, kind=kind, format=form, width=lines * 16 // 9, height=lines, size=3, sha256=kind,
            made_at=clock.now(), content=asset.renditions.earliest("pk").content.name,
        )  # fmt: skip
    return fresh(asset)


def test_streams_come_first_and_the_one_file_stands_behind_them(client: Client) -> None:
    asset = shown_film(make_agency())
    page = client.get(reverse("gallery:work", args=[asset.code])).content.decode()
    page = page[page.index("<video") :]
    streams, whole = page.index("hls.m3u8"), page.index(f"{asset.code}/video.mp4")
    assert streams < whole
    assert 'type="application/vnd.apple.mpegurl"' in page
    assert "?garis=240" in page


def test_fewer_lines_on_demand_and_nonsense_is_passed_over(client: Client) -> None:
    asset = shown_film(make_agency())
    page = client.get(reverse("gallery:work", args=[asset.code]), {"garis": "240"}).content.decode()
    assert "hls240.m4s" in page
    assert "hls.m3u8" not in page
    for nonsense in ("1", "x", "../", "9" * 99, "hls240"):
        told = client.get(reverse("gallery:work", args=[asset.code]), {"garis": nonsense})
        assert "hls.m3u8" in told.content.decode()


def test_a_film_that_has_no_streams_yet_plays_from_its_file(client: Client) -> None:
    asset = shown_film(make_agency())
    asset.renditions.filter(kind__startswith="hls").delete()
    page = client.get(reverse("gallery:work", args=[asset.code])).content.decode()
    assert "m3u8" not in page
    assert "garis=" not in page
    assert f"{asset.code}/video.mp4" in page

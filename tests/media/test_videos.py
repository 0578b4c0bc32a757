"""Videos: taken in at once with a picture, made ready by slow work, and never a way into the server's own files."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from enggang.access.enums import Role
from enggang.core import jobs
from enggang.core.actor import Actor, load_user
from enggang.core.models import Job
from enggang.media.domain.videos import make_video
from enggang.media.enums import AssetKind, DeliveryState
from enggang.media.models import Asset
from enggang.media.workshop import video
from enggang.media.workshop.bench import POSTER, Workbench
from enggang.media.workshop.words import Unreadable, Why
from enggang.places.models import Organisation
from tests.media.factories import bring
from tests.places.factories import browser, organisation

pytestmark = pytest.mark.django_db
SECRET = "isi-rahasia-server"
SIZES = [("small", 480)]


@lru_cache
def film(form: str = "mp4", seconds: int = 2, size: str = "640x480", more: tuple[str, ...] = ()) -> bytes:
    with tempfile.TemporaryDirectory(prefix="enggang-film-") as folder:  # one of its own: several run at once
        path = Path(folder) / f"film.{form}"
        codec = (
            ["-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus"] if form == "webm" else ["-c:v", "libx264"]
        )
        subprocess.run(
            [
                video.ffmpeg(), "-v", "error", "-y", "-f", "lavfi", "-i", f"testsrc2=size={size}:rate=10:duration={seconds}",
                "-f", "lavfi", "-i", f"sine=440:duration={seconds}", "-metadata", "location=+00.0250+109.3333/",
                "-metadata", "creation_time=2026-05-01T03:20:30Z", "-metadata", "title=  Duration: 99:99:99 Pendekar",
                *codec, *more, str(path),
            ],
            check=True,
        )  # fmt: skip
        return path.read_bytes()


@pytest.fixture
def desk() -> tuple[Client, Organisation, Actor]:
    owner = organisation()
    client = browser((Role.ORGANISER, owner))
    return client, owner, load_user(int(client.session["_auth_user_id"]))


def test_a_video_comes_in_and_is_made_ready(desk: tuple[Client, Organisation, Actor]) -> None:
    client, owner, actor = desk
    asset = bring(owner, actor, film(), "Pawai.MP4").asset
    assert asset is not None
    assert (asset.kind, asset.width, asset.height) == (AssetKind.VIDEO, 640, 480)
    assert (asset.duration_ms, asset.taken_zone) == (2000, "+00:00")
    assert (float(asset.latitude or 0), float(asset.longitude or 0)) == (0.025, 109.3333)
    made = sorted(
        (row.kind, row.format) for row in asset.renditions.all() if row.kind not in {"large", "medium", "small"}
    )
    assert made == [
        ("hls", "m3u8"), ("hls240", "m3u8"), ("hls240", "m4s"), ("hls480", "m3u8"), ("hls480", "m4s"), ("video", "mp4"),
    ]  # fmt: skip
    job = Job.objects.get(name="media.make_video")
    assert (job.state, job.percent) == ("done", 100)
    page = client.get(reverse("media:asset", args=[asset.code])).content.decode()
    assert "<video" in page
    for row in asset.renditions.all():
        with row.content.open() as handle:
            content = handle.read()
        assert b"Pendekar" not in content
        assert b"109.33" not in content


def test_streams_are_read_in_parts_by_addresses_that_follow_each_other(
    desk: tuple[Client, Organisation, Actor],
) -> None:
    client, owner, actor = desk
    asset = bring(owner, actor, film(), "a.mp4").asset
    assert asset is not None

    def fetch(name: str, **headers: str) -> Any:
        kind, form = name.split(".")
        return client.get(reverse("media:rendition", args=[asset.code, kind, form]), headers=headers)

    master = fetch("hls.m3u8")
    assert master["Content-Type"] == "application/vnd.apple.mpegurl"
    names = re.findall(r"^(\w+\.m3u8)$", master.getvalue().decode(), re.MULTILINE)
    assert names == ["hls480.m3u8", "hls240.m3u8"]
    playlist = fetch(names[0]).getvalue().decode()
    first = re.search(r'URI="(\w+\.m4s)",BYTERANGE="(\d+)@0"', playlist)
    assert first
    part = fetch(first[1], Range=f"bytes=0-{int(first[2]) - 1}")
    assert (part.status_code, len(part.getvalue())) == (206, int(first[2]))
    assert part["Content-Range"].startswith("bytes 0-")
    assert fetch(first[1], Range="bytes=-5").getvalue() == fetch(first[1]).getvalue()[-5:]
    assert fetch(first[1], Range="bytes=999999999-").status_code == 416
    assert fetch(first[1], Range="bytes=x").status_code == 200


def test_upright_films_of_phones_and_other_containers(desk: tuple[Client, Organisation, Actor]) -> None:
    _client, owner, actor = desk
    for form, size in (("mov", "360x640"), ("webm", "320x240")):
        delivery = bring(owner, actor, film(form, 1, size), f"a.{form}")
        assert delivery.refusal == "", form
        assert delivery.asset is not None
        mp4 = delivery.asset.renditions.get(kind="video")
        assert f"{mp4.width}x{mp4.height}" == size


def test_making_it_twice_makes_nothing_new(desk: tuple[Client, Organisation, Actor]) -> None:
    _client, owner, actor = desk
    asset = bring(owner, actor, film(), "a.mp4").asset
    assert asset is not None
    before = sorted(asset.renditions.values_list("pk", flat=True))
    jobs.enqueue(make_video, actor=actor, asset_id=asset.pk)
    jobs.run_pending()
    assert sorted(asset.renditions.values_list("pk", flat=True)) == before
    asset.renditions.filter(kind="hls").delete()  # broken off after the first step
    jobs.enqueue(make_video, actor=actor, asset_id=asset.pk)
    jobs.run_pending()
    assert asset.renditions.filter(kind="hls").exists()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (lambda: b"\0\0\0\x18ftypisom" + b"\0" * 300, "rusak.mp4"),
        (lambda: film()[:4000], "terpotong.mp4"),
        (lambda: b"\x1a\x45\xdf\xa3\x93\x42\x82\x84webm" + b"\0" * 100, "rusak.webm"),
    ],
)
def test_damaged_videos_are_refused(
    desk: tuple[Client, Organisation, Actor], content: Callable[[], bytes], name: str
) -> None:
    delivery = bring(desk[1], desk[2], content(), name)
    assert (delivery.state, Asset.objects.count()) == (DeliveryState.REFUSED, 0)
    assert delivery.refusal


def test_films_that_are_too_long_or_too_large_are_refused_from_their_first_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "film.mp4").write_bytes(film())
    asked: dict[str, Any] = {
        "source": str(tmp_path / "film.mp4"),
        "media_type": "video/mp4",
        "folder": str(tmp_path),
        "sizes": SIZES,
    }
    for bound, value, why in (("LONGEST", 1, Why.TOO_LONG), ("MOST_PIXELS", 640 * 480 - 1, Why.TOO_MANY_PIXELS)):
        with monkeypatch.context() as narrow:
            narrow.setattr(video, bound, value)
            with pytest.raises(Unreadable) as told:
                video.make_poster(**asked)
        assert told.value.why == why
    assert not (tmp_path / "still.png").exists()


def test_the_newer_ffmpeg_and_imaging_library_are_taken_before_those_of_the_system() -> None:
    import imageio_ffmpeg
    import pyvips

    assert video.ffmpeg() == imageio_ffmpeg.get_ffmpeg_exe()
    assert (pyvips.version(0), pyvips.version(1)) >= (8, 18)


class TestPlaylists:
    """ffmpeg reads what a playlist names, if it is let: a file called film.mp4 may be one."""

    @pytest.fixture
    def secret(self, tmp_path: Path) -> Path:
        path = tmp_path / "rahasia.txt"
        path.write_text(SECRET)
        return path

    @pytest.mark.parametrize("media_type", ["video/mp4", "video/quicktime", "video/webm"])
    @pytest.mark.parametrize(
        "words",
        [
            "#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10.0,\nfile://{0}\n#EXT-X-ENDLIST\n",
            "#EXTM3U\n#EXTINF:10.0,\nconcat:{0}|file://{0}\n#EXT-X-ENDLIST\n",
            "#EXTM3U\n#EXTINF:10.0,\nhttp://127.0.0.1:9/x\n#EXT-X-ENDLIST\n",
            "ffconcat version 1.0\nfile '{0}'\n",
            "<?xml version='1.0'?><MPD><BaseURL>file://{0}</BaseURL></MPD>",
        ],
    )
    def test_a_playlist_called_a_film_is_not_followed(
        self, tmp_path: Path, secret: Path, media_type: str, words: str
    ) -> None:
        (tmp_path / "film.mp4").write_text(words.format(secret))
        bench = Workbench()
        try:
            with pytest.raises(Unreadable) as told:
                bench.ask(
                    "poster", POSTER, source=str(tmp_path / "film.mp4"), media_type=media_type, folder=str(tmp_path),
                    sizes=SIZES,
                )  # fmt: skip
        finally:
            bench.close()
        assert SECRET not in told.value.detail
        assert not list(tmp_path.glob("*.jpeg"))

    def test_every_call_of_ffmpeg_names_what_may_be_opened(self) -> None:
        for media_type in video.DEMUXERS:
            words = video.read_from("/x/-y", media_type)
            assert words[:2] == ["-protocol_whitelist", "file"]
            assert words[words.index("-format_whitelist") + 1] == words[words.index("-f") + 1]
            assert words[-1] == "file:/x/-y"
            assert "-max_streams" in words
        with pytest.raises(Unreadable):
            video.read_from("/x", "application/x-mpegurl")
        source = Path(video.__file__).read_text()
        assert source.count('"-i"') == 1

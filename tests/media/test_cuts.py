"""Cuts of a film: upright, for WhatsApp, with captions in the picture; asked for, shown as they go, made anew."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from enggang.access.enums import Role
from enggang.core import jobs
from enggang.core.actor import Actor, load_user
from enggang.core.acts import Conflict, NotAllowed
from enggang.core.models import Job
from enggang.media.domain import cuts
from enggang.media.domain.aiming import aim_asset
from enggang.media.domain.captions import drop_captions, keep_captions
from enggang.media.models import Asset
from enggang.media.webvtt import Cue
from enggang.media.workshop import cuts as workshop
from enggang.media.workshop import video
from enggang.media.workshop.bench import workbench
from enggang.media.workshop.words import Unreadable
from enggang.places.models import Organisation
from tests.media.factories import bare_asset, bring
from tests.media.test_videos import film
from tests.places.factories import actor as make_actor
from tests.places.factories import browser, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> tuple[Client, Organisation, Actor]:
    owner = organisation()
    client = browser((Role.ORGANISER, owner))
    return client, owner, load_user(int(client.session["_auth_user_id"]))


def brought(home: Organisation, actor: Actor, size: str = "640x360") -> Asset:
    asset = bring(home, actor, film(size=size), "Pawai.mp4").asset
    assert asset is not None
    return asset


def asked(asset: Asset, kind: str, actor: Actor) -> Asset:
    cuts.ask_cut(asset=asset, kind=kind, actor=actor)
    jobs.run_pending()
    return Asset.objects.get(pk=asset.pk)


def still(asset: Asset, kind: str, folder: Path) -> Image.Image:
    """The picture of a cut after half a second."""
    path = folder / f"{kind}.mp4"
    with asset.renditions.get(kind=kind).content.open("rb") as content:
        path.write_bytes(content.read())
    command = [
        video.ffmpeg(),
        "-v",
        "error",
        "-ss",
        "0.5",
        "-i",
        str(path),
        "-frames:v",
        "1",
        "-f",
        "image2pipe",
        "-c:v",
        "png",
        "-",
    ]
    return Image.open(io.BytesIO(subprocess.run(command, capture_output=True, check=True).stdout)).convert("RGB")


def test_upright_small_and_captioned(desk: tuple[Client, Organisation, Actor], tmp_path: Path) -> None:
    client, home, actor = desk
    asset = brought(home, actor)
    keep_captions(asset=asset, language="id", cues=[Cue(0, 2000, "Selamat datang {\\pos(0,0)} di Sambas")], actor=actor)
    for kind in ("vertical", "whatsapp", "captioned_id"):
        asked(asset, kind, actor)
    rows = {row.kind: row for row in asset.renditions.filter(format="mp4")}
    assert abs(rows["vertical"].width / rows["vertical"].height - 9 / 16) < 0.02
    assert rows["vertical"].height == 360
    assert rows["whatsapp"].size < cuts.WHATSAPP_BYTES
    assert (rows["captioned_id"].width, rows["captioned_id"].height) == (640, 360)
    plain, written = still(asset, "video", tmp_path), still(asset, "captioned_id", tmp_path)
    below, above = (100, 280, 540, 350), (100, 10, 540, 200)
    assert difference(plain.crop(below), written.crop(below)) > 4 * difference(plain.crop(above), written.crop(above))
    for row in rows.values():
        with row.content.open("rb") as content:
            told = content.read()
        assert b"Pendekar" not in told
        assert b"109.33" not in told
    page = client.get(reverse("media:asset", args=[asset.code])).content.decode()
    assert reverse("media:rendition", args=[asset.code, "whatsapp", "mp4"]) in page


def difference(one: Image.Image, other: Image.Image) -> float:
    pairs = zip(one.convert("L").tobytes(), other.convert("L").tobytes(), strict=True)
    return sum(abs(a - b) for a, b in pairs) / (one.width * one.height)


def test_the_focus_says_which_piece_of_a_film_stays_upright(
    desk: tuple[Client, Organisation, Actor], tmp_path: Path
) -> None:
    _client, home, actor = desk
    asset = brought(home, actor)
    asked(asset, "vertical", actor)
    middle = still(asset, "vertical", tmp_path)
    asset.refresh_from_db()
    aim_asset(asset=asset, version=asset.version, point=(0.0, 0.5), actor=actor)
    assert not asset.renditions.filter(kind="vertical").exists()  # it is made anew
    jobs.run_pending()
    assert difference(middle, still(asset, "vertical", tmp_path)) > 10


def test_changed_captions_are_burnt_in_anew_and_removed_ones_go(desk: tuple[Client, Organisation, Actor]) -> None:
    _client, home, actor = desk
    asset = brought(home, actor)
    keep_captions(asset=asset, language="en", cues=[Cue(0, 2000, "Welcome")], actor=actor)
    asked(asset, "captioned_en", actor)
    first = asset.renditions.get(kind="captioned_en").sha256
    keep_captions(asset=asset, language="en", cues=[Cue(0, 2000, "Something else")], actor=actor)
    jobs.run_pending()
    assert asset.renditions.get(kind="captioned_en").sha256 != first
    drop_captions(asset=asset, language="en", actor=actor)
    jobs.run_pending()
    assert not asset.renditions.filter(kind="captioned_en").exists()


def test_what_is_refused_and_to_whom(desk: tuple[Client, Organisation, Actor]) -> None:
    client, home, actor = desk
    asset = brought(home, actor)
    with pytest.raises(Conflict):  # no captions
        cuts.ask_cut(asset=asset, kind="captioned_id", actor=actor)
    for kind in ("hls", "large", "", "captioned_xx"):
        with pytest.raises(Conflict):
            cuts.ask_cut(asset=asset, kind=kind, actor=actor)
        if kind:
            assert client.post(reverse("media:cut_ask", args=[asset.code, kind])).status_code == 404
    with pytest.raises(Conflict):
        cuts.ask_cut(asset=bare_asset(home, seed=5), kind="whatsapp", actor=actor)
    with pytest.raises(NotAllowed):
        cuts.ask_cut(asset=asset, kind="whatsapp", actor=make_actor((Role.LEADER, home)))
    asset.duration_ms = (cuts.WHATSAPP_SECONDS + 1) * 1000
    with pytest.raises(Conflict):
        cuts.ask_cut(asset=asset, kind="whatsapp", actor=actor)
    cuts.ask_cut(asset=asset, kind="vertical", actor=actor)
    with pytest.raises(Conflict):  # pressed twice
        cuts.ask_cut(asset=asset, kind="vertical", actor=actor)
    assert Job.objects.filter(name="media.make_cut").count() == 1


def test_a_cut_that_was_given_up_says_so_and_can_be_asked_for_again(
    desk: tuple[Client, Organisation, Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, home, actor = desk
    asset = brought(home, actor)

    def broken(*_args: object, **_values: object) -> object:
        raise Unreadable("time", "")  # type: ignore[arg-type]

    monkeypatch.setattr(workbench, "ask", broken)
    asked(asset, "whatsapp", actor)
    page = client.get(reverse("media:asset", args=[asset.code]), headers={"Accept-Language": "en"}).content.decode()
    assert "Coba lagi" in page or "Try again" in page
    monkeypatch.undo()
    assert client.post(reverse("media:cut_ask", args=[asset.code, "whatsapp"])).status_code == 302
    jobs.run_pending()
    assert asset.renditions.filter(kind="whatsapp").exists()


def test_words_of_captions_give_no_orders_to_whoever_draws_them() -> None:
    text = workshop._subtitles([(0, 1000, "{\\fs200}a\\Nb\nc"), (61_000, 3_600_000, "x")], 640, 360)
    assert "Dialogue: 0:00:00.00,0:00:01.00,C,(/fs200)a/Nb\\Nc" in text
    assert "Dialogue: 0:01:01.00,1:00:00.00,C,x" in text


@pytest.mark.parametrize(("seconds", "side"), [(30, 720), (180, 480), (400, 360), (800, 240)])
def test_a_longer_film_has_fewer_lines_for_the_same_bytes(seconds: int, side: int) -> None:
    options = workshop._small(16_000_000, seconds * 1000)
    rate = int(options[options.index("-b:v") + 1])
    assert (rate + workshop.SOUND) * seconds / 8 < 16_000_000
    assert f"min({side}" in options[1]

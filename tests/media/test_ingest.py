"""What comes in: looked at in a child process, kept once, shown without what the camera wrote."""

from __future__ import annotations

import hashlib
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pillow_heif
import pytest
from PIL import Image

from enggang.access.enums import Role
from enggang.core import clock, jobs
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, NotAllowed
from enggang.files.domain.allowance import allowance_of
from enggang.files.models import StoredFile
from enggang.files.sniffing import sniff_head
from enggang.media.domain.handing_over import hand_over, media_ticket
from enggang.media.domain.ingest import ingest_delivery
from enggang.media.enums import AssetState, DeliveryState
from enggang.media.models import Asset, Delivery, Rendition
from enggang.media.workshop.exiftool import Exiftool, find_exiftool
from enggang.places.models import Organisation
from tests.media.factories import arrived, bring, photo, picture
from tests.places.factories import actor as make_actor
from tests.places.factories import organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> tuple[Organisation, Actor]:
    owner = organisation()
    return owner, make_actor((Role.ORGANISER, owner))


def test_a_photo_comes_in_with_its_facts_and_six_renditions(house: tuple[Organisation, Actor]) -> None:
    owner, actor = house
    delivery = bring(owner, actor, photo(width=3000, height=2000), "Pawai_Budaya.JPG")
    asset = delivery.asset
    assert delivery.state == DeliveryState.KEPT
    assert asset is not None
    assert (asset.title, asset.state, asset.width, asset.height) == ("Pawai Budaya", AssetState.DRAFT, 3000, 2000)
    assert (asset.camera, asset.taken_zone) == ("Kamera X1", "+07:00")
    assert asset.taken_at == datetime(2026, 5, 1, 3, 20, 30, tzinfo=UTC)
    assert (float(asset.latitude or 0), float(asset.longitude or 0)) == (-0.025, 109.333333)
    sizes = sorted((row.kind, row.format, row.width, row.height) for row in asset.renditions.all())
    assert sizes == [
        ("large", "jpeg", 2560, 1707), ("large", "webp", 2560, 1707), ("medium", "jpeg", 1280, 854),
        ("medium", "webp", 1280, 854), ("small", "jpeg", 480, 320), ("small", "webp", 480, 320),
    ]  # fmt: skip


def test_renditions_keep_the_colours_and_nothing_else(house: tuple[Organisation, Actor]) -> None:
    asset = bring(*house, photo(width=1000, height=700)).asset
    assert asset is not None
    for row in asset.renditions.all():
        content = row.content.read()
        image = Image.open(io.BytesIO(content))
        assert image.info.get("icc_profile")
        assert not dict(image.getexif())
        assert not {"xmp", "comment", "photoshop"} & set(image.info)
        assert b"SERIAL-12345" not in content
        assert b"Kamera" not in content


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_a_turned_photo_is_set_upright(house: tuple[Organisation, Actor], orientation: int) -> None:
    asset = bring(*house, photo(width=900, height=600, orientation=orientation)).asset
    assert asset is not None
    upright = (900, 600) if orientation == 3 else (600, 900)
    assert ((asset.width, asset.height), asset.orientation) == (upright, orientation)
    small = asset.renditions.get(kind="small", format="jpeg")
    assert (small.width > small.height) == (orientation == 3)


@pytest.mark.parametrize(("form", "ending"), [("PNG", "png"), ("WEBP", "webp"), ("TIFF", "tif"), ("AVIF", "avif")])
def test_every_format_that_is_taken(house: tuple[Organisation, Actor], form: str, ending: str) -> None:
    delivery = bring(*house, photo(form), f"foto.{ending}")
    assert delivery.refusal == ""
    assert delivery.asset is not None
    assert (delivery.asset.width, delivery.asset.renditions.count()) == (800, 6)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf", "image/avif"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "image/heic"),
        (b"\0\0\0\x14ftypmif1\0\0\0\0mif1avifavif", "image/heic"),  # what stands behind the box is no brand
        (b"\0\0\0\x14ftypXAVC\0\0\0\0", "video/mp4"),
        (b"\0\0\0\x08wide\0\0\0\0mdat", "video/quicktime"),
        (b"\0\0\0\x14ftypcrx \0\0\0\0", ""),
        (b"\0\0\0\x14ftyp", ""),
    ],
)
def test_what_phones_and_cameras_write_first(head: bytes, kind: str) -> None:
    assert sniff_head(head) == kind


def test_a_heic_of_a_phone(house: tuple[Organisation, Actor]) -> None:
    asset = bring(*house, heic(), "IMG_0001.HEIC").asset
    assert asset is not None
    assert (asset.width, asset.height, asset.renditions.count()) == (1200, 900, 6)


def test_a_small_picture_is_encoded_once_and_has_all_its_sizes(house: tuple[Organisation, Actor]) -> None:
    asset = bring(*house, photo(width=400, height=300)).asset
    assert asset is not None
    rows = {(row.kind, row.format): row for row in asset.renditions.all()}
    assert len(rows) == 6
    for form in ("jpeg", "webp"):
        assert len({rows[kind, form].sha256 for kind in ("large", "medium", "small")}) == 1
        assert len({str(rows[kind, form].content.name) for kind in ("large", "medium", "small")}) == 3


def test_a_picture_with_transparency_and_one_in_grey(house: tuple[Organisation, Actor]) -> None:
    for number, mode in enumerate(("RGBA", "LA", "L", "P", "I;16")):
        kept = io.BytesIO()
        picture(seed=number).convert("L" if mode == "I;16" else mode).convert(mode).save(kept, "PNG")
        assert bring(*house, kept.getvalue(), "a.png").asset is not None, mode
    kept = io.BytesIO()
    picture().convert("CMYK").save(kept, "JPEG")
    assert bring(*house, kept.getvalue(), "cetak.jpg").asset is not None


def test_the_same_file_is_kept_once_and_the_second_is_told_where(house: tuple[Organisation, Actor]) -> None:
    first, second = bring(*house, photo()), bring(*house, photo(), "salinan.jpg")
    assert (second.state, second.asset) == (DeliveryState.SAME, first.asset)
    assert Asset.objects.count() == 1
    assert second.upload is not None
    assert second.upload.file is not None
    assert StoredFile.objects.due(second.at.date().replace(year=2100)).filter(pk=second.upload.file.pk).exists()


def test_a_job_that_runs_twice_keeps_one(house: tuple[Organisation, Actor]) -> None:
    delivery = bring(*house, photo())
    jobs.enqueue(ingest_delivery, actor=house[1], delivery_id=delivery.pk)
    jobs.run_pending()
    assert (Asset.objects.count(), Rendition.objects.count()) == (1, 6)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"\xff\xd8\xff\xe0" + b"\0" * 500, "rusak.jpg"),
        (photo(width=1200, height=900)[:20_000], "terpotong.jpg"),
        (b"RIFF\x10\0\0\0WEBPVP8 " + b"\1" * 40, "rusak.webp"),
        (b"II*\0" + b"\xff" * 200, "rusak.tif"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 80, "rusak.heic"),
        (b"\0\0\0\x18ftypavif" + b"\0" * 80, "rusak.avif"),
    ],
)
def test_damaged_files_are_refused_with_a_sentence(
    house: tuple[Organisation, Actor], content: bytes, name: str
) -> None:
    delivery = bring(*house, content, name)
    assert (delivery.state, delivery.asset) == (DeliveryState.REFUSED, None)
    assert delivery.refusal
    assert Asset.objects.count() == Rendition.objects.count() == 0


def heic() -> bytes:
    kept = io.BytesIO()
    pillow_heif.from_pillow(picture(1200, 900)).save(kept)
    return kept.getvalue()


def garbled(content: bytes, begins: float = 0.5) -> bytes:
    """From there on other bytes, none of which is a marker; the end of the file is there."""
    first = int(len(content) * begins)
    noise = bytes(Random(4).randrange(255) for _ in range(len(content) - first - 2))
    return content[:first] + noise + content[-2:]


GRAINY: dict[str, Any] = {"width": 1600, "height": 1200}


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (garbled(photo(**GRAINY)), "garis-kacau.jpg"),
        (garbled(photo(**GRAINY), 0.9), "ujung-kacau.jpg"),
        (photo(**GRAINY)[:-400], "ekor-terpotong.jpg"),
        (photo("PNG", **GRAINY)[:-4000], "terpotong.png"),
        (photo("WEBP", **GRAINY)[:-400], "terpotong.webp"),
        (photo("AVIF", **GRAINY)[:-400], "terpotong.avif"),
        (heic()[:-400], "terpotong.heic"),
    ],
)
def test_a_picture_that_does_not_decode_whole_is_refused_while_the_camera_is_at_hand(
    house: tuple[Organisation, Actor], content: bytes, name: str
) -> None:
    delivery = bring(*house, content, name)
    assert (delivery.state, delivery.asset) == (DeliveryState.REFUSED, None)
    assert "dari kamera" in delivery.refusal or "from the camera" in delivery.refusal


def test_bytes_that_nobody_misses_do_no_harm(house: tuple[Organisation, Actor]) -> None:
    """Some phones leave them before the end of the picture; the decoder warns, and the picture is whole."""
    whole = photo(**GRAINY)
    for number, content in enumerate((whole[:-2] + b"\0\1" * 20 + whole[-2:], whole + b"motion" * 1000)):
        assert bring(*house, content, f"foto-{number}.jpg").state == DeliveryState.KEPT


def test_a_file_is_handed_over_once_and_by_whoever_brought_it(house: tuple[Organisation, Actor]) -> None:
    owner, actor = house
    upload = arrived(owner, actor, photo())
    other = make_actor((Role.ORGANISER, owner), name="Other")
    with pytest.raises(Conflict):
        hand_over(organisation=owner, uploads=[upload.code], actor=other)
    hand_over(organisation=owner, uploads=[upload.code], actor=actor)
    for uploads in ([upload.code], [], ["nothing"], [upload.code] * 2, ["x"] * 51):
        with pytest.raises(Conflict):
            hand_over(organisation=owner, uploads=uploads, actor=actor)
    assert Delivery.objects.count() == 1


def test_what_one_person_hands_over_in_a_day_has_a_bound_and_waits_for_the_next(
    house: tuple[Organisation, Actor], settings: Any
) -> None:
    owner, actor = house
    settings.MEDIA_FILES_A_DAY = 2
    first, last = (arrived(owner, actor, photo(seed=n)).code for n in (1, 2)), arrived(owner, actor, photo(seed=3)).code
    hand_over(organisation=owner, uploads=list(first), actor=actor)
    with pytest.raises(Conflict, match="24"):
        hand_over(organisation=owner, uploads=[last], actor=actor)
    other = make_actor((Role.ORGANISER, owner), name="Other")
    hand_over(organisation=owner, uploads=[arrived(owner, other, photo(seed=4)).code], actor=other)
    Delivery.objects.update(at=clock.now() - timedelta(hours=25))
    assert hand_over(organisation=owner, uploads=[last], actor=actor)


def test_minutes_of_film_have_a_bound_too(house: tuple[Organisation, Actor], settings: Any) -> None:
    owner, actor = house
    brought = bring(owner, actor, photo())
    assert brought.asset
    Asset.objects.filter(pk=brought.asset.pk).update(duration_ms=59_000)
    settings.MEDIA_FILM_MINUTES_A_DAY = 1
    Delivery.objects.filter(pk=bring(owner, actor, photo(seed=1)).pk).update(asset=brought.asset)
    with pytest.raises(Conflict, match="film"):
        hand_over(organisation=owner, uploads=[arrived(owner, actor, photo(seed=2)).code], actor=actor)


def test_a_stranger_brings_nothing(house: tuple[Organisation, Actor]) -> None:
    stranger = make_actor((Role.ORGANISER, organisation("Elsewhere")), name="Stranger")
    with pytest.raises(NotAllowed):
        hand_over(organisation=house[0], uploads=["x"], actor=stranger)


def test_a_work_of_the_library_takes_room_of_the_agency_and_not_of_its_author(
    house: tuple[Organisation, Actor], settings: Any
) -> None:
    owner, actor = house
    ticket = media_ticket(owner, actor)
    settings.UPLOAD_OWNER_BYTES = settings.UPLOAD_ORGANISATION_BYTES = 1_000_000
    arrived(owner, actor, photo(seed=1))
    waiting = allowance_of(ticket).left
    assert waiting < 1_000_000
    bring(owner, actor, photo(seed=2))
    assert allowance_of(ticket).left < waiting  # the agency's
    settings.UPLOAD_ORGANISATION_BYTES = 10_000_000
    assert allowance_of(ticket).left == waiting


def test_a_store_without_paths_serves_as_well(house: tuple[Organisation, Actor], settings: Any) -> None:
    """An object store has none: the original is copied to where it is worked on, and goes with it."""
    memory = {"BACKEND": "tests.media.stores.Pathless"}
    settings.STORAGES = {**settings.STORAGES, "default": memory}
    delivery = bring(*house, photo(width=900, height=600))
    asset = delivery.asset
    assert asset is not None, delivery.refusal
    assert {row.kind for row in asset.renditions.all()} == {"large", "medium", "small"}
    for row in asset.renditions.all():
        assert hashlib.sha256(row.content.read()).hexdigest() == row.sha256
    scratch = Path(settings.MEDIA_SCRATCH)
    assert not scratch.exists() or not list(scratch.iterdir())


@pytest.mark.parametrize("tool", [find_exiftool(), None], ids=["with exiftool", "without"])
def test_what_the_camera_wrote_is_read_with_exiftool_and_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tool: Exiftool | None
) -> None:
    from enggang.media.workshop import metadata

    monkeypatch.setattr(metadata, "_exiftool", lambda: tool)
    path = tmp_path / "a.jpg"
    path.write_bytes(photo())
    facts = metadata.read_metadata(str(path))
    assert (facts["taken"], facts["zone"], facts["camera"]) == ("2026-05-01T10:20:30", "+07:00", "Kamera X1")
    assert facts["place"] == [pytest.approx(-0.025), pytest.approx(109.333333)]
    path.write_bytes(photo()[:300])
    assert metadata.read_metadata(str(path)).keys() == facts.keys()  # damaged metadata is as good as none

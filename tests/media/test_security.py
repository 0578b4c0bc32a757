"""Files of strangers: each trap is tried, and what must not leave the house is looked for in every kind of answer."""

from __future__ import annotations

import io
import os
import resource
import signal
import struct
import tomllib
import zlib
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pillow_heif
import pytest
import pyvips
from django.test import Client
from django.urls import reverse
from PIL import Image

from enggang.access.enums import Role
from enggang.core import jobs
from enggang.core.actor import Actor, load_user
from enggang.files.domain.parts import path_of
from enggang.files.enums import UploadState
from enggang.files.sniffing import sniff
from enggang.media.domain.handing_over import hand_over
from enggang.media.domain.sentences import why_not
from enggang.media.enums import DeliveryState
from enggang.media.models import Asset, Delivery
from enggang.media.workshop import limits, photos
from enggang.media.workshop.bench import ENVIRONMENT, PHOTO, Bounds, Workbench
from enggang.media.workshop.words import Unreadable, Why
from enggang.places.models import Organisation
from tests.media.factories import arrived, bring, make_asset, photo
from tests.media.rights import published
from tests.places.factories import actor as make_actor
from tests.places.factories import browser, organisation

pytestmark = pytest.mark.django_db
SIZES = [("small", 480)]
ROOT = Path(__file__).parents[2]


@pytest.fixture
def house() -> tuple[Organisation, Actor]:
    owner = organisation()
    return owner, make_actor((Role.ORGANISER, owner))


def png_of(width: int, height: int) -> bytes:
    """A black picture of so many pixels in a few kilobytes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    packer, line = zlib.compressobj(9), b"\0" * (1 + (width + 7) // 8)
    rows = b"".join(packer.compress(line) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def refusal_of(house: tuple[Organisation, Actor], content: bytes, name: str = "foto.jpg") -> str:
    delivery = bring(*house, content, name)
    assert (delivery.state, Asset.objects.count()) == (DeliveryState.REFUSED, 0)
    return delivery.why


class TestBombs:
    def test_four_hundred_megapixels_in_a_few_kilobytes(self, house: tuple[Organisation, Actor]) -> None:
        bomb = png_of(20_000, 20_000)
        assert len(bomb) < 60_000
        assert refusal_of(house, bomb, "bom.png") == why_not(Unreadable(Why.TOO_MANY_PIXELS))

    def test_a_line_of_thirty_thousand_and_one_pixels(self, house: tuple[Organisation, Actor]) -> None:
        assert refusal_of(house, png_of(30_001, 2), "garis.png") == why_not(Unreadable(Why.TOO_MANY_PIXELS))

    def test_too_many_pictures_in_one_file(self, house: tuple[Organisation, Actor]) -> None:
        kept = io.BytesIO()
        frames = [Image.new("RGB", (4, 4), (255 * (n % 2),) * 3) for n in range(limits.FRAMES + 1)]
        frames[0].save(kept, "WEBP", save_all=True, append_images=frames[1:], duration=10)
        assert refusal_of(house, kept.getvalue(), "gerak.webp") == why_not(Unreadable(Why.TOO_MANY_FRAMES))

    @pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF", "HEIF"])
    def test_every_format_is_measured_before_it_is_decoded(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
    ) -> None:
        pillow_heif.register_heif_opener()
        (tmp_path / "x").write_bytes(photo(form))
        monkeypatch.setattr(limits, "PIXELS", 800 * 600 - 1)
        for name in ("_decoded", "_at_most"):
            monkeypatch.setattr(photos, name, _never)
        monkeypatch.setattr("pillow_heif.HeifImage.to_pillow", _never)
        with (tmp_path / "x").open("rb") as handle:
            media_type = sniff(handle)
        with pytest.raises(Unreadable) as told:
            photos.make_photo(source=str(tmp_path / "x"), media_type=media_type, folder=str(tmp_path), sizes=SIZES)
        assert told.value.why == Why.TOO_MANY_PIXELS

    def test_the_room_of_a_refused_file_is_free_again(self, house: tuple[Organisation, Actor]) -> None:
        refusal_of(house, png_of(20_000, 20_000), "bom.png")
        upload = Delivery.objects.get().upload
        assert upload is not None
        assert upload.state == UploadState.ENDED


def _never(*_args: Any, **_more: Any) -> None:
    raise AssertionError("it was decoded")


class TestOtherKindsThanSaid:
    def test_loaders_that_their_makers_do_not_trust_are_off(self) -> None:
        drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
        for loader in (pyvips.Image.svgload_buffer, lambda given: pyvips.Image.new_from_buffer(given, "")):
            with pytest.raises(pyvips.Error, match="block|not"):
                loader(drawing)
        assert ENVIRONMENT["VIPS_BLOCK_UNTRUSTED"] == "1"

    @pytest.mark.parametrize(
        ("content", "media_type"),
        [
            (b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "image/jpeg"),
            (b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "image/svg+xml"),
            (photo("PNG"), "image/jpeg"),
            (b"GIF89a\1\0\1\0\0\0\0;", "image/png"),
            (b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", "image/webp"),
        ],
    )
    def test_the_child_reads_only_what_was_sniffed(self, tmp_path: Path, content: bytes, media_type: str) -> None:
        (tmp_path / "x").write_bytes(content)
        with pytest.raises(Unreadable):
            ask(Workbench(), tmp_path, media_type)

    def test_a_drawing_called_a_photo_is_refused_before_it_is_read(self, house: tuple[Organisation, Actor]) -> None:
        owner, actor = house
        content = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
        upload = arrived(owner, actor, photo(), "gambar.jpg")
        upload.file, upload.state, upload.length, upload.offset = None, UploadState.RECEIVED, len(content), len(content)
        upload.save()
        path_of(upload).parent.mkdir(parents=True, exist_ok=True)
        path_of(upload).write_bytes(content)
        hand_over(organisation=owner, uploads=[upload.code], actor=actor)
        jobs.run_pending()
        assert Delivery.objects.get().state == DeliveryState.REFUSED

    def test_what_hangs_behind_a_photo_does_not_come_along(self, house: tuple[Organisation, Actor]) -> None:
        asset = bring(*house, photo() + b"PK\x03\x04<script>alert(1)</script>" * 50).asset
        assert asset is not None
        for row in asset.renditions.all():
            with row.content.open() as handle:
                content = handle.read()
            assert b"<script>" not in content
            assert b"PK\x03\x04" not in content


class TestWords:
    def test_what_the_camera_wrote_is_text(self, house: tuple[Organisation, Actor]) -> None:
        owner = house[0]
        client = browser((Role.ORGANISER, owner), name="Other")
        actor = load_user(int(client.session["_auth_user_id"]))
        facts = photo(words="<img src=x onerror=alert(1)>").replace(b"Kamera X1", b"<b>\x01bad</b>"[:9])
        asset = bring(owner, actor, facts, '"><script>alert(1)</script>=cmd|.jpg').asset
        assert asset is not None
        assert "\x01" not in asset.camera + asset.title
        pages = [client.get(reverse("media:list")), client.get(reverse("media:asset", args=[asset.code]))]
        pages.append(client.get(reverse("media:uploads")))
        for page in pages:
            assert "<script>alert" not in page.content.decode()
            assert "<b>" not in page.content.decode()

    @pytest.mark.parametrize(
        "name", ["../../etc/passwd.jpg", "C:\\x\\..\\y.jpg", "\u202egpj.exe.jpg", "a" * 900 + ".jpg", ".jpg"]
    )
    def test_a_name_is_never_a_path(self, house: tuple[Organisation, Actor], name: str) -> None:
        asset = bring(*house, photo(), name[-190:]).asset
        assert asset is not None
        keys = [str(asset.original.content.name), *(str(row.content.name) for row in asset.renditions.all())]
        assert all(".." not in key and "passwd" not in key and len(key) < 60 for key in keys)


class TestNothingLeaks:
    def test_no_place_serial_or_name_in_any_address_that_shows_a_picture(
        self, house: tuple[Organisation, Actor]
    ) -> None:
        client = browser((Role.ORGANISER, house[0]), name="Other")
        actor = load_user(int(client.session["_auth_user_id"]))
        asset = make_asset(house[0], actor)
        for row in asset.renditions.all():
            answer: Any = client.get(reverse("media:rendition", args=[asset.code, row.kind, row.format]))
            content = b"".join(answer.streaming_content)
            assert not dict(Image.open(io.BytesIO(content)).getexif())
            assert b"SERIAL" not in content
            assert b"Pendekar" not in content
            assert "foto-0" not in str(answer.headers)

    def test_originals_are_only_ever_downloads(self, house: tuple[Organisation, Actor]) -> None:
        client = browser((Role.ORGANISER, house[0]), name="Other")
        asset = make_asset(house[0], load_user(int(client.session["_auth_user_id"])))
        answer = client.get(reverse("media:original", args=[asset.code]))
        assert answer["Content-Disposition"].startswith("attachment")
        assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/octet-stream", "nosniff")
        assert "no-store" in answer["Cache-Control"]
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


class TestTheSameHost:
    """Files of people leave from the host of the pages: each as if it stood on a host of its own, without the session."""

    def test_no_file_acts_in_the_name_of_the_site_nor_touches_the_session(
        self, house: tuple[Organisation, Actor]
    ) -> None:
        client = browser((Role.ORGANISER, house[0]), name="Other")
        work = published(house[0])
        mine = make_asset(house[0], load_user(int(client.session["_auth_user_id"])))
        for who, address in (
            (client, reverse("media:original", args=[mine.code])),
            (client, reverse("media:rendition", args=[mine.code, "small", "webp"])),
            (Client(), reverse("gallery:rendition", args=[work.code, "small", "jpeg"])),
        ):
            answer = who.get(address)
            assert answer.status_code == 200
            policy = answer["Content-Security-Policy"]
            assert policy == "default-src 'none'; sandbox"  # an origin of its own: no script, no form, no cookie
            assert answer["X-Content-Type-Options"] == "nosniff"
            assert not answer.cookies
            assert answer["Content-Type"].split("/")[0] in {"image", "application"}


def test_what_is_locked_is_what_reads_files_of_strangers() -> None:
    """What is looked through for known holes, by name and version in ``uv.lock``, is what runs, byte for byte."""
    locked = {
        each["name"]: each for each in tomllib.loads((ROOT / "uv.lock").read_text())["package"] if "version" in each
    }
    for name in ("pyvips", "pyvips-binary", "pillow", "pillow-heif", "imageio-ffmpeg"):
        assert locked[name]["version"] == version(name), name
        files = [*locked[name].get("wheels", []), *filter(None, [locked[name].get("sdist")])]
        assert files
        assert all(each["hash"].startswith("sha256:") for each in files), name


def ask(bench: Workbench, folder: Path, media_type: str = "image/jpeg", bounds: Bounds = PHOTO) -> dict[str, Any]:
    try:
        return bench.ask(
            "photo", bounds, source=str(folder / "x"), media_type=media_type, folder=str(folder), sizes=SIZES
        )
    finally:
        bench.close()


@pytest.mark.once
class TestTheChild:
    @pytest.fixture
    def bench(self) -> Any:
        made = Workbench()
        yield made
        made.close()

    def test_it_has_limits_no_secrets_and_where_possible_no_network(self, bench: Workbench, tmp_path: Path) -> None:
        (tmp_path / "x").write_bytes(photo())
        bench.ask(
            "photo", PHOTO, source=str(tmp_path / "x"), media_type="image/jpeg", folder=str(tmp_path), sizes=SIZES
        )
        assert bench._child is not None
        pid = bench._child.pid
        assert resource.prlimit(pid, resource.RLIMIT_AS)[1] == limits.MEMORY
        assert resource.prlimit(pid, resource.RLIMIT_CORE) == (0, 0)
        assert 0 < resource.prlimit(pid, resource.RLIMIT_CPU)[0] < 100
        assert resource.prlimit(pid, resource.RLIMIT_FSIZE)[0] == PHOTO.file_bytes
        given = Path(f"/proc/{pid}/environ").read_bytes()
        assert b"ENGGANG" not in given
        assert b"DATABASE" not in given

    def test_one_that_dies_is_told_of_and_replaced(self, bench: Workbench, tmp_path: Path) -> None:
        (tmp_path / "x").write_bytes(photo())
        values: dict[str, Any] = {
            "source": str(tmp_path / "x"),
            "media_type": "image/jpeg",
            "folder": str(tmp_path),
            "sizes": SIZES,
        }
        bench.ask("photo", PHOTO, **values)
        assert bench._child is not None
        first = bench._child.pid
        os.kill(first, signal.SIGSTOP)
        with pytest.raises(Unreadable) as told:
            bench.ask("photo", Bounds(seconds=1, cpu_seconds=5, file_bytes=10**8), **values)
        assert told.value.why == Why.TIME
        assert bench.ask("photo", PHOTO, **values)["width"] == 800
        assert bench._child.pid != first

    def test_a_file_larger_than_allowed_is_not_written(self, bench: Workbench, tmp_path: Path) -> None:
        (tmp_path / "x").write_bytes(photo())
        with pytest.raises(Unreadable):
            ask(bench, tmp_path, bounds=Bounds(seconds=30, cpu_seconds=5, file_bytes=1000))
        assert all(path.stat().st_size <= 1000 for path in tmp_path.glob("small.*"))

    def test_it_knows_neither_django_nor_the_database(self) -> None:
        folder = Path(limits.__file__).parent
        for path in folder.glob("*.py"):
            text = path.read_text()
            assert "django" not in text.replace("neither Django", ""), path.name

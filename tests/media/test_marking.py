"""What is published carries its author and licence in the file, and nothing that the camera wrote."""

from __future__ import annotations

import io
import re
from xml.dom import minidom

import pytest
from PIL import Image

from enggang.access.enums import Role
from enggang.core import jobs
from enggang.core.actor import Actor
from enggang.media.domain.marking import mark_asset
from enggang.media.domain.publishing import publish_asset
from enggang.media.enums import CROPS
from enggang.media.models import Asset, Rendition
from enggang.media.workshop.marks import FIELDS, sum_of, xmp_of
from enggang.places.models import Organisation
from tests.media.factories import bring, photo
from tests.media.rights import accepted, in_order
from tests.media.test_videos import film
from tests.places.factories import actor as make_actor
from tests.places.factories import organisation

pytestmark = pytest.mark.django_db
MARKS = {
    "creator": "Siti <Aminah> & “Rekan”", "credit": "Dinas Contoh", "rights": "© 2026 Dinas Contoh",
    "web_statement": "https://creativecommons.org/licenses/by/4.0/", "licensor_url": "https://contoh.test/x?a=1&b=2",
    "usage_terms": "CC BY 4.0", "digital_source_type": "",
}  # fmt: skip


@pytest.fixture
def house() -> tuple[Organisation, Actor]:
    owner = organisation()
    return owner, make_actor((Role.ORGANISER, owner))


def content_of(row: Rendition) -> bytes:
    with row.content.open() as handle:
        return bytes(handle.read())


def marked(asset: Asset) -> list[Rendition]:
    mark_asset(asset, MARKS)
    jobs.run_pending()
    return list(asset.renditions.all())


def test_every_rendition_says_whose_it_is_and_nothing_else(house: tuple[Organisation, Actor]) -> None:
    asset = bring(*house, photo(width=1600, height=1200)).asset
    assert asset is not None
    before = {str(row.content.name) for row in asset.renditions.all()}
    rows = marked(asset)
    assert {row.format for row in rows if row.kind == "large"} == {"jpeg", "webp", "avif"}
    for row in rows:
        content = content_of(row)
        found = re.search(rb"<x:xmpmeta.*</x:xmpmeta>", content, re.DOTALL)
        assert found, f"{row.kind}.{row.format}"
        packet = minidom.parseString(found[0])  # noqa: S318 -- our own packet
        assert "Siti <Aminah> & “Rekan”" in packet.getElementsByTagName("dc:creator")[0].toxml().replace(
            "&lt;", "<"
        ).replace("&gt;", ">").replace("&amp;", "&")
        assert b"creativecommons.org/licenses/by/4.0" in content
        for secret in (b"SERIAL", b"Kamera", b"Pendekar", b"GPSLatitude"):
            assert secret not in content
        if row.format != "avif":
            assert not dict(Image.open(io.BytesIO(content)).getexif())
    assert not before & {str(row.content.name) for row in rows}


def test_crops_have_their_shape_and_keep_the_focus(house: tuple[Organisation, Actor]) -> None:
    asset = bring(*house, photo(width=2000, height=1400)).asset
    assert asset is not None
    asset.focal_x, asset.focal_y = 0.02, 0.02
    asset.save()
    rows = {row.kind: row for row in marked(asset)}
    for kind, (width, height) in CROPS.items():
        assert rows[kind].format == "jpeg"
        assert abs(rows[kind].width / rows[kind].height - width / height) < 0.01
        assert rows[kind].width <= width
    large = Image.open(io.BytesIO(content_of(asset.renditions.get(kind="large", format="jpeg"))))
    story = Image.open(io.BytesIO(content_of(rows["story"])))
    assert (rows["card"].width, rows["card"].height) == (1200, 630)
    corner, same = large.getpixel((3, 3)), story.getpixel((3, 3))
    assert isinstance(corner, tuple)
    assert isinstance(same, tuple)
    assert all(abs(a - b) < 16 for a, b in zip(corner, same, strict=True))


def test_marking_again_and_a_video(house: tuple[Organisation, Actor]) -> None:
    asset = bring(*house, film(), "a.mp4").asset
    assert asset is not None
    first = len(marked(asset))
    assert len(marked(asset)) == first
    assert asset.renditions.filter(kind="video").exists()


def test_unknown_marks_are_an_error_and_words_cannot_break_the_packet(house: tuple[Organisation, Actor]) -> None:
    asset = bring(*house, photo()).asset
    assert asset is not None
    with pytest.raises(ValueError, match="no such marks"):
        mark_asset(asset, {"gps": "1"})
    assert sum_of(MARKS) == sum_of(dict(sorted(MARKS.items())))  # a database may keep them in another order
    for name in FIELDS:
        packet = xmp_of({name: "\x00]]></x><!--\ud800".encode("utf-8", "replace").decode() + "a" * 9000})
        found = re.search(rb"<x:xmpmeta.*</x:xmpmeta>", packet, re.DOTALL)
        assert found
        minidom.parseString(found[0])  # noqa: S318 -- as above


def test_what_is_published_gets_its_crops_and_marks_by_itself(house: tuple[Organisation, Actor]) -> None:
    brought = bring(*house, photo(width=1600, height=1200)).asset
    assert brought is not None
    asset = accepted(in_order(brought))
    publish_asset(asset=asset, actor=house[1])
    jobs.run_pending()
    kinds = set(asset.renditions.values_list("kind", flat=True))
    assert set(CROPS) <= kinds
    assert asset.renditions.filter(format="avif").count() == 3

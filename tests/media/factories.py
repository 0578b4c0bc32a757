"""Pictures made here, and assets that came in the way a person brings them."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageCms

from enggang.core import clock, jobs
from enggang.core.actor import SYSTEM, Actor
from enggang.files.domain.storing import store_file
from enggang.files.enums import Purpose, UploadState
from enggang.files.models import Upload
from enggang.files.sniffing import sniff_head
from enggang.media.domain.handing_over import hand_over, media_ticket
from enggang.media.enums import AssetKind
from enggang.media.models import Asset, Delivery, Rendition
from enggang.people.models import Person
from enggang.places.models import Organisation

TAKEN, ZONE = "2026:05:01 10:20:30", "+07:00"
PLACE = ((0.0, 1.0, 30.0), (109.0, 20.0, 0.0))  # 0°01'30" S, 109°20' E: Pontianak
EXIF_IFD, GPS_IFD = 0x8769, 0x8825


def exif(*, orientation: int = 1, place: bool = True, taken: bool = True, words: str = "Pendekar") -> Image.Exif:
    facts = Image.Exif()
    facts[0x0112], facts[0x010F], facts[0x0110], facts[0x010E] = orientation, "Kamera", "Kamera X1", words
    if taken:
        facts.get_ifd(EXIF_IFD).update({0x9003: TAKEN, 0x9011: ZONE, 0xA431: "SERIAL-12345"})
    if place:
        facts.get_ifd(GPS_IFD).update({1: "S", 2: PLACE[0], 3: "E", 4: PLACE[1]})
    return facts


@lru_cache
def profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def picture(width: int = 800, height: int = 600, seed: int = 0) -> Image.Image:
    """Smooth colours with an edge, another one for each seed."""
    across, down = (
        Image.linear_gradient("L").resize((width, height)),
        Image.radial_gradient("L").resize((width, height)),
    )
    image = Image.merge("RGB", (across, down, across.transpose(Image.Transpose.FLIP_LEFT_RIGHT)))
    for step in range(6):
        left = (seed * 97 + step * 131) % max(1, width - 60)
        top = (seed * 53 + step * 71) % max(1, height - 60)
        image.paste(((seed * 40 + step * 30) % 255, step * 40, 200 - seed % 200), (left, top, left + 60, top + 60))
    return image


def photo(form: str = "JPEG", *, width: int = 800, height: int = 600, seed: int = 0, **facts: Any) -> bytes:
    kept = io.BytesIO()
    extra: dict[str, Any] = {"exif": exif(**facts), "icc_profile": profile()}
    picture(width, height, seed).save(kept, form, **extra)
    return kept.getvalue()


def arrived(organisation: Organisation, actor: Actor, content: bytes, name: str = "foto.jpg") -> Upload:
    """An upload whose bytes were stored, not used yet."""
    ticket = media_ticket(organisation, actor)
    now = clock.now()
    upload = Upload.objects.create(
        organisation=organisation, owner_key=actor.key, context=ticket.context, accepts=ticket.accepts,
        purpose=ticket.purpose, name=name, length=len(content), offset=len(content), state=UploadState.RECEIVED,
        opened_at=now, expires_at=now,
    )  # fmt: skip
    media_type = sniff_head(content[:64])
    stored = store_file(
        content=content, name=name, purpose=Purpose.MEDIA, organisation=organisation, actor=actor, media_type=media_type
    )
    upload.state, upload.file = UploadState.STORED, stored
    upload.save()
    return upload


def bring(organisation: Organisation, actor: Actor, content: bytes, name: str = "foto.jpg") -> Delivery:
    """Brought, handed over and looked at."""
    upload = arrived(organisation, actor, content, name)
    delivery = hand_over(organisation=organisation, uploads=[upload.code], actor=actor)[0]
    jobs.run_pending()
    return Delivery.objects.select_related("asset__subject", "upload__file").get(pk=delivery.pk)


def make_asset(organisation: Organisation, actor: Actor, *, seed: int = 0, **facts: Any) -> Asset:
    asset = bring(organisation, actor, photo(seed=seed, **facts), f"foto-{seed}.jpg").asset
    assert asset
    return asset


def bare_asset(
    organisation: Organisation, *, author: Person | None = None, key: str = "system", seed: int = 0
) -> Asset:
    """An asset that nobody looked at, with one small rendition: for tests that are about who may see it."""
    stored = store_file(
        content=photo(seed=seed), name="foto.jpg", purpose=Purpose.MEDIA, organisation=organisation, actor=SYSTEM,
        media_type="image/jpeg",
    )  # fmt: skip
    asset = Asset.objects.create(
        subject=Asset.new_subject(organisation.code), organisation=organisation, original=stored, kind=AssetKind.PHOTO,
        title="Foto", name_key="foto", width=800, height=600, sha256=stored.sha256, brought_at=clock.now(),
        brought_by_key=key, author=author,
    )  # fmt: skip
    row = Rendition(
        asset=asset, kind="small", format="jpeg", width=8, height=6, size=3, sha256="-", made_at=clock.now()
    )
    row.content.save("x", ContentFile(b"abc"), save=False)
    row.save()
    return asset

"""Photos and films as pages show them: only what the gate of media lets through, each with credit, licence and sizes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, prefetch_related_objects

from enggang.media.credits import Credit
from enggang.media.enums import SIZES, RenditionKind
from enggang.media.models import Asset, Rendition
from enggang.media.models.asset import AssetQuerySet
from enggang.media.queries.credit import alt_in, credit_of
from enggang.media.queries.gallery import gallery, in_order

FORMATS = ("avif", "webp")  # offered before JPEG, the smallest first


@dataclass(frozen=True, slots=True)
class Size:
    kind: str
    format: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Photo:
    """``alt`` is in the language of the page where it is written in it, else in Indonesian (``alt_language``)."""

    asset: Asset
    credit: Credit
    alt: str
    alt_language: str
    sizes: list[Size]

    @property
    def code(self) -> str:
        return self.asset.code

    @property
    def sources(self) -> list[tuple[str, list[Size]]]:
        """Each newer format with its sizes, for ``srcset``."""
        rows = [(form, [size for size in self.sizes if size.format == form]) for form in FORMATS]
        return [(form, sizes) for form, sizes in rows if sizes]

    @property
    def jpegs(self) -> list[Size]:
        return [size for size in self.sizes if size.format == "jpeg"]

    @property
    def plain(self) -> Size | None:
        """What a browser shows that knows neither: the middle size."""
        return next(
            (size for size in self.jpegs if size.kind == RenditionKind.MEDIUM), self.jpegs[0] if self.jpegs else None
        )


def photos_about(subjects: Iterable[int], language: str, most: int) -> list[Photo]:
    """The newest works about one of these subjects (ids)."""
    return told(gallery().filter(about__in=list(subjects), kind="photo")[:most], language)


def told(rows: AssetQuerySet | Sequence[Asset], language: str) -> list[Photo]:
    """In the order given, in three questions."""
    wanted: Any = rows
    if isinstance(rows, AssetQuerySet):
        sizes = Rendition.objects.filter(kind__in=SIZES, format__in=[*FORMATS, "jpeg"]).order_by("width")
        wanted = in_order(rows)
        prefetch_related_objects(wanted, Prefetch("renditions", sizes))
    return [_photo(asset, language) for asset in wanted]


def _photo(asset: Asset, language: str) -> Photo:
    spoken = "en" if language in {"en", "zh"} and asset.alt_en else "id"
    sizes = [Size(row.kind, row.format, row.width, row.height) for row in asset.renditions.all() if row.kind in SIZES]
    return Photo(asset, credit_of(asset), alt_in(asset, spoken), spoken, sizes)


def image_object(photo: Photo) -> dict[str, Any]:
    """The photo for a search engine, with its licence."""
    best = max(photo.jpegs, key=lambda size: size.width, default=None)
    facts = {
        "@type": "ImageObject", "name": photo.asset.title, "url": photo.credit.page,
        "contentUrl": f"{settings.PUBLIC_URL}/galeri/{photo.code}/{best.kind}.jpeg" if best else "",
        "license": photo.credit.licence_url or photo.credit.page, "acquireLicensePage": photo.credit.page,
        "creditText": photo.credit.line or photo.credit.creator, "copyrightNotice": photo.credit.notice,
        "creator": {"@type": "Person", "name": photo.credit.creator} if photo.credit.creator else None,
    }  # fmt: skip
    return {key: value for key, value in facts.items() if value}

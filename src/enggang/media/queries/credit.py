"""The credit of a work, from its rights."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from enggang.media.credits import Credit
from enggang.media.enums import SIZES, AssetKind, Precision
from enggang.media.models import Asset, Rendition
from enggang.media.queries.gate import release_of, rights_of


def address(name: str, *args: object) -> str:
    """An address as it stands in files and feeds: of this installation, whoever asks."""
    return f"{settings.PUBLIC_URL}{reverse(f'gallery:{name}', args=args)}"


def credit_of(asset: Asset) -> Credit:
    rights = rights_of(asset)
    if rights is None:
        return Credit(creator=asset.shown_author, title=asset.title, page=address("work", asset.code))
    year = asset.taken_at.year if asset.taken_at else None
    return Credit(
        creator=asset.shown_author or rights.holder, holder=rights.holder, line=rights.credit,
        licence_name=rights.licence_name, licence_url=rights.licence_url, page=address("work", asset.code),
        title=asset.title, year=year, terms=rights.usage_terms,
    )  # fmt: skip


def marks_of(asset: Asset) -> dict[str, str]:
    """The credit as it is written into renditions that are made for the public (names: workshop/marks.py)."""
    return credit_of(asset).marks


def alt_in(asset: Asset, language: str) -> str:
    return asset.alt_en if language == "en" and asset.alt_en else asset.alt_id


def public_place(asset: Asset) -> str:
    """What a stranger may read of where it was made."""
    precision = asset.public_precision
    if precision == Precision.HIDDEN or asset.region is None:
        return ""
    venue = asset.venue.name if asset.venue and precision in {Precision.EXACT, Precision.VILLAGE} else ""
    return f"{venue}, {asset.region.name}" if venue else asset.region.name


def public_point(asset: Asset) -> tuple[float, float] | None:
    """Longitude and latitude, only where everybody may know the point."""
    if asset.public_precision != Precision.EXACT or asset.latitude is None or asset.longitude is None:
        return None
    return float(asset.longitude), float(asset.latitude)


def linked_data(asset: Asset, renditions: list[Rendition], language: str) -> dict[str, Any]:
    """The work for a search engine (schema.org): what is known of it and may be told."""
    credit, release = credit_of(asset), release_of(asset)
    whole = [row for row in renditions if row.kind in SIZES]  # no cuts
    best, small = _largest(whole, "jpeg"), _smallest(whole, "jpeg")
    film = next((row for row in renditions if row.kind == "video"), None)
    is_video = asset.kind == AssetKind.VIDEO
    shown = film if is_video and film else best
    facts: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "VideoObject" if is_video else "ImageObject",
        "name": asset.title,
        "description": asset.caption or alt_in(asset, language),
        "url": credit.page,
        "contentUrl": address("rendition", asset.code, shown.kind, shown.format) if shown else "",
        "thumbnailUrl": address("rendition", asset.code, small.kind, small.format) if small else "",
        "width": shown.width if shown else asset.width,
        "height": shown.height if shown else asset.height,
        "license": credit.licence_url or credit.page,
        "acquireLicensePage": credit.page,
        "creditText": credit.line,
        "creator": {"@type": "Person", "name": credit.creator} if credit.creator else None,
        "copyrightNotice": credit.notice,
        "uploadDate": release.published_at.isoformat() if release else "",
        "dateCreated": asset.taken_at.date().isoformat() if asset.taken_at else "",
        "contentLocation": _location(asset),
    }
    if is_video and asset.duration_ms:
        facts["duration"] = f"PT{asset.duration_ms / 1000:.1f}S"
    return {key: value for key, value in facts.items() if value}


def _location(asset: Asset) -> dict[str, Any] | None:
    name, point = public_place(asset), public_point(asset)
    if not name:
        return None
    geo = {"@type": "GeoCoordinates", "longitude": point[0], "latitude": point[1]} if point else None
    return {"@type": "Place", "name": name, **({"geo": geo} if geo else {})}


def _largest(renditions: list[Rendition], form: str) -> Rendition | None:
    return max((row for row in renditions if row.format == form), key=lambda row: row.width * row.height, default=None)


def _smallest(renditions: list[Rendition], form: str) -> Rendition | None:
    return min((row for row in renditions if row.format == form), key=lambda row: row.width * row.height, default=None)

"""Pictures that look alike, by the PDQ hash (256 bits; Meta, 2019: at most 31 differing bits mean the same picture)."""

from __future__ import annotations

from enggang.media.enums import Verdict
from enggang.media.models import Asset, Twin

NEAR = 31
MOST = 20


def lookalikes(asset: Asset) -> list[tuple[int, int]]:
    """(distance, id) of the agency's other pictures that are near, the nearest first.

    Every hash of the agency is compared: a hundred thousand take a tenth of a second.
    """
    if not asset.phash:
        return []
    mine = int(asset.phash, 16)
    rows = Asset.objects.filter(organisation_id=asset.organisation_id).exclude(pk=asset.pk).exclude(phash="")
    pairs = rows.values_list("phash", "pk").iterator(chunk_size=5000)
    near = [(bits, pk) for text, pk in pairs if (bits := (mine ^ int(text, 16)).bit_count()) <= NEAR]
    return sorted(near)[:MOST]


def twins_of(asset: Asset) -> list[tuple[Twin, Asset]]:
    """The pairs it is in, each with the other picture; what was called two works stands last."""
    rows = Twin.objects.of(asset).select_related("older__subject", "newer__subject").order_by("distance")
    pairs = [(row, row.other(asset)) for row in rows]
    return sorted(pairs, key=lambda pair: pair[0].verdict == Verdict.DIFFERENT)

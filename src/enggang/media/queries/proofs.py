"""Published works as proof: a film that tells of something, photos that show it. The words are Indonesian: they go into papers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse

from enggang.core import clock
from enggang.core.registries import Proof, ProofAsked
from enggang.documents.rendering.wording import long_date
from enggang.media.enums import AssetKind
from enggang.media.models import Asset
from enggang.media.queries.gate import shown

MOST = 40  # works that are told of


def proofs_of_works(asked: ProofAsked) -> list[Proof]:
    """What the public can see and what is about the noun, is tied to it, or lies in a collection that is."""
    about = Q(about__in=asked.subject_ids) | Q(subject__in=asked.subject_ids)
    collected = Q(collected__collection__subject__in=asked.subject_ids)
    rows = Asset.objects.filter(pk__in=shown(Asset.objects.filter(about | collected)).values("pk"))
    return list(_proofs(list(rows.select_related("subject").order_by("brought_at", "pk")[:MOST]), asked))


def _proofs(rows: list[Asset], asked: ProofAsked) -> Iterator[Proof]:
    photos = [row for row in rows if row.kind == AssetKind.PHOTO]
    for row in rows:
        day = _day(row)
        if row.kind != AssetKind.VIDEO or not asked.since <= day <= asked.until:
            continue
        length = (
            [("Lama", f"{row.duration_ms // 60_000} menit {row.duration_ms // 1000 % 60} detik")]
            if row.duration_ms
            else []
        )
        facts = [("Judul", row.title), ("Tanggal", long_date(day)), *length]
        yield Proof(
            key=f"video-{row.code}", genre="video", title=f"Video {row.title}", on=day, facts=facts,
            url=reverse("media:asset", args=[row.code]),
        )  # fmt: skip
    if photos:
        first = photos[0]
        facts = [("Jumlah foto", f"{len(photos)}"), ("Contoh", "; ".join(row.title for row in photos[:5]))]
        yield Proof(
            key=f"photos-{first.code}", genre="publicity", title="Foto kegiatan yang terbit", on=_day(photos[-1]),
            facts=facts, url=reverse("media:asset", args=[first.code]),
        )  # fmt: skip


def _day(row: Asset) -> date:
    return clock.day_of(row.taken_at or row.brought_at)

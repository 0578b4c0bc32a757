"""The rows of what was made, put in the place of what was made before."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import act, record, record_subject
from enggang.media.domain.places import Made
from enggang.media.models import Asset, Rendition


@act("media.keep_renditions")
def keep_renditions(*, asset: Asset, made: list[Made], actor: Actor, marks: str = "", **facts: Any) -> Asset:
    """Write renditions whose bytes are in the store, and facts of the asset that were found with them.

    ``marks`` is the sum of the credit that stands in all of them.
    """
    Asset.objects.filter(pk=asset.pk).update(**facts) if facts else None
    write_renditions(asset, made, marks)
    record_subject(asset.subject)
    record(kinds=sorted({str(each.facts["kind"]) for each in made}))
    return asset


def write_renditions(asset: Asset, made: list[Made], marks: str = "") -> None:
    """Those of the same kind and format give way; their bytes go once that is certain."""
    now, wanted = clock.now(), {(each.facts["kind"], each.facts["format"]) for each in made}
    former = [row for row in asset.renditions.all() if (row.kind, row.format) in wanted]
    Rendition.objects.filter(pk__in=[row.pk for row in former]).delete()
    Rendition.objects.bulk_create(
        Rendition(
            asset=asset, kind=each.facts["kind"], format=each.facts["format"], width=each.facts["width"],
            height=each.facts["height"], content=each.key, sha256=each.sha256, size=each.size, made_at=now, marks=marks,
        )
        for each in made
    )  # fmt: skip
    keys = [str(row.content.name) for row in former]
    transaction.on_commit(lambda: _delete(keys))


def drop_renditions(asset: Asset, kinds: Iterable[str]) -> list[str]:
    """Call inside an act: take renditions away, their bytes once that is certain; answers the kinds that were there."""
    rows = list(asset.renditions.filter(kind__in=list(kinds)))
    Rendition.objects.filter(pk__in=[row.pk for row in rows]).delete()
    keys = [str(row.content.name) for row in rows]
    transaction.on_commit(lambda: _delete(keys))
    return [row.kind for row in rows]


def _delete(keys: list[str]) -> None:
    for key in keys:
        default_storage.delete(key)

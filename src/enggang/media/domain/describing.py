"""Saying what a photo or video shows, who made it and where."""

from __future__ import annotations

from typing import Any

from enggang.core.actor import Actor
from enggang.core.acts import act, record, require
from enggang.core.states import keep_version
from enggang.core.text import folded
from enggang.media import rules
from enggang.media.domain.ingest import index_asset
from enggang.media.domain.publishing import mark, settle_gate
from enggang.media.enums import AssetState, Precision, Sensitivity
from enggang.media.models import Asset


@act("media.describe_asset")
def describe_asset(*, asset: Asset, version: int, actor: Actor, **facts: Any) -> Asset:
    """Change what is said of an asset. A place that becomes a sensitive one is hidden, unless that is decided anew."""
    require(rules.may_describe(actor, asset))
    newly = asset.sensitivity == Sensitivity.NONE and facts.get("sensitivity", Sensitivity.NONE) != Sensitivity.NONE
    if newly and facts.get("precision", asset.precision) == asset.precision:
        facts["precision"] = Precision.HIDDEN
    keep_version(asset, version)
    changed = [name for name, value in facts.items() if getattr(asset, name) != value]
    for name in changed:
        setattr(asset, name, facts[name])
    asset.name_key = folded(asset.title)[:400]
    asset.full_clean(exclude=["subject", "original"])
    asset.save()
    index_asset(asset)
    shut = settle_gate(asset=asset, actor=actor)  # without a description it is shown no longer
    if "author_name" in changed and asset.state == AssetState.PUBLISHED and not shut:
        mark(asset)  # the files name the former author
    record(fields=changed)
    return asset

"""What must stay in the picture when it is cut: a point that a person chooses, else the workshop guesses."""

from __future__ import annotations

import math

from django.utils.translation import gettext as _

from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, require
from enggang.core.states import keep_version
from enggang.media import rules
from enggang.media.domain.cuts import renew_cuts
from enggang.media.domain.marking import MIDDLE
from enggang.media.domain.publishing import mark
from enggang.media.enums import AssetState, RenditionKind
from enggang.media.models import Asset

HAIR = 1e-6  # a middle that somebody has chosen is not the one that nobody has


@act("media.aim_asset")
def aim_asset(*, asset: Asset, version: int, actor: Actor, point: tuple[float, float] | None) -> Asset:
    """Choose the point (shares of width and height from the upper left), or None to have it guessed again.

    The crops of a published work, and an upright cut of a film, are made anew.
    """
    require(rules.may_describe(actor, asset))
    if point is not None and not all(math.isfinite(share) and 0 <= share <= 1 for share in point):
        raise Conflict(_("The point must lie in the picture."))
    keep_version(asset, version)
    chosen = MIDDLE if point is None else point
    if point == MIDDLE:
        chosen = (0.5 + HAIR, 0.5 + HAIR)
    asset.focal_x, asset.focal_y = chosen
    asset.save(update_fields=["focal_x", "focal_y"])
    if asset.state == AssetState.PUBLISHED:
        mark(asset)
    if not asset.is_photo:
        renew_cuts(asset, [RenditionKind.VERTICAL], actor)
    record(guessed=point is None)
    return asset

"""Which quotas of a wave are for whom."""

from __future__ import annotations

from collections.abc import Iterable

from enggang.places.models import Organisation
from enggang.seats.models import Pool


def in_order_for(pools: Iterable[Pool], agency: Organisation, kind: str | None = None) -> list[Pool]:
    """Of the pools of one wave those an agency's staff of this kind (None: of any) may sit in, the narrowest first."""
    return sorted((pool for pool in pools if is_for(pool, agency, kind)), key=_narrowest)


def is_for(pool: Pool, agency: Organisation, kind: str | None) -> bool:
    """Whether an agency's staff of this kind (None: of any) may sit in the pool."""
    if pool.kind and kind is not None and pool.kind != kind:
        return False
    if pool.organisation:
        return agency.path.startswith(pool.organisation.path)
    return not pool.region_id or pool.region_id == agency.region_id


def _narrowest(pool: Pool) -> tuple[object, ...]:
    """Agencies, the lowest first, then regions, then everyone; in each of them the quota of one kind of staff first."""
    owner = 0 if pool.organisation_id else 1 if pool.region_id else 2
    depth = len(pool.organisation.path) if pool.organisation else 0
    return owner, -depth, not pool.kind, pool.position, pool.pk

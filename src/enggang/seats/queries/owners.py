"""To whom a quota belongs: the organisation it names, or the government of the region it names."""

from __future__ import annotations

from collections.abc import Iterable

from enggang.places.enums import OrganisationKind
from enggang.places.models import Organisation
from enggang.seats.models import Pool


def owner_of(pool: Pool) -> Organisation | None:
    """None for a pool that is open to all, and for a region whose government is not on record."""
    return owners_of([pool]).get(pool.pk)


def owners_of(pools: Iterable[Pool]) -> dict[int, Organisation]:
    """By pool id; one query for all the regions among them."""
    rows = list(pools)
    regions = {pool.region_id for pool in rows if pool.region_id}
    found = Organisation.objects.on().filter(kind=OrganisationKind.GOVERNMENT, region__in=regions) if regions else []
    governments = {row.region_id: row for row in sorted(found, key=lambda row: (-len(row.path), row.path))}
    owners = {pool.pk: pool.organisation or governments.get(pool.region_id) for pool in rows}
    return {pk: owner for pk, owner in owners.items() if owner is not None}

"""Places stand below search and cannot call it: what they tell is heard here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from enggang.places.models import Organisation, Venue
from enggang.search.domain.indexing import Findable, index_many
from enggang.search.enums import Audience


def index_places(*, organisations: Sequence[Organisation] = (), venues: Sequence[Venue] = (), **_kwargs: Any) -> None:
    """Renew the entries of organisations and venues that an act has just written."""
    index_many([*(_organisation(each) for each in organisations), *(_venue(each) for each in venues)])


def _organisation(row: Organisation) -> Findable:
    return Findable(row.subject, row.name, row.short_name, row.path, Audience.SIGNED_IN)


def _venue(row: Venue) -> Findable:
    return Findable(row.subject, row.name, row.address, row.organisation.path, Audience.SIGNED_IN)

"""What visitors can register for now, edition by edition: the list that everybody can read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from enggang.core import clock
from enggang.core.text import folded
from enggang.events.enums import PartState, SlotState
from enggang.events.models import Edition, Slot
from enggang.events.models.edition import EditionQuerySet
from enggang.events.queries.visitors import REGISTERING, slot_closed
from enggang.places.models import Region


@dataclass(frozen=True, slots=True)
class OpenEdition:
    """``parts``: what one can register for now, by name. ``free``: places left in all of them; 0 is a waiting list."""

    edition: Edition
    parts: list[str]
    free: int


def open_editions() -> EditionQuerySet:
    """Those that are published, whose registration is open, with a time that is not over. A time may still end within
    the hour: ``told`` looks at the clock of each."""
    now = clock.now()
    window = Q(part__opens_at=None) | Q(part__opens_at__lte=now)
    window &= Q(part__closes_at=None) | Q(part__closes_at__gt=now)
    slots = Slot.objects.filter(
        window, part__state=PartState.OPEN, state=SlotState.OPEN,
        day__gte=clock.today() - timedelta(days=1),
    )  # fmt: skip
    return Edition.objects.filter(pk__in=slots.values("part__edition"), stage__in=REGISTERING)


def narrowed(rows: EditionQuerySet, *, words: str = "", region: Region | None = None) -> EditionQuerySet:
    """By a piece of the event's name, and by regency or city."""
    if key := folded(words):
        rows = rows.filter(Q(event__name_key__contains=key) | Q(organisation__short_name__icontains=words))
    return rows.filter(event__region=region) if region else rows


def told(editions: Iterable[Edition]) -> list[OpenEdition]:
    """With what is left, in the order given; one query for any number. Who has nothing open any more is left out."""
    known = {row.pk: row for row in editions}
    slots = Slot.objects.filter(part__edition__in=known, part__state=PartState.OPEN).select_related("part", "pool")
    found: dict[int, list[Slot]] = defaultdict(list)
    for slot in slots:
        slot.part.edition = known[slot.part.edition_id]
        if not slot_closed(slot):
            found[slot.part.edition_id].append(slot)
    return [_told(known[pk], found[pk]) for pk in known if found[pk]]


def _told(edition: Edition, slots: list[Slot]) -> OpenEdition:
    parts = list(dict.fromkeys(slot.part.title for slot in slots))
    return OpenEdition(edition, parts, sum(max(slot.pool.free, 0) for slot in slots))

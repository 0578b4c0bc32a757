"""How much may still be uploaded: by this person, for this agency, on this disk."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Sum

from enggang.files.domain import parts
from enggang.files.domain.tickets import Ticket
from enggang.files.enums import Purpose
from enggang.files.models import Upload


@dataclass(frozen=True, slots=True)
class Allowance:
    """Bytes. ``largest`` is what one file may have now."""

    per_file: int
    left: int

    @property
    def largest(self) -> int:
        return max(0, min(self.per_file, self.left))


def allowance_of(ticket: Ticket) -> Allowance:
    """What is reserved counts from the first byte on, whether it has arrived or not."""
    rows = Upload.objects.reserving()
    # What has become a work of the library is the agency's: a photographer does not run out of room by working.
    own = rows.filter(owner_key=ticket.owner_key).exclude(purpose=Purpose.MEDIA, claimed_at__isnull=False)
    mine = settings.UPLOAD_OWNER_BYTES - _total(own)
    ours = settings.UPLOAD_ORGANISATION_BYTES - _total(rows.filter(organisation_id=ticket.organisation_id))
    disk = parts.free_bytes() - settings.UPLOAD_FREE_BYTES
    return Allowance(ticket.max_bytes, max(0, min(mine, ours, disk)))


def _total(rows: object) -> int:
    found: int | None = rows.aggregate(total=Sum("length"))["total"]  # type: ignore[attr-defined]
    return found or 0

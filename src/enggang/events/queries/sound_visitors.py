"""Invariants of registrations: what stands twice must be the same."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Q

from enggang.attendance.models import Pass
from enggang.events.models import Booking
from enggang.seats.enums import ClaimState


def unsound_bookings() -> list[str]:
    """Another number than the claim has, a place in another time's quota, places without a working pass, or the reverse."""
    working = Pass.objects.placed().filter(holder=OuterRef("subject"), group=OuterRef("slot__part__edition__subject"))
    seated = Q(claim__state=ClaimState.CONFIRMED)
    wrong = (
        ~Q(quantity=F("claim__quantity"))
        | seated & ~Q(claim__pool=F("slot__pool"))
        | seated & ~Exists(working)
        | ~seated & Exists(working)
        | seated & ~Exists(working.filter(quantity=OuterRef("quantity")))
    )
    rows = Booking.objects.filter(wrong).select_related("subject").order_by("pk")
    return [f"events: registration {row.code} does not fit its claim or its pass" for row in rows]

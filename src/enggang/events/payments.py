"""What a registration costs and how that is paid. One class per way: paying online would be another beside this one."""

from __future__ import annotations

from typing import Any, Protocol

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.acts import Conflict
from enggang.core.text import one_line
from enggang.events.models import Booking, Part
from enggang.events.models.ticketing import MOST_PRICE


class Payment(Protocol):
    """How a part of an edition is paid for."""

    def words(self, part: Part) -> str:
        """What a visitor reads beside the price, before they register."""

    def due(self, booking: Booking) -> int:
        """Rupiah still to be paid, 0 when nothing is."""

    def paid(self, booking: Booking, *, amount: int, receipt: str, by: str) -> dict[str, Any]:
        """The fields of the registration once ``amount`` was paid. Raises Conflict when that cannot be."""


class AtTheGate:
    """Cash or QRIS at the gate; staff note the amount and the number of the receipt."""

    def words(self, part: Part) -> str:
        return "" if part.is_free else _("Pay at the gate")

    def due(self, booking: Booking) -> int:
        return 0 if booking.is_paid else booking.part.price * booking.quantity

    def paid(self, booking: Booking, *, amount: int, receipt: str, by: str) -> dict[str, Any]:
        if booking.part.is_free:
            raise Conflict(_("This is free of charge: there is nothing to be paid."))
        if booking.is_paid:
            raise Conflict(_("It is marked as paid already."))
        if not 0 < amount <= MOST_PRICE:
            raise Conflict(_("Type the amount that was paid, in rupiah."))
        return {"paid_at": clock.now(), "paid_amount": amount, "receipt": one_line(receipt, 80), "paid_by_key": by}


def payment_of(_part: Part) -> Payment:
    """The way in which a part is paid for."""
    return AtTheGate()

"""Whether a registration lets its people in: what the ticket says, and what the gate asks."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enggang.core.models import Subject
from enggang.events.enums import ConsentState, ConsentWay
from enggang.events.models import Booking, GuardianConsent, Guest
from enggang.events.payments import payment_of
from enggang.events.queries.visitors import when_in_words

WITH_GUESTS = ("guests__consent",)


@dataclass(frozen=True, slots=True)
class Admission:
    """``refusal``: why nobody is let in with it; empty when they are. ``minors`` come with one of ``guardians``.

    ``due`` is what is still to be paid, in rupiah; it refuses nobody by itself.
    """

    booking: Booking
    refusal: str
    minors: list[Guest] = field(default_factory=list)
    unconsented: list[Guest] = field(default_factory=list)
    guardians: list[str] = field(default_factory=list)
    due: int = 0

    @property
    def is_good(self) -> bool:
        return not self.refusal

    @property
    def quantity(self) -> int:
        return self.booking.quantity


def admission_of(booking: Booking) -> Admission:
    """Asks nothing more of a booking read ``with_names`` and with its guests and their consents prefetched."""
    minors, missing, guardians = minors_of(booking)
    off = booking.is_cancelled or booking.slot.is_called_off or booking.part.edition.is_cancelled
    due = 0 if off else payment_of(booking.part).due(booking)
    return Admission(booking, _refusal(booking, missing), minors, missing, guardians, due)


def admission_for(holder: Subject) -> Admission | None:
    """For the gate, by the holder of a pass; None when that is no registration of a visitor."""
    found = Booking.objects.with_names().prefetch_related(*WITH_GUESTS).filter(subject=holder).first()
    return admission_of(found) if found else None


def minors_of(booking: Booking) -> tuple[list[Guest], list[Guest], list[str]]:
    """Minors, those of them that no guardian has consented for yet, and the guardians' names. Only where that is asked."""
    if not booking.part.consent:
        return [], [], []
    guests = list(booking.guests.all())
    minors = [guest for guest in guests if guest.is_minor]
    comes_along = len(minors) < len(guests)
    given = {guest.pk: guest.consent for guest in minors if guest.consent and _counts(guest.consent, comes_along)}
    guardians = sorted({consent.name for consent in given.values()})
    return minors, [guest for guest in minors if guest.pk not in given], guardians


def _counts(consent: GuardianConsent, comes_along: bool) -> bool:
    """Who consented because they come along, and then stay at home, have consented to nothing."""
    return consent.state == ConsentState.GIVEN and (consent.way != ConsentWay.PRESENT or comes_along)


def _refusal(booking: Booking, missing: list[Guest]) -> str:
    slot, edition = booking.slot, booking.part.edition
    if booking.is_cancelled:
        return _("This registration is cancelled.")
    if edition.is_cancelled:
        return _("The event is cancelled: %(reason)s") % {"reason": edition.cancel_reason or "–"}
    if slot.is_called_off:
        return _("This time is called off: %(reason)s") % {"reason": slot.reason or "–"}
    if booking.is_waiting:
        return _("On the waiting list: no place yet for %(when)s.") % {"when": when_in_words(slot)}
    if missing:
        text = ngettext(
            "A guardian's consent is missing for %(count)d minor.",
            "A guardian's consent is missing for %(count)d minors.",
            len(missing),
        )
        return text % {"count": len(missing)}
    return ""

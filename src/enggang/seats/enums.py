from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OfferState(TextChoices):
    OPEN = "open", _("Open for registration")
    CLOSED = "closed", _("Registration closed")
    ENDED = "ended", _("Ended: nobody moves up any more")
    WITHDRAWN = "withdrawn", _("Offer withdrawn")


OFFER_MOVES = {
    OfferState.OPEN: frozenset({OfferState.CLOSED, OfferState.ENDED, OfferState.WITHDRAWN}),
    OfferState.CLOSED: frozenset({OfferState.OPEN, OfferState.ENDED, OfferState.WITHDRAWN}),
    OfferState.ENDED: frozenset({OfferState.OPEN, OfferState.WITHDRAWN}),
    OfferState.WITHDRAWN: frozenset({OfferState.OPEN}),
}


STILL = frozenset({OfferState.ENDED, OfferState.WITHDRAWN})  # no seat of these is given any more


class Promotion(TextChoices):
    """Who decides that somebody who waits gets a freed seat."""

    AUTOMATIC = "automatic", _("Automatic: whoever waited longest moves up at once")
    PROPOSED = "proposed", _("Proposed: the system names who is next, the organiser accepts")
    MANUAL = "manual", _("By hand: the organiser picks from the waiting list")


class ClaimState(TextChoices):
    WAITING = "waiting", _("On the waiting list")
    HELD = "held", _("Seat held")
    CONFIRMED = "confirmed", _("Seat confirmed")
    RELEASED = "released", _("Seat given back")


CLAIM_MOVES = {
    ClaimState.WAITING: frozenset({ClaimState.HELD, ClaimState.CONFIRMED, ClaimState.RELEASED}),
    ClaimState.HELD: frozenset({ClaimState.CONFIRMED, ClaimState.RELEASED}),
    ClaimState.CONFIRMED: frozenset({ClaimState.RELEASED}),
    ClaimState.RELEASED: frozenset(),
}

SEATED = (ClaimState.HELD, ClaimState.CONFIRMED)

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.models import Noun
from enggang.places.models.organisation import below_any
from enggang.seats.enums import SEATED, ClaimState
from enggang.seats.models.offer import Offer, Pool
from enggang.seats.rules import READS_OFFERS


class ClaimQuerySet(models.QuerySet["Claim"]):
    def visible_to(self, actor: Actor) -> ClaimQuerySet:
        return self.filter(below_any(actor.paths(*READS_OFFERS), "offer__organisation__path"))

    def standing(self) -> ClaimQuerySet:
        """Claims that have or want a seat."""
        return self.exclude(state=ClaimState.RELEASED)

    def waiting(self) -> ClaimQuerySet:
        """Those without a seat, first come first: an id is given when the claim is written."""
        return self.filter(state=ClaimState.WAITING).order_by("pk")

    def expired(self, at: datetime) -> ClaimQuerySet:
        """Held seats whose deadline has passed without an answer."""
        return self.filter(state=ClaimState.HELD, held_until__lte=at)

    def to_remind(self, at: datetime) -> ClaimQuerySet:
        """Held seats whose holder is to be told once more that the deadline comes near."""
        return self.filter(state=ClaimState.HELD, held_until__gt=at, remind_at__lte=at)

    def seated(self) -> ClaimQuerySet:
        return self.filter(state__in=SEATED)


class Claim(Noun):
    """Who wants how many seats. ``wish`` is the quota they asked in, ``pool`` the one they sit in.

    ``held_until``: by when the holder must confirm a held seat; ``remind_at``: when they are told so again, none once told. ``passed_over_at``: an organiser has skipped the
    proposal to seat them; they wait on and can still be seated by hand.
    """

    subject_kind = "claim"

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="claims")
    holder = models.ForeignKey("core.Subject", on_delete=models.PROTECT, related_name="seat_claims")
    wish = models.ForeignKey(Pool, null=True, blank=True, on_delete=models.PROTECT, related_name="wishes")
    pool = models.ForeignKey(Pool, null=True, blank=True, on_delete=models.PROTECT, related_name="claims")
    quantity = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=ClaimState.choices, default=ClaimState.WAITING)
    created_at = models.DateTimeField()
    held_until = models.DateTimeField(null=True, blank=True)
    remind_at = models.DateTimeField(null=True, blank=True)
    passed_over_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "holder"],
                condition=~Q(state="released"),
                name="seats_claim_once",
                violation_error_message=_("Already registered here."),
            ),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="seats_claim_at_least_one"),
            models.CheckConstraint(
                condition=~Q(state__in=["held", "confirmed"]) | Q(pool__isnull=False), name="seats_claim_seated_in_pool"
            ),
            models.CheckConstraint(
                condition=~Q(state="held") | Q(held_until__isnull=False), name="seats_claim_held_until"
            ),
        ]
        indexes = [
            models.Index(fields=["wish", "state", "id"], name="seats_claim_queue"),
            models.Index(fields=["held_until"], condition=Q(state="held"), name="seats_claim_deadline"),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.pk}"

    @property
    def is_held(self) -> bool:
        return self.state == ClaimState.HELD

    @property
    def is_overdue(self) -> bool:
        """Held, but the time to confirm is over: the next minute of the clock gives it to whoever waits."""
        return self.is_held and self.held_until is not None and self.held_until <= clock.now()

    @property
    def is_seated(self) -> bool:
        return self.state in SEATED


class Admission(models.Model):
    """A quota beside the wished one in which a claim that had to wait may sit as well. Open quotas admit anyone."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="admissions")
    pool = models.ForeignKey(Pool, on_delete=models.PROTECT, related_name="admissions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["claim", "pool"], name="seats_admission_once")]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.pool_id}"

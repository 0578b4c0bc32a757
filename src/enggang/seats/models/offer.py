"""An offer of scarce places, cut into pools: one per agency, per regency, per kind of holder, or open to all."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, gettext_noop, override
from django.utils.translation import gettext_lazy as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.models import Noun, Versioned
from enggang.places.models.organisation import below_any
from enggang.seats.enums import OfferState, Promotion
from enggang.seats.rules import READS_OFFERS

OPEN_TO_ALL = gettext_noop("Open to everyone")


class OfferQuerySet(models.QuerySet["Offer"]):
    def visible_to(self, actor: Actor) -> OfferQuerySet:
        return self.filter(below_any(actor.paths(*READS_OFFERS), "organisation__path"))


class Offer(Noun, Versioned):
    """``hold_hours``: how long a seat is held for who moved up until they confirm it; 0 confirms it at once.
    ``first_hold_hours``: the same for a seat that was free when it was claimed.

    ``then_open``: a seat given back for which nobody of its quota waits goes to who waits elsewhere; else it is kept.
    """

    subject_kind = "offer"

    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="offers")
    title = models.CharField(max_length=200)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=OfferState.choices, default=OfferState.OPEN)
    promotion = models.CharField(
        _("waiting list"), max_length=10, choices=Promotion.choices, default=Promotion.AUTOMATIC
    )
    hold_hours = models.PositiveSmallIntegerField(_("hours to confirm"), default=0)
    first_hold_hours = models.PositiveSmallIntegerField(_("hours to confirm a free seat"), default=0, db_default=0)
    then_open = models.BooleanField(_("freed seats then go to everyone"), default=True, db_default=True)
    late_substitution = models.BooleanField(_("substitutes after registration closes"), default=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
                name="seats_offer_closes_after_opening",
                violation_error_message=_("Registration must close after it opens."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.is_open_at(clock.now())

    def is_open_at(self, at: datetime) -> bool:
        """Whether claims are taken at ``at``: from ``opens_at``, up to but not including ``closes_at``."""
        begun = self.opens_at is None or self.opens_at <= at
        return self.state == OfferState.OPEN and begun and (self.closes_at is None or at < self.closes_at)


class Pool(models.Model):
    """Places set aside for one organisation or one region, for one kind of holder, or for both; with none, open to all.

    ``kind`` is a code of the domain above, which decides who is of that kind; the engine only compares it.
    ``taken`` counts the seats of held and confirmed claims. It changes only by a conditional UPDATE, and the
    database itself refuses a seat too many. A pool with a ``parent`` is a part that its owner cut from their quota.
    """

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="pools")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    label = models.CharField(max_length=200)
    organisation = models.ForeignKey(
        "places.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="seat_pools"
    )
    region = models.ForeignKey(
        "places.Region", null=True, blank=True, on_delete=models.PROTECT, related_name="seat_pools"
    )
    kind = models.CharField(max_length=20, blank=True, default="", db_default="")
    size = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(default=0)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken__lte=F("size")),
                name="seats_pool_never_oversold",
                violation_error_message=_("There are not that many seats."),
            ),
            models.CheckConstraint(condition=Q(taken__gte=0), name="seats_pool_taken_not_negative"),
            models.CheckConstraint(
                condition=Q(organisation__isnull=True) | Q(region__isnull=True),
                name="seats_pool_one_owner",
                violation_error_message=_("A quota belongs to an organisation or to a region, not to both."),
            ),
            models.UniqueConstraint(
                fields=["offer", "label"],
                name="seats_pool_label",
                violation_error_message=_("Two quotas of one offer cannot have the same name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open_to_all(self) -> bool:
        return self.organisation_id is None and self.region_id is None and not self.kind

    @property
    def name(self) -> str:
        """The label; of a quota open to all that nobody gave another name, in the language of who reads it."""
        unnamed = self.is_open_to_all and self.label in open_words()
        return gettext(OPEN_TO_ALL) if unnamed else self.label

    @property
    def free(self) -> int:
        return self.size - self.taken


def open_label() -> str:
    """What a quota open to all is labelled when nobody names it: the same whoever plans it, so that a second one is seen."""
    with override(settings.LANGUAGE_CODE):
        return gettext(OPEN_TO_ALL)


@cache
def open_words() -> frozenset[str]:
    words = set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            words.add(gettext(OPEN_TO_ALL))
    return frozenset(words)

"""A part of an edition that visitors register for: what it is, what it costs, and the times at which one can come."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.core.models import Noun, Versioned
from enggang.core.models.question import AskedQuestion
from enggang.events.enums import LeastAge, PartState, SlotState
from enggang.events.models.edition import Edition, Site

MOST_PEOPLE = 50  # in one registration
MOST_PRICE = 100_000_000
MOST_CAPACITY = 1_000_000


class PartQuerySet(models.QuerySet["Part"]):
    def visible_to(self, actor: Actor) -> PartQuerySet:
        """Whoever sees inside its edition."""
        return self.filter(edition__in=Edition.objects.inside(actor))

    def public(self) -> PartQuerySet:
        return self.exclude(state=PartState.DRAFT)


class Part(Noun, Versioned):
    """``offer`` is begun with the first time slot. ``price`` is per person, in rupiah, 0 for nothing.

    ``names``: everybody in a registration is named. ``consent``: whoever is under 18 needs a guardian's consent.
    The window stands here and not on the offer: at the gate a volunteer registers people after it has closed.
    """

    subject_kind = "event_part"

    edition = models.ForeignKey("events.Edition", on_delete=models.PROTECT, related_name="parts")
    title = models.CharField(_("what visitors register for"), max_length=160)
    description = models.TextField(_("description"), max_length=2000, blank=True)
    site = models.ForeignKey(
        Site, null=True, blank=True, on_delete=models.PROTECT, related_name="parts", verbose_name=_("place")
    )
    price = models.PositiveBigIntegerField(
        _("price per person (Rp)"), default=0, validators=[MaxValueValidator(MOST_PRICE)]
    )
    most = models.PositiveSmallIntegerField(
        _("people in one registration, at most"), default=6,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_PEOPLE)],
    )  # fmt: skip
    names = models.BooleanField(_("everybody is named"), default=False)
    least_age = models.PositiveSmallIntegerField(
        _("youngest age"), choices=LeastAge.choices, default=LeastAge.ANY, db_default=0
    )
    consent = models.BooleanField(_("under 18 only with a guardian's consent"), default=False)
    opens_at = models.DateTimeField(_("registration opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("registration closes"), null=True, blank=True)
    state = models.CharField(max_length=8, choices=PartState.choices, default=PartState.DRAFT)
    offer = models.OneToOneField(
        "seats.Offer", null=True, blank=True, on_delete=models.PROTECT, related_name="event_part", editable=False
    )
    position = models.PositiveSmallIntegerField(default=0)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
                name="events_part_window",
                violation_error_message=_("Registration must close after it opens."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.state == PartState.DRAFT

    @property
    def is_open(self) -> bool:
        return self.state == PartState.OPEN

    @property
    def is_free(self) -> bool:
        return not self.price

    @property
    def asks_ages(self) -> bool:
        return self.consent or bool(self.least_age)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.edition.time_zone)


class SlotQuerySet(models.QuerySet["Slot"]):
    def with_names(self) -> SlotQuerySet:
        return self.select_related(
            "part__subject", "part__offer__subject", "part__offer__organisation", "part__site", "pool", "site",
            "occasion__subject", "occasion__organisation", "part__edition__subject", "part__edition__event", "part__edition__organisation",
        )  # fmt: skip


class Slot(Versioned):
    """When a part can be visited, in the zone of its edition. An end that is not after the beginning is of the next day.

    ``pool`` holds its places, ``occasion`` is what its gates count. ``first_day`` is that of the edition when the slot's day was last decided: where they
    differ the edition has moved and nobody has said yet whether the slot moves with it. ``was_day`` is the day before the last move.
    ``changed_at`` is the last change that a calendar must notice.
    """

    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="slots")
    day = models.DateField(_("day"))
    begins = models.TimeField(_("begins"))
    ends = models.TimeField(_("ends"))
    site = models.ForeignKey(
        Site, null=True, blank=True, on_delete=models.PROTECT, related_name="slots",
        verbose_name=_("place, when it is another one"),
    )  # fmt: skip
    pool = models.OneToOneField("seats.Pool", on_delete=models.PROTECT, related_name="slot", editable=False)
    occasion = models.OneToOneField(
        "attendance.Occasion", null=True, blank=True, on_delete=models.PROTECT, related_name="slot", editable=False
    )
    state = models.CharField(max_length=10, choices=SlotState.choices, default=SlotState.OPEN)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    first_day = models.DateField(null=True, blank=True, editable=False)
    was_day = models.DateField(null=True, blank=True, editable=False)
    changed_at = models.DateTimeField(editable=False)

    objects = SlotQuerySet.as_manager()

    class Meta:
        ordering = ["day", "begins", "pk"]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.begins:%H.%M}"

    @property
    def starts_at(self) -> datetime:
        return datetime.combine(self.day, self.begins, self.part.zone)

    @property
    def ends_at(self) -> datetime:
        return datetime.combine(self.last_day, self.ends, self.part.zone)

    @property
    def crosses_midnight(self) -> bool:
        return self.ends <= self.begins

    @property
    def last_day(self) -> date:
        return self.day + timedelta(days=self.crosses_midnight)

    @property
    def place(self) -> Site | None:
        return self.site or self.part.site

    @property
    def is_open(self) -> bool:
        return self.state == SlotState.OPEN

    @property
    def is_called_off(self) -> bool:
        return self.state == SlotState.CALLED_OFF

    @property
    def is_unsettled(self) -> bool:
        """Its edition has moved, or lost its days, since its own day was decided."""
        return self.first_day is not None and self.first_day != self.part.edition.starts_on

    @property
    def moved_by(self) -> int:
        """Days by which its edition has moved since its own day was decided; 0 when that is settled."""
        first = self.part.edition.starts_on
        return (first - self.first_day).days if first and self.first_day else 0

    @property
    def proposed_day(self) -> date:
        """As many days on as its edition has moved; a day of the event is not left for one that is none."""
        day, edition = self.day + timedelta(days=self.moved_by), self.part.edition
        return self.day if edition.is_on(self.day) and not edition.is_on(day) else day


class PartQuestion(AskedQuestion):
    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="questions")

    class Meta:
        ordering = ["position", "pk"]

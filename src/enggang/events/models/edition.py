"""One year of an event: when, where, who, how large, and how far it has come."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.core.models import Noun, Versioned
from enggang.events.dates import FIRST_YEAR, LAST_YEAR, LONGEST
from enggang.events.enums import SHARED_STAGES, Area, DateState, Entry, Scale, Stage
from enggang.events.models.event import Hosting
from enggang.events.rules import MANAGERS, SEES_EVENTS
from enggang.places.models.organisation import below_any

if TYPE_CHECKING:
    from enggang.places.models import Organisation

YEARS = [MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
LASTS = timedelta(days=LONGEST)
NO_DAY = date(9999, 12, 31)  # sorts behind all days
MOST_VISITORS = 5_000_000
WITH_NAMES = ("subject", "event__subject", "event__region", "event__organisation", "organisation", "curator", "budget")


def roots(paths: tuple[str, ...]) -> tuple[str, ...]:
    """The top of the tree that each path stands in: a province with everything below it."""
    return tuple({f"/{path.split('/')[1]}/" if path != "/" else "/" for path in paths})


class EditionQuerySet(models.QuerySet["Edition"]):
    def visible_to(self, actor: Actor) -> EditionQuerySet:
        """Its own staff and the curator's at every stage; once approved it stands in the province's calendar,
        which the event staff of all its agencies read."""
        paths = actor.paths(*SEES_EVENTS)
        proposed = below_any(paths, "curator__path") & ~Q(stage=Stage.IDEA)
        shared = below_any(roots(paths), "organisation__path") & Q(stage__in=[*SHARED_STAGES, Stage.CANCELLED])
        return self.filter(below_any(paths, "organisation__path") | proposed | shared)

    def inside(self, actor: Actor) -> EditionQuerySet:
        """Those whose permits, papers and money the actor may read."""
        paths = actor.paths(*SEES_EVENTS)
        return self.filter(
            below_any(paths, "organisation__path") | below_any(paths, "curator__path") & ~Q(stage="idea")
        )

    def managed_by(self, actor: Actor) -> EditionQuerySet:
        return self.filter(below_any(actor.paths(*MANAGERS), "organisation__path"))

    def under_way(self) -> EditionQuerySet:
        """Neither closed nor cancelled."""
        return self.exclude(stage__in=[Stage.CLOSED, Stage.CANCELLED])

    def touching(self, first: date, last: date) -> EditionQuerySet:
        """On at one of these days at least. None is longer than ``LASTS``, which bounds what is read of the index."""
        return self.filter(sorts_on__gte=first - LASTS, sorts_on__lte=last, ends_on__gte=first)

    def coming(self, today: date) -> EditionQuerySet:
        """Not over at ``today``, by their days; those without a day are still to come."""
        return self.filter(Q(ends_on__gte=today) | Q(ends_on=None), sorts_on__gte=today - LASTS)

    def with_names(self) -> EditionQuerySet:
        return self.select_related(*WITH_NAMES).defer("event__region__outline")


class Edition(Noun, Versioned):
    """``label`` tells two of one year apart (the equinox comes twice). ``stage_before`` is where a cancelled one stood."""

    subject_kind = "edition"

    event = models.ForeignKey("events.Event", on_delete=models.PROTECT, related_name="editions")
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="editions")
    curator = models.ForeignKey(
        "places.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("proposed to"),
    )  # fmt: skip
    year = models.PositiveSmallIntegerField(_("year"), validators=YEARS)
    label = models.CharField(_("which one, when it is held twice a year"), max_length=60, blank=True)
    theme = models.CharField(_("theme"), max_length=200, blank=True)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.IDEA)
    stage_before = models.CharField(max_length=10, choices=Stage.choices, blank=True, editable=False)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    sorts_on: models.GeneratedField = (
        models.GeneratedField(  # the first day, undated ones last: one index for lists by day
            expression=Coalesce("starts_on", Value(NO_DAY)), output_field=models.DateField(), db_persist=True
        )
    )
    time_zone = models.CharField(max_length=40, default="Asia/Pontianak")
    date_state = models.CharField(max_length=10, choices=DateState.choices, default=DateState.TENTATIVE)
    date_source = models.CharField(_("where the date is known from"), max_length=300, blank=True)
    scale = models.CharField(_("scale"), max_length=14, choices=Scale.choices, default=Scale.LOCAL)
    area = models.CharField(_("area"), max_length=10, choices=Area.choices, default=Area.DISTRICT)
    entry = models.CharField(_("entry"), max_length=8, choices=Entry.choices, default=Entry.FREE)
    visitors = models.PositiveIntegerField(
        _("expected visitors, all days"), null=True, blank=True, validators=[MaxValueValidator(MOST_VISITORS)]
    )
    contact = models.CharField(_("contact"), max_length=200, blank=True)
    cancel_reason = models.CharField(max_length=500, blank=True)
    budget = models.OneToOneField(
        "budgets.Budget", null=True, blank=True, on_delete=models.PROTECT, related_name="edition", editable=False
    )
    collection = models.ForeignKey(
        "media.Collection", null=True, blank=True, on_delete=models.SET_NULL, related_name="editions", editable=False
    )
    cloned_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="clones", editable=False
    )
    specimen = models.BooleanField(default=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "event__name_key", "pk"]
        indexes = [
            models.Index(fields=["year", "starts_on"], name="events_edition_year"),
            models.Index(fields=["sorts_on", "id"], name="events_edition_by_day"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "year", "label"],
                name="events_edition_once",
                violation_error_message=_(
                    "There is an edition of this event in that year. Give this one a name of its own."
                ),
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True, ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="events_edition_days",
                violation_error_message=_("The last day lies before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.label} {self.year}".replace("  ", " ")

    @property
    def is_dated(self) -> bool:
        return self.starts_on is not None

    @property
    def is_confirmed(self) -> bool:
        return self.is_dated and self.date_state == DateState.CONFIRMED

    @property
    def is_cancelled(self) -> bool:
        return self.stage == Stage.CANCELLED

    def is_on(self, day: date) -> bool:
        return bool(self.starts_on and self.starts_on <= day <= (self.ends_on or self.starts_on))

    @property
    def is_under_way(self) -> bool:
        return self.stage not in {Stage.CLOSED, Stage.CANCELLED}

    @property
    def is_decided(self) -> bool:
        """Whether it is to be held: approved, and not called off."""
        return self.stage in SHARED_STAGES

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days + 1 if self.starts_on and self.ends_on else 0

    @property
    def decider(self) -> Organisation:
        """Who curates and approves it."""
        return self.curator or self.organisation


class EditionOrganiser(Hosting):
    """``applies`` marks the one in whose name permits are asked for."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="organisers")
    contact = models.CharField(_("contact person"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    applies = models.BooleanField(_("applies for the permits"), default=False)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition"],
                condition=Q(applies=True),
                name="events_one_applicant",
                violation_error_message=_("Only one of them applies for the permits."),
            )
        ]


class Site(models.Model):
    """Where something of an edition takes place. ``capacity`` is how many people it holds at a time."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="sites")
    name = models.CharField(_("name of the place"), max_length=160)
    address = models.CharField(_("address"), max_length=300, blank=True)
    region = models.ForeignKey(
        "places.Region", on_delete=models.PROTECT, related_name="+", verbose_name=_("regency or city")
    )
    district = models.CharField(_("district (kecamatan)"), max_length=100, blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    capacity = models.PositiveIntegerField(
        _("capacity (people at a time)"), null=True, blank=True, validators=[MaxValueValidator(MOST_VISITORS)]
    )
    area_m2 = models.PositiveIntegerField(
        _("area (m²)"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(100_000_000)]
    )
    use = models.CharField(_("what for"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def density(self) -> float | None:
        """People per square metre when it is full."""
        return self.capacity / self.area_m2 if self.capacity and self.area_m2 else None


class StageStep(models.Model):
    """A move from one stage to another: who decided, when, and why where it needed a reason. Never changed."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="steps")
    was = models.CharField(max_length=10, choices=Stage.choices)
    now = models.CharField(max_length=10, choices=Stage.choices)
    decided_on = models.DateField(_("decided on"))
    decider = models.CharField(_("decided by"), max_length=160)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    missing = models.PositiveSmallIntegerField(default=0)
    noted_at = models.DateTimeField()
    noted_by_key = models.CharField(max_length=60)

    class Meta:
        ordering = ["-noted_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.was} > {self.now}"


class DateChange(models.Model):
    """What the dates were and became, by whose decision. Never changed."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="date_changes")
    was_first = models.DateField(null=True, blank=True)
    was_last = models.DateField(null=True, blank=True)
    was_state = models.CharField(max_length=10, choices=DateState.choices)
    first = models.DateField(null=True, blank=True)
    last = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=DateState.choices)
    source = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    noted_at = models.DateTimeField()
    noted_by_key = models.CharField(max_length=60)

    class Meta:
        ordering = ["-noted_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.was_first} > {self.first}"

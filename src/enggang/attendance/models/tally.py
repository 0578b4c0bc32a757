"""People without a ticket: how an event counts them, the points where it does, the phones that count, and what they count."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from enggang.access.domain.links import hashed
from enggang.access.enums import LinkScope
from enggang.access.models import CapabilityLink
from enggang.attendance.enums import CountMethod, CountStep
from enggang.attendance.models.gate import BRINGS_LATE
from enggang.attendance.rules import READS_ATTENDANCE
from enggang.core.actor import Actor
from enggang.core.models import Noun, Versioned
from enggang.core.models.closed import ClosedFacts
from enggang.places.models.organisation import below_any

MOST_PEOPLE = 100_000  # in one count
DAY_MINUTES = 24 * 60
PERCENT = [MinValueValidator(1), MaxValueValidator(100)]
MINUTES = [MinValueValidator(1), MaxValueValidator(DAY_MINUTES)]


class CountPlan(Versioned):
    """How one event is counted. ``times`` is how often a visitor comes through an entrance, over all days: entries divided
    by it are persons. The limits say from when on a count is looked at twice."""

    group = models.OneToOneField("core.Subject", on_delete=models.PROTECT, related_name="count_plan")
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    main = models.CharField(_("the cordon that gives the number"), max_length=80, blank=True)
    times = models.DecimalField(
        _("entries per visitor, all days"), max_digits=6, decimal_places=3, null=True, blank=True,
        validators=[MinValueValidator(Decimal("0.5")), MaxValueValidator(Decimal(200))],
    )  # fmt: skip
    times_sd = models.DecimalField(
        _("standard deviation of it"), max_digits=6, decimal_places=3, null=True, blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )  # fmt: skip
    times_n = models.PositiveIntegerField(
        _("people asked"), null=True, blank=True, validators=[MinValueValidator(2), MaxValueValidator(1_000_000)]
    )
    times_source = models.CharField(_("where it is known from"), max_length=300, blank=True)
    most_per_minute = models.PositiveIntegerField(_("most people a minute at one point"), default=200, validators=[MinValueValidator(1), MaxValueValidator(MOST_PEOPLE)])  # fmt: skip
    differs_percent = models.PositiveSmallIntegerField(_("two counters differ by more than (percent)"), default=15, validators=PERCENT)  # fmt: skip
    silent_minutes = models.PositiveSmallIntegerField(_("a phone is silent after (minutes)"), default=15, validators=MINUTES)  # fmt: skip
    gap_minutes = models.PositiveSmallIntegerField(_("a gap is told from (minutes)"), default=10, validators=MINUTES)

    def __str__(self) -> str:
        return f"counting {self.pk}"


class CountPointQuerySet(models.QuerySet["CountPoint"]):
    def visible_to(self, actor: Actor) -> CountPointQuerySet:
        return self.filter(below_any(actor.paths(*READS_ATTENDANCE), "organisation__path"))

    def standing(self) -> CountPointQuerySet:
        return self.filter(voided_at=None)


class CountPoint(Noun, Versioned):
    """``stream`` names the cordon or street that it belongs to: points that are each an ``entrance`` of one cordon are
    added, every other point sees people that another one sees too and stands beside.

    Sampled: ``length`` minutes are counted every ``every`` minutes; the first interval begins ``shift`` minutes after the
    opening, drawn by lot, so that every minute had the same chance. Density: people in squares of ``square_m2`` on
    ``area_m2``, every ``every`` minutes. The hours are local ones; an end before the beginning is that of the next day.
    """

    subject_kind = "count_point"

    group = models.ForeignKey("core.Subject", on_delete=models.PROTECT, related_name="count_points")
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="count_points")
    name = models.CharField(_("name of the point"), max_length=80)
    place = models.CharField(_("where to stand"), max_length=200, blank=True)
    latitude = models.DecimalField(
        _("latitude"), max_digits=9, decimal_places=6, null=True, blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )  # fmt: skip
    longitude = models.DecimalField(
        _("longitude"), max_digits=9, decimal_places=6, null=True, blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )  # fmt: skip
    stream = models.CharField(_("cordon or street"), max_length=80)
    entrance = models.BooleanField(_("an entrance of this cordon: added to its other entrances"), default=True)
    method = models.CharField(
        _("what is counted"), max_length=8, choices=CountMethod.choices, default=CountMethod.EVERY
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    begins = models.TimeField(_("from"), default=time(8))
    ends = models.TimeField(_("until"), default=time(22))
    time_zone = models.CharField(max_length=40, default="Asia/Pontianak")
    length = models.PositiveSmallIntegerField(_("minutes counted at a time"), default=5, validators=MINUTES)
    every = models.PositiveSmallIntegerField(_("every so many minutes"), default=30, validators=MINUTES)
    shift = models.PositiveSmallIntegerField(default=0, editable=False)
    area_m2 = models.PositiveIntegerField(
        _("area where people can stand (m²)"), null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100_000_000)],
    )  # fmt: skip
    square_m2 = models.PositiveIntegerField(
        _("size of one counted square (m²)"), null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(10_000)],
    )  # fmt: skip
    voided_at = models.DateTimeField(null=True, blank=True, editable=False)
    void_reason = models.CharField(max_length=300, blank=True, editable=False)

    objects = CountPointQuerySet.as_manager()

    class Meta:
        ordering = ["stream", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "name"],
                condition=Q(voided_at__isnull=True),
                name="attendance_point_name",
                violation_error_message=_("There is a point of this name already."),
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="attendance_point_days",
                violation_error_message=_("The last day lies before the first."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_void(self) -> bool:
        return self.voided_at is not None

    @property
    def is_sampled(self) -> bool:
        return self.method == CountMethod.SAMPLED

    @property
    def is_density(self) -> bool:
        return self.method == CountMethod.DENSITY

    @property
    def is_added(self) -> bool:
        return self.entrance and not self.is_density


class CountPhoneQuerySet(models.QuerySet["CountPhone"]):
    def by_token(self, token: str) -> CountPhone | None:
        """The phone behind an address, be its link usable, ended or revoked."""
        rows = self.select_related("link", "subject", "point__subject", "point__organisation")
        return rows.filter(link__token_hash=hashed(token), link__scope=LinkScope.TALLY).first()


class CountPhone(Noun):
    """What one volunteer's phone may do: count at one point, by an address that lives some hours."""

    subject_kind = "count_phone"

    link = models.OneToOneField(CapabilityLink, on_delete=models.PROTECT, related_name="count_phone")
    point = models.ForeignKey(CountPoint, on_delete=models.PROTECT, related_name="phones")
    name = models.CharField(_("who counts"), max_length=80)
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    waiting = models.PositiveIntegerField(default=0)

    objects = CountPhoneQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_revoked(self) -> bool:
        return self.link.revoked_at is not None

    def is_open_at(self, at: datetime) -> bool:
        return not self.is_revoked and at < self.link.expires_at

    def takes_counts_at(self, at: datetime) -> bool:
        return not self.is_revoked and at < self.link.expires_at + BRINGS_LATE


class Count(models.Model):
    """How many came in and went out at a point from one moment to another, as one counter saw it.

    ``uuid`` is made by the phone: bringing the same count twice is bringing it once. Times are corrected by what was
    known of the phone's clock. ``phone`` is empty for what was written on paper; then ``person`` says who counted. In a
    square, ``entered`` is how many stand in it and both times are the moment.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4)
    point = models.ForeignKey(CountPoint, on_delete=models.PROTECT, related_name="counts")
    phone = models.ForeignKey(CountPhone, on_delete=models.PROTECT, null=True, blank=True, related_name="counts")
    device = models.CharField(max_length=36, blank=True)
    person = models.CharField(_("who counted"), max_length=80, blank=True)
    from_at = models.DateTimeField()
    to_at = models.DateTimeField()
    entered = models.PositiveIntegerField(validators=[MaxValueValidator(MOST_PEOPLE)])
    left = models.PositiveIntegerField(default=0, validators=[MaxValueValidator(MOST_PEOPLE)])
    offset_ms = models.BigIntegerField(default=0)
    received_at = models.DateTimeField()
    void = models.BooleanField(default=False)
    accepted = models.BooleanField(default=False)

    class Meta:
        ordering = ["from_at", "pk"]
        indexes = [models.Index(fields=["point", "from_at"], name="attendance_count_point")]
        constraints = [models.CheckConstraint(condition=Q(to_at__gte=F("from_at")), name="attendance_count_times")]

    def __str__(self) -> str:
        return f"{self.entered} {self.from_at:%Y-%m-%d %H:%M}"

    @property
    def by_hand(self) -> bool:
        return self.phone_id is None

    @property
    def minutes(self) -> float:
        return (self.to_at - self.from_at) / timedelta(minutes=1)


class CountChange(models.Model):
    """What somebody did to a count afterwards, and why. Never changed."""

    count = models.ForeignKey(Count, on_delete=models.PROTECT, related_name="changes")
    step = models.CharField(max_length=10, choices=CountStep.choices)
    was: models.JSONField[Any, Any] = models.JSONField(default=dict)
    now: models.JSONField[Any, Any] = models.JSONField(default=dict)
    reason = models.CharField(max_length=300)
    changed_at = models.DateTimeField()
    changed_by_key = models.CharField(max_length=60)

    class Meta:
        ordering = ["-changed_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.step} {self.changed_at:%Y-%m-%d %H:%M}"


class CountResult(ClosedFacts):
    group = models.ForeignKey("core.Subject", on_delete=models.PROTECT, related_name="count_results")
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")

    class Meta(ClosedFacts.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["group", "number"],
                name="attendance_result_once",
                violation_error_message=_("Somebody closed the counting at the same moment. Reload the page."),
            )
        ]


def days_of(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]

"""A time at which people sign: one session, half a day or a day. ``group`` is whoever gathers them: a wave."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from enggang.attendance.enums import OccasionKind, OccasionState
from enggang.attendance.rules import MARKS_ATTENDANCE, READS_ATTENDANCE
from enggang.core.actor import Actor
from enggang.core.models import Noun, Versioned
from enggang.places.models.organisation import below_any


class OccasionQuerySet(models.QuerySet["Occasion"]):
    def visible_to(self, actor: Actor) -> OccasionQuerySet:
        return self.filter(below_any(actor.paths(*READS_ATTENDANCE), "organisation__path"))

    def marked_by(self, actor: Actor) -> OccasionQuerySet:
        """Where the actor may mark who is there."""
        return self.filter(below_any(actor.paths(*MARKS_ATTENDANCE), "organisation__path"))

    def planned(self) -> OccasionQuerySet:
        return self.filter(state=OccasionState.PLANNED)


class Occasion(Noun, Versioned):
    """At one of the ``open`` kind at most ``room`` people are inside at once (none: no bound), and whoever went out may
    come in again with ``re_entry``."""

    subject_kind = "occasion"

    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="occasions")
    group = models.ForeignKey("core.Subject", on_delete=models.PROTECT, related_name="occasions")
    title = models.CharField(max_length=200)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=OccasionState.choices, default=OccasionState.PLANNED)
    kind = models.CharField(
        max_length=8, choices=OccasionKind.choices, default=OccasionKind.SIGNED, db_default=OccasionKind.SIGNED
    )
    room = models.PositiveIntegerField(_("most people inside at once"), null=True, blank=True)
    re_entry = models.BooleanField(_("whoever went out may come in again"), default=True, db_default=True)

    objects = OccasionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["group", "starts_at"], name="attendance_by_group")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="attendance_ends_after_start",
                violation_error_message=_("It must end after it starts."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether people come and go."""
        return self.kind == OccasionKind.OPEN

    @property
    def is_cancelled(self) -> bool:
        return self.state == OccasionState.CANCELLED

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.organisation.time_zone)

    def is_running_at(self, at: datetime) -> bool:
        return self.starts_at <= at < self.ends_at

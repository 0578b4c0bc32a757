"""A session of a wave. Its time is what the wall clock of its zone will show: day, hours and zone, not an instant."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Session(models.Model):
    wave = models.ForeignKey("training.Wave", on_delete=models.CASCADE, related_name="sessions")
    module = models.ForeignKey("training.Module", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(_("title"), max_length=200)
    day = models.DateField(_("day"))
    begins = models.TimeField(_("from"))
    ends = models.TimeField(_("until"))
    jp = models.PositiveSmallIntegerField(_("JP"), default=0, validators=[MaxValueValidator(24)])
    room = models.CharField(_("room"), max_length=120, blank=True)
    occasion = models.ForeignKey("attendance.Occasion", on_delete=models.PROTECT, related_name="sessions")

    class Meta:
        ordering = ["day", "begins", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=F("begins")),
                name="training_session_hours",
                violation_error_message=_("The session ends before it begins."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def starts_at(self) -> datetime:
        return datetime.combine(self.day, self.begins, ZoneInfo(self.wave.time_zone))

    @property
    def ends_at(self) -> datetime:
        return datetime.combine(self.day, self.ends, ZoneInfo(self.wave.time_zone))

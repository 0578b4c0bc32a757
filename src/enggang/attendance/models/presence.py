from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from enggang.attendance.models.attendance_pass import Pass
from enggang.attendance.models.occasion import Occasion


class Presence(models.Model):
    """How many of one pass are inside at one occasion, and how many came in in all, as far as gates have told.

    The row is what gates lock that bring the same pass at once.
    """

    occasion = models.ForeignKey(Occasion, on_delete=models.PROTECT, related_name="presences")
    held = models.ForeignKey(Pass, on_delete=models.PROTECT, related_name="presences")
    inside = models.PositiveIntegerField(default=0)
    entered = models.PositiveIntegerField(default=0)
    device = models.CharField(max_length=36, blank=True)
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["occasion", "held"],
                name="attendance_presence_once",
                violation_error_message=_("This ticket is counted here already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.inside}/{self.entered}"

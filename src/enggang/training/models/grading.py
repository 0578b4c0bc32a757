"""Who is to grade an assignment, and the sittings of a panel over several of its works."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Allocation(models.Model):
    """A grader told to grade an assignment. Where two grade without seeing each other, only the allocated ones may."""

    assignment = models.ForeignKey("training.Assignment", on_delete=models.CASCADE, related_name="allocations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    allocated_at = models.DateTimeField()
    allocated_by_key = models.CharField(max_length=60)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "user"],
                name="training_allocated_once",
                violation_error_message=_("This grader is allocated already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id}: {self.user_id}"


class Sitting(models.Model):
    """One meeting of a panel, with one sheet of minutes (berita acara) for all works it judged."""

    assignment = models.ForeignKey("training.Assignment", on_delete=models.PROTECT, related_name="sittings")
    held_on = models.DateField(_("held on"))
    place = models.CharField(_("place"), max_length=160)
    members = models.TextField(max_length=2000)
    text = models.TextField(max_length=8000, blank=True)
    scan = models.ForeignKey("files.Upload", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ["held_on", "pk"]

    def __str__(self) -> str:
        return f"{self.held_on}: {self.assignment_id}"

    @property
    def names(self) -> list[str]:
        return [line.strip() for line in self.members.splitlines() if line.strip()]


class SatWork(models.Model):
    """A work on the table of a sitting; of one sitting only."""

    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="works")
    hand_in = models.ForeignKey("training.HandIn", on_delete=models.PROTECT, related_name="sat_in")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["hand_in"],
                name="training_sat_once",
                violation_error_message=_("One of these works is in the minutes of another sitting."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.sitting_id}: {self.hand_in_id}"

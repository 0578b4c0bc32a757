"""Paper: the lists that people sign by hand, per day and per meal, and the scans of them that are kept."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enggang.attendance.enums import SheetKind


class MealDay(models.Model):
    """On this day the group is given this meal, so a list for it has to be signed."""

    group = models.ForeignKey("core.Subject", on_delete=models.PROTECT, related_name="meal_days")
    day = models.DateField()
    meal = models.CharField(max_length=10, choices=SheetKind.choices)

    class Meta:
        ordering = ["day", "pk"]
        constraints = [models.UniqueConstraint(fields=["group", "day", "meal"], name="attendance_meal_once")]

    def __str__(self) -> str:
        return f"{self.day}: {self.meal}"


class SheetScanQuerySet(models.QuerySet["SheetScan"]):
    def current(self) -> SheetScanQuerySet:
        return self.filter(ended_at__isnull=True)


class SheetScan(models.Model):
    """The signed list as it was scanned. ``part`` names the class it is of; empty: the whole group.

    A scan that was replaced or removed is ended and stays, with its file: it is evidence of what was handed in.
    """

    group = models.ForeignKey("core.Subject", on_delete=models.PROTECT, related_name="sheet_scans")
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="sheet_scans")
    day = models.DateField()
    kind = models.CharField(max_length=10, choices=SheetKind.choices)
    part = models.CharField(max_length=80, blank=True)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()
    kept_by_key = models.CharField(max_length=60)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_key = models.CharField(max_length=60, blank=True)
    end_reason = models.CharField(max_length=200, blank=True)  # empty: replaced by a newer scan

    objects = SheetScanQuerySet.as_manager()

    class Meta:
        ordering = ["-kept_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "day", "kind", "part"],
                condition=Q(ended_at__isnull=True),
                name="attendance_sheet_current",
                violation_error_message=_("Somebody has just uploaded this list. Reload the page and look at theirs."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.kind}"

    @property
    def is_current(self) -> bool:
        return self.ended_at is None

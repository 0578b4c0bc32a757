from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from enggang.attendance.enums import Method, Status
from enggang.attendance.models.occasion import Occasion


class Mark(models.Model):
    """What is known of one person at one occasion. Corrections change the row; the audit trail keeps the history."""

    occasion = models.ForeignKey(Occasion, on_delete=models.PROTECT, related_name="marks")
    holder = models.ForeignKey("core.Subject", on_delete=models.PROTECT, related_name="attendance_marks")
    status = models.CharField(max_length=8, choices=Status.choices)
    method = models.CharField(max_length=8, choices=Method.choices)
    at = models.DateTimeField()
    by_key = models.CharField(max_length=60)
    note = models.CharField(max_length=200, blank=True)
    scan_uuid = models.UUIDField(null=True, blank=True, editable=False)  # the scan that made it, if one did

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["occasion", "holder"],
                name="attendance_mark_once",
                violation_error_message=_("Attendance is already recorded."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.status} {self.at:%Y-%m-%d %H:%M}"

    @property
    def is_present(self) -> bool:
        return self.status == Status.PRESENT


class TakenMark(models.Model):
    """A mark that was taken back, as it stood, with the reason: its person is not marked any more, unless it is given
    back (``given_at``)."""

    occasion = models.ForeignKey(Occasion, on_delete=models.PROTECT, related_name="taken_marks")
    holder = models.ForeignKey("core.Subject", on_delete=models.PROTECT, related_name="taken_marks")
    status = models.CharField(max_length=8, choices=Status.choices)
    method = models.CharField(max_length=8, choices=Method.choices)
    at = models.DateTimeField()
    by_key = models.CharField(max_length=60)
    note = models.CharField(max_length=200, blank=True)
    scan_uuid = models.UUIDField(null=True, blank=True, editable=False)
    reason = models.CharField(max_length=200)
    taken_at = models.DateTimeField()
    taken_by_key = models.CharField(max_length=60)
    given_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-taken_at", "-pk"]
        indexes = [models.Index(fields=["occasion", "given_at"], name="attendance_taken")]

    def __str__(self) -> str:
        return f"{self.status} {self.taken_at:%Y-%m-%d %H:%M}"

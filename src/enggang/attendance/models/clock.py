"""Files out of a fingerprint machine, and whom its user numbers stand for."""

from __future__ import annotations

from django.db import models

from enggang.core import codes


class DeviceUser(models.Model):
    """``number`` is the machine's own, or ``name:`` and a folded name where a machine knows no numbers."""

    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="device_users")
    number = models.CharField(max_length=120)
    holder = models.ForeignKey("core.Subject", on_delete=models.PROTECT, related_name="device_users")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "number"], name="attendance_device_user_once")]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.pk}"


class ClockFile(models.Model):
    group = models.ForeignKey("core.Subject", on_delete=models.PROTECT, related_name="clock_files")
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="clock_files")
    code = models.CharField(max_length=16, unique=True, default=codes.random_code)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()
    kept_by_key = models.CharField(max_length=60)
    applied_at = models.DateTimeField(null=True, blank=True)
    # Its marks as [id, instant, what stood there before or null]: what undoing it has to find untouched.
    made = models.JSONField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by_key = models.CharField(max_length=60, blank=True, default="", db_default="")
    undo_reason = models.CharField(max_length=200, blank=True, default="", db_default="")

    class Meta:
        ordering = ["-kept_at", "-pk"]

    def __str__(self) -> str:
        return self.code

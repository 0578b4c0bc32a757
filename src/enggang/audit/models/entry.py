"""Who did what, when, to which subject. Plain columns, no foreign key upward, no personal value."""

from __future__ import annotations

from typing import Any

from django.db import models


class AuditEntry(models.Model):
    at = models.DateTimeField(db_index=True)
    code = models.CharField(max_length=60, db_index=True)
    actor_kind = models.CharField(max_length=12)
    actor_key = models.CharField(max_length=60)
    user_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    subject_code = models.CharField(max_length=16, blank=True, db_index=True)
    organisation_code = models.CharField(max_length=16, blank=True, db_index=True)
    details: models.JSONField[Any, Any] = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.code} {self.subject_code}"

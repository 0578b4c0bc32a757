"""Who did what, when, to which subject. Plain columns, no foreign key upward, no personal value."""

from __future__ import annotations

from typing import Any

from django.db import models


class AuditEntry(models.Model):
    at = models.DateTimeField(db_index=True)
    code = models.CharField(max_length=60)
    actor_kind = models.CharField(max_length=12)
    actor_key = models.CharField(max_length=60)
    user_id = models.BigIntegerField(null=True, blank=True)
    subject_code = models.CharField(max_length=16, blank=True)
    organisation_code = models.CharField(max_length=16, blank=True)
    details: models.JSONField[Any, Any] = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]
        # Named here and not on the fields: PostgreSQL would keep a second one of each for LIKE, which nobody asks.
        indexes = [
            models.Index(fields=["code"], name="audit_entry_code"),
            models.Index(fields=["subject_code"], name="audit_entry_subject"),
            models.Index(fields=["organisation_code"], name="audit_entry_organisation"),
            models.Index(fields=["user_id"], name="audit_entry_user", condition=models.Q(user_id__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.code} {self.subject_code}"

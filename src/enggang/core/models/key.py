"""Keys of the installation, by purpose. The private half is sealed with a key derived from SECRET_KEY."""

from __future__ import annotations

from django.db import models


class Key(models.Model):
    kid = models.CharField(max_length=16, unique=True)
    purpose = models.CharField(max_length=40)
    sealed_private = models.BinaryField()
    public = models.BinaryField()
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["purpose"], condition=models.Q(retired_at__isnull=True), name="core_key_one_active_per_purpose"
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.kid}"

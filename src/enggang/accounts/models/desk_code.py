"""A one-time sign-in handed out at the desk: a link (shown as QR) and six digits that are not in the link."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class DeskCode(models.Model):
    """Only hashes are kept. The link without the digits, or the digits without the link, sign nobody in."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="desk_codes")
    token_hash = models.CharField(max_length=64, unique=True)
    pin_hash = models.CharField(max_length=128)
    issued_by_key = models.CharField(max_length=60)
    expires_at = models.DateTimeField()
    failed_attempts = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"desk code until {self.expires_at:%H:%M}"

"""A one-time sign-in handed out at the desk: a link (shown as QR) and six digits that are not in the link."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

TRIES = 5


class DeskCodeQuerySet(models.QuerySet["DeskCode"]):
    def open(self) -> DeskCodeQuerySet:
        """Neither used nor revoked; perhaps past its time."""
        return self.filter(used_at__isnull=True, revoked_at__isnull=True)

    def usable(self, at: datetime) -> DeskCodeQuerySet:
        return self.open().filter(expires_at__gt=at, failed_attempts__lt=TRIES, user__is_active=True)


class DeskCode(models.Model):
    """Only hashes are kept. The link without the digits, or the digits without the link, sign nobody in."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="desk_codes")
    token_hash = models.CharField(max_length=64, unique=True)
    pin_hash = models.CharField(max_length=64)
    issued_by_key = models.CharField(max_length=60)
    expires_at = models.DateTimeField()
    failed_attempts = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = DeskCodeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(used_at__isnull=True, revoked_at__isnull=True),
                name="accounts_one_open_desk_code",
                violation_error_message=_("A code for this person was made at the same moment. Make one more."),
            )
        ]

    def __str__(self) -> str:
        return f"desk code until {self.expires_at:%H:%M}"

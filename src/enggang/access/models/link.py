"""A capability link: what its holder may do, with one subject, until when, how often. Only its hash is kept."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from enggang.access.enums import LinkScope


class CapabilityLinkQuerySet(models.QuerySet["CapabilityLink"]):
    def usable(self, at: datetime) -> CapabilityLinkQuerySet:
        return self.filter(revoked_at__isnull=True, expires_at__gt=at).filter(
            Q(uses_left__isnull=True) | Q(uses_left__gt=0)
        )


class CapabilityLink(models.Model):
    """``handed_out``: somebody other than its holder has seen the address, so it does not prove who uses it."""

    token_hash = models.CharField(max_length=64, unique=True)
    scope = models.CharField(max_length=24, choices=LinkScope.choices)
    subject = models.ForeignKey("core.Subject", on_delete=models.CASCADE, related_name="capability_links")
    created_at = models.DateTimeField()
    created_by_key = models.CharField(max_length=60)
    expires_at = models.DateTimeField()
    uses_left = models.PositiveIntegerField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    handed_out = models.BooleanField(default=False, db_default=False)

    objects = CapabilityLinkQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.scope} until {self.expires_at:%Y-%m-%d}"

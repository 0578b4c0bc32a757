from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enggang.access.enums import Role
from enggang.core import clock, codes
from enggang.core.actor import Actor
from enggang.places.models.organisation import below_any


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    def visible_to(self, actor: Actor) -> RoleGrantQuerySet:
        if actor.holds(Role.ADMINISTRATOR, at="/"):
            return self
        return self.filter(below_any(actor.paths(Role.ADMINISTRATOR), "organisation__path"))

    def on(self, day: date) -> RoleGrantQuerySet:
        """In force on ``day``."""
        return self.running(day).filter(valid_from__lte=day)

    def running(self, day: date) -> RoleGrantQuerySet:
        """In force on ``day``, or to be in force later."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), ended_at__isnull=True)


class RoleGrant(models.Model):
    """A role on an organisation and everything below it; without an organisation, on the whole installation."""

    code = models.CharField(max_length=16, unique=True, default=codes.random_code)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="role_grants")
    role = models.CharField(max_length=16, choices=Role.choices)
    organisation = models.ForeignKey(
        "places.Organisation", null=True, blank=True, on_delete=models.CASCADE, related_name="role_grants"
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    granted_by_key = models.CharField(max_length=60)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "organisation"],
                condition=Q(ended_at__isnull=True),
                name="access_grant_once",
                violation_error_message=_("This person already has that role there."),
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(ended_at__isnull=True, organisation__isnull=True),
                name="access_grant_once_everywhere",
                violation_error_message=_("This person already has that role there."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} at {self.path}"

    @property
    def path(self) -> str:
        return self.organisation.path if self.organisation else "/"

    @property
    def is_running(self) -> bool:
        return self.ended_at is None and (self.valid_to is None or self.valid_to >= clock.today())

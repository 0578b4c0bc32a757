"""What a person shows to be marked present. Its token carries this row's code and no personal data."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from enggang.attendance.enums import Withheld
from enggang.attendance.rules import MARKS_ATTENDANCE
from enggang.core import codes
from enggang.core.actor import Actor
from enggang.places.models.organisation import below_any


class PassQuerySet(models.QuerySet["Pass"]):
    def marked_by(self, actor: Actor) -> PassQuerySet:
        """Passes whose holder the actor may mark."""
        return self.filter(below_any(actor.paths(*MARKS_ATTENDANCE), "organisation__path"))

    def valid(self) -> PassQuerySet:
        return self.filter(revoked_at__isnull=True)

    def placed(self) -> PassQuerySet:
        """Valid ones that go with a place: not those of the waiting list."""
        return self.valid().exclude(withheld=Withheld.WAITING)


class Pass(models.Model):
    """``quantity`` people may come in on it, at every occasion of the group or at ``only`` one, as soon as nothing is
    ``withheld``."""

    holder = models.ForeignKey("core.Subject", on_delete=models.PROTECT, related_name="passes")
    group = models.ForeignKey("core.Subject", on_delete=models.PROTECT, related_name="group_passes")
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="passes")
    code = models.CharField(max_length=16, unique=True, default=codes.random_code)
    issued_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    quantity = models.PositiveSmallIntegerField(default=1, db_default=1)
    only = models.ForeignKey(
        "attendance.Occasion", null=True, blank=True, on_delete=models.PROTECT, related_name="passes"
    )
    withheld = models.CharField(max_length=8, choices=Withheld.choices, blank=True, default="", db_default="")

    objects = PassQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["holder", "group"],
                name="attendance_pass_once",
                violation_error_message=_("This person already has a pass here."),
            )
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None

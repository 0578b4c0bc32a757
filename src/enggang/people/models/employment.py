from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enggang.people.enums import StaffKind


class Employment(models.Model):
    """Where a person works, as what, and whose staff they are; a change ends one row and opens the next."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="employments")
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="employments")
    kind = models.CharField(max_length=10, choices=StaffKind.choices, default=StaffKind.PNS)
    post = models.CharField(max_length=200, blank=True)
    rank = models.CharField(max_length=60, blank=True)
    superior = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="staff_rows"
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(ends_on__isnull=True),
                name="people_one_present_employment",
                violation_error_message=_("This person already has a present employment. End that one first."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.post} ({self.starts_on})"

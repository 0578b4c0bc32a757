from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from enggang.people.enums import SHORT_KINDS, StaffKind


class EmploymentQuerySet(models.QuerySet["Employment"]):
    def present(self) -> EmploymentQuerySet:
        return self.filter(ends_on__isnull=True)


class Employment(models.Model):
    """Where a person works, as what, and whose staff they are; a change ends one row and opens the next.

    Whoever is no staff (an instructor from outside, a juror, a stall holder) has one too: with the
    organisation that answers for them here.
    """

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="employments")
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="employments")
    kind = models.CharField(max_length=10, choices=StaffKind.choices, default=StaffKind.PNS)
    post = models.CharField(max_length=200, blank=True)
    rank = models.CharField(max_length=60, blank=True)
    unit = models.CharField(max_length=200, blank=True)
    superior = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="staff_rows"
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = EmploymentQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(ends_on__isnull=True),
                name="people_one_present_employment",
                violation_error_message=_("This person already has a present employment. End that one first."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="people_employment_ends_after_start",
                violation_error_message=_("An employment cannot end before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post} ({self.starts_on})"

    @property
    def short_kind(self) -> str:
        return str(SHORT_KINDS[StaffKind(self.kind)])

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from enggang.core import clock
from enggang.people.enums import SHORT_KINDS, StaffKind, Standing


def in_force(field: str = "", *, on: date | None = None) -> Q:
    """Rows that hold on a day, today when not given; ``field`` is the way to them, such as ``employments__``.

    Begun, and not at the last day yet: on that day another agency may take the person up already.
    """
    day = on or clock.today()
    goes_on = Q(**{f"{field}ends_on": None}) | Q(**{f"{field}ends_on__gt": day})
    return Q(**{f"{field}starts_on__lte": day}) & goes_on


class EmploymentQuerySet(models.QuerySet["Employment"]):
    def present(self) -> EmploymentQuerySet:
        """Those that hold today: a post from next month is none yet, one until next month still is."""
        return self.filter(in_force())

    def to_confirm(self) -> EmploymentQuerySet:
        """Entered by others at a desk; their agency has not said yet whether they are its staff."""
        return self.filter(standing=Standing.ASKED)

    def upcoming(self) -> EmploymentQuerySet:
        """Agreed, but not begun, the next one first."""
        return self.filter(starts_on__gt=clock.today()).order_by("starts_on", "pk")


class Employment(models.Model):
    """Where a person works, as what, and whose staff they are; a change ends one row and opens the next.

    ``standing``: somebody whom others took on record at a desk is to be confirmed by the agency, or is not theirs.
    Whoever is no staff (an instructor from outside, a juror, a stall holder) has one too: with the
    organisation that answers for them here.
    """

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="employments")
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="employments")
    kind = models.CharField(max_length=10, choices=StaffKind.choices, default=StaffKind.PNS)
    post = models.CharField(max_length=200, blank=True)
    # What the free text of the post stands for in the tables of required levels and scores; unknown until it is set.
    post_type = models.ForeignKey(
        "people.PostType", null=True, blank=True, on_delete=models.PROTECT, related_name="employments"
    )
    rank = models.CharField(max_length=60, blank=True)
    unit = models.CharField(max_length=200, blank=True)
    superior = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="staff_rows"
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    standing = models.CharField(
        _("confirmed"), max_length=8, choices=Standing.choices, blank=True, default=Standing.STANDS, db_default=""
    )
    denied_reason = models.CharField(_("reason"), max_length=300, blank=True, default="", db_default="")

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
    def is_present(self) -> bool:
        today = clock.today()
        return self.starts_on <= today and (self.ends_on is None or self.ends_on > today)

    @property
    def is_past(self) -> bool:
        """Over, and the agency's own: what can be corrected as history."""
        return self.ends_on is not None and self.ends_on <= clock.today() and self.standing == Standing.STANDS

    @property
    def is_upcoming(self) -> bool:
        return self.starts_on > clock.today()

    @property
    def is_to_confirm(self) -> bool:
        return self.standing == Standing.ASKED

    @property
    def is_denied(self) -> bool:
        return self.standing == Standing.DENIED

    @property
    def short_kind(self) -> str:
        return str(SHORT_KINDS[StaffKind(self.kind)])

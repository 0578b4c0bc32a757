"""What a stall took in on a day, as its vendor says. Money in whole Rupiah."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from enggang.core.models import Versioned
from enggang.events.enums_stalls import ReportedBy

MOST_TURNOVER = 10_000_000_000  # of one stall on one day
MOST_SALES = 100_000
MOST_HANDS = 500


class Turnover(Versioned):
    """Zero is a report too: the stall was closed, or sold nothing. ``qris`` is the part of ``amount`` paid by QRIS."""

    application = models.ForeignKey("events.StallApplication", on_delete=models.PROTECT, related_name="turnovers")
    day = models.DateField(_("day"))
    amount = models.BigIntegerField(_("taken in (Rp)"), validators=[MaxValueValidator(MOST_TURNOVER)])
    sales = models.PositiveIntegerField(
        _("number of sales"), null=True, blank=True, validators=[MaxValueValidator(MOST_SALES)]
    )
    qris = models.BigIntegerField(_("of it by QRIS (Rp)"), null=True, blank=True)
    hands = models.PositiveSmallIntegerField(
        _("people who worked at the stall"), null=True, blank=True, validators=[MaxValueValidator(MOST_HANDS)]
    )
    reported_by = models.CharField(max_length=8, choices=ReportedBy.choices, default=ReportedBy.VENDOR)
    reported_at = models.DateTimeField()
    reported_by_key = models.CharField(max_length=60)

    class Meta:
        ordering = ["day", "application"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "day"],
                name="events_turnover_once",
                violation_error_message=_("This day is reported already."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="events_turnover_amount",
                violation_error_message=_("An amount cannot be negative."),
            ),
            models.CheckConstraint(
                condition=Q(qris__isnull=True) | Q(qris__gte=0, qris__lte=F("amount")),
                name="events_turnover_qris",
                violation_error_message=_("What was paid by QRIS cannot be more than everything."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.day}"


class TurnoverChange(models.Model):
    """That a report was corrected: what stood before, by whom, and why. Never changed."""

    turnover = models.ForeignKey(Turnover, on_delete=models.CASCADE, related_name="changes")
    was = models.BigIntegerField()
    now = models.BigIntegerField()
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    noted_by = models.CharField(max_length=8, choices=ReportedBy.choices)
    noted_at = models.DateTimeField()
    noted_by_key = models.CharField(max_length=60)

    class Meta:
        ordering = ["-noted_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.was} > {self.now}"

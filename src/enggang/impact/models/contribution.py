"""That something contributed to an indicator, how well that is shown, and by which argument."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.impact.enums import Strength
from enggang.impact.rules import READS
from enggang.indicators.models import Indicator
from enggang.places.models.organisation import below_any


class ContributionQuerySet(models.QuerySet["Contribution"]):
    def visible_to(self, actor: Actor) -> ContributionQuerySet:
        """Whoever reads one of its two ends: the agency that says so, or the indicator."""
        own = below_any(actor.paths(*READS), "organisation__path")
        return self.filter(own | Q(indicator__in=Indicator.objects.visible_to(actor)))

    def standing(self) -> ContributionQuerySet:
        return self.filter(withdrawn_at=None)

    def with_names(self) -> ContributionQuerySet:
        return self.select_related("subject", "indicator__subject", "organisation__subject")


class Contribution(models.Model):
    """``subject`` is a wave, an edition, a work, an innovation. Effects are argued, never added up."""

    subject = models.ForeignKey("core.Subject", on_delete=models.PROTECT, related_name="contributions")
    title = models.CharField(
        max_length=300
    )  # of the subject when it was linked: shown where its page may not be opened
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    indicator = models.ForeignKey(
        "indicators.Indicator", on_delete=models.PROTECT, related_name="contributions", verbose_name=_("indicator")
    )
    strength = models.CharField(_("how well it is shown"), max_length=2, choices=Strength.choices)
    argument = models.CharField(_("argument"), max_length=500)
    source = models.CharField(_("where that can be read"), max_length=300, blank=True)
    linked_at = models.DateTimeField()
    linked_by_key = models.CharField(max_length=60)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        ordering = ["-strength", "-linked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "indicator"],
                condition=Q(withdrawn_at=None),
                name="impact_contribution_once",
                violation_error_message=_("This is linked to the indicator already. Take that link back first."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} → {self.indicator_id}"

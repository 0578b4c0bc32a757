"""Why an indicator is off its path, as whoever answers for it says, with the dated action that is a promise."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.indicators.models import Indicator


class CauseQuerySet(models.QuerySet["Cause"]):
    def visible_to(self, actor: Actor) -> CauseQuerySet:
        return self.filter(indicator__in=Indicator.objects.visible_to(actor))

    def standing(self) -> CauseQuerySet:
        return self.filter(withdrawn_at=None)

    def with_names(self) -> CauseQuerySet:
        return self.select_related("indicator__organisation__subject", "promise__person__subject")


class Cause(models.Model):
    """Never changed: a further one is stated, or this one is taken back."""

    indicator = models.ForeignKey("indicators.Indicator", on_delete=models.PROTECT, related_name="causes")
    text = models.CharField(_("cause"), max_length=300)
    promise = models.ForeignKey("impact.Promise", on_delete=models.PROTECT, related_name="causes")
    stated_at = models.DateTimeField()
    stated_by_key = models.CharField(max_length=60)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = CauseQuerySet.as_manager()

    class Meta:
        ordering = ["-stated_at", "-pk"]

    def __str__(self) -> str:
        return self.text

"""Two pictures that look alike, and what somebody said of them. No picture goes because a machine thinks so."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from enggang.media.enums import Verdict
from enggang.media.models.asset import Asset


class TwinQuerySet(models.QuerySet["Twin"]):
    def of(self, asset: Asset) -> TwinQuerySet:
        return self.filter(Q(older=asset) | Q(newer=asset))


class Twin(models.Model):
    """``distance``: bits of 256 in which their likeness hashes differ; unrelated pictures differ in about half."""

    older = models.ForeignKey("media.Asset", on_delete=models.CASCADE, related_name="+")
    newer = models.ForeignKey("media.Asset", on_delete=models.CASCADE, related_name="+")
    distance = models.PositiveSmallIntegerField()
    verdict = models.CharField(max_length=10, choices=Verdict.choices, default=Verdict.OPEN)
    decided_by_key = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = TwinQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["older", "newer"], name="media_twin_once")]

    def __str__(self) -> str:
        return f"{self.older} ~ {self.newer}"

    def other(self, asset: Asset) -> Asset:
        return self.newer if self.older_id == asset.pk else self.older

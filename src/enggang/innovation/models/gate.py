"""The checklist of a gate as somebody has seen to it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from enggang.innovation.models.innovation import Innovation
from enggang.innovation.models.reference import GateItem


class GateCheck(models.Model):
    """That a person has looked at an item of a gate: it is met, or with ``met`` False it is not, and ``note`` says why."""

    innovation = models.ForeignKey(Innovation, on_delete=models.CASCADE, related_name="checks")
    item = models.ForeignKey(GateItem, on_delete=models.PROTECT, related_name="+")
    met = models.BooleanField(default=True)
    note = models.CharField(_("finding"), max_length=500, blank=True)
    checked_at = models.DateTimeField()
    checked_by_key = models.CharField(max_length=60)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["innovation", "item"], name="innovation_check_once")]

    def __str__(self) -> str:
        return f"{self.innovation_id} {self.item_id}"

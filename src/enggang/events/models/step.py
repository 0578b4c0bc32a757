"""What the record of a move holds, whatever moved."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Step(models.Model):
    """When it moved, who noted it, and what was said. Never changed. Its noun adds ``was`` and ``now`` with their states."""

    on = models.DateField(_("on"))
    note = models.CharField(_("note"), max_length=500, blank=True)
    noted_at = models.DateTimeField()
    noted_by_key = models.CharField(max_length=60)

    class Meta:
        abstract = True
        ordering = ["-noted_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.was} > {self.now}"  # type: ignore[attr-defined]

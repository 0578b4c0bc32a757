"""Which agency took over from which, and when: a reorganisation (SOTK) leaves the old tree readable."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Succession(models.Model):
    """``on`` is the first day of ``new`` in the place of ``old``. A divided agency has several successors."""

    old = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="successions")
    new = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="predecessions")
    on = models.DateField()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["old", "new"],
                name="places_succession_once",
                violation_error_message=_("This succession is on record already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.old} > {self.new}"

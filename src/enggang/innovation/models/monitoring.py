"""Twelve months after adoption: whether it is still used, said at every interval."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from enggang.innovation.enums import Use
from enggang.innovation.models.innovation import Innovation


class Checkup(models.Model):
    """``number`` counts the intervals since the adoption of ``adopted_on``; a later adoption begins anew."""

    innovation = models.ForeignKey(Innovation, on_delete=models.CASCADE, related_name="checkups")
    adopted_on = models.DateField()
    number = models.PositiveSmallIntegerField()
    use = models.CharField(_("is it used"), max_length=8, choices=Use.choices)
    users = models.PositiveIntegerField(
        _("people who used it in this time"), null=True, blank=True, validators=[MaxValueValidator(100_000_000)]
    )
    note = models.CharField(_("what was seen"), max_length=500)
    said_on = models.DateField()
    said_at = models.DateTimeField()
    said_by_key = models.CharField(max_length=60)

    class Meta:
        ordering = ["adopted_on", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["innovation", "adopted_on", "number"],
                name="innovation_checkup_once",
                violation_error_message=_("This was said already. Take it back first to say otherwise."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.innovation_id} {self.number}"

"""Who approves a nomination, one after the other: set on the programme, copied to a call when it is drafted."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enggang.access.enums import Role
from enggang.training.enums import StageBy


class NominationStage(models.Model):
    """One stage, of a programme or of a call. A call keeps its own, so that a change of the programme moves nobody.

    ``role`` says whose word counts where the stage is decided by a role.
    """

    programme = models.ForeignKey(
        "training.Programme", null=True, blank=True, on_delete=models.CASCADE, related_name="stages"
    )
    call = models.ForeignKey("training.Call", null=True, blank=True, on_delete=models.CASCADE, related_name="stages")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("name of the stage"), max_length=80)
    by = models.CharField(_("who decides"), max_length=10, choices=StageBy.choices)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(programme__isnull=True, call__isnull=False) | Q(programme__isnull=False, call__isnull=True),
                name="training_stage_has_one_owner",
            )
        ]

    def __str__(self) -> str:
        return self.title

"""What a section of a committee has to be able to do."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from enggang.people.models.competency import LEVELS


class SectionNeed(models.Model):
    """A competency of the catalogue that somebody of the section should have shown, at a level."""

    section = models.ForeignKey("plans.Section", on_delete=models.CASCADE, related_name="needs")
    competency = models.ForeignKey(
        "people.Competency", on_delete=models.PROTECT, related_name="+", verbose_name=_("competency")
    )
    level = models.PositiveSmallIntegerField(_("level"), default=1, validators=LEVELS)

    class Meta:
        ordering = ["competency__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["section", "competency"],
                name="plans_section_need_once",
                violation_error_message=_("This section names that competency already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.competency} {self.level}"

"""How an agency's own columns are meant: set once by a person, remembered for every later list of that form."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.people.rules import MANAGES_PEOPLE
from enggang.places.models.organisation import below_any


class ColumnMappingQuerySet(models.QuerySet["ColumnMapping"]):
    def visible_to(self, actor: Actor) -> ColumnMappingQuerySet:
        """To those who send the agency's lists."""
        return self.filter(below_any(actor.paths(*MANAGES_PEOPLE), "organisation__path"))


class ColumnMapping(models.Model):
    """``fingerprint`` is that of the header row, ``labels`` its texts, ``mapping`` field name to column index from 0."""

    organisation = models.ForeignKey("places.Organisation", on_delete=models.CASCADE, related_name="column_mappings")
    fingerprint = models.CharField(max_length=32)
    mapping: models.JSONField[Any, Any] = models.JSONField(default=dict)
    labels: models.JSONField[Any, Any] = models.JSONField(default=list, null=True)
    changed_at = models.DateTimeField()

    objects = ColumnMappingQuerySet.as_manager()

    class Meta:
        ordering = ["organisation", "-changed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "fingerprint"],
                name="people_mapping_once",
                violation_error_message=_("These columns are remembered already."),
            )
        ]

    def __str__(self) -> str:
        return self.fingerprint

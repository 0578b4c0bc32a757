"""Two records of one person made one, with all that is needed to part them again."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef

from enggang.core.actor import Actor
from enggang.core.models import Noun
from enggang.people.models.employment import Employment
from enggang.people.rules import MANAGES_PEOPLE
from enggang.places.models.organisation import below_any


class MergeQuerySet(models.QuerySet["Merge"]):
    def visible_to(self, actor: Actor) -> MergeQuerySet:
        """To those who look after the kept person now."""
        paths = below_any(actor.paths(*MANAGES_PEOPLE), "organisation__path")
        work = Employment.objects.filter(paths, person=OuterRef("kept"))
        return self if "/" in actor.paths(*MANAGES_PEOPLE) else self.filter(Exists(work))


class Merge(Noun):
    """``moved`` says what was re-pointed (by the app that did it: kind to ids), ``before`` the facts of both.

    The record that went stays as a row without a present employment: papers and the trail still name it.
    """

    subject_kind = "merge"

    kept = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="merges_kept")
    gone = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="merges_gone")
    moved: models.JSONField[Any, Any] = models.JSONField(default=dict)
    before: models.JSONField[Any, Any] = models.JSONField(default=dict)
    merged_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.kept_id} < {self.gone_id}"

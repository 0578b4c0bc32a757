"""One judgement of a work for the library: a review of the engine, and what was decided by it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from enggang.core.models import Noun


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def with_names(self) -> AssessmentQuerySet:
        return self.select_related(
            "subject", "review__rubric", "asset__subject", "asset__organisation", "asset__author"
        )


class Assessment(Noun):
    """``number`` counts the rounds of a work: what was revised is judged anew. ``note`` are the curator's words."""

    subject_kind = "assessment"

    asset = models.ForeignKey("media.Asset", on_delete=models.CASCADE, related_name="assessments")
    review = models.OneToOneField("reviews.Review", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    pass_points = models.PositiveSmallIntegerField()
    note = models.CharField(_("words to the author"), max_length=1000, blank=True)
    decided_by_key = models.CharField(max_length=60, blank=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["asset", "number"], name="media_assessment_number")]

    def __str__(self) -> str:
        return f"{self.asset_id}: {self.number}"

    @property
    def is_passed(self) -> bool:
        return self.review.score is not None and self.review.score >= self.pass_points * 100

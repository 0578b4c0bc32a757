"""An innovation as it is entered for the index of one year: parameters with their evidence, the profile, who has it.

Each time it is handed in its content is closed as a version, so that what the companion, the head and the board saw stays
readable. When the next year begins, the old one is frozen.
"""

from __future__ import annotations

from django.core.validators import MaxLengthValidator, MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.core.models import Noun, Versioned
from enggang.core.models.closed import ClosedFacts
from enggang.innovation.enums_iid import Basis, Parameter, SubmissionState
from enggang.innovation.models.evidence import Evidence
from enggang.innovation.models.guide import YEARS
from enggang.innovation.models.innovation import Innovation
from enggang.innovation.rules import SEES_INSIDE
from enggang.innovation.rules_iid import BOARD
from enggang.places.models.organisation import below, below_any

LONGEST_ANSWER = 10_000


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def visible_to(self, actor: Actor) -> SubmissionQuerySet:
        """The owner, the staff of the agency, and the research board."""
        seen = below_any(actor.paths(*SEES_INSIDE), "innovation__organisation__path")
        boards = below_any(actor.paths(*BOARD), "board__path")
        own = Q(innovation__owner__user_id=actor.user_id) if actor.user_id else Q(pk__in=[])
        return self.filter(seen | boards | own)

    def of_region(self, path: str, year: int) -> SubmissionQuerySet:
        return self.filter(below(path, "innovation__organisation__path"), year=year)

    def with_names(self) -> SubmissionQuerySet:
        return self.select_related(
            "subject", "board", "innovation__subject", "innovation__organisation__subject", "innovation__owner__subject",
            "innovation__affair",
        )  # fmt: skip


class Submission(Noun, Versioned):
    subject_kind = "submission"

    innovation = models.ForeignKey(Innovation, on_delete=models.CASCADE, related_name="submissions")
    year = models.PositiveSmallIntegerField(_("year"), validators=YEARS)
    state = models.CharField(max_length=10, choices=SubmissionState.choices, default=SubmissionState.DRAFT)
    board = models.ForeignKey(
        "places.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("research board"),
    )  # fmt: skip
    renewal = models.CharField(_("what was renewed"), max_length=500, blank=True)
    opened_at = models.DateTimeField()
    opened_by_key = models.CharField(max_length=60)
    validated_at = models.DateTimeField(null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "pk"]
        constraints = [models.UniqueConstraint(fields=["innovation", "year"], name="innovation_submission_once")]

    def __str__(self) -> str:
        return f"{self.innovation} ({self.year})"

    @property
    def is_open(self) -> bool:
        """Whether its content may still be changed."""
        return self.state == SubmissionState.DRAFT


class SubmissionVersion(ClosedFacts):
    """The content as it was handed in."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="versions")

    class Meta(ClosedFacts.Meta):
        constraints = [models.UniqueConstraint(fields=["submission", "number"], name="innovation_version_once")]


class SubmissionStep(models.Model):
    """Who handed it on or sent it back, and why. Never changed."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="steps")
    was = models.CharField(max_length=10, choices=SubmissionState.choices)
    to = models.CharField(max_length=10, choices=SubmissionState.choices)
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    by_key = models.CharField(max_length=60)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.was} → {self.to}"


class IndicatorScore(models.Model):
    """Which parameter of an indicator describes the innovation; without a row none does."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="scores")
    code = models.CharField(max_length=20)
    parameter = models.PositiveSmallIntegerField(
        _("parameter"), choices=Parameter.choices, validators=[MaxValueValidator(3)]
    )
    basis = models.CharField(_("counted by"), max_length=10, choices=Basis.choices, blank=True)
    note = models.CharField(_("remark"), max_length=300, blank=True)
    set_at = models.DateTimeField()
    set_by_key = models.CharField(max_length=60)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["submission", "code"], name="innovation_score_once")]

    def __str__(self) -> str:
        return f"{self.code}: {self.parameter}"


class EvidenceUse(models.Model):
    """Which indicator of which year a piece of evidence serves."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="uses")
    code = models.CharField(max_length=20)
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="uses")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["submission", "code", "evidence"], name="innovation_use_once")]

    def __str__(self) -> str:
        return f"{self.code}: {self.evidence_id}"


class ProfileAnswer(models.Model):
    """What was typed for a field of the profile; it goes before what the record says."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="answers")
    code = models.CharField(max_length=20)
    text = models.TextField(_("answer"), max_length=LONGEST_ANSWER, validators=[MaxLengthValidator(LONGEST_ANSWER)])

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["submission", "code"], name="innovation_answer_once")]

    def __str__(self) -> str:
        return self.code

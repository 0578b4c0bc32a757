"""Assignments of a wave and what was handed in for them, version by version."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enggang.core.models import Noun
from enggang.reviews.enums import Mode
from enggang.training.enums import AssignmentKind, LatePolicy
from enggang.training.models.registration import Registration

MOST_FILES = 20


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def shown(self) -> AssignmentQuerySet:
        return self.filter(removed_at=None).select_related("rubric")


class Assignment(models.Model):
    """``counts``: whoever does not have it accepted does not pass the wave. ``pass_points`` of a hundred are accepted."""

    wave = models.ForeignKey("training.Wave", on_delete=models.PROTECT, related_name="assignments")
    title = models.CharField(_("title"), max_length=160)
    brief = models.TextField(_("what is to be done"), max_length=4000, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=AssignmentKind.choices)
    by_group = models.BooleanField(_("handed in by practice groups"), default=False)
    max_files = models.PositiveSmallIntegerField(
        _("files at most"), default=5, validators=[MinValueValidator(1), MaxValueValidator(MOST_FILES)]
    )
    due_at = models.DateTimeField(_("deadline"))
    late = models.CharField(
        _("after the deadline"), max_length=8, choices=LatePolicy.choices, default=LatePolicy.REFUSE
    )
    late_days = models.PositiveSmallIntegerField(_("days more"), default=0, validators=[MaxValueValidator(60)])
    rubric = models.ForeignKey("reviews.Rubric", on_delete=models.PROTECT, related_name="+", verbose_name=_("rubric"))
    mode = models.CharField(_("graded by"), max_length=8, choices=Mode.choices, default=Mode.SINGLE)
    pass_points = models.PositiveSmallIntegerField(
        _("accepted from so many points"), default=60, validators=[MaxValueValidator(100)]
    )
    counts = models.BooleanField(_("must be accepted to pass the wave"), default=False)
    released_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def takes_files(self) -> bool:
        return self.kind in {AssignmentKind.PHOTO, AssignmentKind.VIDEO, AssignmentKind.DOCUMENT}

    @property
    def closes_at(self) -> datetime:
        return self.due_at + timedelta(days=self.late_days if self.late == LatePolicy.MARK else 0)


class HandIn(Noun):
    """What one participant, or one practice group, handed in for an assignment."""

    subject_kind = "hand_in"

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="hand_ins")
    registration = models.ForeignKey(
        "training.Registration", null=True, blank=True, on_delete=models.PROTECT, related_name="hand_ins"
    )
    klass = models.ForeignKey(
        "training.WaveClass", null=True, blank=True, on_delete=models.PROTECT, related_name="hand_ins"
    )
    review = models.OneToOneField("reviews.Review", on_delete=models.PROTECT, related_name="hand_in")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assignment", "registration"], name="training_hand_in_once"),
            models.UniqueConstraint(fields=["assignment", "klass"], name="training_hand_in_group"),
            models.CheckConstraint(
                condition=Q(registration=None, klass__isnull=False) | Q(registration__isnull=False, klass=None),
                name="training_hand_in_whose",
            ),
        ]

    def __str__(self) -> str:
        return str(self.klass or (self.registration.person if self.registration else ""))

    @property
    def is_accepted(self) -> bool:
        score = self.review.score
        return self.review.is_decided and score is not None and score >= self.assignment.pass_points * 100

    def given_back(self) -> HandInVersion | None:
        """The last version, where it was given back and no other has come since."""
        last = self.versions.first()
        return last if last is not None and last.again_until is not None else None

    def authors(self) -> list[Registration]:
        """One's own, or everybody with a seat who is in the group now."""
        if self.registration is not None:
            return [self.registration]
        return list(Registration.objects.seated().filter(class_places__klass=self.klass_id).with_names())


class HandInVersion(models.Model):
    """``again_until``: given back, another version is taken until then. ``graded``: the sheets it had when that came."""

    hand_in = models.ForeignKey(HandIn, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey("training.Registration", on_delete=models.PROTECT, related_name="+")
    is_late = models.BooleanField(default=False)
    link = models.URLField(max_length=500, blank=True)
    note = models.TextField(max_length=2000, blank=True)
    concept = models.JSONField(default=dict, blank=True)
    again_until = models.DateTimeField(null=True, blank=True)
    again_reason = models.CharField(max_length=1000, blank=True, default="", db_default="")
    graded: models.JSONField[Any, Any] = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["hand_in", "number"], name="training_version_number")]

    def __str__(self) -> str:
        return f"{self.hand_in_id}: {self.number}"

    @property
    def told(self) -> list[dict[str, Any]]:
        """The sheets it had when it gave way to the next version."""
        return [{**each, "points": each["score"] / 100} for each in self.graded or []]


class Piece(models.Model):
    version = models.ForeignKey(HandInVersion, on_delete=models.PROTECT, related_name="pieces")
    upload = models.OneToOneField("files.Upload", on_delete=models.PROTECT, related_name="piece")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.upload)

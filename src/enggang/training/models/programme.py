"""A training programme: its curriculum in JP, and the rule by which a participant completes a wave of it."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, OuterRef, Subquery, Sum
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.core.models import Noun, Versioned
from enggang.people.models.competency import LEVELS
from enggang.places.models.organisation import below_any
from enggang.training.enums import JpCredit
from enggang.training.rules import SEES_PROGRAMMES


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def visible_to(self, actor: Actor) -> ProgrammeQuerySet:
        return self.filter(below_any(actor.paths(*SEES_PROGRAMMES), "organisation__path"))

    def with_counts(self) -> ProgrammeQuerySet:
        """``jp`` of the curriculum and ``wave_count``; each counted by itself, joined they would multiply."""
        hours = Module.objects.filter(programme=OuterRef("pk")).order_by().values("programme")
        jp = Subquery(hours.annotate(jp_sum=Sum("jp")).values("jp_sum"))
        return self.annotate(jp=jp, wave_count=Count("waves", distinct=True))


class Programme(Noun, Versioned):
    """The minutes of one JP and the attendance rule are this programme's own data: no law fixes them for all."""

    subject_kind = "programme"

    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="programmes")
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), blank=True, max_length=2000)
    minutes_per_jp = models.PositiveSmallIntegerField(
        _("minutes in one JP"), default=45, validators=[MinValueValidator(30), MaxValueValidator(60)]
    )
    minimum_attendance = models.PositiveSmallIntegerField(
        _("attendance needed, percent of all planned sessions"),
        default=80,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    minimum_post_test = models.PositiveSmallIntegerField(
        _("post-test score needed, percent"), null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )  # fmt: skip
    certificate_years = models.PositiveSmallIntegerField(
        _("years for which the certificate is good"), null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(50)],
    )  # fmt: skip
    jp_credit = models.CharField(
        _("JP on the learning record"),
        max_length=10,
        choices=JpCredit.choices,
        default=JpCredit.COMPLETED,
        db_default=JpCredit.COMPLETED.value,
    )
    # Written for the release before, which still reads it; the stages are rows now (models/stage.py).
    nomination_stages = models.CharField(max_length=10, default="organiser", db_default="organiser", editable=False)
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)
    rule_source = models.CharField(_("where this rule comes from"), max_length=200, blank=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "title"],
                name="training_programme_title",
                violation_error_message=_("Your agency already has a programme with this title."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_retired(self) -> bool:
        return self.retired_at is not None


class ProgrammeCompetency(models.Model):
    """What whoever completes a wave of the programme may have shown, and at which level: a proposal, never more."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="competencies")
    competency = models.ForeignKey("people.Competency", on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(_("level"), validators=LEVELS)

    class Meta:
        ordering = ["competency__kind", "competency__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "competency"],
                name="training_programme_competency_once",
                violation_error_message=_("The programme names this competency already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.competency} {self.level}"


class Module(models.Model):
    """One line of the curriculum (mata pelatihan), printed on the back of the certificate."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="modules")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("subject"), max_length=200)
    jp = models.PositiveSmallIntegerField(_("JP"), validators=[MinValueValidator(1), MaxValueValidator(200)])

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title

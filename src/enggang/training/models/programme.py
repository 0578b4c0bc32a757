"""A training programme: its curriculum in JP, and the rule by which a participant completes a wave of it."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.core.models import Noun, Versioned
from enggang.places.models.organisation import below_any
from enggang.training.rules import SEES_PROGRAMMES


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def visible_to(self, actor: Actor) -> ProgrammeQuerySet:
        return self.filter(below_any(actor.paths(*SEES_PROGRAMMES), "organisation__path"))


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

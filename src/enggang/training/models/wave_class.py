"""A part of a wave: a class that is taught apart, or a practice group. Who is in it stands in ``ClassPlace``."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from enggang.training.enums import ClassKind


class WaveClass(models.Model):
    """A participant sits in one class of a wave at most, and in any number of practice groups."""

    wave = models.ForeignKey("training.Wave", on_delete=models.CASCADE, related_name="classes")
    kind = models.CharField(_("kind"), max_length=8, choices=ClassKind.choices, default=ClassKind.CLASS)
    name = models.CharField(_("name"), max_length=80)
    instructor = models.ForeignKey(
        "people.Person",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("instructor"),
    )
    venue = models.ForeignKey(
        "places.Venue", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("venue")
    )
    room = models.CharField(_("room"), max_length=120, blank=True)
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True, validators=[MinValueValidator(1)])

    class Meta:
        ordering = ["kind", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["wave", "name"],
                name="training_class_name",
                violation_error_message=_("This wave already has a class or group with this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class ClassPlace(models.Model):
    klass = models.ForeignKey(WaveClass, on_delete=models.CASCADE, related_name="places")
    registration = models.ForeignKey("training.Registration", on_delete=models.CASCADE, related_name="class_places")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["klass", "registration"],
                name="training_class_place_once",
                violation_error_message=_("This participant is already in that class."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.klass_id}: {self.registration_id}"

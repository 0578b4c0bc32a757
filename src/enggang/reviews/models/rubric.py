"""What is judged and how: criteria with levels. Once used, a rubric is never changed; a change makes a new edition."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from enggang.core import codes

HIGHEST = 100


class RubricQuerySet(models.QuerySet["Rubric"]):
    def current(self) -> RubricQuerySet:
        """Without those that a newer edition has replaced."""
        return self.filter(replaced_by=None)


class Rubric(models.Model):
    """``spread_alert``: two graders further apart than so many points of a hundred are told to look again."""

    code = models.CharField(max_length=16, unique=True, default=codes.random_code, editable=False)
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=160)
    edition = models.PositiveSmallIntegerField(default=1)
    spread_alert = models.PositiveSmallIntegerField(
        _("graders may differ by"), default=20, validators=[MaxValueValidator(HIGHEST)]
    )
    frozen_at = models.DateTimeField(null=True, blank=True)
    replaced_by = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaces")

    objects = RubricQuerySet.as_manager()

    class Meta:
        ordering = ["title", "-edition"]

    def __str__(self) -> str:
        return self.title if self.edition == 1 else f"{self.title} ({self.edition})"

    @property
    def is_frozen(self) -> bool:
        return self.frozen_at is not None


class Criterion(models.Model):
    rubric = models.ForeignKey(Rubric, on_delete=models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    weight = models.PositiveSmallIntegerField(default=1, validators=[MinValueValidator(1), MaxValueValidator(HIGHEST)])

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title


class Level(models.Model):
    """``points`` of a hundred."""

    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="levels")
    title = models.CharField(max_length=160)
    points = models.PositiveSmallIntegerField(validators=[MaxValueValidator(HIGHEST)])

    class Meta:
        ordering = ["points", "pk"]

    def __str__(self) -> str:
        return self.title

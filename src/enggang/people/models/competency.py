"""The competency catalogue: what can be asked of a post and shown by a person, as dated rows with their source."""

from __future__ import annotations

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.people.enums import CompetencyKind, PostGroup
from enggang.people.rules import SEES_CATALOGUE
from enggang.places.models.dated import DatedQuerySet, Sourced

LOWEST, HIGHEST = 1, 5
LEVELS = [MinValueValidator(LOWEST), MaxValueValidator(HIGHEST)]


class CatalogueQuerySet(DatedQuerySet):
    def visible_to(self, actor: Actor) -> Self:
        return self.readable_by(actor, *SEES_CATALOGUE)


class CatalogueRow(Sourced):
    objects = CatalogueQuerySet.as_manager()

    class Meta:
        abstract = True


class Competency(CatalogueRow):
    """Also the core values are kept here: they have behaviours, and no level is required of anybody."""

    kind = models.CharField(_("kind"), max_length=10, choices=CompetencyKind.choices, default=CompetencyKind.TECHNICAL)
    code = models.CharField(_("code"), max_length=20, blank=True)
    name = models.CharField(_("name"), max_length=120)
    definition = models.CharField(_("definition"), max_length=500, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["kind", "position", "name", "pk"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}".strip()


class CompetencyLevel(CatalogueRow):
    """What one of the five levels is called."""

    level = models.PositiveSmallIntegerField(_("level"), validators=LEVELS)
    name = models.CharField(_("name"), max_length=60)

    class Meta:
        ordering = ["level", "pk"]

    def __str__(self) -> str:
        return f"{self.level} · {self.name}"


class Behaviour(CatalogueRow):
    """What one can see of a competency: at a level (indikator perilaku), or for a core value at none."""

    competency = models.ForeignKey(
        Competency, on_delete=models.PROTECT, related_name="behaviours", verbose_name=_("competency")
    )
    level = models.PositiveSmallIntegerField(_("level"), null=True, blank=True, validators=LEVELS)
    text = models.CharField(_("behaviour"), max_length=400)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["competency", "level", "position", "pk"]

    def __str__(self) -> str:
        return self.text


class PostType(CatalogueRow):
    """The kind of a post, by which levels are required and scores are given."""

    name = models.CharField(_("name"), max_length=80)
    group = models.CharField(_("group"), max_length=10, choices=PostGroup.choices)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class RequiredLevel(CatalogueRow):
    post_type = models.ForeignKey(
        PostType, on_delete=models.PROTECT, related_name="required_levels", verbose_name=_("kind of post")
    )
    competency = models.ForeignKey(
        Competency, on_delete=models.PROTECT, related_name="required_levels", verbose_name=_("competency")
    )
    level = models.PositiveSmallIntegerField(_("level"), validators=LEVELS)

    class Meta:
        ordering = ["post_type", "competency", "pk"]

    def __str__(self) -> str:
        return f"{self.post_type}: {self.competency} {self.level}"

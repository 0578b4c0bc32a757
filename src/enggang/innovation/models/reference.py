"""What regulations and custom say, as dated rows: affairs of government, checklists and deciders of the gates, aspects of the scores."""

from __future__ import annotations

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.innovation.enums import AffairGroup, AutoCheck, Decider, Stage
from enggang.innovation.rules import SEES_INSIDE
from enggang.places.models.dated import DatedQuerySet, Sourced


class ReferenceQuerySet(DatedQuerySet):
    def visible_to(self, actor: Actor) -> Self:
        return self.readable_by(actor, *SEES_INSIDE)


class Reference(Sourced):
    objects = ReferenceQuerySet.as_manager()

    class Meta:
        abstract = True


class Affair(Reference):
    """An affair of government (urusan). ``group`` tells the basic services, which some formulas count by themselves."""

    name = models.CharField(_("affair of government"), max_length=160)
    group = models.CharField(_("group"), max_length=10, choices=AffairGroup.choices)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class GateItem(Reference):
    """Something to be found before an innovation enters ``stage``. ``auto`` is what the record proves by itself.

    ``binding``: no reason replaces it. The criteria of the law are such.
    """

    stage = models.CharField(_("before the stage"), max_length=10, choices=Stage.choices)
    text = models.CharField(_("what is needed"), max_length=300)
    required = models.BooleanField(_("without it only with a reason"), default=True)
    binding = models.BooleanField(_("no reason replaces it"), default=False)
    auto = models.CharField(_("seen by"), max_length=10, choices=AutoCheck.choices, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["stage", "position", "pk"]

    def __str__(self) -> str:
        return self.text


class GateRule(Reference):
    """Who decides whether an innovation enters ``stage``, and in how many days from the stage before.

    ``every``: at what interval of months it is said meanwhile whether it is still used; 0 where nothing is asked.
    """

    stage = models.CharField(_("before the stage"), max_length=10, choices=Stage.choices)
    decider = models.CharField(_("decided by"), max_length=10, choices=Decider.choices)
    days = models.PositiveSmallIntegerField(
        _("within days"), validators=[MinValueValidator(1), MaxValueValidator(1000)]
    )
    every = models.PositiveSmallIntegerField(_("check-up every months"), default=0, validators=[MaxValueValidator(12)])

    class Meta:
        ordering = ["stage", "-valid_from", "pk"]

    def __str__(self) -> str:
        return f"{self.get_stage_display()}: {self.get_decider_display()}"


class ScoreAspect(Reference):
    """One aspect of the blind scores. An agency's own rows take the place of the shipped ones, all of them."""

    title = models.CharField(_("aspect"), max_length=160)
    question = models.CharField(_("what is looked at"), max_length=300, blank=True)
    weight = models.PositiveSmallIntegerField(
        _("weight"), default=1, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title

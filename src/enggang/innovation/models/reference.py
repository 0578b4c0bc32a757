"""What regulations say, as dated rows: the affairs of regional government."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.innovation.enums import AffairGroup
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

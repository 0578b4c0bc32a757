"""What regulations and custom say, as dated rows: checklists of the gates, and weeks that are better left alone."""

from __future__ import annotations

from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.events.enums import AutoCheck, Measure, PeriodKind, Stage
from enggang.events.rules import SEES_EVENTS
from enggang.places.models.dated import DatedQuerySet, Sourced


class ReferenceQuerySet(DatedQuerySet):
    def visible_to(self, actor: Actor) -> Self:
        return self.readable_by(actor, *SEES_EVENTS)


class Reference(Sourced):
    objects = ReferenceQuerySet.as_manager()

    class Meta:
        abstract = True


class GateItem(Reference):
    """Something to be seen to before an edition enters ``stage``. ``auto`` is what the record proves by itself."""

    stage = models.CharField(_("before it becomes"), max_length=10, choices=Stage.choices)
    text = models.CharField(_("what is needed"), max_length=300)
    required = models.BooleanField(_("without it only with a reason"), default=True)
    auto = models.CharField(_("seen by"), max_length=10, choices=AutoCheck.choices, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["stage", "position", "pk"]

    def __str__(self) -> str:
        return self.text


class Period(Reference):
    """Days on which a public event meets trouble: an election, its quiet days, its campaign."""

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=PeriodKind.choices, default=PeriodKind.ELECTION)
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))
    region = models.ForeignKey(
        "places.Region", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("only in this region"),
    )  # fmt: skip

    class Meta:
        ordering = ["-first", "pk"]

    def clean(self) -> None:
        if self.first and self.last and self.last < self.first:
            raise ValidationError({"last": _("The last day lies before the first.")})

    def __str__(self) -> str:
        return self.name


class Threshold(Reference):
    """A number that is reckoned with: mostly one above which a page warns. ``name`` says of what."""

    name = models.CharField(_("of what"), max_length=24, choices=Measure.choices)
    value = models.PositiveIntegerField(_("number"), validators=[MaxValueValidator(3650)])

    class Meta:
        ordering = ["name", "-valid_from", "pk"]

    def __str__(self) -> str:
        return f"{self.get_name_display()} {self.value}"


class GateCheck(models.Model):
    """That a person has seen to an item of an edition's gate."""

    edition = models.ForeignKey("events.Edition", on_delete=models.CASCADE, related_name="checks")
    item = models.ForeignKey(GateItem, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(_("note"), max_length=300, blank=True)
    checked_at = models.DateTimeField()
    checked_by_key = models.CharField(max_length=60)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "item"], name="events_check_once")]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.item_id}"

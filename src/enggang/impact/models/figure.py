"""Summary tables: what the dashboards show, added up by day and by month. They can be made anew from their sources at any time."""

from __future__ import annotations

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.impact.rules import READS
from enggang.places.models.organisation import below_any


class FigureQuerySet(QuerySet["DayFigure"]):
    def visible_to(self, actor: Actor) -> FigureQuerySet:
        return self.filter(below_any(actor.paths(*READS), "organisation__path"))


class Figure(models.Model):
    """``measure`` is a name of the registry of figures by day, ``region`` the code of a regency or empty."""

    measure = models.CharField(max_length=40)
    organisation = models.ForeignKey("places.Organisation", on_delete=models.CASCADE, related_name="+", db_index=False)
    region = models.CharField(max_length=5, blank=True)
    value = models.BigIntegerField()
    low = models.BigIntegerField()
    high = models.BigIntegerField()

    class Meta:
        abstract = True


class DayFigure(Figure):
    day = models.DateField()

    objects = FigureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "measure", "day", "region"], name="impact_day_figure_once")
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.day}: {self.value}"


class MonthFigure(Figure):
    """``month`` is its first day."""

    month = models.DateField()

    objects = FigureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "measure", "month", "region"], name="impact_month_figure_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.month}: {self.value}"


class PeopleFigure(models.Model):
    """Different people with a certificate at an organisation and below it: in a year, or ever (year 0)."""

    organisation = models.ForeignKey("places.Organisation", on_delete=models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    value = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "year"], name="impact_people_figure_once")]

    def __str__(self) -> str:
        return f"{self.year}: {self.value}"


class FigureMark(models.Model):
    """Up to when the acts that concern a measure have been taken in. ``changed_at``: when a figure was last made otherwise."""

    measure = models.CharField(_("measure"), max_length=40, unique=True)
    read_to = models.DateTimeField()
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.measure} {self.read_to:%Y-%m-%d %H:%M}"

"""Days on which nobody works: dated rows of decrees. Shipped lists are for everyone, local ones for an agency."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.places.models.dated import Dated, DatedQuerySet, Sourced
from enggang.places.models.organisation import below_any
from enggang.plans.enums import HolidayKind, ListState
from enggang.plans.rules import MANAGERS, READS

YEAR = [MinValueValidator(2000), MaxValueValidator(2199)]


class HolidayListQuerySet(DatedQuerySet):
    def visible_to(self, actor: Actor) -> Self:
        """Shipped lists for whoever reads plans; local ones of the own agency, of those below and of those above it."""
        return self.readable_by(actor, *READS)

    def managed_by(self, actor: Actor) -> Self:
        return self.filter(below_any(actor.paths(*MANAGERS), "organisation__path"))


class HolidayList(Sourced):
    """A decree, or what stands for it. ``valid_from`` is the day from which people could know it.

    An ``EXPECTED`` list is counted, but a year that has no other one is told as missing. A local list that has only some
    days of its year (a correction, a regional holiday) is ``partial``: it does not stand for the decree of the year.
    """

    year = models.PositiveSmallIntegerField(_("year"), validators=YEAR)
    name = models.CharField(_("name"), max_length=200)
    number = models.CharField(_("number of the decree"), max_length=200, blank=True)
    decreed_on = models.DateField(_("decreed on"), null=True, blank=True)
    partial = models.BooleanField(_("only some days of the year"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=ListState.choices, default=ListState.DECREED)

    objects = HolidayListQuerySet.as_manager()

    class Meta:
        ordering = ["year", "valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year", "name"],
                name="plans_list_once",
                violation_error_message=_("This agency has a list of that name for the year already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_withdrawn(self) -> bool:
        return self.state == ListState.WITHDRAWN

    @property
    def is_expected(self) -> bool:
        return self.state == ListState.EXPECTED

    @property
    def shown(self) -> str:
        """With number and date, as a deadline names it."""
        return ", ".join(part for part in (self.name, self.number, _day(self.decreed_on)) if part)


def _day(day: date | None) -> str:
    return date_format(day, "j M Y") if day else ""


class Holiday(Dated):
    """One day of a list. ``valid_to`` set: after that day it was no longer one, by a later decree."""

    list = models.ForeignKey(HolidayList, on_delete=models.CASCADE, related_name="days", verbose_name=_("list"))
    day = models.DateField(_("day"), db_index=True)
    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=HolidayKind.choices, default=HolidayKind.NATIONAL)
    region = models.ForeignKey(
        "places.Region", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("region")
    )

    objects = HolidayListQuerySet.as_manager()

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["list", "day", "name"],
                name="plans_holiday_once",
                violation_error_message=_("This day stands in the list already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.day:%d-%m-%Y} {self.name}"

    def covers(self, region: str) -> bool:
        """Whether it holds in a region (its code; empty: anywhere)."""
        return self.region_id is None or f"{region}.".startswith(f"{self.region_id}.")

    @property
    def is_working(self) -> bool:
        return self.kind == HolidayKind.WORKING

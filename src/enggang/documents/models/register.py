"""Registers of official numbers. Every number ever taken is a row; none is deleted, none is used twice."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.models import Noun
from enggang.documents.enums import NumberState
from enggang.documents.numbering import number_text
from enggang.documents.rules import READS
from enggang.places.models.organisation import below_any


class RegisterQuerySet(models.QuerySet["Register"]):
    def visible_to(self, actor: Actor) -> RegisterQuerySet:
        return self.filter(below_any(actor.paths(*READS), "organisation__path"))


class Register(Noun):
    """``key`` says what it numbers (``certificate``); what stands in addresses is ``code``."""

    subject_kind = "register"

    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="registers")
    key = models.CharField(max_length=40)
    name = models.CharField(_("name"), max_length=200)
    pattern = models.CharField(
        _("pattern"), max_length=120, default="{classification}/{seq:04d}/{unit}/{roman_month}/{year}"
    )
    classification = models.CharField(_("classification"), max_length=40, blank=True)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=40, default="Asia/Pontianak")
    resets_yearly = models.BooleanField(_("starts again every year"), default=True)

    objects = RegisterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "key"],
                name="documents_register_key",
                violation_error_message=_("The organisation already has this register."),
            ),
            models.UniqueConstraint(
                fields=["organisation", "pattern", "classification", "unit"],
                name="documents_register_pattern",
                violation_error_message=_("Another register of the organisation would give out the same numbers."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def today(self) -> date:
        """The day by which the register counts its years."""
        return clock.today(self.time_zone)

    def year_of(self, day: date) -> int:
        """The counter a number of ``day`` comes from; 0 when the register never starts again."""
        return day.year if self.resets_yearly else 0

    def text_of(self, seq: int, day: date) -> str:
        return number_text(self.pattern, seq=seq, on=day, classification=self.classification, unit=self.unit)


class RegisterYear(models.Model):
    """The counter of one year. It moves only together with the rows of the numbers it gives out."""

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="years")
    year = models.PositiveSmallIntegerField()
    next_seq = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["register", "year"], name="documents_register_year")]

    def __str__(self) -> str:
        return f"{self.register_id}/{self.year}"


class Number(models.Model):
    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="numbers")
    year = models.PositiveSmallIntegerField()
    seq = models.PositiveIntegerField()
    text = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=NumberState.choices, default=NumberState.RESERVED)
    reason = models.CharField(max_length=300, blank=True)
    reserved_at = models.DateTimeField()

    class Meta:
        ordering = ["register", "year", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["register", "year", "seq"], name="documents_number_once"),
            models.UniqueConstraint(fields=["register", "text"], name="documents_number_text_once"),
            models.CheckConstraint(
                condition=~models.Q(state=NumberState.VOIDED) | ~models.Q(reason=""),
                name="documents_void_number_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.text

"""A wave: one run of a programme, with its dates, seats and sessions."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.models import Noun, Versioned
from enggang.places.models.organisation import below_any
from enggang.training.enums import PUBLIC_STATES, WaveState
from enggang.training.rules import MANAGERS, SEES_WAVES

WITH_NAMES = ("subject", "programme", "organisation", "venue", "offer")


class WaveQuerySet(models.QuerySet["Wave"]):
    def visible_to(self, actor: Actor) -> WaveQuerySet:
        """Staff see their agency's waves in every state; everyone signed in those that were opened, cancelled since or not."""
        staff = below_any(actor.paths(*SEES_WAVES), "organisation__path")
        cancelled = Q(state=WaveState.CANCELLED, opened_at__isnull=False)
        opened = Q(state__in=PUBLIC_STATES) | cancelled if actor.is_signed_in else Q(pk__in=[])
        return self.filter(staff | opened)

    def managed_by(self, actor: Actor) -> WaveQuerySet:
        return self.filter(below_any(actor.paths(*MANAGERS), "organisation__path"))

    def open_at(self, instant: datetime) -> WaveQuerySet:
        """Waves whose registration window is open at ``instant``."""
        begun = Q(offer__opens_at__isnull=True) | Q(offer__opens_at__lte=instant)
        unfinished = Q(offer__closes_at__isnull=True) | Q(offer__closes_at__gt=instant)
        return self.filter(begun, unfinished, state=WaveState.OPEN)

    def ever_opened(self) -> WaveQuerySet:
        """Waves that were public at some time, those cancelled since among them."""
        return self.filter(opened_at__isnull=False)

    def with_names(self) -> WaveQuerySet:
        return self.select_related(*WITH_NAMES)


class Wave(Noun, Versioned):
    """``specimen`` waves are demonstrations: whatever is issued from them says SPECIMEN for ever."""

    subject_kind = "wave"

    programme = models.ForeignKey("training.Programme", on_delete=models.PROTECT, related_name="waves")
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="waves")
    name = models.CharField(_("name of the wave"), max_length=120)
    state = models.CharField(max_length=10, choices=WaveState.choices, default=WaveState.DRAFT)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    time_zone = models.CharField(max_length=40, default="Asia/Pontianak")
    venue = models.ForeignKey("places.Venue", null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("venue"))
    offer = models.OneToOneField("seats.Offer", on_delete=models.PROTECT, related_name="wave")
    budget = models.OneToOneField(
        "budgets.Budget", null=True, blank=True, on_delete=models.PROTECT, related_name="wave", editable=False
    )
    specimen = models.BooleanField(default=False)
    opened_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(max_length=500, blank=True, default="", db_default="")
    names_until = models.DateField(_("names are confirmed until"), null=True, blank=True)
    contact = models.CharField(_("contact"), max_length=200, blank=True, default="", db_default="")

    objects = WaveQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "name"],
                name="training_wave_name",
                violation_error_message=_("This programme already has a wave with this name."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")),
                name="training_wave_days",
                violation_error_message=_("The last day lies before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme.title}: {self.name}"

    @property
    def is_draft(self) -> bool:
        return self.state == WaveState.DRAFT

    @property
    def names_overdue(self) -> bool:
        return self.names_until is not None and self.names_until < clock.today(self.time_zone)

    @property
    def is_open(self) -> bool:
        return self.state == WaveState.OPEN

    @property
    def is_cancelled(self) -> bool:
        return self.state == WaveState.CANCELLED

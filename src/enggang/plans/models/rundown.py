"""The rundown: what happens on a day, to the minute, in one track or several beside one another."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from enggang.core.forms import POSSIBLE_DAYS
from enggang.core.models import Versioned
from enggang.plans.models.plan import Member, Plan
from enggang.plans.models.task import OFFSET, counted_words

HOUR, DAY = 60, 24 * 60
LATEST = 36 * HOUR  # an evening may go on until noon of the next day
BEGINS = [MinValueValidator(0), MaxValueValidator(LATEST)]
MINUTES = [MinValueValidator(1), MaxValueValidator(DAY)]


def clock_text(minutes: int) -> str:
    """Minutes since midnight as people write them: 19.30, and 00.30 (+1) after midnight."""
    text = f"{minutes % DAY // HOUR:02d}.{minutes % HOUR:02d}"
    return f"{text} (+1)" if minutes >= DAY else text


class RundownDay(Versioned):
    """``offset`` counts from the plan's day (None: a fixed date). ``version`` grows with every change of its items."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="days")
    date = models.DateField(_("date"), validators=POSSIBLE_DAYS)
    offset = models.SmallIntegerField(null=True, blank=True, validators=OFFSET, editable=False)
    title = models.CharField(_("title"), max_length=120, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["date", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "date"],
                name="plans_rundown_day_once",
                violation_error_message=_("This day has a rundown already."),
            )
        ]

    def __str__(self) -> str:
        return self.title or f"{self.date:%d-%m-%Y}"

    @property
    def counted(self) -> str:
        return counted_words("days", self.offset) if self.offset is not None else counted_words("fixed", 0)

    def moment(self, minutes: int) -> datetime:
        """The instant at so many minutes after midnight of this day, in the plan's zone."""
        midnight = datetime.combine(self.date, time(), tzinfo=ZoneInfo(self.plan.time_zone))
        return midnight + timedelta(minutes=minutes)


class RundownItem(Versioned):
    """``begins`` is in minutes since midnight of its day. What really happened stands in the two last fields."""

    day = models.ForeignKey(RundownDay, on_delete=models.CASCADE, related_name="items")
    track = models.CharField(_("track"), max_length=60, blank=True)
    begins = models.PositiveSmallIntegerField(_("begins"), validators=BEGINS)
    minutes = models.PositiveSmallIntegerField(_("minutes"), validators=MINUTES)
    title = models.CharField(_("item"), max_length=200)
    cue = models.CharField(_("cue"), max_length=200, blank=True)
    member = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.SET_NULL, related_name="items", verbose_name=_("in charge")
    )
    place = models.CharField(_("place"), max_length=120, blank=True)
    equipment = models.CharField(_("equipment"), max_length=300, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["track", "begins", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def ends(self) -> int:
        return self.begins + self.minutes

    @property
    def shown_time(self) -> str:
        return f"{clock_text(self.begins)}–{clock_text(self.ends)}"

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None

    @property
    def is_running(self) -> bool:
        return self.started_at is not None and self.ended_at is None

    @property
    def date(self) -> date:
        return self.day.date

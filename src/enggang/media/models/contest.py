"""A contest: an open call, entries judged blind by a jury, winners on a page of their own."""

from __future__ import annotations

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.core.models import Noun, Versioned
from enggang.media import rules
from enggang.media.enums_words import ContestState
from enggang.places.models.organisation import below_any


class ContestQuerySet(models.QuerySet["Contest"]):
    def visible_to(self, actor: Actor) -> ContestQuerySet:
        """Those who see the library, and whoever was asked to judge."""
        jury = Q(jurors__user_id=actor.user_id) if actor.user_id else Q(pk__in=[])
        return self.filter(below_any(actor.paths(*rules.READS), "organisation__path") | jury).distinct()

    def announced(self) -> ContestQuerySet:
        return self.exclude(state=ContestState.DRAFT)


class Contest(Noun, Versioned):
    subject_kind = "contest"

    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=160)
    brief = models.TextField(_("what is asked for, and the rules"), max_length=6000, blank=True)
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    winners = models.PositiveSmallIntegerField(
        _("how many winners"), default=3, validators=[MinValueValidator(1), MaxValueValidator(50)]
    )
    most_entries = models.PositiveSmallIntegerField(
        _("entries of one person at most"), default=3, validators=[MinValueValidator(1), MaxValueValidator(50)]
    )
    rubric = models.ForeignKey("reviews.Rubric", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ContestState.choices, default=ContestState.DRAFT)
    announced_at = models.DateTimeField(null=True, blank=True)

    objects = ContestQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="media_contest_days",
                violation_error_message=_("The last day comes before the first."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def takes_entries(self, day: date) -> bool:
        return self.is_open and self.opens_on <= day <= self.closes_on

    @property
    def is_open(self) -> bool:
        return self.state == ContestState.OPEN

    def phase_on(self, day: date) -> str:
        """How it stands with a call in words, which a day alone may open and end."""
        if self.is_open and day < self.opens_on:
            return gettext("Opens soon")
        if self.is_open and day > self.closes_on:
            return gettext("Entries have ended")
        return self.get_state_display()

    def why_closed(self, day: date) -> str:
        """Why nothing can be entered on a day on which the call takes none."""
        if self.is_open and day < self.opens_on:
            return gettext("Works are taken from %(day)s.") % {"day": date_format(self.opens_on, "j F Y")}
        if self.is_open and day > self.closes_on:
            return gettext("Works were taken until %(day)s.") % {"day": date_format(self.closes_on, "j F Y")}
        return gettext("The call is not open now.")

    @property
    def is_judging(self) -> bool:
        return self.state == ContestState.JUDGING

    @property
    def is_announced(self) -> bool:
        return self.state == ContestState.ANNOUNCED


class Juror(models.Model):
    """Somebody of a jury: with an account, or a guest who judges by a private address (``name`` and ``link``)."""

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="jurors")
    user = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=160, blank=True, default="", db_default="")
    link = models.ForeignKey(
        "access.CapabilityLink", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # fmt: skip

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "user"],
                name="media_juror_once",
                violation_error_message=_("This person is in the jury already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.user) if self.user else self.name

    @property
    def is_guest(self) -> bool:
        return self.user_id is None

    @property
    def judge_key(self) -> str:
        """Under which the sheets are kept: a guest may be given a new address."""
        return f"juror:{self.pk}" if self.user_id is None else f"user:{self.user_id}"


class Entry(Noun):
    """A work in a contest. ``rank`` is given when the judging ends; equal scores share one."""

    subject_kind = "contest_entry"

    contest = models.ForeignKey(Contest, on_delete=models.PROTECT, related_name="entries")
    asset = models.ForeignKey("media.Asset", on_delete=models.PROTECT, related_name="entries")
    review = models.OneToOneField("reviews.Review", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    entered_by_key = models.CharField(max_length=60)
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    prize = models.CharField(_("prize"), max_length=120, blank=True)

    class Meta:
        ordering = ["rank", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "asset"],
                name="media_entry_once",
                violation_error_message=_("This work is in the contest already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.contest_id}: {self.asset_id}"

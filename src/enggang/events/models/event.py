"""A public event that lives through its yearly editions, with the rule by which its date is found."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.core.models import Noun, Versioned
from enggang.core.text import folded, with_words
from enggang.events.dates import DateRule
from enggang.events.enums import EventKind, Nth, OrganiserRole, RuleKind, Weekday
from enggang.events.rules import MANAGERS, SEES_EVENTS
from enggang.places.models.organisation import below_any

MONTHS = [MinValueValidator(1), MaxValueValidator(12)]
DAYS = [MinValueValidator(1), MaxValueValidator(31)]
LONGEST_DESCRIPTION = 3000
LONGEST = 60  # days; Robo-Robo's market lasts a month


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, actor: Actor) -> EventQuerySet:
        """Staff of its agency, and of the agency it is proposed to."""
        paths = actor.paths(*SEES_EVENTS)
        return self.filter(below_any(paths, "organisation__path") | below_any(paths, "curator__path"))

    def managed_by(self, actor: Actor) -> EventQuerySet:
        return self.filter(below_any(actor.paths(*MANAGERS), "organisation__path"))

    def with_names(self) -> EventQuerySet:
        return self.select_related(
            "subject", "organisation__subject", "curator", "region", "venue", "after", "concept"
        ).defer("region__outline")

    def named(self, text: str) -> EventQuerySet:
        return with_words(self, text)


class Event(Noun, Versioned):
    """``curator`` is the agency it is proposed to, such as the province's, when that is another one."""

    subject_kind = "event"

    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="events")
    curator = models.ForeignKey(
        "places.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("proposed to"),
    )  # fmt: skip
    name = models.CharField(_("name"), max_length=160)
    name_key = models.CharField(max_length=200, editable=False, db_index=True)
    kind = models.CharField(_("kind"), max_length=12, choices=EventKind.choices, default=EventKind.FESTIVAL)
    region = models.ForeignKey(
        "places.Region", on_delete=models.PROTECT, related_name="+", verbose_name=_("regency or city")
    )
    venue = models.ForeignKey(
        "places.Venue", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("venue")
    )
    place = models.CharField(_("home place"), max_length=200, blank=True)
    description = models.TextField(_("description"), max_length=LONGEST_DESCRIPTION, blank=True)
    source = models.CharField(_("where this is known from"), max_length=500, blank=True)
    concept = models.ForeignKey(  # what somebody wrote in a training and this grew from; other apps know the noun
        "core.Subject", null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    rule = models.CharField(_("how its date is found"), max_length=14, choices=RuleKind.choices)
    month = models.PositiveSmallIntegerField(_("month"), null=True, blank=True, validators=MONTHS)
    day = models.PositiveSmallIntegerField(_("day"), null=True, blank=True, validators=DAYS)
    nth = models.SmallIntegerField(_("which one"), null=True, blank=True, choices=Nth.choices)
    weekday = models.PositiveSmallIntegerField(_("weekday"), null=True, blank=True, choices=Weekday.choices)
    after = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followers", verbose_name=_("other event")
    )
    offset = models.SmallIntegerField(
        _("begins so many days after that day"), default=0,
        validators=[MinValueValidator(-366), MaxValueValidator(366)],
    )  # fmt: skip
    length = models.PositiveSmallIntegerField(
        _("days it lasts"), default=1, validators=[MinValueValidator(1), MaxValueValidator(LONGEST)]
    )
    rule_note = models.CharField(_("about the date"), max_length=500, blank=True)
    rule_source = models.CharField(_("where the rule comes from"), max_length=500, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["name_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name_key"],
                name="events_event_name",
                violation_error_message=_("Your agency already has an event with this name."),
            ),
            models.CheckConstraint(
                condition=Q(after__isnull=False) | ~Q(rule=RuleKind.AFTER),
                name="events_event_after_something",
                violation_error_message=_("Choose the other event that the date hangs on."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def fold_name(self) -> None:
        """To be called by whatever sets the name."""
        self.name_key = folded(self.name)[:200]

    @property
    def date_rule(self) -> DateRule:
        return DateRule(
            kind=self.rule, month=self.month or 1, day=self.day or 1, nth=self.nth or 1, weekday=self.weekday or 0,
            offset=self.offset, length=self.length, zone=self.organisation.time_zone,
        )  # fmt: skip


class Hosting(models.Model):
    """One of several who hold an event; ``organisation`` when it is one of this system."""

    role = models.CharField(_("as"), max_length=10, choices=OrganiserRole.choices, default=OrganiserRole.HOST)
    name = models.CharField(_("name"), max_length=200)
    organisation = models.ForeignKey(
        "places.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("agency"),
    )  # fmt: skip
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class EventHost(Hosting):
    """Who usually holds it; a new edition begins with them."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="hosts")

    class Meta:
        ordering = ["position", "pk"]

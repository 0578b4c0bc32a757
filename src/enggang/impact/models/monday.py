"""What was promised on a Monday, and the page of that Monday as it was known then."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.core.models import Versioned
from enggang.core.models.closed import ClosedFacts
from enggang.impact.enums import PromiseState
from enggang.impact.rules import READS
from enggang.places.models.organisation import below_any


class PromiseQuerySet(models.QuerySet["Promise"]):
    def visible_to(self, actor: Actor) -> PromiseQuerySet:
        """Those of the own agencies, and each person's own."""
        own = Q(person__user_id=actor.user_id) if actor.user_id else Q(pk__in=[])
        return self.filter(below_any(actor.paths(*READS), "organisation__path") | own)

    def own_of(self, actor: Actor) -> PromiseQuerySet:
        return self.filter(person__user_id=actor.user_id) if actor.user_id else self.none()

    def open_first(self) -> PromiseQuerySet:
        """Then the others, the latest settled on top."""
        return self.order_by(F("settled_on").desc(nulls_first=True), "due_on", "pk")

    def with_names(self) -> PromiseQuerySet:
        return self.select_related("organisation__subject", "person__subject", "about")


class Promise(Versioned):
    """Who will have done what by when. ``about`` is what it came from: a decision that was handed on, an indicator."""

    organisation = models.ForeignKey(
        "places.Organisation", on_delete=models.PROTECT, related_name="promises", verbose_name=_("agency")
    )
    text = models.CharField(_("what will be done"), max_length=300)
    person = models.ForeignKey(
        "people.Person", null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("by whom")
    )
    about = models.ForeignKey("core.Subject", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField(_("promised on"))
    due_on = models.DateField(_("by"))
    state = models.CharField(max_length=8, choices=PromiseState.choices, default=PromiseState.OPEN, editable=False)
    settled_on = models.DateField(null=True, blank=True, editable=False)
    remark = models.CharField(_("remark"), max_length=300, blank=True)
    made_by_key = models.CharField(max_length=60, editable=False)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["organisation", "state", "due_on"], name="impact_promises_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=F("made_on")),
                name="impact_promise_days",
                violation_error_message=_("The day by which it is to be done lies before the day of the promise."),
            )
        ]

    def __str__(self) -> str:
        return self.text


class MondayPageQuerySet(models.QuerySet["MondayPage"]):
    def visible_to(self, actor: Actor) -> MondayPageQuerySet:
        return self.filter(below_any(actor.paths(*READS), "organisation__path"))


class MondayPage(ClosedFacts):
    """``day`` is the Monday; ``number`` counts the versions of one day."""

    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()

    objects = MondayPageQuerySet.as_manager()

    class Meta(ClosedFacts.Meta):
        ordering = ["-day", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "day", "number"],
                name="impact_monday_once",
                violation_error_message=_("The page of this day is being kept by somebody else. Reload it."),
            )
        ]

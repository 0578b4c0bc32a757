"""What a participant will change at work after a wave, agreed with their superior, and what came of it."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.core.models import Noun
from enggang.core.models.subject import Versioned
from enggang.places.models.organisation import below_any
from enggang.training.enums import PlanState, PlanTarget
from enggang.training.rules import SEES_LEARNING, SEES_PARTICIPANTS


class ActionPlanQuerySet(models.QuerySet["ActionPlan"]):
    def visible_to(self, actor: Actor) -> ActionPlanQuerySet:
        """The wave's staff, who keeps or leads the staff of the agency, the person, and their superior.

        A draft is the person's own until it is submitted.
        """
        staff = below_any(actor.paths(*SEES_PARTICIPANTS), "registration__wave__organisation__path")
        agency = below_any(actor.paths(*SEES_LEARNING), "registration__agency__path")
        others = (staff | agency) & ~Q(state=PlanState.DRAFT)
        if not actor.user_id:
            return self.filter(others)
        own = Q(registration__person__user_id=actor.user_id)
        led = Q(superior__user_id=actor.user_id) & ~Q(state=PlanState.DRAFT)
        return self.filter(others | own | led)

    def to_judge(self, actor: Actor) -> ActionPlanQuerySet:
        """What waits for this superior: to be agreed, or to be confirmed as done."""
        if not actor.user_id:
            return self.none()
        waiting = self.filter(state__in=[PlanState.SUBMITTED, PlanState.REPORTED])
        return waiting.filter(superior__user_id=actor.user_id)

    def late(self, day: date) -> ActionPlanQuerySet:
        return self.filter(state=PlanState.ACCEPTED, due_on__lt=day)

    def with_names(self) -> ActionPlanQuerySet:
        return self.select_related(
            "subject", "superior", "registration__subject", "registration__person__subject", "registration__agency",
            "registration__wave__programme", "registration__wave__organisation", "registration__wave__subject",
        )  # fmt: skip


class ActionPlan(Noun, Versioned):
    """``target`` names the service or indicator that is to get better, ``proof`` how one will see it.

    ``superior`` is the person on record; where none is, name and post are as the participant typed them.
    """

    subject_kind = "action_plan"

    registration = models.OneToOneField("training.Registration", on_delete=models.PROTECT, related_name="action_plan")
    change = models.TextField(_("what will change"), max_length=2000)
    unit = models.CharField(_("in which unit"), max_length=200)
    target_kind = models.CharField(_("for"), max_length=10, choices=PlanTarget.choices, default=PlanTarget.SERVICE)
    target = models.CharField(_("which service or indicator"), max_length=200)
    proof = models.CharField(_("how it will be seen"), max_length=500)
    due_on = models.DateField(_("by when"))
    superior = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="plans_to_judge"
    )
    superior_name = models.CharField(_("name of the superior"), max_length=160)
    superior_post = models.CharField(_("post of the superior"), max_length=160, blank=True)
    state = models.CharField(max_length=10, choices=PlanState.choices, default=PlanState.DRAFT)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by_key = models.CharField(max_length=60, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)

    objects = ActionPlanQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.target

    @property
    def may_be_written(self) -> bool:
        return self.state in {PlanState.DRAFT, PlanState.RETURNED}

    @property
    def waits_for_superior(self) -> bool:
        return self.state in {PlanState.SUBMITTED, PlanState.REPORTED}

    @property
    def is_under_way(self) -> bool:
        return self.state == PlanState.ACCEPTED

    def is_late(self, day: date) -> bool:
        return self.state == PlanState.ACCEPTED and self.due_on < day


class PlanStep(models.Model):
    """What was done for a plan, in the participant's words, with its proof."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.PROTECT, related_name="steps")
    at = models.DateTimeField()
    text = models.TextField(_("what was done"), max_length=2000)
    file = models.ForeignKey("files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]

"""A plan: the day that everything is counted from, its sections, and the people of the committee."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.forms import POSSIBLE_DAYS
from enggang.core.models import Noun, Versioned
from enggang.people.phones import shown_phone
from enggang.places.models.organisation import below_any
from enggang.plans.enums import PlanState
from enggang.plans.rules import MANAGERS, READS


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, actor: Actor) -> PlanQuerySet:
        """Who reads the plans of the agency, and whoever stands in the committee with an account."""
        seen = below_any(actor.paths(*READS), "organisation__path")
        if actor.user_id is not None:
            seen |= Q(Exists(Member.objects.filter(plan=OuterRef("pk"), person__user_id=actor.user_id)))
        return self.filter(seen)

    def managed_by(self, actor: Actor) -> PlanQuerySet:
        return self.filter(below_any(actor.paths(*MANAGERS), "organisation__path"))

    def with_names(self) -> PlanQuerySet:
        return self.select_related("subject", "organisation__subject", "about")


class Plan(Noun, Versioned):
    """``about`` is what is planned: the subject of an edition or of a wave, which this engine does not know.

    ``day`` may be unknown yet; what is counted from it has no date then.
    """

    subject_kind = "plan"

    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="plans")
    about = models.ForeignKey("core.Subject", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=200)
    day = models.DateField(_("the day"), null=True, blank=True, validators=POSSIBLE_DAYS)
    time_zone = models.CharField(_("time zone"), max_length=40, default="Asia/Pontianak")
    weather = models.CharField(_("what the weather must allow"), max_length=500, blank=True, default="", db_default="")
    custom = models.CharField(_("what ritual and custom demand"), max_length=500, blank=True, default="", db_default="")
    state = models.CharField(max_length=10, choices=PlanState.choices, default=PlanState.OPEN)
    created_at = models.DateTimeField()
    moves_told = models.CharField(max_length=64, blank=True, default="", db_default="", editable=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["about"],
                name="plans_plan_about_once",
                violation_error_message=_("There is a plan for this already. Open that one."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state == PlanState.OPEN

    @property
    def today(self) -> Any:
        return clock.today(self.time_zone)


class Section(models.Model):
    """A section (seksi) of the committee."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="sections")
    name = models.CharField(_("name"), max_length=80)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "name"],
                name="plans_section_once",
                violation_error_message=_("This plan has a section of that name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class MemberQuerySet(models.QuerySet["Member"]):
    def of(self, actor: Actor) -> MemberQuerySet:
        """The actor's own rows, in every plan."""
        return self.filter(person__user_id=actor.user_id) if actor.user_id is not None else self.none()

    def with_names(self) -> MemberQuerySet:
        return self.select_related("subject", "person", "section", "plan__organisation__subject", "plan__subject")


class Member(Noun, Versioned):
    """Somebody of the committee: a person on record, or a name and a number. ``leads`` the section, or (without one) all."""

    subject_kind = "plan_member"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="members")
    section = models.ForeignKey(
        Section, null=True, blank=True, on_delete=models.SET_NULL, related_name="members", verbose_name=_("section")
    )
    person = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=200, blank=True)
    phone = models.CharField(_("mobile number"), max_length=20, blank=True)
    post = models.CharField(_("post in the committee"), max_length=80, blank=True)
    leads = models.BooleanField(_("leads the section"), default=False)

    objects = MemberQuerySet.as_manager()

    class Meta:
        ordering = ["section__position", "section", "-leads", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "person"],
                name="plans_member_once",
                violation_error_message=_("This person is in the committee already."),
            )
        ]

    def __str__(self) -> str:
        return self.person.name if self.person else self.name

    @property
    def shown_phone(self) -> str:
        return shown_phone(self.reached_by)

    @property
    def reached_by(self) -> str:
        return self.phone or (self.person.phone if self.person else "")

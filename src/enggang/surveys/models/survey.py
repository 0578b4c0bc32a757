"""Anonymous surveys. Who may answer, and whether they did, stands apart from what was answered: no key joins the two.

Sheets wait without a batch until enough have come; then they are shuffled, written anew and counted. Results are
made of whole batches only, so that watching them over time tells of nobody.
"""

from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enggang.access.enums import Role
from enggang.core.actor import Actor
from enggang.core.models import Noun, Versioned
from enggang.places.models.organisation import below_any
from enggang.surveys.enums import AskingState, StatementKind
from enggang.surveys.rules import LINKS, SEES_RESULTS


class SurveyQuerySet(models.QuerySet["Survey"]):
    def visible_to(self, actor: Actor) -> SurveyQuerySet:
        """Those who see an agency's surveys; its coordinators those about its services."""
        theirs = below_any(actor.paths(Role.COORDINATOR), "organisation__path") & Q(service__isnull=False)
        return self.filter(below_any(actor.paths(*SEES_RESULTS), "organisation__path") | theirs)


class Survey(Noun, Versioned):
    """``minimum``, ``step`` and ``profile`` (the options citizens have about themselves) are fixed when it is opened:
    nobody lowers or changes them after having seen the answers.

    ``groups_upto`` is the last batch of the first closing: results by group never move after it.
    """

    subject_kind = "survey"

    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="surveys")
    instrument = models.CharField(max_length=20)
    title = models.CharField(_("title"), max_length=200)
    intro = models.TextField(_("words before the questions"), max_length=2000, blank=True)
    high = models.PositiveSmallIntegerField(
        _("highest step of the scale"), default=5, validators=[MinValueValidator(2), MaxValueValidator(10)]
    )
    labels = models.JSONField(default=list)
    bands = models.JSONField(default=list)
    source = models.CharField(max_length=300, blank=True)
    verified = models.BooleanField(default=False)
    is_public = models.BooleanField(default=False)
    live = models.BooleanField(
        _("show results while it is open"), default=False,
        help_text=_("In whole steps of answers only. Otherwise results are shown once it is closed."),
    )  # fmt: skip
    state = models.CharField(max_length=8, choices=AskingState.choices, default=AskingState.DRAFT)
    minimum = models.PositiveSmallIntegerField(default=5)
    step = models.PositiveSmallIntegerField(default=5)
    profile = models.JSONField(default=list, blank=True, db_default=[])
    batches = models.PositiveIntegerField(default=0)
    groups_upto = models.PositiveIntegerField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title

    def is_open_at(self, instant: datetime) -> bool:
        return self.state == AskingState.OPEN and (self.closes_at is None or instant < self.closes_at)


class ServiceSurvey(models.Model):
    """What a survey of citizens is about: a service of the survey's agency, in a period; both days belong to it."""

    survey = models.OneToOneField(Survey, on_delete=models.CASCADE, related_name="service")
    name = models.CharField(_("service"), max_length=120)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")),
                name="surveys_service_period",
                violation_error_message=_("The period ends before it begins."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Statement(models.Model):
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="statements")
    position = models.PositiveSmallIntegerField()
    section = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=8, choices=StatementKind.choices)
    text = models.CharField(max_length=500)
    weight = models.PositiveSmallIntegerField(default=1, db_default=1)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, actor: Actor) -> InvitationQuerySet:
        """The one who was asked: by account, or by a private link."""
        codes = {code for scope, code in actor.scopes if scope in LINKS}
        own = Q(user_id=actor.user_id) if actor.user_id else Q(pk__in=[])
        return self.filter(own | Q(holder__code__in=codes))


class Invitation(models.Model):
    """Who may answer once. ``answered`` bears no time, and nothing leads from here to a sheet."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="invitations")
    holder = models.ForeignKey("core.Subject", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    about = models.CharField(max_length=200, blank=True)
    group = models.CharField(max_length=60, blank=True)
    answered = models.BooleanField(default=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "holder"], name="surveys_invited_once")]

    def __str__(self) -> str:
        return f"{self.survey_id}: {self.holder_id}"


class Sheet(models.Model):
    """One person's answers, without the person, without a time, under a random key.

    ``profile``: the options a citizen chose about themselves, by key; never joined with the values on a screen.
    ``handed``: they came through an address that staff had seen, so they hide nobody else.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="sheets")
    group = models.CharField(max_length=60, blank=True)
    values = models.JSONField()
    comments = models.JSONField(default=dict)
    batch = models.PositiveIntegerField(null=True, blank=True)
    handed = models.BooleanField(default=False, db_default=False)
    profile = models.JSONField(default=dict, blank=True, db_default={})

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.survey_id}"

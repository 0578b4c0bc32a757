"""An innovation from the idea to its use: what it is about, who owns it, where it stands and how it came there."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.core.models import Noun, Versioned
from enggang.core.text import folded, with_words
from enggang.innovation.enums import BACK, FORWARD, IN_USE, Facet, Form, Initiator, Kind, Stage
from enggang.innovation.rules import SEES_INSIDE, WRITERS
from enggang.places.models.organisation import below_any

SHORT, LONG = 2_000, 10_000


def long_text(label: Any, most: int = SHORT) -> models.TextField[str, str]:
    return models.TextField(label, max_length=most, blank=True, validators=[MaxLengthValidator(most)])


class InnovationQuerySet(models.QuerySet["Innovation"]):
    def visible_to(self, actor: Actor) -> InnovationQuerySet:
        """The staff of the agency see all of theirs, owners and whoever handed it in their own, and whoever is signed in what an
        agency has taken in and goes on with."""
        seen = below_any(actor.paths(*SEES_INSIDE), "organisation__path")
        if actor.is_signed_in:
            board = Q(owner__isnull=False) & ~Q(stage=Stage.STOPPED)
            seen |= board | Q(owner__user_id=actor.user_id) | Q(handed_in_by_key=actor.key)
            seen |= Q(pk__in=Scorer.objects.filter(user_id=actor.user_id or 0).values("innovation"))
        return self.filter(seen)

    def visible_or_public(self, actor: Actor) -> InnovationQuerySet:
        """What an idea may be compared with: also what the public reads."""
        public = Q(stage__in=IN_USE, published_at__isnull=False)
        return self.filter(public | Q(pk__in=Innovation.objects.visible_to(actor).values("pk")))

    def unowned(self) -> InnovationQuerySet:
        """Ideas that wait to be taken in."""
        return self.filter(owner=None, stage=Stage.IDEA)

    def written_by(self, actor: Actor) -> InnovationQuerySet:
        own = Q(owner__user_id=actor.user_id) if actor.user_id else Q(pk__in=[])
        return self.filter(own | below_any(actor.paths(*WRITERS), "organisation__path"))

    def overdue(self, today: date) -> InnovationQuerySet:
        return self.exclude(stage=Stage.STOPPED).filter(due_on__lt=today)

    def in_use(self) -> InnovationQuerySet:
        return self.filter(stage__in=IN_USE)

    def published(self) -> InnovationQuerySet:
        """What the public reads: in use, and shown by a choice of its agency."""
        return self.in_use().filter(published_at__isnull=False)

    def with_names(self) -> InnovationQuerySet:
        return self.select_related("subject", "organisation__subject", "owner__subject", "affair")

    def named(self, text: str) -> InnovationQuerySet:
        return with_words(self, text)


class Innovation(Noun, Versioned):
    """``due_on`` is the day by which its next gate is to be decided, or while it is watched the next check-up said. ``trial_on`` and ``adopted_on`` are set by the gates."""

    subject_kind = "innovation"

    organisation = models.ForeignKey(
        "places.Organisation", on_delete=models.PROTECT, related_name="innovations", verbose_name=_("agency")
    )
    title = models.CharField(_("title"), max_length=160)
    name_key = models.CharField(max_length=160, editable=False, db_index=True)
    problem = models.TextField(_("the problem"), max_length=SHORT, validators=[MaxLengthValidator(SHORT)])
    idea = models.TextField(_("the idea"), max_length=SHORT, validators=[MaxLengthValidator(SHORT)])
    owner = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="innovations", verbose_name=_("owner")
    )  # fmt: skip
    initiator = models.CharField(_("initiator"), max_length=8, choices=Initiator.choices, default=Initiator.STAFF)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, blank=True)
    form = models.CharField(_("form"), max_length=12, choices=Form.choices, blank=True)
    facet = models.CharField(_("facet"), max_length=12, choices=Facet.choices, blank=True)
    affair = models.ForeignKey(
        "innovation.Affair", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("affair of government"),
    )  # fmt: skip
    design = long_text(_("how it is built"), LONG)
    aims = long_text(_("aims"))
    benefits = long_text(_("benefits"))
    results = long_text(_("results"))
    latitude = models.FloatField(
        _("latitude"), null=True, blank=True, validators=[MinValueValidator(-90.0), MaxValueValidator(90.0)]
    )
    longitude = models.FloatField(
        _("longitude"), null=True, blank=True, validators=[MinValueValidator(-180.0), MaxValueValidator(180.0)]
    )
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.IDEA, editable=False)
    stage_since = models.DateField(editable=False)
    due_on = models.DateField(null=True, blank=True, editable=False)
    reminded_on = models.DateField(null=True, blank=True, editable=False)
    handed_in_on = models.DateField(editable=False)
    handed_in_by_key = models.CharField(max_length=60, editable=False)
    trial_on = models.DateField(_("trial since"), null=True, blank=True, editable=False)
    trial_until = models.DateField(_("trial until"), null=True, blank=True, editable=False)
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    changed_at = models.DateTimeField(editable=False)

    objects = InnovationQuerySet.as_manager()

    class Meta:
        ordering = ["name_key", "pk"]
        indexes = [
            models.Index(fields=["stage", "adopted_on"], name="innovation_by_stage"),
            models.Index(fields=["handed_in_by_key"], name="innovation_handed_in"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="innovation_point",
                violation_error_message=_("Give latitude and longitude both, or neither."),
            ),
            models.CheckConstraint(
                condition=Q(owner__isnull=False) | Q(stage__in=[Stage.IDEA, Stage.STOPPED]),
                name="innovation_owned",
                violation_error_message=_("Name an owner first: nothing goes on without one."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def fold_name(self) -> None:
        """To be called by whatever sets the title."""
        self.name_key = folded(self.title)[:160]

    @property
    def is_stopped(self) -> bool:
        return self.stage == Stage.STOPPED

    @property
    def is_in_use(self) -> bool:
        return self.stage in IN_USE

    @property
    def is_published(self) -> bool:
        return self.is_in_use and self.published_at is not None

    @property
    def awaits_gate(self) -> bool:
        """Whether ``due_on`` is the day of its next gate, and not that of a check-up."""
        return not self.is_stopped and not self.is_in_use

    @property
    def next_stage(self) -> Stage | None:
        return FORWARD.get(Stage(self.stage))

    @property
    def former_stage(self) -> Stage | None:
        return BACK.get(Stage(self.stage))

    @property
    def has_point(self) -> bool:
        return self.latitude is not None

    @property
    def design_words(self) -> int:
        return len(self.design.split())


class Ownership(models.Model):
    """Who owned it from when to when. The open row is the present owner."""

    innovation = models.ForeignKey(Innovation, on_delete=models.CASCADE, related_name="ownerships")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    by_key = models.CharField(max_length=60)

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["innovation"], condition=Q(until=None), name="innovation_one_owner")
        ]

    def __str__(self) -> str:
        return f"{self.innovation_id} {self.since}"


class GateStep(models.Model):
    """A decision at a gate. Never changed: a decision that is taken back is a step of its own.

    ``due_on`` is the day by which it was due. Where it stays at its stage, only that day was moved.
    """

    innovation = models.ForeignKey(Innovation, on_delete=models.CASCADE, related_name="steps")
    was = models.CharField(max_length=10, choices=Stage.choices)
    now = models.CharField(max_length=10, choices=Stage.choices)
    decided_on = models.DateField(_("decided on"))
    decider = models.CharField(_("decided by"), max_length=160)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    missing = models.PositiveSmallIntegerField(default=0)
    due_on = models.DateField(null=True, blank=True)
    noted_at = models.DateTimeField()
    noted_by_key = models.CharField(max_length=60)

    class Meta:
        ordering = ["-noted_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.was} > {self.now}"

    @property
    def moved_deadline(self) -> bool:
        return self.was == self.now

    @property
    def was_late(self) -> bool:
        return self.due_on is not None and self.decided_on > self.due_on and not self.moved_deadline


class Scorer(models.Model):
    """Somebody who was asked to score an innovation without seeing what the others gave."""

    innovation = models.ForeignKey(Innovation, on_delete=models.CASCADE, related_name="scorers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["innovation", "user"],
                name="innovation_scorer_once",
                violation_error_message=_("This person was asked already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.user)

    @property
    def key(self) -> str:
        """What the sheet is kept under."""
        return f"user:{self.user_id}"

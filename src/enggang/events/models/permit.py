"""Permits of an edition: which one by which rule, from whom, until when it is asked for, with which papers."""

from __future__ import annotations

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.core.models import Noun, Versioned
from enggang.events.enums import (
    WAITING_STATES,
    Area,
    DocumentCase,
    DocumentProof,
    Issuer,
    LeadUnit,
    PermitKind,
    PermitNeed,
    PermitState,
    Scale,
    Stage,
)
from enggang.events.models.reference import Reference
from enggang.events.models.step import Step
from enggang.events.rules import MANAGERS, SEES_EVENTS
from enggang.places.models.organisation import below_any

MOST_FEE = 1_000_000_000_000
LONGEST_LEAD = 365  # days


class PermitRule(Reference):
    """Which permit an edition of this scale and area needs; empty: of any. The nearest row to it holds."""

    kind = models.CharField(_("permit"), max_length=10, choices=PermitKind.choices)
    scale = models.CharField(_("scale"), max_length=14, choices=Scale.choices, blank=True)
    area = models.CharField(_("area"), max_length=10, choices=Area.choices, blank=True)
    need = models.CharField(_("needed"), max_length=8, choices=PermitNeed.choices, default=PermitNeed.ALWAYS)
    issuer = models.CharField(_("issued by"), max_length=14, choices=Issuer.choices)
    lead = models.PositiveSmallIntegerField(
        _("to be asked for so many days before"), null=True, blank=True, validators=[MaxValueValidator(LONGEST_LEAD)]
    )
    unit = models.CharField(_("counted in"), max_length=8, choices=LeadUnit.choices, default=LeadUnit.WORKING)
    alarms = models.CharField(
        _("reminders, days before the deadline"), max_length=60, default="30,14,7,3,1,0",
        help_text=_("Whole numbers parted by commas."),
        validators=[RegexValidator(r"^\d{1,3}(\s*,\s*\d{1,3})*$", _("Whole numbers parted by commas."))],
    )  # fmt: skip
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        ordering = ["kind", "scale", "area", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.get_issuer_display()}"

    def fits(self, scale: str, area: str) -> bool:
        return self.scale in {"", scale} and self.area in {"", area}

    @property
    def alarm_days(self) -> list[int]:
        """What can be read of the reminders, the farthest first."""
        parts = (part.strip() for part in self.alarms.split(","))
        return sorted(
            {int(part) for part in parts if part.isascii() and part.isdecimal() and len(part) < 4}, reverse=True
        )


class PermitDocument(Reference):
    """A paper that a permit needs. ``proof``: the record writes it, so that no file need be handed in."""

    kind = models.CharField(_("permit"), max_length=10, choices=PermitKind.choices)
    text = models.CharField(_("document"), max_length=200)
    required = models.BooleanField(_("required"), default=True)
    case = models.CharField(_("when"), max_length=12, choices=DocumentCase.choices, blank=True)
    proof = models.CharField(_("comes from"), max_length=12, choices=DocumentProof.choices, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["kind", "position", "pk"]

    def __str__(self) -> str:
        return self.text


class PermitQuerySet(models.QuerySet["Permit"]):
    def visible_to(self, actor: Actor) -> PermitQuerySet:
        """The edition's own staff and the curator's."""
        paths = actor.paths(*SEES_EVENTS)
        own = below_any(paths, "edition__organisation__path")
        return self.filter(own | below_any(paths, "edition__curator__path") & ~Q(edition__stage=Stage.IDEA))

    def managed_by(self, actor: Actor) -> PermitQuerySet:
        return self.filter(below_any(actor.paths(*MANAGERS), "edition__organisation__path"))

    def wanted(self) -> PermitQuerySet:
        return self.exclude(state=PermitState.DROPPED)

    def waiting(self) -> PermitQuerySet:
        """Not with the office yet, of editions that are still to be held."""
        open_stages = [Stage.PROPOSED, Stage.CURATED, Stage.APPROVED, Stage.PLANNED, Stage.PUBLISHED]
        return self.filter(state__in=WAITING_STATES, edition__stage__in=open_stages)

    def with_names(self) -> PermitQuerySet:
        return self.select_related(
            "subject", "rule", "letter__subject", "scan", "edition__subject", "edition__event__region",
            "edition__organisation__subject", "edition__curator",
        ).defer("edition__event__region__outline")  # fmt: skip


class Permit(Noun, Versioned):
    """``due_on`` is the last day to ask for it, as it was counted last; ``deadline_changes`` tell how it moved.

    ``annex`` is canonical JSON: what the annexes said when it was submitted.
    """

    subject_kind = "permit"

    edition = models.ForeignKey("events.Edition", on_delete=models.PROTECT, related_name="permits")
    kind = models.CharField(_("permit"), max_length=10, choices=PermitKind.choices)
    name = models.CharField(_("name"), max_length=160, blank=True)
    rule = models.ForeignKey(PermitRule, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    issuer = models.CharField(_("issued by"), max_length=14, choices=Issuer.choices, default=Issuer.OTHER)
    office = models.CharField(_("issuing office"), max_length=200, blank=True)
    own_office = models.BooleanField(default=False, editable=False)  # typed by hand, so no rule writes over it
    state = models.CharField(max_length=10, choices=PermitState.choices, default=PermitState.NEEDED)
    due_on = models.DateField(null=True, blank=True)
    submitted_on = models.DateField(_("submitted on"), null=True, blank=True)
    number = models.CharField(_("number"), max_length=120, blank=True)
    issued_on = models.DateField(_("dated"), null=True, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    fee = models.BigIntegerField(
        _("fee (Rp)"), null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(MOST_FEE)]
    )
    scan = models.ForeignKey("files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    letter = models.ForeignKey("documents.Letter", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    annex = models.BinaryField(null=True, blank=True, editable=False)
    note = models.CharField(_("note"), max_length=500, blank=True)

    objects = PermitQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "kind", "name"],
                name="events_permit_once",
                violation_error_message=_("This permit is on the list already."),
            )
        ]

    def __str__(self) -> str:
        return self.name or str(self.get_kind_display())

    @property
    def is_wanted(self) -> bool:
        return self.state != PermitState.DROPPED

    @property
    def is_issued(self) -> bool:
        return self.state == PermitState.ISSUED

    @property
    def is_waiting(self) -> bool:
        return self.state in WAITING_STATES

    @property
    def addressee(self) -> str:
        return self.office or str(self.get_issuer_display())

    def days_left(self, today: date) -> int | None:
        return (self.due_on - today).days if self.due_on and self.is_waiting else None


class PermitFile(models.Model):
    """A paper handed in for a permit: for one of its checklist, or beside it."""

    permit = models.ForeignKey(Permit, on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey(
        PermitDocument, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("document")
    )
    name = models.CharField(_("what it is"), max_length=200)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["added_at", "pk"]

    def __str__(self) -> str:
        return self.name


class PermitStep(Step):
    """A move of a permit: when, with which words of the office."""

    permit = models.ForeignKey(Permit, on_delete=models.CASCADE, related_name="steps")
    was = models.CharField(max_length=10, choices=PermitState.choices)
    now = models.CharField(max_length=10, choices=PermitState.choices)


class DeadlineChange(models.Model):
    """That a deadline moved: from when to when, and by what it was counted. ``seen_at``: somebody has taken note."""

    permit = models.ForeignKey(Permit, on_delete=models.CASCADE, related_name="deadline_changes")
    was = models.DateField(null=True, blank=True)
    now = models.DateField(null=True, blank=True)
    why = models.CharField(max_length=300)
    basis = models.CharField(max_length=600, blank=True)
    noted_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-noted_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.was} > {self.now}"


class PermitAlarm(models.Model):
    """That a reminder of a deadline was sent; a deadline that has moved rings anew."""

    permit = models.ForeignKey(Permit, on_delete=models.CASCADE, related_name="alarms")
    due_on = models.DateField()
    days = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["permit", "due_on", "days"], name="events_alarm_once")]

    def __str__(self) -> str:
        return f"{self.due_on} -{self.days}"

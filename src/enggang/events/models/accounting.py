"""What has to be told after an edition: what each section did, what happened, and what the committee learned."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enggang.core.models import Versioned
from enggang.events.enums import IncidentKind, Severity
from enggang.events.models.edition import Edition, Site

LONG = 4000


class Account(Versioned):
    """The words of the accountability report (LPJ) that no record holds. ``due_on``: by when it is to be handed in."""

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="account")
    due_on = models.DateField(_("to be handed in by"), null=True, blank=True)
    results = models.TextField(_("what was reached"), max_length=LONG, blank=True)
    obstacles = models.TextField(_("obstacles"), max_length=LONG, blank=True)
    suggestions = models.TextField(_("suggestions for the next time"), max_length=LONG, blank=True)
    closing = models.TextField(_("closing words"), max_length=LONG, blank=True)

    def __str__(self) -> str:
        return str(self.edition)


class SectionReport(Versioned):
    """What one section of the committee did before, on and after the day."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="section_reports")
    section = models.CharField(_("section"), max_length=120)
    before = models.TextField(_("before the day"), max_length=LONG, blank=True)
    during = models.TextField(_("on the day"), max_length=LONG, blank=True)
    after = models.TextField(_("after the day"), max_length=LONG, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "section"],
                name="events_section_reports_once",
                violation_error_message=_("This section has its report already. Open that one."),
            )
        ]

    def __str__(self) -> str:
        return self.section

    @property
    def is_empty(self) -> bool:
        return not (self.before or self.during or self.after).strip()


class IncidentQuerySet(models.QuerySet["Incident"]):
    def standing(self) -> IncidentQuerySet:
        return self.filter(voided_at=None)

    def open(self) -> IncidentQuerySet:
        return self.standing().filter(ended_on=None)


class Incident(Versioned):
    """Something that went wrong or nearly did. No names: who was hurt is known to whoever helped them."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="incidents")
    kind = models.CharField(_("kind"), max_length=10, choices=IncidentKind.choices)
    severity = models.PositiveSmallIntegerField(_("how serious"), choices=Severity.choices, default=Severity.SLIGHT)
    on = models.DateField(_("day"))
    at = models.TimeField(_("time"), null=True, blank=True)
    site = models.ForeignKey(
        Site, null=True, blank=True, on_delete=models.PROTECT, related_name="incidents", verbose_name=_("place")
    )
    what = models.TextField(_("what happened"), max_length=2000)
    done = models.TextField(_("what was done"), max_length=2000, blank=True)
    hurt = models.PositiveSmallIntegerField(_("people hurt"), default=0, validators=[MaxValueValidator(1000)])
    ended_on = models.DateField(_("settled on"), null=True, blank=True)
    noted_at = models.DateTimeField()
    noted_by_key = models.CharField(max_length=60)
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(max_length=200, blank=True)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        ordering = ["on", "at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=models.F("on")),
                name="events_incident_ends_after",
                violation_error_message=_("It cannot be settled before it happened."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on:%Y-%m-%d}"

    @property
    def is_void(self) -> bool:
        return self.voided_at is not None

    @property
    def is_open(self) -> bool:
        return not self.is_void and self.ended_on is None

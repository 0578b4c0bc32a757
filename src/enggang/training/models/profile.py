"""What an assessor found that a person shows of a competency. A training only proposes; this row is the finding."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.people.models.competency import LEVELS
from enggang.places.models.organisation import below_any
from enggang.training.enums import AssessmentState
from enggang.training.rules import SEES_PROFILES


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def visible_to(self, actor: Actor) -> AssessmentQuerySet:
        """The person, and who keeps, judges or leads the staff of the agency."""
        staff = below_any(actor.paths(*SEES_PROFILES), "agency__path")
        own = Q(person__user_id=actor.user_id) if actor.user_id else Q(pk__in=[])
        return self.filter(staff | own)

    def confirmed(self) -> AssessmentQuerySet:
        return self.filter(state=AssessmentState.CONFIRMED)

    def standing(self) -> AssessmentQuerySet:
        return self.exclude(state=AssessmentState.WITHDRAWN)


class Assessment(models.Model):
    """``registration`` is the completed wave it was judged on, ``agency`` where the person worked then.

    A refused proposal has no level: the evidence did not show the competency.
    """

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="assessments")
    agency = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    competency = models.ForeignKey("people.Competency", on_delete=models.PROTECT, related_name="+")
    registration = models.ForeignKey(
        "training.Registration", null=True, blank=True, on_delete=models.PROTECT, related_name="assessments"
    )
    level = models.PositiveSmallIntegerField(_("level"), null=True, blank=True, validators=LEVELS)
    state = models.CharField(max_length=10, choices=AssessmentState.choices, default=AssessmentState.CONFIRMED)
    reason = models.CharField(_("reason"), max_length=500)
    assessed_on = models.DateField(_("assessed on"))
    decided_at = models.DateTimeField()
    decided_by_key = models.CharField(max_length=60)
    withdrawn_reason = models.CharField(_("why it was withdrawn"), max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by_key = models.CharField(max_length=60, blank=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-assessed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "competency"],
                condition=Q(registration__isnull=False) & ~Q(state=AssessmentState.WITHDRAWN),
                name="training_evidence_judged_once",
                violation_error_message=_("This evidence has been judged already. Withdraw that finding first."),
            ),
            models.CheckConstraint(
                condition=Q(level__isnull=False) | ~Q(state=AssessmentState.CONFIRMED),
                name="training_confirmed_has_level",
                violation_error_message=_("Choose the level that is shown."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.competency} {self.level or '–'}"

    @property
    def is_confirmed(self) -> bool:
        return self.state == AssessmentState.CONFIRMED

    @property
    def is_withdrawn(self) -> bool:
        return self.state == AssessmentState.WITHDRAWN

    @property
    def has_lost_its_paper(self) -> bool:
        """Whether the certificate that it rests on has been voided since."""
        return self.registration is not None and self.registration.award_id is None

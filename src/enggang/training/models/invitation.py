"""Whom a wave's invitation goes to: an organisation and an office in it, with what became of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from enggang.access.enums import Role
from enggang.core.actor import Actor
from enggang.core.models import Noun
from enggang.places.models.organisation import below_any
from enggang.training.enums import AddresseeState
from enggang.training.rules import SEES_PARTICIPANTS

ANSWERED = (AddresseeState.CONFIRMED, AddresseeState.DECLINED)
UNANSWERED = (AddresseeState.SENT, AddresseeState.OPENED)


class AddresseeQuerySet(models.QuerySet["Addressee"]):
    def visible_to(self, actor: Actor) -> AddresseeQuerySet:
        """The wave's staff, and the coordinator of the invited organisation once it was sent."""
        staff = below_any(actor.paths(*SEES_PARTICIPANTS), "wave__organisation__path")
        invited = below_any(actor.paths(Role.COORDINATOR), "organisation__path")
        return self.filter(staff | invited & ~models.Q(state=AddresseeState.DRAFT))

    def with_names(self) -> AddresseeQuerySet:
        return self.select_related(
            "subject", "organisation__subject", "letter__subject", "letter__file", "letter__organisation",
            "wave__programme", "wave__subject", "wave__organisation", "wave__offer", "wave__venue",
        )  # fmt: skip

    def unanswered(self) -> AddresseeQuerySet:
        return self.filter(state__in=UNANSWERED)


class Addressee(Noun):
    """``office`` is the line after «Yth.»: Sekretaris Daerah, Kepala BKPSDM. ``reason`` goes with a refusal."""

    subject_kind = "addressee"

    wave = models.ForeignKey("training.Wave", on_delete=models.PROTECT, related_name="addressees")
    letter = models.ForeignKey("documents.Letter", on_delete=models.CASCADE, related_name="addressees")
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    office = models.CharField(_("office"), max_length=160)
    state = models.CharField(max_length=10, choices=AddresseeState.choices, default=AddresseeState.DRAFT)
    sent_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by_key = models.CharField(max_length=60, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = AddresseeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "organisation", "office"],
                name="training_addressee_once",
                violation_error_message=_("This office is already among the addressees."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state=AddresseeState.DECLINED) | ~models.Q(reason=""),
                name="training_declined_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office}, {self.organisation}"

    @property
    def is_unanswered(self) -> bool:
        return self.state in UNANSWERED

    @property
    def is_answered(self) -> bool:
        return self.state in ANSWERED

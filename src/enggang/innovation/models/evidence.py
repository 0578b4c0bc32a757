"""The vault of evidence: one file, link or record of this system serves several indicators, this year and the next.

Files are private: a list of beneficiaries is personal data. What the system proposes is reckoned anew each time; only what
somebody decided about it is kept.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.core.models import Noun
from enggang.innovation.enums_iid import EvidenceKind
from enggang.innovation.models.innovation import Innovation
from enggang.innovation.rules import SEES_INSIDE
from enggang.innovation.rules_iid import BOARD
from enggang.places.models.organisation import below_any


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, actor: Actor) -> EvidenceQuerySet:
        """The owner, the staff of the agency, and the research board to which it was handed in."""
        seen = below_any(actor.paths(*SEES_INSIDE), "innovation__organisation__path")
        boards = below_any(actor.paths(*BOARD), "uses__submission__board__path")
        own = Q(innovation__owner__user_id=actor.user_id) if actor.user_id else Q(pk__in=[])
        return self.filter(seen | boards | own).distinct()

    def kept(self) -> EvidenceQuerySet:
        return self.filter(withdrawn_at=None)

    def with_names(self) -> EvidenceQuerySet:
        return self.select_related("subject", "file__subject", "innovation__subject", "innovation__organisation")


class Evidence(Noun):
    """``provider`` and ``key`` name the record it was accepted from; ``facts`` are what that said on the day.

    ``is_personal`` marks what names people: whoever takes it out is written into the trail.
    """

    subject_kind = "evidence"

    innovation = models.ForeignKey(Innovation, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=8, choices=EvidenceKind.choices)
    title = models.CharField(_("what it shows"), max_length=200)
    file = models.ForeignKey("files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    link = models.URLField(_("address"), max_length=500, blank=True)
    provider = models.CharField(max_length=40, blank=True)
    key = models.CharField(max_length=80, blank=True)
    facts: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    dated_on = models.DateField(_("dated"), null=True, blank=True)
    is_personal = models.BooleanField(_("names people"), default=False)
    added_at = models.DateTimeField()
    added_by_key = models.CharField(max_length=60)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["innovation", "provider", "key"], condition=~Q(provider="") & Q(withdrawn_at=None),
                name="innovation_evidence_record_once",
            ),
            models.CheckConstraint(
                condition=Q(kind="file", file__isnull=False) | Q(kind="link") & ~Q(link="") | Q(kind="record") & ~Q(key=""),
                name="innovation_evidence_is_something",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title


class RefusedProposal(models.Model):
    """What the system proposed and somebody did not want, with the reason. Taken back, it is proposed again."""

    innovation = models.ForeignKey(Innovation, on_delete=models.CASCADE, related_name="refused_proposals")
    provider = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    reason = models.CharField(_("reason"), max_length=300)
    at = models.DateTimeField()
    by_key = models.CharField(max_length=60)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["innovation", "provider", "key"], name="innovation_refused_once")
        ]

    def __str__(self) -> str:
        return self.title


class Tie(models.Model):
    """Something of this system that belongs to an innovation: a wave that taught it, an event that showed it, a work."""

    innovation = models.ForeignKey(Innovation, on_delete=models.CASCADE, related_name="ties")
    subject = models.ForeignKey("core.Subject", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by_key = models.CharField(max_length=60)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["innovation", "subject"], name="innovation_tie_once")]

    def __str__(self) -> str:
        return f"{self.innovation_id} {self.subject_id}"

"""A letter or photo that says why somebody was not there. It may speak of illness: only who marks attendance sees it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enggang.attendance.enums import ProofState, Status
from enggang.attendance.models.occasion import Occasion

TONES = {
    ProofState.PENDING: "warn",
    ProofState.ACCEPTED: "good",
    ProofState.REFUSED: "bad",
    ProofState.REPLACED: "neutral",
}


class Proof(models.Model):
    occasion = models.ForeignKey(Occasion, on_delete=models.PROTECT, related_name="proofs")
    holder = models.ForeignKey("core.Subject", on_delete=models.PROTECT, related_name="proofs")
    status = models.CharField(max_length=8, choices=Status.choices)
    note = models.CharField(max_length=200, blank=True)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=ProofState.choices, default=ProofState.PENDING)
    handed_at = models.DateTimeField()
    handed_by_key = models.CharField(max_length=60)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_key = models.CharField(max_length=60, blank=True)
    decision_reason = models.CharField(max_length=200, blank=True)
    # What the list said before the letter counted; empty: nothing. Undoing the decision puts it back.
    before = models.CharField(max_length=8, choices=Status.choices, blank=True, default="", db_default="")

    class Meta:
        ordering = ["-handed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["occasion", "holder"],
                condition=Q(state="pending"),
                name="attendance_proof_pending_once",
                violation_error_message=_("Another letter for this session has just arrived. Reload the page."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.handed_at:%Y-%m-%d}"

    @property
    def is_pending(self) -> bool:
        return self.state == ProofState.PENDING

    @property
    def tone(self) -> str:
        return TONES[ProofState(self.state)]

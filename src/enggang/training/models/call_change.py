"""What was changed about a call after it was sent, and superiors who agreed on paper."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from enggang.training.enums import CallPoint


class CallChange(models.Model):
    """One correction. Without ``invited`` it concerns every agency of the call, else that one alone.

    ``points`` are lists of what (a CallPoint), was and now; moments are kept in ISO form. ``told_upto`` is the last
    agency that was told, so that a job that runs again goes on where it stopped.
    """

    call = models.ForeignKey("training.Call", on_delete=models.CASCADE, related_name="changes")
    invited = models.ForeignKey(
        "training.CallAgency", null=True, blank=True, on_delete=models.CASCADE, related_name="changes"
    )
    points: models.JSONField[Any, Any] = models.JSONField(default=list)
    changed_at = models.DateTimeField()
    changed_by_key = models.CharField(max_length=60)
    told_upto = models.PositiveBigIntegerField(default=0, db_default=0)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.call_id} · {self.changed_at:%Y-%m-%d}"

    @property
    def lines(self) -> list[tuple[str, Any, Any]]:
        """Label, before and after, in the language of whoever reads."""
        return [(str(CallPoint(what).label), _read(what, was), _read(what, now)) for what, was, now in self.points]


def _read(what: str, value: Any) -> Any:
    return parse_datetime(value) if what == CallPoint.DEADLINE and value else value


class PaperApproval(models.Model):
    """A stage that was agreed to on paper, and entered by the organiser: number and date of the paper, or its scan.

    One paper may name several people: their rows share the file. ``ended_at`` marks one that was taken back.
    """

    nomination = models.ForeignKey("training.Nomination", on_delete=models.CASCADE, related_name="papers")
    stage = models.ForeignKey("training.NominationStage", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(_("number of the paper"), max_length=80, blank=True)
    dated = models.DateField(_("date of the paper"))
    signed_by = models.CharField(_("who signed"), max_length=160)
    file = models.ForeignKey("files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    entered_by_key = models.CharField(max_length=60)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(number="") | Q(file__isnull=False), name="training_paper_is_found"),
            models.UniqueConstraint(
                fields=["nomination", "stage"], condition=Q(ended_at__isnull=True), name="training_agreed_on_paper_once"
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"{self.dated:%Y-%m-%d}"

"""The activity report of a wave: what people write into it, and its versions, which stay."""

from __future__ import annotations

import json
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.core.models import Noun, Versioned
from enggang.places.models.organisation import below_any
from enggang.training.enums import PointKind, ReportState
from enggang.training.rules import SEES_MONEY

LONGEST_TEXT = 6000


class ActivityReport(Noun, Versioned):
    """The words of the report. Its numbers are never here: they are reckoned from the wave's rows."""

    subject_kind = "activity_report"

    wave = models.OneToOneField("training.Wave", on_delete=models.PROTECT, related_name="report")
    background = models.TextField(_("background"), max_length=LONGEST_TEXT, blank=True)
    legal_basis = models.TextField(
        _("basis"), max_length=LONGEST_TEXT, blank=True, help_text=_("One regulation or letter per line.")
    )
    purpose = models.TextField(_("purpose"), max_length=LONGEST_TEXT, blank=True)
    signatory = models.ForeignKey(
        "documents.Signatory", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("signatory"),
    )  # fmt: skip

    def __str__(self) -> str:
        return str(self.wave)


class ReportPoint(models.Model):
    """An obstacle, or what follows: who does what by when."""

    report = models.ForeignKey(ActivityReport, on_delete=models.CASCADE, related_name="points")
    kind = models.CharField(_("kind"), max_length=10, choices=PointKind.choices)
    text = models.CharField(_("what"), max_length=500)
    owner = models.CharField(_("who does it"), max_length=160, blank=True)
    due_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def is_obstacle(self) -> bool:
        return self.kind == PointKind.OBSTACLE


class ReportPhoto(models.Model):
    """``alt`` says what is to be seen, for whoever cannot see it."""

    report = models.ForeignKey(ActivityReport, on_delete=models.CASCADE, related_name="photos")
    upload = models.OneToOneField("files.Upload", on_delete=models.PROTECT, related_name="+")
    caption = models.CharField(_("caption"), max_length=300)
    alt = models.CharField(
        _("what is to be seen"), max_length=300, help_text=_("Read aloud to whoever cannot see the photo.")
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.caption


class ReportVersionQuerySet(models.QuerySet["ReportVersion"]):
    def visible_to(self, actor: Actor) -> ReportVersionQuerySet:
        return self.filter(below_any(actor.paths(*SEES_MONEY), "report__wave__organisation__path"))

    def with_names(self) -> ReportVersionQuerySet:
        return self.select_related(
            "subject", "report__subject", "report__wave__organisation__subject", "report__wave__programme",
            "report__wave__subject", "report__wave__venue", "report__wave__offer", "pdf", "docx", "scan__file",
        )  # fmt: skip


class ReportVersion(Noun):
    """``data`` is canonical JSON and never changes; ``drawing`` names the template that drew or will draw it."""

    subject_kind = "report_version"

    report = models.ForeignKey(ActivityReport, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    data = models.BinaryField()
    drawing = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.WANTED)
    reason = models.CharField(_("why a new version"), max_length=300, blank=True)
    made_at = models.DateTimeField()
    made_by_key = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64, blank=True)
    pdf = models.ForeignKey("files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    docx = models.ForeignKey("files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    scan = models.ForeignKey("files.Upload", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField(null=True, blank=True)

    objects = ReportVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "number"],
                name="training_report_version",
                violation_error_message=_("Somebody made this version a moment ago. Reload the page."),
            ),
            models.CheckConstraint(
                condition=~Q(state=ReportState.FROZEN) | Q(frozen_at__isnull=False) & ~Q(sha256=""),
                name="training_report_frozen_has_hash",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.number}"

    @property
    def content(self) -> dict[str, Any]:
        """What the version says, as plain data."""
        content: dict[str, Any] = json.loads(bytes(self.data))
        return content

    @property
    def is_frozen(self) -> bool:
        return self.state == ReportState.FROZEN

"""An organisation's own wording of a kind of letter: versions that, once published, never change."""

from __future__ import annotations

import json

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.core.models import Noun, Versioned
from enggang.documents.rules import READS
from enggang.places.models.organisation import below_any


class LetterTemplateQuerySet(models.QuerySet["LetterTemplate"]):
    def visible_to(self, actor: Actor) -> LetterTemplateQuerySet:
        return self.filter(below_any(actor.paths(*READS), "organisation__path"))


class LetterTemplate(Noun):
    """``copied_from`` names the version it began with; a retired one is no longer offered."""

    subject_kind = "letter_template"

    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="letter_templates")
    kind = models.CharField(max_length=40)
    name = models.CharField(_("name"), max_length=120)
    copied_from = models.CharField(max_length=40)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = LetterTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                name="documents_template_name",
                violation_error_message=_("Your organisation already has a template with this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def published(self) -> TemplateVersion | None:
        """The version that new letters take; among those already fetched when they were."""
        done = [version for version in self.versions.all() if version.published_at]
        return max(done, key=lambda version: version.number, default=None)

    @property
    def draft(self) -> TemplateVersion | None:
        return next((version for version in self.versions.all() if not version.published_at), None)


class TemplateVersion(Versioned):
    template = models.ForeignKey(LetterTemplate, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()  # the blocks, as JSON
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["template", "number"], name="documents_template_version"),
            models.UniqueConstraint(
                fields=["template"], condition=Q(published_at__isnull=True), name="documents_template_one_draft"
            ),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def ref(self) -> str:
        """The name under which letters remember it."""
        return f"{self.template.code}/{self.number}"

    @property
    def blocks(self) -> dict[str, str]:
        blocks: dict[str, str] = json.loads(self.text)
        return blocks

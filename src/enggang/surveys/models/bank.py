"""The question bank of an agency. A question is changed by writing a new version once it has been asked."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.core.models import Noun, Versioned
from enggang.places.models.organisation import below_any
from enggang.surveys.enums import QuestionKind
from enggang.surveys.rules import KEEPS_BANK


class Topic(models.Model):
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("topic"), max_length=120)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="surveys_topic_name")]

    def __str__(self) -> str:
        return self.name


class QuestionQuerySet(models.QuerySet["Question"]):
    def visible_to(self, actor: Actor) -> QuestionQuerySet:
        """Whoever keeps the bank: a question comes with its right answer."""
        return self.filter(below_any(actor.paths(*KEEPS_BANK), "organisation__path"))

    def in_use(self) -> QuestionQuerySet:
        return self.filter(archived_at=None)

    def with_current(self) -> QuestionQuerySet:
        return self.select_related("subject", "organisation", "topic", "current__picture")


class Question(Noun, Versioned):
    """``current`` is what a new test asks; a test that was opened keeps the version it asked.

    ``import_key`` names the import that brought it, so that accepting one again brings nothing new.
    """

    subject_kind = "question"

    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="questions")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="questions")
    current = models.ForeignKey("surveys.QuestionVersion", null=True, on_delete=models.PROTECT, related_name="+")
    archived_at = models.DateTimeField(null=True, blank=True)
    import_key = models.CharField(max_length=24, blank=True, default="", db_default="", db_index=True, editable=False)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["topic__name", "pk"]

    def __str__(self) -> str:
        return self.current.text if self.current else self.code


class QuestionVersion(models.Model):
    """The words of a question as they are asked. ``body`` is described in ``bodies.py``."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind"), max_length=10, choices=QuestionKind.choices)
    text = models.TextField(_("question"), max_length=2000)
    picture = models.ForeignKey(
        "files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("picture")
    )
    body = models.JSONField()
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["question", "number"]
        constraints = [models.UniqueConstraint(fields=["question", "number"], name="surveys_version_number")]

    def __str__(self) -> str:
        return self.text

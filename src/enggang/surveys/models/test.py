"""A test: which questions of the bank, how long, from when to when."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from enggang.core.actor import Actor
from enggang.core.models import Noun, Versioned
from enggang.places.models.organisation import below_any
from enggang.surveys.enums import AskingState
from enggang.surveys.rules import KEEPS_BANK


class TestQuerySet(models.QuerySet["Test"]):
    def visible_to(self, actor: Actor) -> TestQuerySet:
        return self.filter(below_any(actor.paths(*KEEPS_BANK), "organisation__path"))


class Test(Noun, Versioned):
    """``draw`` questions are drawn for each person, all when empty; the draw follows from ``seed`` and the person alone."""

    subject_kind = "test"
    __test__ = False  # pytest would take it for a test of its own

    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="tests")
    title = models.CharField(_("title"), max_length=200)
    intro = models.TextField(_("words before the test"), max_length=2000, blank=True)
    state = models.CharField(max_length=8, choices=AskingState.choices, default=AskingState.DRAFT)
    minutes = models.PositiveSmallIntegerField(
        _("minutes to answer"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(600)],
        help_text=_("Counted by the server from each person's start. Empty: no limit but the closing time."),
    )  # fmt: skip
    grace_seconds = models.PositiveSmallIntegerField(
        _("seconds of grace"), default=60, validators=[MaxValueValidator(600)],
        help_text=_("An answer that arrives this much late over a slow line still counts."),
    )  # fmt: skip
    draw = models.PositiveSmallIntegerField(
        _("questions drawn for each person"), null=True, blank=True, validators=[MinValueValidator(1)],
        help_text=_("Empty: everybody gets all questions."),
    )  # fmt: skip
    shuffle = models.BooleanField(_("shuffle questions and options"), default=True)
    shows_score = models.BooleanField(_("show everyone their own score after closing"), default=True)
    seed = models.CharField(max_length=32, editable=False)
    opened_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = TestQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def ends_at(self) -> datetime | None:
        """When nobody may answer any more, grace apart."""
        ends = [each for each in (self.closes_at, self.closed_at) if each]
        return min(ends) if ends else None

    def is_open_at(self, instant: datetime) -> bool:
        return self.state == AskingState.OPEN and (self.closes_at is None or instant < self.closes_at)

    @property
    def grace(self) -> timedelta:
        return timedelta(seconds=self.grace_seconds)


class TestItem(models.Model):
    """``version`` is fixed when the test is opened; a draft follows the bank."""

    __test__ = False

    test = models.ForeignKey(Test, on_delete=models.CASCADE, related_name="items")
    question = models.ForeignKey("surveys.Question", on_delete=models.PROTECT, related_name="test_items")
    version = models.ForeignKey(
        "surveys.QuestionVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="items"
    )
    position = models.PositiveSmallIntegerField()
    points = models.PositiveSmallIntegerField(default=1, validators=[MinValueValidator(1), MaxValueValidator(100)])

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["test", "question"], name="surveys_question_once")]

    def __str__(self) -> str:
        return f"{self.test_id}: {self.question_id}"

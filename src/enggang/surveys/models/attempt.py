"""A person's sitting of a test: what was drawn for them, what they answered, what it earned."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from enggang.access.enums import LinkScope
from enggang.core import codes
from enggang.core.actor import Actor


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def visible_to(self, actor: Actor) -> AttemptQuerySet:
        """The one who sits it: by their account, or by a private link on the holder."""
        by_link = {code for scope, code in actor.scopes if scope == LinkScope.REGISTRATION}
        own = Q(user_id=actor.user_id) if actor.user_id else Q(pk__in=[])
        return self.filter(own | Q(holder__code__in=by_link))

    def with_test(self) -> AttemptQuerySet:
        return self.select_related("holder", "test__subject", "test__organisation")


class Attempt(models.Model):
    """``possible`` and every ``earned`` are hundredths of a point. One for each test and holder."""

    code = models.CharField(max_length=16, unique=True, default=codes.random_code)
    test = models.ForeignKey("surveys.Test", on_delete=models.PROTECT, related_name="attempts")
    holder = models.ForeignKey("core.Subject", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    possible = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    deadline = models.DateTimeField(null=True, blank=True)
    saved_at = models.DateTimeField(null=True, blank=True)
    handed_in_at = models.DateTimeField(null=True, blank=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["test", "holder"], name="surveys_attempt_once")]

    def __str__(self) -> str:
        return self.code

    @property
    def ends_at(self) -> datetime | None:
        """The person's own limit or the test's, whichever comes first."""
        ends = [each for each in (self.deadline, self.test.ends_at) if each]
        return min(ends) if ends else None

    def takes_answers_at(self, instant: datetime) -> bool:
        ends = self.ends_at
        return self.handed_in_at is None and (ends is None or instant <= ends + self.test.grace)


class AttemptItem(models.Model):
    """``revision`` counts the saved answers: an older tab cannot write over a newer one. ``earned`` None: a person judges."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="items")
    item = models.ForeignKey("surveys.TestItem", on_delete=models.PROTECT, related_name="asked")
    position = models.PositiveSmallIntegerField()
    answer = models.JSONField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)
    earned = models.PositiveIntegerField(null=True, blank=True, default=0)
    judged_by_key = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["attempt", "item"], name="surveys_asked_once")]

    def __str__(self) -> str:
        return f"{self.attempt_id}: {self.position}"

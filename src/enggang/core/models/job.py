"""A piece of background work as a person sees it: title, progress, result, and what went wrong."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext

from enggang.core import codes
from enggang.core.actor import ADMINISTRATOR, Actor
from enggang.core.enums import JobState


def result_key(_instance: models.Model, _name: str) -> str:
    """A file's key never holds a name."""
    return f"results/{codes.random_code(20)}"


class JobQuerySet(models.QuerySet["Job"]):
    def visible_to(self, actor: Actor) -> JobQuerySet:
        """Everyone sees the jobs they started; an administrator of the whole installation sees all."""
        if actor.holds(ADMINISTRATOR, at="/"):
            return self
        return self.filter(Q(user_id=actor.user_id) & Q(user_id__isnull=False))

    def poisoned(self) -> JobQuerySet:
        return self.filter(state=JobState.POISONED)


class Job(models.Model):
    """``user_id`` and ``subject_code`` are plain values: core stands below accounts and every noun."""

    code = models.CharField(max_length=16, unique=True, default=codes.random_code)
    name = models.CharField(max_length=60, db_index=True)
    title = models.CharField(max_length=200, blank=True)  # an English message, said in the reader's language
    title_values: models.JSONField[Any, Any] = models.JSONField(null=True, blank=True)
    arguments: models.JSONField[Any, Any] = models.JSONField(default=dict)
    user_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    subject_code = models.CharField(max_length=16, blank=True, db_index=True)
    state = models.CharField(max_length=12, choices=JobState.choices, default=JobState.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.TextField(blank=True)
    error = models.TextField(blank=True)
    outcome: models.JSONField[Any, Any] = models.JSONField(default=dict)
    result = models.FileField(upload_to=result_key, max_length=100, blank=True)
    result_name = models.CharField(max_length=120, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    cancel_requested = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    beat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "created_at"], name="core_job_state")]

    def __str__(self) -> str:
        if not self.title:
            return self.name
        said = gettext(self.title)
        return said.format(**self.title_values) if self.title_values else said

    @property
    def is_ended(self) -> bool:
        return self.state not in {JobState.QUEUED, JobState.RUNNING}

    @property
    def percent(self) -> int:
        return min(100, 100 * self.done // self.total) if self.total else 0

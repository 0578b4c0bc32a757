"""A staff roster as an agency sent it: the file, what was found in it, and what became of every row."""

from __future__ import annotations

from typing import Any

from django.db import models

from enggang.core.actor import Actor
from enggang.core.models import Noun
from enggang.people.enums import RosterState
from enggang.people.rules import SEES_ROSTERS
from enggang.places.models.organisation import below_any


class RosterImportQuerySet(models.QuerySet["RosterImport"]):
    def visible_to(self, actor: Actor) -> RosterImportQuerySet:
        return self.filter(below_any(actor.paths(*SEES_ROSTERS), "organisation__path"))


class RosterImport(Noun):
    subject_kind = "roster"

    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="rosters")
    source = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    rejects = models.ForeignKey("files.StoredFile", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    job = models.ForeignKey("core.Job", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=RosterState.choices, default=RosterState.UPLOADED)
    counts: models.JSONField[Any, Any] = models.JSONField(default=dict)
    # The first rejected rows and warnings, as the screen shows them; all of them are in ``rejects``.
    rejected_rows: models.JSONField[Any, Any] = models.JSONField(default=list)
    warned_rows: models.JSONField[Any, Any] = models.JSONField(default=list)
    # How the file was understood, with its first rows, until it is read in; and what people decided about it.
    preview: models.JSONField[Any, Any] = models.JSONField(default=dict)
    choice: models.JSONField[Any, Any] = models.JSONField(default=dict)
    # What reading it in has changed, until it can no longer be taken back; and whom taking it back had to leave, and why.
    trace: models.JSONField[Any, Any] = models.JSONField(default=dict, db_default={})
    undone_rows: models.JSONField[Any, Any] = models.JSONField(default=list, db_default=[])
    problem = models.TextField(blank=True)
    created_at = models.DateTimeField()
    created_by_key = models.CharField(max_length=60)

    objects = RosterImportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.organisation} {self.created_at:%Y-%m-%d}"

    @property
    def is_checked(self) -> bool:
        return self.state == RosterState.CHECKED

    @property
    def is_undone(self) -> bool:
        return self.state == RosterState.UNDONE

    @property
    def can_be_undone(self) -> bool:
        return self.is_read and bool(self.trace)

    @property
    def is_read(self) -> bool:
        return self.state == RosterState.IMPORTED

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class JobState(TextChoices):
    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")
    POISONED = "poisoned", _("Given up")


JOB_MOVES = {
    JobState.QUEUED: frozenset({JobState.RUNNING, JobState.CANCELLED, JobState.POISONED}),
    JobState.RUNNING: frozenset(
        {JobState.RUNNING, JobState.QUEUED, JobState.DONE, JobState.FAILED, JobState.CANCELLED, JobState.POISONED}
    ),
    JobState.FAILED: frozenset({JobState.QUEUED}),
    JobState.POISONED: frozenset({JobState.QUEUED}),
    JobState.CANCELLED: frozenset({JobState.QUEUED}),
    JobState.DONE: frozenset(),
}


class WordingState(TextChoices):
    """Of a text in another language. Only what somebody who speaks it has checked is shown to visitors."""

    DRAFT = "draft", _("To be checked")
    CHECKED = "checked", _("Checked")


class QuestionKind(TextChoices):
    """How a question that is asked beside a registration is answered."""

    TEXT = "text", _("Text")
    CHOICE = "choice", _("Choice")
    YESNO = "yesno", _("Yes or no")

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class WaveState(TextChoices):
    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open")
    FINISHED = "finished", _("Finished")
    CANCELLED = "cancelled", _("Cancelled")


WAVE_MOVES = {
    WaveState.DRAFT: frozenset({WaveState.OPEN, WaveState.CANCELLED}),
    WaveState.OPEN: frozenset({WaveState.FINISHED, WaveState.CANCELLED}),
    WaveState.FINISHED: frozenset({WaveState.OPEN}),
    WaveState.CANCELLED: frozenset(),
}
PUBLIC_STATES = (WaveState.OPEN, WaveState.FINISHED)


class SessionState(TextChoices):
    PLANNED = "planned", _("Planned")
    CANCELLED = "cancelled", _("Called off")


SESSION_MOVES = {
    SessionState.PLANNED: frozenset({SessionState.CANCELLED}),
    SessionState.CANCELLED: frozenset(),
}


class ClassKind(TextChoices):
    CLASS = "class", _("Class")
    GROUP = "group", _("Practice group")


class QuestionKind(TextChoices):
    TEXT = "text", _("Text")
    CHOICE = "choice", _("Choice")
    YESNO = "yesno", _("Yes or no")


class Audience(TextChoices):
    ALL = "all", _("Everyone with a seat or on the waiting list")
    SEATED = "seated", _("Those with a seat")
    WAITING = "waiting", _("Those on the waiting list")
    UNCONFIRMED = "unconfirmed", _("Those who have not confirmed their name")
    CLASS = "class", _("One class or practice group")


class Source(TextChoices):
    SELF = "self", _("Registered by themselves")
    COORDINATOR = "coordinator", _("Registered by the agency")
    ORGANISER = "organiser", _("Registered by the organiser")
    DESK = "desk", _("Registered at the desk with an assignment letter")


class Outcome(TextChoices):
    PENDING = "pending", _("Not decided")
    PASSED = "passed", _("Passed")
    FAILED = "failed", _("Did not pass")

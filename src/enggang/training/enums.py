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


class Source(TextChoices):
    SELF = "self", _("Registered by themselves")
    COORDINATOR = "coordinator", _("Registered by the agency")
    ORGANISER = "organiser", _("Registered by the organiser")


class Outcome(TextChoices):
    PENDING = "pending", _("Not decided")
    PASSED = "passed", _("Passed")
    FAILED = "failed", _("Did not pass")

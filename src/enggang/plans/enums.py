from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class HolidayKind(TextChoices):
    """``WORKING`` takes a holiday back: a later decree, or an agency that corrects a shipped row."""

    NATIONAL = "national", _("National holiday")
    JOINT = "joint", _("Joint leave (cuti bersama)")
    REGIONAL = "regional", _("Regional holiday")
    WORKING = "working", _("Working day: no holiday after all")


class ListState(TextChoices):
    EXPECTED = "expected", _("Expected, not decreed yet")
    DECREED = "decreed", _("Decreed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


LIST_MOVES = {
    ListState.EXPECTED: frozenset({ListState.DECREED, ListState.WITHDRAWN}),
    ListState.DECREED: frozenset({ListState.WITHDRAWN}),
    ListState.WITHDRAWN: frozenset({ListState.DECREED}),
}

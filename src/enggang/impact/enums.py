from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Strength(TextChoices):
    """How well it is shown that something contributed to an indicator. A label, never a number that could be added."""

    LISTED = "L0", _("L0 · named beside it")
    PLAUSIBLE = "L1", _("L1 · a plausible chain of outputs")
    BEFORE_AFTER = "L2", _("L2 · own measurement before and after")
    COMPARED = "L3", _("L3 · compared with elsewhere, or with the same festival week")
    STUDIED = "L4", _("L4 · a study from outside")


class PromiseState(TextChoices):
    OPEN = "open", _("Not done yet")
    KEPT = "kept", _("Promise kept")
    DROPPED = "dropped", _("Promise dropped")


PROMISE_MOVES = {
    PromiseState.OPEN: frozenset({PromiseState.KEPT, PromiseState.DROPPED}),
    PromiseState.KEPT: frozenset({PromiseState.OPEN}),
    PromiseState.DROPPED: frozenset({PromiseState.OPEN}),
}

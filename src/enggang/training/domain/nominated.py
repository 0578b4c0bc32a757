"""What becomes of a nomination when the registration it led to ends."""

from __future__ import annotations

from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.actor import Actor
from enggang.training.enums import NominationState
from enggang.training.models import Nomination, Registration


def release_nomination(registration: Registration, actor: Actor, reason: str = "") -> None:
    """Within an act: the nomination no longer stands, so the agency's seat is free and the person may be taken up again."""
    why = reason or _("The registration was withdrawn.")
    Nomination.objects.filter(registration=registration, state=NominationState.PLACED).update(
        state=NominationState.WITHDRAWN, reason=why[:300], decided_at=clock.now(), decided_by_key=actor.key
    )

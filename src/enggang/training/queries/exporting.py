"""What training knows of the people of an agency, as rows for its export of everything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from enggang.core.actor import Actor
from enggang.places.models.organisation import below
from enggang.seats.enums import ClaimState
from enggang.training.enums import Outcome, Source
from enggang.training.models import Registration


def registration_rows(path: str, actor: Actor) -> Iterator[list[Any]]:
    """Registrations of the agency's people, wherever, and in its own waves, as far as the actor sees them. One query."""
    rows = Registration.objects.visible_to(actor).filter(
        below(path, "agency__path") | below(path, "wave__organisation__path")
    )
    wanted = rows.order_by("pk").values_list(
        "subject__code", "person__subject__code", "person__name", "agency__name", "wave__programme__title",
        "wave__name", "wave__starts_on", "wave__ends_on", "source", "claim__state", "claim__pool__label",
        "printed_name", "attended_percent", "outcome", "outcome_reason",
    )  # fmt: skip
    for code, person, name, agency, title, wave, first, last, source, state, pool, *rest in wanted.iterator(
        chunk_size=2_000
    ):
        printed, percent, outcome, reason = rest
        yield [
            code, person, name, agency, title, wave, first, last, str(Source(source).label),
            str(ClaimState(state).label), pool or "", printed, percent, str(Outcome(str(outcome)).label), reason,
        ]  # fmt: skip

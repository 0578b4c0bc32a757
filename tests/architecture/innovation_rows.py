"""Innovations for the table of who may."""

from __future__ import annotations

from typing import Any

from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.innovation.domain.gates import pass_gate, stop_innovation
from enggang.innovation.domain.innovations import open_innovation
from enggang.innovation.enums import FORWARD, Stage
from enggang.innovation.models import Innovation
from enggang.people.models import Person
from enggang.places.models import Organisation

DECIDED = {"decider": "Kepala", "decided_on": clock.today(), "actor": SYSTEM}


def innovations_of(organisation: Organisation, owner: Person) -> dict[str, Any]:
    """One at its first gate, one in use, one that was stopped; all owned by the side's person."""
    fresh, used, stopped = (_open(organisation, owner, word) for word in ("Gagasan", "Terpakai", "Berhenti"))
    while used.stage != Stage.ADOPTED:
        pass_gate(innovation=used, to=FORWARD[Stage(used.stage)], **DECIDED)  # type: ignore[arg-type]
    stop_innovation(innovation=stopped, reason="-", **DECIDED)  # type: ignore[arg-type]
    return {"innovation": fresh.code, "used_innovation": used.code, "stopped_innovation": stopped.code}


def _open(organisation: Organisation, owner: Person, word: str) -> Innovation:
    return open_innovation(
        organisation=organisation, title=f"{word} {organisation.name}", problem="Antre.", idea="Daring.", owner=owner,
        benefits="Cepat.", results="Terbukti.", actor=SYSTEM,
    )  # fmt: skip

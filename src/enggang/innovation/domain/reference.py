"""Reference rows of innovation: loading the shipped ones, safe to run again, and keeping an agency's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from enggang.core.actor import Actor
from enggang.core.acts import act, record, require
from enggang.innovation import rules
from enggang.innovation.models import Affair, GateItem, GateRule, ScoreAspect
from enggang.places.domain.dated import keep_dated, load_shipped
from enggang.places.models import Organisation

DATA = Path(__file__).resolve().parent.parent / "data"


@act("innovation.keep_reference")
def keep_reference(*, row: Any, organisation: Organisation, actor: Actor, version: int = 0) -> Any:
    """Save a reference row of an agency, new or changed; a shipped row is never changed, only outranked."""
    require(rules.may_manage(actor, organisation))
    return keep_dated(row, organisation, version)


@act("innovation.load_reference")
def load_reference(*, actor: Actor) -> dict[str, int]:
    """Bring the shipped rows to the state of the files; answers how many were made. Local rows are left alone."""
    require(rules.may_ship(actor))
    made = {
        "affairs": load_shipped(Affair, DATA / "affairs.csv"),
        "items": load_shipped(GateItem, DATA / "gate_items.csv"),
        "rules": load_shipped(GateRule, DATA / "gate_rules.csv"),
        "aspects": load_shipped(ScoreAspect, DATA / "score_aspects.csv"),
    }
    record(**made)
    return made

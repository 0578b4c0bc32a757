"""Reference rows of events: loading the shipped ones, safe to run again, and keeping an agency's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from enggang.core.actor import Actor
from enggang.core.acts import act, record, require
from enggang.events import rules
from enggang.events.models import (
    Channel,
    CurationAspect,
    GateItem,
    Period,
    PermitDocument,
    PermitRule,
    StallCategory,
    Threshold,
)
from enggang.places.domain.dated import keep_dated, load_shipped
from enggang.places.models import Organisation

DATA = Path(__file__).resolve().parent.parent / "data"


@act("events.keep_reference")
def keep_reference(*, row: Any, organisation: Organisation, actor: Actor, version: int = 0) -> Any:
    """Save a reference row of an agency, new or changed; a shipped row is never changed, only outranked."""
    require(rules.may_manage(actor, organisation))
    return keep_dated(row, organisation, version)


@act("events.load_reference")
def load_reference(*, actor: Actor) -> dict[str, int]:
    """Bring the shipped rows to the state of the files; answers how many were made. Local rows are left alone."""
    require(rules.may_ship(actor))
    made = {
        "gates": load_shipped(GateItem, DATA / "gate_items.csv"),
        "rules": load_shipped(PermitRule, DATA / "permit_rules.csv"),
        "documents": load_shipped(PermitDocument, DATA / "permit_documents.csv"),
        "thresholds": load_shipped(Threshold, DATA / "thresholds.csv"),
        "aspects": load_shipped(CurationAspect, DATA / "curation_aspects.csv"),
        "periods": load_shipped(Period, DATA / "periods.csv"),
        "channels": load_shipped(Channel, DATA / "channels.csv"),
        "stalls": load_shipped(StallCategory, DATA / "stall_categories.csv"),
    }
    record(**made)
    return made

"""Reference rows of plans: the shipped ones loaded, an agency's own kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from enggang.core.actor import Actor
from enggang.core.acts import act, record, require
from enggang.places.domain.dated import keep_dated, load_shipped
from enggang.places.models import Organisation
from enggang.plans import rules
from enggang.plans.models import ChecklistItem, CrowdLimit, RiskBand, TaskTemplate

DATA = Path(__file__).resolve().parent.parent / "data"
FILES: tuple[tuple[type[Any], str], ...] = (
    (TaskTemplate, "task_templates.csv"),
    (RiskBand, "risk_bands.csv"),
    (CrowdLimit, "crowd_limits.csv"),
    (ChecklistItem, "checklist_items.csv"),
)


@act("plans.keep_rule")
def keep_rule(*, rule: Any, organisation: Organisation, actor: Actor, version: int = 0) -> Any:
    """Save a reference row of an agency, new or changed; a shipped row is never changed, only outranked."""
    require(rules.may_manage(actor, organisation))
    return keep_dated(rule, organisation, version)


@act("plans.load_reference")
def load_reference(*, actor: Actor) -> dict[str, int]:
    """Bring the shipped rows to the state of the files; answers how many were made. Local rows are left alone."""
    require(rules.may_ship(actor))
    made = {model.__name__: load_shipped(model, DATA / name) for model, name in FILES}
    record(**made)
    return made

"""Reference rows of indicators: the shipped ones loaded, an agency's own kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from enggang.core.actor import Actor
from enggang.core.acts import act, record, require
from enggang.indicators import rules
from enggang.indicators.models import ScaleStep
from enggang.places.domain.dated import keep_dated, load_shipped
from enggang.places.models import Organisation

DATA = Path(__file__).resolve().parent.parent / "data"


@act("indicators.keep_rule")
def keep_rule(*, rule: Any, organisation: Organisation, actor: Actor, version: int = 0) -> Any:
    """Save a reference row of an agency, new or changed; a shipped row is never changed, only outranked."""
    require(rules.may_define(actor, organisation))
    return keep_dated(rule, organisation, version)


@act("indicators.load_reference")
def load_reference(*, actor: Actor) -> int:
    """Bring the shipped rows to the state of the files; answers how many were made. Local rows are left alone."""
    require(rules.may_ship(actor))
    made = load_shipped(ScaleStep, DATA / "achievement_scale.csv")
    record(steps=made)
    return made

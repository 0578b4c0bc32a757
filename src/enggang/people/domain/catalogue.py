"""The competency catalogue: loading the shipped rows, safe to run again, and keeping an agency's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from enggang.core.actor import Actor
from enggang.core.acts import act, record, require
from enggang.people import rules
from enggang.people.models import Behaviour, Competency, CompetencyLevel, PostType, RequiredLevel
from enggang.places.domain.dated import keep_dated, load_shipped
from enggang.places.models import Organisation

DATA = Path(__file__).resolve().parent.parent / "data"
FILES = (  # a table after those it leads to
    (Competency, "competencies.csv"),
    (CompetencyLevel, "competency_levels.csv"),
    (Behaviour, "behaviours.csv"),
    (PostType, "post_types.csv"),
    (RequiredLevel, "required_levels.csv"),
)


@act("people.keep_catalogue_row")
def keep_catalogue_row(*, row: Any, organisation: Organisation, actor: Actor, version: int = 0) -> Any:
    """Save a row of an agency, new or changed; a shipped row is never changed, only outranked."""
    require(rules.may_manage_people_at(actor, organisation.path))
    return keep_dated(row, organisation, version)


@act("people.load_catalogue")
def load_catalogue(*, actor: Actor) -> dict[str, int]:
    """Bring the shipped rows to the state of the files; answers how many were made. Local rows are left alone."""
    require(rules.may_ship(actor))
    made = {model.__name__: load_shipped(model, DATA / name) for model, name in FILES}
    record(**made)
    return made

"""An innovation of an agency, brought to a stage through its gates."""

from __future__ import annotations

from typing import Any

from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.innovation.domain.gates import pass_gate
from enggang.innovation.domain.innovations import open_innovation
from enggang.innovation.enums import FORWARD, Stage
from enggang.innovation.models import Innovation
from enggang.people.models import Person
from enggang.places.models import Organisation
from tests.training.factories import make_person


def decided(**more: Any) -> dict[str, Any]:
    return {"decider": "Kepala Dinas", "decided_on": clock.today(), "actor": SYSTEM, **more}


def make_innovation(
    agency: Organisation, title: str = "Antrean daring museum", owner: Person | None = None, **facts: Any
) -> Innovation:
    given = {
        "problem": "Pengunjung antre dua jam.",
        "idea": "Nomor antrean dipesan lewat telepon.",
        "actor": SYSTEM,
        **facts,
    }
    return open_innovation(organisation=agency, title=title, owner=owner or make_person(agency), **given)


def bring(row: Innovation, to: Stage) -> Innovation:
    """Through one gate after the other, as the head of the agency decides."""
    while row.stage != to:
        pass_gate(innovation=row, to=FORWARD[Stage(row.stage)], **decided())
    return row

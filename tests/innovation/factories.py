"""An innovation of an agency, brought to a stage through its gates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.innovation.domain.gates import pass_gate
from enggang.innovation.domain.innovations import open_innovation
from enggang.innovation.domain.trial import add_measure, enter_reading, keep_trial_plan
from enggang.innovation.enums import FORWARD, Moment, Stage
from enggang.innovation.models import Innovation, Measure, Reading
from enggang.people.models import Person
from enggang.places.models import Organisation
from tests.training.factories import make_person


def decided(**more: Any) -> dict[str, Any]:
    return {"decider": "Kepala Dinas", "decided_on": clock.today(), "actor": SYSTEM, "reason": "Uji", **more}


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


def plan_trial(row: Innovation) -> Measure:
    keep_trial_plan(
        innovation=row, hypothesis="Bila dipesan, antrean jadi 15 menit.", stop_rule="Tidak turun dalam sebulan.", actor=SYSTEM
    )  # fmt: skip
    return add_measure(innovation=row, name="Lama antre", unit="menit", polarity="lower", actor=SYSTEM)


def read(measure: Measure, moment: Moment, value: str, as_of: date | None = None, **more: Any) -> Reading:
    given = {"method": "Stopwatch, 30 orang", "source": "Catatan loket", "actor": SYSTEM, **more}
    return enter_reading(measure=measure, moment=moment, value=Decimal(value), as_of=as_of or clock.today(), **given)


def bring(row: Innovation, to: Stage) -> Innovation:
    """Through one gate after the other, as the head of the agency decides; the trial is planned and measured on the way."""
    while row.stage != to:
        if row.stage == Stage.TRIAL and not row.measures.exists():
            read(plan_trial(row), Moment.BEFORE, "120")
        pass_gate(innovation=row, to=FORWARD[Stage(row.stage)], **decided())
    return row

"""Indicators for the table of who may."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.indicators.domain.importing import bring_table
from enggang.indicators.domain.indicators import mark_break, set_target
from enggang.indicators.domain.measuring import verify_value
from enggang.indicators.domain.reference import keep_rule
from enggang.indicators.models import ScaleStep
from enggang.people.models import Person
from enggang.places.models import Organisation
from tests.indicators.factories import make_indicator, measure
from tests.training.factories import make_actor


def indicators_of(organisation: Organisation, owner: Person) -> dict[str, Any]:
    """One with a value that is entered, one that the system counts, with a value that is verified, and a draft."""
    clerk = make_actor(Role.COORDINATOR, organisation)
    used = make_indicator(organisation, "Kunjungan", owner=owner)
    counted = make_indicator(organisation, "Pelatihan", owner=owner, automatic="credentials.people", is_public=True)
    draft = make_indicator(organisation, "Rancangan", owner=owner, draft=True)
    entered = measure(used, 5, actor=clerk, paper=(b"%PDF-1.7", "brs.pdf"))
    verified = verify_value(measurement=measure(counted, 5, actor=clerk), actor=SYSTEM)
    target = set_target(indicator=used, year=clock.today().year, quarter=0, value=Decimal(9), actor=SYSTEM)
    mark = mark_break(indicator=used, on=date(2025, 1, 1), reason="Cara baru", actor=SYSTEM)
    table = bring_table(indicator=used, content=b"Uraian;Januari 2026\nJumlah;5\n", name="tabel.csv", actor=SYSTEM)
    step = ScaleStep(from_percent=90, label="Baik", valid_from=date(2026, 1, 1), source="Pergub")
    return {
        "indicator": used.code, "counted": counted.code, "indicator_draft": draft.code, "value": entered.pk,
        "value_verified": verified.pk, "target": target.pk, "break": mark.pk, "table": table.code,
        "scale": keep_rule(rule=step, organisation=organisation, actor=SYSTEM).pk,
    }  # fmt: skip

"""A budget of every state for the table of who may."""

from __future__ import annotations

from datetime import date
from typing import Any

from enggang.budgets.domain.budgets import add_source, approve_budget
from enggang.budgets.domain.payments import add_contract, add_evidence, record_payment
from enggang.budgets.domain.plans import bring_plan
from enggang.budgets.enums import SourceKind
from enggang.budgets.models import BudgetLine, TeachingUnit
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.people.models import Person
from enggang.training.domain.instructors import add_instructor, hand_out_briefing, mark_away
from enggang.training.domain.money import add_receipt, add_trip, set_fee, start_budget
from enggang.training.models import Wave
from tests.budgets.factories import HEADER, make_line, sheet

ROW = ("", "Spanduk", 2, "buah", 1, 50_000, "")


def money_of(wave: Wave, second: Wave) -> tuple[BudgetLine, BudgetLine]:
    """An approved line of ``wave`` and a draft one of ``second``."""
    approved = make_line(start_budget(wave=wave, actor=SYSTEM))
    approve_budget(budget=approved.budget, actor=SYSTEM)
    approved.budget.refresh_from_db()
    today = clock.today()
    add_contract(line=approved, number="1", partner="Katering", signed_on=today, amount=500, actor=SYSTEM)
    record_payment(line=approved, paid_on=today, payee="Katering", amount=100, actor=SYSTEM)
    add_evidence(line=approved, content=b"%PDF-1.7", filename="nota.pdf", name="Nota", actor=SYSTEM)
    draft = make_line(start_budget(wave=second, actor=SYSTEM))
    add_source(budget=draft.budget, kind=SourceKind.APBD, name="DPA", amount=100, actor=SYSTEM)
    bring_plan(budget=draft.budget, content=sheet(HEADER, ROW), filename="rab.xlsx", actor=SYSTEM)
    return approved, draft


def teach(wave: Wave, person: Person) -> str:
    """An instructor with a fee, a journey and an absence; answers the token of the briefing."""
    row = add_instructor(organisation=wave.organisation, person=person, teacher_origin="outside", actor=SYSTEM)
    unit, _made = TeachingUnit.objects.get_or_create(
        name="OJ", defaults={"minutes": 60, "valid_from": date(2020, 1, 1), "source": "uji"}
    )
    set_fee(wave=wave, instructor=row, unit=unit, actor=SYSTEM)
    mark_away(instructor=row, first_day=date(2020, 1, 1), last_day=date(2020, 1, 2), actor=SYSTEM)
    trip = add_trip(
        wave=wave, person=person, leaves_from="Sambas", goes_to="Pontianak", leaves_on=wave.starts_on,
        returns_on=wave.ends_on, actor=SYSTEM,
    )  # fmt: skip
    add_receipt(trip=trip, name="Bus", amount=100, actor=SYSTEM)
    return hand_out_briefing(instructor=row, actor=SYSTEM)


def instructor(side: Any) -> dict[str, Any]:
    return {"code": side.organisation.instructors.get().code}


def away(side: Any) -> dict[str, Any]:
    row = side.organisation.instructors.get()
    return {"code": row.code, "away_id": row.away.get().pk}


def trip(side: Any) -> dict[str, Any]:
    return {"code": side.wave.code, "trip_id": side.wave.trips.get().pk}


def receipt(side: Any) -> dict[str, Any]:
    return {**trip(side), "row_id": side.wave.trips.get().receipts.get().pk}


def fee(side: Any) -> dict[str, Any]:
    return {"code": side.wave.code, "fee_id": side.wave.fees.get().pk}


def fee_terms(side: Any) -> dict[str, Any]:
    row = side.wave.fees.get()
    return {"instructor": row.instructor_id, "unit": row.unit_id}


def journey(side: Any) -> dict[str, Any]:
    day = side.wave.starts_on.isoformat()
    return {"person": side.person.pk, "leaves_from": "A", "goes_to": "B", "leaves_on": day, "returns_on": day,
            "per_diem": "1", "lodging": "0"}  # fmt: skip


def lesson(side: Any) -> dict[str, Any]:
    session = side.wave.sessions.get()
    prefix, code = f"s{session.pk}", side.organisation.instructors.get().person.code
    return {"session": session.pk, "version": session.version, f"{prefix}-TOTAL_FORMS": 1,
            f"{prefix}-INITIAL_FORMS": 0, f"{prefix}-0-person": code, f"{prefix}-0-role": "lead"}  # fmt: skip


def approved(side: Any) -> dict[str, Any]:
    return {"code": side.approved.budget.code}


def draft(side: Any) -> dict[str, Any]:
    return {"code": side.draft_line.budget.code}


def approved_line(side: Any) -> dict[str, Any]:
    return {**approved(side), "line_id": side.approved.pk}


def draft_line(side: Any) -> dict[str, Any]:
    return {**draft(side), "line_id": side.draft_line.pk}


def contract(side: Any) -> dict[str, Any]:
    return {**approved_line(side), "row_id": side.approved.contracts.get().pk}


def payment(side: Any) -> dict[str, Any]:
    return {**approved_line(side), "row_id": side.approved.payments.get().pk}


def evidence(side: Any) -> dict[str, Any]:
    return {**approved_line(side), "row_id": side.approved.evidence.get().pk}


def source(side: Any) -> dict[str, Any]:
    return {**draft(side), "source_id": side.draft_line.budget.sources.get().pk}


def workbook(side: Any) -> dict[str, Any]:
    return {**draft(side), "import_id": side.draft_line.budget.imports.get().pk}

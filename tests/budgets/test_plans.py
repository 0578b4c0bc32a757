from __future__ import annotations

import pytest

from enggang.budgets.domain.plans import accept_plan, bring_plan, plan_of
from enggang.budgets.enums import CeilingKind
from enggang.budgets.models import BudgetLine, PlanImport
from enggang.budgets.sheets import read_plan
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, Refused
from tests.budgets.factories import HEADER, make_budget, make_standard, sheet
from tests.training.factories import make_agency

pytestmark = pytest.mark.django_db
GOOD = ("5.1.02", "Nasi kotak", 80, "orang", 3, "Rp 40.000,00", 9_600_000)
TITLE = ("RENCANA ANGGARAN BIAYA",)


def test_lines_are_told_from_titles_headings_and_sums() -> None:
    rows = [
        TITLE,
        (),
        HEADER,
        ("A", "Konsumsi"),
        GOOD,
        ("", "Jumlah", "", "", "", "", 9_600_000),
        (),
        ("Total", "", "", "", "", "", 1),
    ]
    plan = read_plan(sheet(*rows))
    assert [row.facts["item"] for row in plan.good] == ["Nasi kotak"]
    assert (plan.rejected, plan.total, plan.passed_over) == ([], 9_600_000, 3)
    assert plan.good[0].facts["category"] == "meals"


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (("", "", 1, "orang", 1, 5, ""), "name"),
        (("", "Spanduk", "dua", "buah", 1, 5, ""), "volume"),
        (("", "Spanduk", 1.5, "buah", 1, 5, ""), "volume"),
        (("", "Spanduk", 2, "buah", 0, 5, ""), "frequency"),
        (("", "Spanduk", 2, "buah", 1, "murah", ""), "price"),
        (("", "Spanduk", 2, "buah", 1, -5, ""), "price"),
        (("", "Spanduk", 2, "buah", 1, 5, 11), "makes"),
        (("", "Spanduk", 1_000_000, "buah", 1_000_000, 10**9, ""), "large"),
    ],
)
def test_a_wrong_row_says_what_is_wrong_with_it(row: tuple[object, ...], why: str) -> None:
    from django.utils import translation

    with translation.override("en"):
        plan = read_plan(sheet(HEADER, GOOD, row))
    assert len(plan.good) == 1
    assert why in plan.rejected[0].error
    assert plan.rejected[0].number == 3


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"a;b\n1;2", sheet(("Nama", "NIP")), sheet()])
def test_what_is_no_plan_is_refused_as_a_whole(content: bytes) -> None:
    budget = make_budget(make_agency())
    with pytest.raises(Refused):
        bring_plan(budget=budget, content=content, filename="rab.xlsx", actor=SYSTEM)
    assert not PlanImport.objects.exists()


def test_the_good_rows_become_lines_once() -> None:
    budget = make_budget(make_agency())
    brought = bring_plan(
        budget=budget, content=sheet(HEADER, GOOD, ("", "Rusak", "x", "", "", "", "")), filename="r.xlsx", actor=SYSTEM
    )
    assert not BudgetLine.objects.exists()
    done = accept_plan(brought=brought, actor=SYSTEM)
    assert (done.accepted, done.rejected, BudgetLine.objects.get().planned) == (1, 1, 9_600_000)
    with pytest.raises(Conflict):
        accept_plan(brought=brought, actor=SYSTEM)
    assert BudgetLine.objects.count() == 1


def test_rows_are_measured_by_the_price_standards() -> None:
    budget = make_budget(make_agency())
    make_standard(item="NASI KOTAK", price=39_999)
    brought = bring_plan(budget=budget, content=sheet(HEADER, GOOD), filename="r.xlsx", actor=SYSTEM)
    assert "39.999" in plan_of(brought).rejected[0].error
    with pytest.raises(Conflict):
        accept_plan(brought=brought, actor=SYSTEM)
    brought.refresh_from_db()
    assert brought.accepted_at is None
    make_standard(organisation=budget.organisation, price=39_999, kind=CeilingKind.ESTIMATE)
    accept_plan(brought=brought, actor=SYSTEM)
    assert BudgetLine.objects.get().over_reason


def test_a_plan_that_stands_takes_no_workbook() -> None:
    from tests.budgets.factories import approved_line

    budget = approved_line(make_agency()).budget
    with pytest.raises(Conflict):
        bring_plan(budget=budget, content=sheet(HEADER, GOOD), filename="r.xlsx", actor=SYSTEM)

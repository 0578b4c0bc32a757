"""A budget with a line for tests, and workbooks as agencies write them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import xlsxwriter

from enggang.budgets.domain.budgets import add_line, approve_budget, open_budget
from enggang.budgets.enums import Category
from enggang.budgets.models import Budget, BudgetLine, EvidenceRule, PriceStandard
from enggang.core.actor import SYSTEM
from enggang.places.enums import RegionLevel
from enggang.places.models import Organisation, Region

LINE = {
    "item": "Nasi kotak",
    "category": Category.MEALS,
    "volume": 80,
    "unit": "orang",
    "frequency": 3,
    "price": 40_000,
}
HEADER = ("Kode rekening", "Uraian", "Volume", "Satuan", "Frekuensi", "Harga satuan", "Jumlah")


def make_budget(agency: Organisation, **facts: Any) -> Budget:
    return open_budget(organisation=agency, title="RAB Pelatihan", year=2026, actor=SYSTEM, **facts)


def make_line(budget: Budget, **facts: Any) -> BudgetLine:
    return add_line(budget=budget, actor=SYSTEM, **{**LINE, **facts})


def approved_line(agency: Organisation, **facts: Any) -> BudgetLine:
    line = make_line(make_budget(agency), **facts)
    approve_budget(budget=line.budget, actor=SYSTEM)
    line.budget.refresh_from_db()
    return line


def make_standard(**facts: Any) -> PriceStandard:
    region, _made = Region.objects.get_or_create(
        code="61", defaults={"name": "Kalimantan Barat", "level": RegionLevel.PROVINCE}
    )
    values = {
        "region": region, "year": 2026, "item": "Nasi kotak", "unit": "orang", "price": 45_000, "source": "SHS 2026",
        "valid_from": date(2026, 1, 1), "category": Category.MEALS,
    }  # fmt: skip
    row = PriceStandard(**{**values, **facts})
    row.fold()
    row.save()
    return row


def make_evidence_rule(name: str = "Daftar hadir", **facts: Any) -> EvidenceRule:
    values = {"category": Category.MEALS, "valid_from": date(2020, 1, 1), "source": "uji"}
    return EvidenceRule.objects.create(name=name, **{**values, **facts})


def sheet(*rows: Sequence[Any]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    paper = book.add_worksheet("RAB")
    for number, row in enumerate(rows):
        paper.write_row(number, 0, row)
    book.close()
    return out.getvalue()

"""What leaves a budget as a workbook: one sheet each for lines, sources, contracts, payments and missing evidence."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any, NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from enggang.budgets.amounts import shown
from enggang.budgets.models import Budget, Contract, Payment
from enggang.budgets.queries.overview import Overview, overview
from enggang.budgets.sheets import PlanRow
from enggang.core.exports import Column, Sheet
from enggang.core.text import Absent
from enggang.people.roster.workbooks import several_sheets, workbook


def _told(payment: Payment | None) -> str:
    """Which payment was corrected: its day, amount and number."""
    return f"{payment.paid_on:%Y-%m-%d} {shown(payment.amount)} {payment.receipt}".strip() if payment else ""


LINES = Sheet("lines", _("Plan"), (
    Column("account", _("Account code"), "line.account_code"),
    Column("category", _("Category"), "line.get_category_display"),
    Column("item", _("Item"), "line.item"),
    Column("volume", _("Volume"), "line.volume"),
    Column("unit", _("Unit"), "line.unit"),
    Column("frequency", _("Frequency"), "line.frequency"),
    Column("price", _("Unit price"), "line.price"),
    Column("planned", _("Planned"), "planned"),
    Column("contracted", _("Contracted"), "contracted"),
    Column("paid", _("Paid"), "paid"),
    Column("tax", _("Tax"), "tax"),
    Column("remaining", _("Remaining"), "remaining"),
    Column("source", _("Source of money"), "line.source.name"),
    Column("over", _("Reason for going above the standard"), "line.over_reason"),
))  # fmt: skip
SOURCES = Sheet("sources", _("Sources of money"), (
    Column("kind", _("Kind"), "get_kind_display"),
    Column("name", _("Name"), "name"),
    Column("amount", _("Amount"), "amount"),
))  # fmt: skip
CONTRACTS = Sheet("contracts", _("Contracts"), (
    Column("item", _("Item"), "line.item"),
    Column("number", _("Contract number"), "number"),
    Column("supplier", _("Supplier"), "partner"),
    Column("nib", _("NIB"), "business_number"),
    Column("signed", _("Signed on"), "signed_on"),
    Column("amount", _("Amount"), "amount"),
    Column("voided", _("Voided"), "void_reason"),
))  # fmt: skip
PAYMENTS = Sheet("payments", _("Payments"), (
    Column("item", _("Item"), "line.item"),
    Column("paid", _("Paid on"), "paid_on"),
    Column("payee", _("Paid to"), "payee"),
    Column("kind", _("Kind of the number"), lambda row: row.get_receipt_kind_display() if row.receipt else ""),
    Column("receipt", _("Receipt"), "receipt"),
    Column("gross", _("Gross"), "amount"),
    Column("tax", _("Tax"), "tax_amount"),
    Column("net", _("Net"), "net"),
    Column("over", _("Reason for going above the plan"), "over_reason"),
    Column("voided", _("Voided"), "void_reason"),
    Column("replaces", _("Corrects the payment"), lambda row: _told(row.replaces)),
))  # fmt: skip


class Paper(NamedTuple):
    """A paper that proves a line: one that is asked for, there or not, or another one."""

    item: str
    name: str
    state: str
    files: str


EVIDENCE = Sheet("evidence", _("Evidence"), (
    Column("item", _("Item"), "item"),
    Column("document", _("Document"), "name"),
    Column("state", _("State"), "state"),
    Column("file", _("File"), "files"),
))  # fmt: skip


def papers_of(row: Any) -> list[Paper]:
    found = []
    for needed in row.checklist:
        names = ", ".join(each.file.name for each in needed.files)
        found.append(
            Paper(row.line.item, needed.rule.name, gettext("there") if names else Absent(gettext("MISSING")), names)
        )
    return found + [Paper(row.line.item, each.name, gettext("there"), each.file.name) for each in row.others]


def budget_workbook(budget: Budget) -> bytes:
    return several_sheets(budget_sheets(budget))


def budget_sheets(budget: Budget) -> dict[str, tuple[list[str], Iterator[list[Any]]]]:
    """Name → header and rows, so that others can put sheets of their own beside them."""
    found = overview(budget)
    contracts = Contract.objects.filter(line__budget=budget).select_related("line")
    payments = Payment.objects.filter(line__budget=budget).select_related("line", "replaces")
    papers = (paper for row in found.rows for paper in papers_of(row))
    kept: list[tuple[Sheet, Iterator[list[Any]]]] = [
        (LINES, chain(LINES.cells(found.rows), [_totals(found)])),
        (SOURCES, SOURCES.cells(found.sources)),
        (CONTRACTS, CONTRACTS.cells(contracts)),
        (PAYMENTS, PAYMENTS.cells(payments)),
        (EVIDENCE, EVIDENCE.cells(papers)),
    ]
    return {str(sheet.title): (sheet.header, cells) for sheet, cells in kept}


def _totals(found: Overview) -> list[Any]:
    totals = [found.planned, found.contracted, found.paid, found.tax, found.remaining]
    return ["", "", gettext("Total"), "", "", "", "", *totals]


def rejects_workbook(rows: list[PlanRow]) -> bytes:
    """The rejected rows as they were, and why."""
    width = max((len(row.cells) for row in rows), default=0)
    header = [gettext("Sheet"), gettext("Row"), gettext("Reason"), *(f"{number}" for number in range(1, width + 1))]
    return workbook(gettext("Rejected rows"), header, ([row.sheet, row.number, row.error, *row.cells] for row in rows))

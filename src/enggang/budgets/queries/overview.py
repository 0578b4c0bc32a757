"""A budget as one table: plan against contract against paid by line, with what still proves nothing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Model, Sum

from enggang.budgets.models import Budget, BudgetLine, Contract, EvidenceFile, EvidenceRule, MoneySource, Payment
from enggang.core import clock


@dataclass(frozen=True, slots=True)
class Needed:
    """One document of a line's checklist, and the files that are there for it."""

    rule: EvidenceRule
    files: list[EvidenceFile]


@dataclass(frozen=True, slots=True)
class LineRow:
    line: BudgetLine
    contracted: int
    paid: int
    tax: int
    checklist: list[Needed] = field(default_factory=list)
    others: list[EvidenceFile] = field(default_factory=list)

    @property
    def planned(self) -> int:
        return self.line.planned

    @property
    def remaining(self) -> int:
        return self.planned - self.paid

    @property
    def is_over(self) -> bool:
        return self.paid > self.planned or self.contracted > self.planned

    @property
    def missing(self) -> list[EvidenceRule]:
        return [needed.rule for needed in self.checklist if not needed.files]


@dataclass(frozen=True, slots=True)
class Overview:
    rows: list[LineRow]
    sources: list[MoneySource]

    @property
    def planned(self) -> int:
        return sum(row.planned for row in self.rows)

    @property
    def contracted(self) -> int:
        return sum(row.contracted for row in self.rows)

    @property
    def paid(self) -> int:
        return sum(row.paid for row in self.rows)

    @property
    def tax(self) -> int:
        return sum(row.tax for row in self.rows)

    @property
    def remaining(self) -> int:
        return self.planned - self.paid

    @property
    def funded(self) -> int:
        return sum(source.amount for source in self.sources)

    @property
    def uncovered(self) -> int:
        """What the plan asks beyond its sources; nothing when they suffice."""
        return max(0, self.planned - self.funded)

    @property
    def ceremonial_percent(self) -> int:
        share = sum(row.planned for row in self.rows if row.line.ceremonial)
        return share * 100 // self.planned if self.planned else 0

    @property
    def missing_count(self) -> int:
        return sum(len(row.missing) for row in self.rows)


def overview(budget: Budget) -> Overview:
    """Seven queries for any number of lines."""
    lines = list(budget.lines.select_related("source", "standard"))
    contracted = _sums(Contract, budget, "amount")
    paid, tax = _sums(Payment, budget, "amount"), _sums(Payment, budget, "tax_amount")
    files: dict[int, list[EvidenceFile]] = defaultdict(list)
    for each in EvidenceFile.objects.filter(line__budget=budget).select_related("file__subject", "rule"):
        files[each.line_id].append(each)
    wanted = evidence_rules(budget)
    rows = [
        _row(line, contracted.get(line.pk, 0), paid.get(line.pk, 0), tax.get(line.pk, 0), files[line.pk], wanted)
        for line in lines
    ]
    return Overview(rows, list(budget.sources.all()))


def evidence_rules(budget: Budget, day: date | None = None) -> list[EvidenceRule]:
    """The checklist that holds for the budget's agency: its own rows of a category stand instead of the shipped ones."""
    found = list(EvidenceRule.objects.serving(budget.organisation).on(day or clock.today()))
    nearest: dict[str, int] = {}
    for rule in found:
        nearest[rule.category] = max(nearest.get(rule.category, 0), rule.closeness[0])
    return [rule for rule in found if rule.closeness[0] == nearest[rule.category]]


def row_of(line: BudgetLine) -> LineRow:
    return next(row for row in overview(line.budget).rows if row.line.pk == line.pk)


def _sums(model: type[Model], budget: Budget, column: str) -> dict[int, int]:
    rows = model._default_manager.filter(line__budget=budget, voided_at=None)
    return dict(rows.order_by().values_list("line_id").annotate(total=Sum(column)))


def _row(
    line: BudgetLine, contracted: int, paid: int, tax: int, files: list[EvidenceFile], rules: list[EvidenceRule]
) -> LineRow:
    # The band is that of the money that moves: what is contracted or paid, once something is, else what is planned.
    amount = max(contracted, paid) or line.planned
    needed = [
        Needed(rule, [each for each in files if _proves(each, rule)])
        for rule in rules
        if rule.covers(line.category, amount)
    ]
    taken = {each.pk for one in needed for each in one.files}
    return LineRow(line, contracted, paid, tax, needed, [each for each in files if each.pk not in taken])


def _proves(evidence: EvidenceFile, rule: EvidenceRule) -> bool:
    """By its rule, or by the same name: a local row that took a shipped one's place takes its files over."""
    return evidence.rule_id == rule.pk or evidence.name.casefold() == rule.name.casefold()

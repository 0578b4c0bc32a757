"""Which price standards a budget is measured by."""

from __future__ import annotations

from datetime import date

from enggang.budgets.models import Budget, PriceStandard
from enggang.budgets.models.rule import RuleQuerySet
from enggang.core.text import folded


def standards_for(budget: Budget) -> RuleQuerySet:
    """Rows of the budget's year in its agency's region or one above it."""
    code = budget.organisation.region_id or ""
    parts = code.split(".") if code else []
    regions = [".".join(parts[:number]) for number in range(1, len(parts) + 1)]
    rows: RuleQuerySet = PriceStandard.objects.serving(budget.organisation).on(_middle(budget))
    return rows.filter(year=budget.year, region__in=regions) if regions else rows.filter(year=budget.year)


def _middle(budget: Budget) -> date:
    return date(budget.year, 12, 31)


def match(standards: list[PriceStandard], item: str, unit: str) -> PriceStandard | None:
    """The nearest standard of the same item and unit, however it is written."""
    wanted = (folded(item)[:200], folded(unit))
    fitting = [row for row in standards if (row.item_key, folded(row.unit)) == wanted]
    return max(fitting, key=lambda row: (row.closeness, row.pk), default=None)

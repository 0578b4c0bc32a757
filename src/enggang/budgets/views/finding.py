"""The rows a page of budgets is about, found through what the actor may see."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from enggang.budgets.models import Budget, BudgetLine
from enggang.core.actor import actor_of
from enggang.core.views.answers import subject_link


def find_budget(request: HttpRequest, code: str) -> Budget:
    return get_object_or_404(Budget.objects.visible_to(actor_of(request)).with_names(), subject__code=code)


def find_managed_budget(request: HttpRequest, code: str) -> Budget:
    return get_object_or_404(Budget.objects.managed_by(actor_of(request)).with_names(), subject__code=code)


def find_paid_budget(request: HttpRequest, code: str) -> Budget:
    return get_object_or_404(Budget.objects.paid_by(actor_of(request)).with_names(), subject__code=code)


def find_line(budget: Budget, line_id: int) -> BudgetLine:
    line = get_object_or_404(budget.lines.select_related("source", "standard"), pk=line_id)
    line.budget = budget
    return line


def anchor_of(budget: Budget) -> dict[str, Any] | None:
    """What the money is for, as a link; the engine knows only its kind and code."""
    return subject_link(budget.about)

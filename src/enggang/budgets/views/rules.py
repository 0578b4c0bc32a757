"""The tables of reference rows: shipped ones to look at, an agency's own to enter and change."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from enggang.budgets import rules
from enggang.budgets.amounts import percent, shown
from enggang.budgets.domain.reference import keep_rule
from enggang.budgets.forms.rules import MONEY, rule_field
from enggang.budgets.queries.rules import TABLES
from enggang.places.queries.dated import Shelf, plain_cell
from enggang.places.views.dated import shelf_views


def _cell(row: Any, name: str) -> str:
    value = getattr(row, name)
    if name in MONEY:
        return shown(value) if value is not None else "–"
    return percent(value) if name in {"points", "base_points"} else plain_cell(row, name)


def _keep(*, row: Any, **facts: Any) -> Any:
    return keep_rule(rule=row, **facts)


SHELF = Shelf(
    space="budgets:rule", tables=TABLES, readers=rules.READS, managers=rules.MANAGERS, keep=_keep,
    home=("budgets:list", _("Budgets")), cell=_cell, field=rule_field,
    lead=_("Numbers of regulations are rows with a source and a validity. A row of your agency takes the place of a shipped one."),
)  # fmt: skip
rule_list, rule_new, rule_edit = shelf_views(SHELF)

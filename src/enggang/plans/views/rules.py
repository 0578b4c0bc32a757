"""The tables of reference rows of plans: shipped ones to look at, an agency's own to enter and change."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from enggang.places.queries.dated import Shelf
from enggang.places.views.dated import shelf_views
from enggang.plans import rules
from enggang.plans.domain.reference import keep_rule
from enggang.plans.queries.rules import TABLES


def _keep(*, row: Any, **facts: Any) -> Any:
    return keep_rule(rule=row, **facts)


SHELF = Shelf(
    space="plans:rule", tables=TABLES, readers=rules.READS, managers=rules.MANAGERS, keep=_keep,
    home=("plans:list", _("Plans")),
    lead=_("Ready-made tasks and limits are rows with a source and a validity. A row of your agency takes the place of a shipped one."),
)  # fmt: skip
rule_list, rule_new, rule_edit = shelf_views(SHELF)

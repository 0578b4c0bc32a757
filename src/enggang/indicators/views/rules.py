"""The reference rows of indicators: shipped ones to look at, an agency's own to enter and change."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from enggang.indicators import rules
from enggang.indicators.domain.reference import keep_rule
from enggang.indicators.queries.rules import TABLES
from enggang.places.queries.dated import Shelf
from enggang.places.views.dated import shelf_views


def _keep(*, row: Any, **facts: Any) -> Any:
    return keep_rule(rule=row, **facts)


SHELF = Shelf(
    space="indicators:rule", tables=TABLES, readers=rules.READS, managers=rules.DEFINES, keep=_keep,
    home=("indicators:list", _("Indicators")),
    lead=_("How far a target was reached is named differently from region to region. The steps of your agency take the place of the shipped ones, all of them."),
)  # fmt: skip
rule_list, rule_new, rule_edit = shelf_views(SHELF)

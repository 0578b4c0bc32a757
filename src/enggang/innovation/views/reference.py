"""The reference rows of innovation: shipped ones to look at, an agency's own to enter and change."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.innovation import rules
from enggang.innovation.domain.reference import keep_reference
from enggang.innovation.queries.tables import TABLES
from enggang.places.queries.dated import Shelf
from enggang.places.views.dated import shelf_views

SHELF = Shelf(
    space="innovation:rule", tables=TABLES, readers=rules.SEES_INSIDE, managers=rules.MANAGERS, keep=keep_reference,
    home=("innovation:innovations", _("Innovation")),
    lead=_("What regulations and custom ask of innovations are rows with a source and a validity. Your agency adds its own."),
)  # fmt: skip
rule_list, rule_new, rule_edit = shelf_views(SHELF)

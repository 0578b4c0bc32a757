"""The tables of reference rows: shipped ones to look at, an agency's own to enter and change."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.events import rules
from enggang.events.domain.reference import keep_reference
from enggang.events.queries.tables import TABLES
from enggang.places.queries.dated import Shelf
from enggang.places.views.dated import shelf_views

SHELF = Shelf(
    space="events:rule", tables=TABLES, readers=rules.SEES_EVENTS, managers=rules.MANAGERS, keep=keep_reference,
    home=("events:calendar", _("Events")),
    lead=_("What regulations and custom ask of events are rows with a source and a validity. Your agency adds its own."),
)  # fmt: skip
rule_list, rule_new, rule_edit = shelf_views(SHELF)

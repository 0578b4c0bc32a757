"""The limits that learning hours are held against: shipped rows to look at, an agency's own to enter and change."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.places.queries.dated import Shelf
from enggang.places.views.dated import shelf_views
from enggang.training import rules
from enggang.training.domain.learning import keep_jp_limit
from enggang.training.queries.limits import TABLES

SHELF = Shelf(
    space="training:jp_limit", tables=TABLES, readers=rules.SEES_LEARNING, managers=rules.CHECKS_LEARNING,
    keep=keep_jp_limit, home=("training:learning", _("Learning hours")),
    lead=_("What regulations ask of the learning hours of each kind of staff, with the source. A row of your agency takes the place of a shipped one. They warn and never block."),
)  # fmt: skip
limit_list, limit_new, limit_edit = shelf_views(SHELF)

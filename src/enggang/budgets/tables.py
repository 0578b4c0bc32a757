from __future__ import annotations

import django_tables2 as tables
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from enggang.budgets.enums import BudgetState
from enggang.budgets.models import Budget
from enggang.core.templatetags.ui import badge_html

TONES = {BudgetState.DRAFT: "neutral", BudgetState.APPROVED: "good", BudgetState.CLOSED: "info"}


class BudgetTable(tables.Table):
    title = tables.Column(_("Budget"), linkify=("budgets:budget", {"code": tables.A("code")}))
    organisation = tables.Column(_("Agency"), order_by="organisation__name")
    year = tables.Column(_("Year"), localize=False)
    state = tables.Column(_("State"))

    class Meta:
        model = Budget
        fields = ("title", "organisation", "year", "state")
        empty_text = _("No budget yet. It begins on the page of a wave, under “Money”.")

    def render_state(self, record: Budget) -> SafeString:
        return badge_html(record.get_state_display(), TONES[BudgetState(record.state)])

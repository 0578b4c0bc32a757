from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CODES = {
    "impact.link_contribution": _("Linked something to an indicator"),
    "impact.withdraw_contribution": _("Took a link to an indicator back"),
    "impact.make_promise": _("Wrote down what was promised"),
    "impact.move_promise": _("Said how a promise stands"),
    "impact.state_cause": _("Said why an indicator is off its path"),
    "impact.withdraw_cause": _("Took a cause back"),
    "impact.close_monday": _("Kept the Monday page as it was"),
}

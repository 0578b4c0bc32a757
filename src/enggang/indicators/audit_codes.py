from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CODES = {
    "indicators.open_indicator": _("Defined an indicator"),
    "indicators.change_indicator": _("Changed the definition of an indicator"),
    "indicators.move_indicator": _("Put an indicator into use or out of it"),
    "indicators.set_target": _("Set a target"),
    "indicators.take_target_back": _("Took a target back"),
    "indicators.enter_value": _("Entered a value of an indicator"),
    "indicators.verify_value": _("Verified a value of an indicator"),
    "indicators.approve_value": _("Approved a value of an indicator"),
    "indicators.return_value": _("Returned a value of an indicator"),
    "indicators.mark_break": _("Marked a break in the series of an indicator"),
    "indicators.unmark_break": _("Took the mark of a break back"),
    "indicators.count_values": _("Counted the values that the system itself knows"),
    "indicators.import_values": _("Imported values of an indicator"),
    "indicators.keep_rule": _("Kept a reference row of indicators"),
    "indicators.load_reference": _("Loaded the shipped reference rows of indicators"),
}

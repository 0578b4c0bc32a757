from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CODES = {
    "plans.add_holiday_list": _("Added a holiday list"),
    "plans.change_holiday_list": _("Changed a holiday list"),
    "plans.move_holiday_list": _("Declared a holiday list decreed or withdrawn"),
    "plans.keep_holiday": _("Added or corrected a holiday"),
    "plans.drop_holiday": _("Removed a holiday"),
    "plans.load_holidays": _("Loaded the shipped holiday lists"),
}

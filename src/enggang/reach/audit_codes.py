from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CODES = {
    "reach.make_link": _("Made a short link to a public page"),
    "reach.retire_link": _("Retired a short link"),
    "reach.revive_link": _("Let a short link lead on again"),
}

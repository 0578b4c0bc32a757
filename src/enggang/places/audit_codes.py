from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CODES = {
    "places.open_organisation": _("Added an organisation"),
    "places.change_organisation": _("Changed an organisation"),
    "places.end_organisation": _("Ended an organisation"),
    "places.succeed_organisation": _("Named the successor of an organisation"),
    "places.open_venue": _("Added a venue"),
    "places.change_venue": _("Changed a venue"),
    "places.load_reference": _("Loaded regions and organisations"),
}

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CODES = {
    "stories.open_destination": _("Entered a destination"),
    "stories.change_destination": _("Changed a destination"),
    "stories.restore_revision": _("Put an earlier text of a destination back"),
    "stories.translate_destination": _("Wrote a destination in another language"),
    "stories.move_destination": _("Moved a destination on or back"),
}

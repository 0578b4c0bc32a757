from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CODES = {
    "stories.open_destination": _("Entered a destination"),
    "stories.change_destination": _("Changed a destination"),
    "stories.restore_revision": _("Put an earlier text of a destination back"),
    "stories.translate_destination": _("Wrote a destination in another language"),
    "stories.move_destination": _("Moved a destination on or back"),
    "stories.open_story": _("Began a story"),
    "stories.change_story": _("Changed a story"),
    "stories.restore_story": _("Put an earlier text of a story back"),
    "stories.translate_story": _("Wrote a story in another language"),
    "stories.move_story": _("Moved a story on or back"),
    "stories.hand_out_preview": _("Handed out an address where a story is read before it is published"),
}

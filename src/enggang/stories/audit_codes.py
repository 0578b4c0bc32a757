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
    "stories.draft_release": _("Drafted a press release from what is on record"),
    "stories.send_suggestion": _("Sent in a proposal as a visitor"),
    "stories.confirm_suggestion": _("Confirmed a proposal by e-mail"),
    "stories.withdraw_suggestion": _("Withdrew a proposal"),
    "stories.confirm_by_phone": _("Confirmed a proposal by telephone"),
    "stories.accept_event_suggestion": _("Accepted the proposal of an event"),
    "stories.accept_destination_suggestion": _("Accepted the proposal of a destination"),
    "stories.refuse_suggestion": _("Did not accept a proposal"),
    "stories.take_up_again": _("Took a refused proposal up again"),
    "stories.note_proposer_told": _("Noted that a proposer was told"),
    "stories.keep_desk": _("Said whether an agency takes proposals of the public"),
}

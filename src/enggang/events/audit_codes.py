from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CODES = {
    "events.open_event": _("Entered an event"),
    "events.change_event": _("Changed an event"),
    "events.open_edition": _("Began an edition of an event"),
    "events.change_edition": _("Changed an edition"),
    "events.set_organisers": _("Said who holds an edition"),
    "events.add_site": _("Added a place of an edition"),
    "events.change_site": _("Changed a place of an edition"),
    "events.drop_site": _("Removed a place of an edition"),
    "events.decide_dates": _("Decided the dates of an edition"),
    "events.advance_edition": _("Took an edition through a gate"),
    "events.step_back": _("Took an edition a stage back"),
    "events.cancel_edition": _("Cancelled an edition"),
    "events.revive_edition": _("Took the cancellation of an edition back"),
    "events.tick_item": _("Ticked an item of a gate"),
    "events.untick_item": _("Took a tick at a gate back"),
    "events.keep_reference": _("Kept a reference row of events"),
    "events.load_reference": _("Loaded the shipped reference rows of events"),
}

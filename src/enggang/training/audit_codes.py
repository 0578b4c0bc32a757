from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CODES = {
    "training.open_programme": _("Added a training programme"),
    "training.change_programme": _("Changed a training programme"),
    "training.plan_wave": _("Planned a wave"),
    "training.change_wave": _("Changed a wave"),
    "training.add_quotas": _("Added quotas"),
    "training.open_wave": _("Opened a wave"),
    "training.finish_wave": _("Finished a wave"),
    "training.reopen_wave": _("Reopened a wave"),
    "training.cancel_wave": _("Cancelled a wave"),
    "training.add_session": _("Added a session"),
    "training.change_session": _("Changed a session"),
    "training.remove_session": _("Called off a session"),
    "training.register_person": _("Registered a participant"),
    "training.register_self": _("Registered oneself"),
    "training.withdraw": _("Withdrew a registration"),
    "training.confirm_name": _("Confirmed the name to be printed"),
    "training.settle_name": _("Kept the name for the certificate"),
    "training.write_to_wave": _("Wrote a message to a wave"),
    "training.deliver_message": _("Delivered a message to a wave"),
    "training.hand_out_page": _("Handed out a participant's page"),
    "training.decide_outcomes": _("Applied the completion rule"),
    "training.override_outcome": _("Decided against the completion rule"),
    "training.issue_certificates": _("Asked for certificates"),
}

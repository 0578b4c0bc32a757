from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CODES = {
    "innovation.open_innovation": _("Entered an innovation"),
    "innovation.change_innovation": _("Changed an innovation"),
    "innovation.hand_over": _("Handed an innovation over to another owner"),
    "innovation.publish_innovation": _("Showed an innovation to the public"),
    "innovation.unpublish_innovation": _("Withdrew an innovation from the public"),
    "innovation.pass_gate": _("Let an innovation pass a gate"),
    "innovation.return_innovation": _("Returned an innovation to the stage before"),
    "innovation.stop_innovation": _("Stopped an innovation"),
    "innovation.revive_innovation": _("Took a stopped innovation up again"),
    "innovation.keep_reference": _("Changed a reference row of innovation"),
    "innovation.load_reference": _("Loaded the shipped reference rows of innovation"),
}

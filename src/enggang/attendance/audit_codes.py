from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CODES = {
    "attendance.open_occasion": _("Planned an attendance session"),
    "attendance.change_occasion": _("Changed an attendance session"),
    "attendance.cancel_occasion": _("Cancelled an attendance session"),
    "attendance.restore_occasion": _("Restored an attendance session"),
    "attendance.issue_pass": _("Issued an attendance pass"),
    "attendance.revoke_pass": _("Revoked an attendance pass"),
    "attendance.mark_present": _("Recorded attendance"),
    "attendance.mark_list": _("Saved an attendance list"),
    "attendance.open_gate": _("Opened a gate for phones"),
    "attendance.revoke_gate": _("Revoked the link of a gate"),
    "attendance.sync_scans": _("Took over the scans of a phone"),
    "attendance.sign_myself": _("Signed in the hall with their own phone"),
}

from enggang.attendance.domain.contacts import sync_scans
from enggang.attendance.domain.gates import open_gate, revoke_gate
from enggang.attendance.domain.marks import mark_list, mark_present
from enggang.attendance.domain.occasions import cancel_occasion, change_occasion, open_occasion, restore_occasion
from enggang.attendance.domain.passes import issue_pass, revoke_pass

__all__ = [
    "cancel_occasion",
    "change_occasion",
    "issue_pass",
    "mark_list",
    "mark_present",
    "open_gate",
    "open_occasion",
    "restore_occasion",
    "revoke_gate",
    "revoke_pass",
    "sync_scans",
]

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.registries import PersonalField

_PURPOSE = _("To record who attended, which the certificate and the accounts of the activity depend on.")
_ACCOUNTS = _("To prove by signature who was there and who was given a meal.")
_EXCUSE = _("To prove leave or illness.")
_DOUBT = _("To show when one phone signs for several people.")
_COUNTED = _("To show who counted, when a number is asked about.")
_INSIDE = _("To know how many people are inside, and to let nobody in twice on one ticket.")
_GUARDIAN = _("To let no child in without the consent of a guardian.")
_RETENTION = _("As long as the record of the activity is kept.")

PERSONAL = [
    PersonalField("attendance.Pass.holder", _PURPOSE, "public_duty", _RETENTION),
    PersonalField("attendance.Pass.withheld", _GUARDIAN, "public_duty", _RETENTION),
    PersonalField("attendance.Presence.held", _INSIDE, "public_duty", _RETENTION),
    PersonalField("attendance.Presence.at", _INSIDE, "public_duty", _RETENTION),
    PersonalField("attendance.Presence.device", _DOUBT, "public_duty", _RETENTION),
    PersonalField("attendance.Scan.override", _DOUBT, "public_duty", _RETENTION),
    PersonalField("attendance.Mark.holder", _PURPOSE, "public_duty", _RETENTION),
    PersonalField("attendance.Mark.status", _PURPOSE, "public_duty", _RETENTION, sensitive=True),
    PersonalField("attendance.Mark.at", _PURPOSE, "public_duty", _RETENTION),
    PersonalField("attendance.Mark.note", _PURPOSE, "public_duty", _RETENTION, sensitive=True),
    PersonalField("attendance.TakenMark.holder", _PURPOSE, "public_duty", _RETENTION),
    PersonalField("attendance.TakenMark.status", _PURPOSE, "public_duty", _RETENTION, sensitive=True),
    PersonalField("attendance.TakenMark.at", _PURPOSE, "public_duty", _RETENTION),
    PersonalField("attendance.TakenMark.note", _PURPOSE, "public_duty", _RETENTION, sensitive=True),
    PersonalField("attendance.TakenMark.reason", _DOUBT, "public_duty", _RETENTION, sensitive=True),
    PersonalField("attendance.SettledScan.reason", _DOUBT, "public_duty", _RETENTION, sensitive=True),
    PersonalField("attendance.Scan.held", _PURPOSE, "public_duty", _RETENTION),
    PersonalField("attendance.Scan.code", _PURPOSE, "public_duty", _RETENTION),
    PersonalField("attendance.Scan.at", _PURPOSE, "public_duty", _RETENTION),
    PersonalField("attendance.Scan.device_time", _PURPOSE, "public_duty", _RETENTION),
    PersonalField("attendance.Scan.device", _DOUBT, "public_duty", _RETENTION),
    PersonalField("attendance.Proof.holder", _EXCUSE, "public_duty", _RETENTION),
    PersonalField("attendance.Proof.status", _EXCUSE, "public_duty", _RETENTION, sensitive=True),
    PersonalField("attendance.Proof.note", _EXCUSE, "public_duty", _RETENTION, sensitive=True),
    PersonalField("attendance.Proof.file", _EXCUSE, "public_duty", _RETENTION, sensitive=True),
    PersonalField("attendance.Proof.decision_reason", _EXCUSE, "public_duty", _RETENTION, sensitive=True),
    PersonalField("attendance.Proof.before", _EXCUSE, "public_duty", _RETENTION, sensitive=True),
    PersonalField("attendance.ClockFile.made", _PURPOSE, "public_duty", _RETENTION, sensitive=True),
    PersonalField("attendance.DeviceUser.number", _PURPOSE, "public_duty", _RETENTION),
    PersonalField("attendance.DeviceUser.holder", _PURPOSE, "public_duty", _RETENTION),
    PersonalField("attendance.ClockFile.file", _PURPOSE, "public_duty", _RETENTION),
    PersonalField("attendance.CountPhone.name", _COUNTED, "public_duty", _RETENTION),
    PersonalField("attendance.Count.person", _COUNTED, "public_duty", _RETENTION),
    PersonalField("attendance.CountResult.facts", _COUNTED, "public_duty", _RETENTION),
    PersonalField("attendance.SheetScan.file", _ACCOUNTS, "public_duty", _RETENTION),
]

NOT_PERSONAL: dict[str, tuple[str, ...]] = {
    "attendance.Occasion": ("*",),
    "attendance.Pass": ("id", "group", "organisation", "code", "issued_at", "revoked_at", "quantity", "only"),
    "attendance.Presence": ("id", "occasion", "inside", "entered"),
    "attendance.Mark": ("id", "occasion", "method", "by_key", "scan_uuid"),
    "attendance.TakenMark": (
        "id", "occasion", "method", "by_key", "scan_uuid", "taken_at", "taken_by_key", "given_at",
    ),
    "attendance.SettledScan": ("id", "scan", "how", "settled_at", "settled_by_key", "taken"),
    "attendance.Gate": ("*",),
    "attendance.MealDay": ("*",),
    "attendance.CountPlan": ("*",),
    "attendance.CountPoint": ("*",),
    "attendance.CountPhone": ("id", "subject", "link", "point", "opened_at", "seen_at", "waiting"),
    "attendance.Count": (
        "id", "uuid", "point", "phone", "device", "from_at", "to_at", "entered", "left", "offset_ms", "received_at",
        "void", "accepted",
    ),
    "attendance.CountChange": ("*",),
    "attendance.CountResult": (
        "id", "group", "organisation", "number", "digest", "note", "closed_at", "closed_by_key",
    ),
    "attendance.DeviceUser": ("id", "organisation"),
    "attendance.ClockFile": ("id", "group", "organisation", "code", "kept_at", "kept_by_key", "applied_at", "undone_at", "undone_by_key", "undo_reason"),
    "attendance.Proof": (
        "id", "occasion", "state", "handed_at", "handed_by_key", "decided_at", "decided_by_key",
    ),
    "attendance.SheetScan": (
        "id", "group", "organisation", "day", "kind", "part", "kept_at", "kept_by_key", "ended_at", "ended_by_key",
        "end_reason",
    ),
    "attendance.Scan": (
        "id",
        "uuid",
        "gate",
        "group",
        "occasion",
        "offset_ms",
        "received_at",
        "verdict",
        "reason",
        "direction",
        "quantity",
        "told",
    ),
}  # fmt: skip

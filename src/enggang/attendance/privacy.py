from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.registries import PersonalField

_PURPOSE = _("To record who attended, which the certificate and the accounts of the activity depend on.")
_DOUBT = _("To show when one phone signs for several people.")
_RETENTION = _("As long as the record of the activity is kept.")

PERSONAL = [
    PersonalField("attendance.Pass.holder", _PURPOSE, "public_duty", _RETENTION),
    PersonalField("attendance.Mark.holder", _PURPOSE, "public_duty", _RETENTION),
    PersonalField("attendance.Mark.status", _PURPOSE, "public_duty", _RETENTION, sensitive=True),
    PersonalField("attendance.Mark.at", _PURPOSE, "public_duty", _RETENTION),
    PersonalField("attendance.Mark.note", _PURPOSE, "public_duty", _RETENTION, sensitive=True),
    PersonalField("attendance.Scan.held", _PURPOSE, "public_duty", _RETENTION),
    PersonalField("attendance.Scan.code", _PURPOSE, "public_duty", _RETENTION),
    PersonalField("attendance.Scan.at", _PURPOSE, "public_duty", _RETENTION),
    PersonalField("attendance.Scan.device_time", _PURPOSE, "public_duty", _RETENTION),
    PersonalField("attendance.Scan.device", _DOUBT, "public_duty", _RETENTION),
]

NOT_PERSONAL: dict[str, tuple[str, ...]] = {
    "attendance.Occasion": ("*",),
    "attendance.Pass": ("id", "group", "organisation", "code", "issued_at", "revoked_at"),
    "attendance.Mark": ("id", "occasion", "method", "by_key", "scan_uuid"),
    "attendance.Gate": ("*",),
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
    ),
}

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.registries import PersonalField

_PURPOSE = _("To keep rosters, papers and evidence for those who answer for them.")
_RETENTION = _("By purpose: rejected rows 90 days, exports 30, rosters a year, papers as long as their record.")

PERSONAL = [
    PersonalField("files.StoredFile.content", _PURPOSE, "public_duty", _RETENTION),
    PersonalField("files.StoredFile.name", _PURPOSE, "public_duty", _RETENTION),
    PersonalField(
        "files.Upload.name",
        _("To name the file once it has arrived."),
        "public_duty",
        _("Unfinished or unused uploads: seven days. Used ones: as long as the file."),
    ),
]

NOT_PERSONAL: dict[str, tuple[str, ...]] = {
    "files.StoredFile": (
        "id",
        "subject",
        "organisation",
        "media_type",
        "size",
        "sha256",
        "purpose",
        "scan_state",
        "stored_at",
        "stored_by_key",
        "delete_after",
        "erased_at",
    ),
    "files.Upload": (
        "id",
        "code",
        "organisation",
        "owner_key",
        "context",
        "accepts",
        "purpose",
        "length",
        "offset",
        "writer",
        "state",
        "refusal",
        "opened_at",
        "expires_at",
        "claimed_at",
        "file",
    ),
}  # fmt: skip

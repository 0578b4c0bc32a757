from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.registries import PersonalField

_PURPOSE = _("To tell a person what concerns their own training and account.")
_RETENTION = _("Two years after it was written; account links only until they are sent.")

PERSONAL = [
    PersonalField("notices.Notice.address", _PURPOSE, "public_duty", _RETENTION, mask="bu•••@…"),
    PersonalField("notices.Notice.user_id", _PURPOSE, "public_duty", _RETENTION),
    PersonalField("notices.Notice.title", _PURPOSE, "public_duty", _RETENTION),
    PersonalField("notices.Notice.text", _PURPOSE, "public_duty", _RETENTION),
    PersonalField("notices.Notice.read_at", _PURPOSE, "public_duty", _RETENTION),
]

NOT_PERSONAL: dict[str, tuple[str, ...]] = {
    "notices.Notice": (
        "id",
        "code",
        "channel",
        "language",
        "href",
        "is_secret",
        "subject",
        "state",
        "message_id",
        "error",
        "created_at",
        "sent_at",
    )
}

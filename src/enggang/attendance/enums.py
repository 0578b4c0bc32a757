from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OccasionState(TextChoices):
    PLANNED = "planned", _("Planned")
    CANCELLED = "cancelled", _("Cancelled")


OCCASION_MOVES = {
    OccasionState.PLANNED: frozenset({OccasionState.CANCELLED}),
    OccasionState.CANCELLED: frozenset({OccasionState.PLANNED}),
}


class Status(TextChoices):
    PRESENT = "present", _("Present")
    EXCUSED = "excused", _("Excused")
    SICK = "sick", _("Sick")
    ABSENT = "absent", _("Absent")


class Method(TextChoices):
    QR = "qr", _("QR code")
    LIST = "list", _("List")
    SELF = "self", _("Signed in the hall")
    IMPORT = "import", _("Imported")

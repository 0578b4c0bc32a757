from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.registries import PersonalField

_PURPOSE = _("To show who did what: the record that an inspector relies on.")
_RETENTION = _("As long as the record it tells of; it names accounts by number, never persons.")

PERSONAL = [
    PersonalField("audit.AuditEntry.user_id", _PURPOSE, "legal_obligation", _RETENTION),
    PersonalField("audit.AuditEntry.actor_key", _PURPOSE, "legal_obligation", _RETENTION),
]

NOT_PERSONAL: dict[str, tuple[str, ...]] = {
    "audit.AuditEntry": ("id", "at", "code", "actor_kind", "subject_code", "organisation_code", "details")
}

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CODES = {
    "audit.read_field": _("Read a sensitive field"),
    "audit.export_trail": _("Exported the audit trail"),
}

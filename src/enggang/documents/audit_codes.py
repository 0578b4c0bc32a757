from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CODES = {
    "documents.open_register": _("Opened a number register"),
    "documents.reserve_numbers": _("Reserved numbers"),
    "documents.void_number": _("Voided a number"),
    "documents.draft_document": _("Prepared a document"),
    "documents.freeze_document": _("Froze a document"),
    "documents.void_document": _("Voided a document"),
}

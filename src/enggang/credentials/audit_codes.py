from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CODES = {
    "credentials.issue_awards": _("Reserved certificates"),
    "credentials.finish_award": _("Issued a certificate"),
    "credentials.void_award": _("Voided a certificate"),
}

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CODES = {
    "credentials.issue_awards": _("Reserved certificates"),
    "credentials.prepare_awards": _("Prepared certificates for a ceremony"),
    "credentials.hand_out_awards": _("Handed out prepared certificates"),
    "credentials.remove_name": _("Removed a holder's name from what was awarded"),
    "credentials.finish_award": _("Issued a certificate"),
    "credentials.void_award": _("Voided a certificate"),
    "credentials.reissue_award": _("Issued a certificate again under another name"),
    "credentials.rotate_badge_key": _("Changed the key that signs digital badges"),
    "credentials.keep_badge": _("Issued a digital badge"),
}

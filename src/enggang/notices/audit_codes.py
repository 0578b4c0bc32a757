from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CODES = {
    "notices.queue_email": _("Queued an account e-mail"),
    "notices.read_notices": _("Read messages"),
    "notices.resend_notice": _("Sent an e-mail once more"),
    "notices.send_waiting": _("Tried all waiting e-mails"),
    "notices.delete_old": _("Deleted old messages"),
}

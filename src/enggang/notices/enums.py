from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    INBOX = "inbox", _("Inbox")
    EMAIL = "email", _("E-mail")
    WHATSAPP = "whatsapp", _("WhatsApp text to forward")


class NoticeState(TextChoices):
    QUEUED = "queued", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    UNCERTAIN = "uncertain", _("Perhaps sent")
    FAILED = "failed", _("Failed")
    READ = "read", _("Read")


NOTICE_MOVES = {
    NoticeState.QUEUED: frozenset({NoticeState.SENDING, NoticeState.SENT, NoticeState.FAILED}),
    NoticeState.SENDING: frozenset({NoticeState.SENT, NoticeState.UNCERTAIN, NoticeState.FAILED}),
    NoticeState.UNCERTAIN: frozenset({NoticeState.QUEUED}),
    NoticeState.FAILED: frozenset({NoticeState.QUEUED}),
    NoticeState.SENT: frozenset({NoticeState.READ}),
    NoticeState.READ: frozenset(),
}

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    INBOX = "inbox", _("Inbox")
    EMAIL = "email", _("E-mail")


class NoticeState(TextChoices):
    QUEUED = "queued", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    UNCERTAIN = "uncertain", _("Perhaps sent")
    FAILED = "failed", _("Failed")
    READ = "read", _("Read")


# QUEUED is reached again when the server was surely not given the message; UNCERTAIN becomes SENT when the
# process that was thought dead comes back with the answer.
NOTICE_MOVES = {
    NoticeState.QUEUED: frozenset({NoticeState.SENDING}),
    NoticeState.SENDING: frozenset({NoticeState.SENT, NoticeState.UNCERTAIN, NoticeState.FAILED, NoticeState.QUEUED}),
    NoticeState.UNCERTAIN: frozenset({NoticeState.QUEUED, NoticeState.SENT, NoticeState.FAILED}),
    NoticeState.FAILED: frozenset({NoticeState.QUEUED}),
    NoticeState.SENT: frozenset({NoticeState.READ}),
    NoticeState.READ: frozenset(),
}

# Why a message waits or failed, as kept in ``Notice.error``; anything else there is the mail server's own answer.
REASONS = {
    "no-mail-server": _("No mail server is configured, so this waits here."),
    "no-connection": _("The mail server did not answer; this is tried again by itself."),
    "cut-off": _("The connection broke while this was being sent. It may have arrived; ask before sending again."),
}

from __future__ import annotations

from typing import ClassVar

import django_tables2 as tables
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from enggang.core.templatetags.ui import badge_html
from enggang.notices.enums import NoticeState
from enggang.notices.models import Notice

TONES = {
    NoticeState.QUEUED: "neutral",
    NoticeState.SENDING: "info",
    NoticeState.SENT: "good",
    NoticeState.UNCERTAIN: "warn",
    NoticeState.FAILED: "bad",
    NoticeState.READ: "good",
}


class OutboxTable(tables.Table):
    created_at = tables.DateTimeColumn(verbose_name=_("Written"), format="j M Y H:i")
    to = tables.Column(_("Recipient"), accessor="masked_address", orderable=False)
    title = tables.Column(_("Subject"))
    state = tables.Column(_("State"))
    reason = tables.Column(_("Why"), accessor="reason", orderable=False, default="–")
    again = tables.TemplateColumn(verbose_name="", template_name="notices/outbox_again.html", orderable=False)

    class Meta:
        model = Notice
        fields = ("created_at", "to", "title", "state", "reason", "again")
        order_by = "-created_at"
        empty_text = _("No e-mail has been written yet.")
        attrs: ClassVar = {"class": "table"}

    def render_state(self, record: Notice) -> SafeString:
        state = NoticeState(record.state)
        return badge_html(str(state.label), TONES[state])

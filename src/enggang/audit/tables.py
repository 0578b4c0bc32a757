from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import django_tables2 as tables
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from enggang.audit.models import AuditEntry
from enggang.core.actor import ActorKind
from enggang.core.registries import audit_codes, subject_kinds

_KINDS = {
    ActorKind.SYSTEM: _("The system"),
    ActorKind.LINK: _("Holder of a link"),
    ActorKind.TOKEN: _("A device"),
    ActorKind.JOB: _("Background work"),
    ActorKind.ANONYMOUS: _("Not signed in"),
}


class TrailTable(tables.Table):
    """``names`` are users by id, ``kinds`` subject kinds by code: both are looked up once for the page shown."""

    at = tables.DateTimeColumn(verbose_name=_("When"), format="j M Y H:i:s")
    code = tables.Column(_("What"))
    actor_key = tables.Column(_("Who"), orderable=False)
    subject_code = tables.Column(_("About"), orderable=False, default="–")
    details = tables.Column(_("Details"), orderable=False, default="–")

    class Meta:
        model = AuditEntry
        fields = ("at", "code", "actor_key", "subject_code", "details")
        empty_text = _("Nothing in the trail fits this.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names: Mapping[int, str] = {}
        self.kinds: Mapping[str, str] = {}

    def render_code(self, value: str) -> str:
        return str(audit_codes.get(value) or value)

    def render_actor_key(self, record: AuditEntry) -> str:
        if record.user_id:
            return self.names.get(record.user_id) or record.actor_key
        return str(_KINDS.get(ActorKind(record.actor_kind), record.actor_key))

    def render_subject_code(self, value: str) -> SafeString | str:
        kind = subject_kinds.get(self.kinds.get(value, ""))
        if kind is None:
            return value
        if kind.url is None:
            return f"{kind.label} {value}"
        return format_html('{} <a href="{}">{}</a>', kind.label, kind.url(value), value)

    def render_details(self, value: dict[str, Any]) -> SafeString | str:
        return format_html_join(" · ", "{}: {}", value.items()) or "–"

"""The lines of the trail as a file has them."""

from __future__ import annotations

import json
from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from enggang.audit.models import AuditEntry
from enggang.core.registries import audit_codes

LIMIT = 50_000
Row = Sequence[str]


def header() -> Row:
    return [_("When"), _("What"), _("Act"), _("Who"), _("Subject code"), _("Organisation code"), _("Details")]


def row_of(entry: AuditEntry, name: str) -> Row:
    """One line; times in the installation's zone, ``name`` is the actor's as it is known now."""
    when = timezone.localtime(entry.at).strftime("%Y-%m-%d %H:%M:%S%z")
    label = str(audit_codes.get(entry.code) or entry.code)
    details = json.dumps(entry.details, ensure_ascii=False, sort_keys=True) if entry.details else ""
    return [when, label, entry.code, name or entry.actor_key, entry.subject_code, entry.organisation_code, details]

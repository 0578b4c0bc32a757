"""Whoever proposed something is not kept longer than the proposal needs them."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q

from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.files.domain.retention import let_go
from enggang.stories.enums_suggestions import SuggestionState
from enggang.stories.models import Suggestion

UNCONFIRMED_DAYS, DECIDED_DAYS = 30, 365
GONE, BATCH = "-", 500


def old_suggestions() -> int:
    """How many lost what is personal: withdrawn ones at once, those never confirmed after thirty days, decided ones after a
    year. What was proposed and what became of it stays."""
    now = clock.now()
    over = (
        Q(state=SuggestionState.WITHDRAWN)
        | Q(state=SuggestionState.SENT, sent_at__lt=now - timedelta(days=UNCONFIRMED_DAYS))
        | Q(decided_at__lt=now - timedelta(days=DECIDED_DAYS))
    )
    rows = list(Suggestion.objects.filter(over).exclude(person=GONE).select_related("photo__subject")[:BATCH])
    for row in rows:
        _empty(row)
    return len(rows)


def _empty(row: Suggestion) -> None:
    photo, row.photo = row.photo, None
    row.person = row.phone = GONE
    row.group = row.email = row.once = row.mail_key = row.call_code = ""
    if row.state == SuggestionState.SENT:
        row.state = SuggestionState.WITHDRAWN
    if row.state == SuggestionState.WITHDRAWN:
        row.name = row.name_key = row.description = GONE
        row.place = row.when = ""
    row.save()
    if photo is not None:
        let_go(stored=photo, actor=SYSTEM)

"""Applications that led to no stall lose what is personal a year after the event."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q

from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.events.enums_stalls import ApplicationState
from enggang.events.models import StallApplication
from enggang.files.domain.retention import let_go

DAYS = 365
GONE = "-"


def old_applications() -> int:
    """How many were emptied; what they applied for and what became of it stays, so that the counts stay true."""
    since = clock.now() - timedelta(days=DAYS)
    over = Q(call__edition__ends_on__lt=clock.today() - timedelta(days=DAYS)) | Q(
        call__edition__ends_on=None, applied_at__lt=since
    )
    rows = StallApplication.objects.filter(over).exclude(state=ApplicationState.ACCEPTED).exclude(name=GONE)
    emptied = list(rows.select_related("picture__subject"))
    for row in emptied:
        picture, row.picture = row.picture, None
        row.name = row.name_key = row.owner = row.sells = GONE
        row.phone, row.email, row.nib, row.wishes, row.once = f"{GONE}{row.pk}", "", "", "", ""
        row.save()
        if picture is not None:
            let_go(stored=picture, actor=SYSTEM)
    return len(emptied)

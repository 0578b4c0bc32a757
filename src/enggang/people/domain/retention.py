from __future__ import annotations

from datetime import timedelta

from django.db.models import Q

from enggang.core import clock
from enggang.people.models import RosterImport

ROW_DAYS = 90


def old_roster_rows() -> int:
    """The rows of a list that its page shows, 90 days after it was sent; the counts stay. Nor can it be taken back then."""
    old = RosterImport.objects.filter(created_at__lt=clock.now() - timedelta(days=ROW_DAYS))
    filled = old.exclude(Q(rejected_rows=[]) & Q(warned_rows=[]) & Q(preview={}) & Q(trace={}) & Q(undone_rows=[]))
    return filled.update(rejected_rows=[], warned_rows=[], preview={}, trace={}, undone_rows=[])

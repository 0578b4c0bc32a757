"""What must always be true of awards and badges. Each answers what is wrong, nothing when all is well."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from enggang.core import clock
from enggang.credentials.models import Award, Badge

PATIENCE = timedelta(days=2)  # the night's look for what has no badge has had its chance


def awards_without_badge() -> list[str]:
    """Awards that were issued some days ago and still have no badge: its job gave up."""
    late = Award.objects.without_badge().filter(document__frozen_at__lt=clock.now() - PATIENCE)
    codes = late.order_by("pk").values_list("subject__code", flat=True)
    return [f"credentials: award {code} has no badge" for code in codes]


def changed_badges() -> list[str]:
    """Badges whose bytes are no longer those that were signed; a copy that was erased has none."""
    rows = Badge.objects.select_related("award__subject").order_by("pk").iterator()
    return [
        f"credentials: the badge of award {row.award.code} is not what was signed"
        for row in rows
        if row.content and hashlib.sha256(bytes(row.content)).hexdigest() != row.sha256
    ]

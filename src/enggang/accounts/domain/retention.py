from __future__ import annotations

from datetime import timedelta

from enggang.accounts.models import DeskCode
from enggang.core import clock

DAYS = 365


def old_desk_codes() -> int:
    """Codes from the desk, a year after they ended."""
    return DeskCode.objects.filter(expires_at__lt=clock.now() - timedelta(days=DAYS)).delete()[0]

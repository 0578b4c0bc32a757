"""Work by the clock: one row per piece in the queue engine's own table, written by the setup command."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django_q.models import Schedule

from enggang.core import clock


def keep_daily(name: str, function: str, at: time) -> None:
    """See that ``function`` (a dotted name) runs every day at ``at``, in the installation's zone."""
    zone = ZoneInfo(settings.TIME_ZONE)
    today = datetime.combine(clock.today(), at, tzinfo=zone)
    first = today if today > clock.now() else today + timedelta(days=1)
    Schedule.objects.update_or_create(
        name=name,
        defaults={"func": function, "schedule_type": Schedule.DAILY},
        create_defaults={
            "func": function,
            "schedule_type": Schedule.DAILY,
            "next_run": first,
        },
    )


def keep_every(name: str, function: str, minutes: int) -> None:
    """See that ``function`` (a dotted name) runs every ``minutes`` minutes, beginning now."""
    kind = {"func": function, "schedule_type": Schedule.MINUTES, "minutes": minutes}
    Schedule.objects.update_or_create(name=name, defaults=kind, create_defaults={**kind, "next_run": clock.now()})

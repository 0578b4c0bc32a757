"""The one place that reads the time, so that tests and the demonstration can set it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

_frozen: ContextVar[datetime | None] = ContextVar("frozen_clock", default=None)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _frozen.get() or timezone.now()


def today(zone: str | None = None) -> date:
    """The calendar day in ``zone`` (an IANA name; the installation's zone when not given)."""
    return day_of(now(), zone)


def day_of(instant: datetime, zone: str | None = None) -> date:
    """The calendar day of an aware ``instant`` in ``zone``, as :func:`today`: at 05.00 in Pontianak UTC has yesterday's."""
    return instant.astimezone(ZoneInfo(zone or settings.TIME_ZONE)).date()


@contextmanager
def frozen_at(instant: datetime) -> Iterator[None]:
    """Hold the clock at an aware ``instant`` within the block."""
    if instant.tzinfo is None:
        raise ValueError("a frozen clock needs an aware datetime")
    token = _frozen.set(instant)
    try:
        yield
    finally:
        _frozen.reset(token)

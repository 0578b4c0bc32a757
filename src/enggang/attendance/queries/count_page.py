"""What a counting phone is told: where it stands and when to count. Nobody's name, and nothing that others counted."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from enggang.attendance.models import CountPhone
from enggang.attendance.queries.hours import Span, hours_of, intervals_of

AROUND = timedelta(hours=24)


def phone_facts(phone: CountPhone) -> dict[str, Any]:
    """Instants are milliseconds since 1970. ``times`` are the intervals of a sample, the moments of a density."""
    point, until = phone.point, phone.link.expires_at
    near = (phone.opened_at - AROUND, until + AROUND)
    return {
        "phone": phone.code,
        "name": point.name,
        "place": point.place,
        "method": str(point.method),
        "zone": point.time_zone,
        "square_m2": point.square_m2,
        "ends_at": _ms(until),
        "hours": [_span(each) for each in hours_of(point) if _meets(each, near)],
        "times": [_span(each.span) for each in intervals_of(point) if _meets(each.span, near)],
    }


def _meets(span: Span, near: tuple[datetime, datetime]) -> bool:
    return span.begins < near[1] and span.ends > near[0]


def _span(span: Span) -> list[int]:
    return [_ms(span.begins), _ms(span.ends)]


def _ms(at: datetime) -> int:
    return round(at.timestamp() * 1000)

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from enggang.attendance.models import Mark, Occasion, Pass, Proof, Scan
from enggang.core import clock
from enggang.core.actor import Actor


def todays_occasions(held: Pass, actor: Actor) -> list[Occasion]:
    """Today's planned occasions of the pass's group that the actor may mark; the running or next one first.

    Today is the calendar day in the zone of the pass's organisation.
    """
    start, end = _day(held.organisation.time_zone)
    rows = Occasion.objects.marked_by(actor).planned().filter(group_id=held.group_id, starts_at__lt=end)
    found = list(rows.filter(ends_at__gt=start).select_related("subject", "organisation"))
    now = clock.now()
    return sorted(found, key=lambda each: (each.ends_at <= now, each.starts_at, each.pk))


def next_occasion(held: Pass, actor: Actor) -> Occasion | None:
    """The next planned one after now, whatever its day."""
    rows = Occasion.objects.marked_by(actor).planned().filter(group_id=held.group_id, starts_at__gt=clock.now())
    return rows.select_related("subject", "organisation").first()


def signed_among(occasion_ids: Iterable[int]) -> set[int]:
    """Which of these occasions have a mark, a scan (also a refused one) or a letter. Three queries."""
    ids = set(occasion_ids)
    marked = Mark.objects.filter(occasion__in=ids).values_list("occasion_id", flat=True)
    scanned = Scan.objects.filter(occasion__in=ids).values_list("occasion_id", flat=True)
    written = Proof.objects.filter(occasion__in=ids).values_list("occasion_id", flat=True)
    return {pk for pk in (*marked.distinct(), *scanned.distinct(), *written.order_by().distinct()) if pk}


def _day(zone: str) -> tuple[datetime, datetime]:
    start = datetime.combine(clock.today(zone), time.min, ZoneInfo(zone))
    return start, start + timedelta(days=1)

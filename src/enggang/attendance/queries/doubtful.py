"""What speaks against counts: each as it came, and counters against each other. Pure functions of what is on record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from datetime import datetime, timedelta

from enggang.attendance.enums import CountDoubt
from enggang.attendance.models import Count, CountPhone, CountPlan
from enggang.core.text import folded

BORNE = timedelta(minutes=5)  # a phone's clock is never quite right
MEETING = timedelta(seconds=30)  # where one count ends and the next begins, its clock may have been set


def counter_of(count: Count) -> Hashable:
    """Who counted: a phone, not only its link, which may have been passed on; on paper a person."""
    return (count.phone_id, count.device) if count.phone_id else folded(count.person)


def doubts_of(counts: Iterable[Count], plan: CountPlan, phones: dict[int, CountPhone]) -> dict[int, list[CountDoubt]]:
    """By the id of the count, of one point; nothing for those that nothing speaks against. Settled ones are told too."""
    found: dict[int, list[CountDoubt]] = defaultdict(list)
    ends: dict[Hashable, datetime] = {}
    for count in sorted(counts, key=lambda row: (row.from_at, row.received_at, row.pk)):
        if _is_absurd(count, plan):
            found[count.pk].append(CountDoubt.RATE)
        if _is_elsewhen(count, phones.get(count.phone_id or 0)):
            found[count.pk].append(CountDoubt.TIME)
        if count.from_at == count.to_at:
            continue
        who = counter_of(count)
        if who in ends and count.from_at < ends[who] - MEETING:
            found[count.pk].append(CountDoubt.OVERLAP)
        elif count.pk not in found or count.accepted:
            ends[who] = max(count.to_at, ends.get(who, count.to_at))
    return dict(found)


def _is_absurd(count: Count, plan: CountPlan) -> bool:
    people = max(count.entered, count.left)
    return people > plan.most_per_minute * max(1.0, count.minutes)


def _is_elsewhen(count: Count, phone: CountPhone | None) -> bool:
    """In the future, before the link was opened, or after it had ended."""
    if count.to_at > count.received_at + BORNE:
        return True
    if phone is None:
        return False
    ends = min(filter(None, (phone.link.expires_at, phone.link.revoked_at)))
    return count.from_at < phone.opened_at - BORNE or count.from_at > ends + BORNE


def is_left_out(count: Count, doubts: dict[int, list[CountDoubt]]) -> bool:
    """Nobody has said yet that it is right."""
    return count.pk in doubts and not count.accepted

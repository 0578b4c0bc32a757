"""People who come and go: what their passes are worth, and how many are inside.

Everything a phone brings is kept with what the phone had decided. What fits is counted in the pass's row, which is
locked while it is judged: two phones that bring the same pass at once are judged one after the other. A pass that two
phones without signal let in is counted once and told, for nothing can undo that somebody has gone in.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from enggang.access.models import CapabilityLink
from enggang.attendance.domain.arrivals import (
    Arrival,
    Delivery,
    asked_of,
    new_scans,
    settle,
    spoken_of,
)  # fmt: skip
from enggang.attendance.enums import Direction, OccasionKind, Verdict
from enggang.attendance.evaluator import evaluate
from enggang.attendance.models import Gate, Occasion, Presence, Scan
from enggang.attendance.queries.passages import people_inside
from enggang.attendance.rules import may_mark_attendance
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import ActRecord, Conflict, act, act_each, record, record_subject, require
from enggang.core.hot import add_all, find, new_row

Key = tuple[int, int]  # occasion, pass
BY_HAND = "by hand"  # instead of a phone
FAR_AWAY = timedelta(days=1)
ONE_AFTER_THE_OTHER = timedelta(microseconds=1)


@dataclass(slots=True)
class _Inside:
    """What is known while scans are judged: the rows of their passes, and how many are inside where there is a bound."""

    presences: dict[Key, Presence]
    codes: dict[int, str]  # of the one occasion that a pass is for
    people: dict[int, int]
    changed: set[Key] = field(default_factory=set)


@act_each("attendance.sync_passages")
def sync_passages(deliveries: Sequence[Delivery], records: Sequence[ActRecord]) -> list[list[Scan]]:
    """Take over what several phones bring from gates where people come and go, as if one came after the other.

    Answers the scans of each as they are on record. A scan whose uuid is known keeps its first verdict.
    """
    return settle(deliveries, records, partial(_take_over, deliveries))


def _take_over(deliveries: Sequence[Delivery], fresh: Sequence[Sequence[Arrival]], now: datetime) -> list[Scan]:
    spoken = spoken_of(deliveries, fresh)
    return _judge_all(
        [(delivery, new_scans(delivery, new, spoken, now)) for delivery, new in zip(deliveries, fresh, strict=True)]
    )


@dataclass(frozen=True, slots=True)
class Written:
    """A line of a printed list: the code of a ticket, and how many came in on it."""

    code: str
    quantity: int


@act("attendance.enter_passages")
def enter_passages(*, occasion: Occasion, lines: Sequence[Written], actor: Actor) -> list[Scan]:
    """Count what was written on a printed list while no phone worked; answers the scans in the order of the lines.

    Judged as at a gate: a ticket that is all in already is told, and counts no second time. How full it was is not
    asked: whoever stands on the list has gone in, and nobody wrote down who went out.
    """
    require(may_mark_attendance(actor, occasion.organisation))
    if not occasion.is_open:
        raise Conflict(_("The gate is not for this: people sign here."))
    now = clock.now()
    at = min(max(now, occasion.starts_at), occasion.ends_at)
    arrivals = [_arrival(occasion, each, at + number * ONE_AFTER_THE_OTHER) for number, each in enumerate(lines)]
    desk = Delivery(_desk(occasion, now), BY_HAND, arrivals, 0, 0, actor, by_hand=True)
    scans = new_scans(desk, arrivals, spoken_of([desk], [arrivals]), max(now, at + ONE_AFTER_THE_OTHER * len(lines)))
    _judge_all([(desk, scans)])
    record_subject(occasion.subject)
    record(lines=len(lines), accepted=sum(scan.verdict == Verdict.ACCEPTED for scan in scans))
    found = {scan.uuid: scan for scan in scans}
    return [found[each.uuid] for each in arrivals]


def _desk(occasion: Occasion, now: datetime) -> Gate:
    """Where staff stand who enter a list: a gate that is no row, open as long as anything of the occasion."""
    link = CapabilityLink(expires_at=max(now, occasion.ends_at) + FAR_AWAY)
    return Gate(link=link, group=occasion.group, opened_at=min(now, occasion.starts_at), kind=OccasionKind.OPEN)


def _arrival(occasion: Occasion, written: Written, at: datetime) -> Arrival:
    return Arrival(uuid.uuid4(), occasion.code, written.code, at, 0, quantity=written.quantity)


def _judge_all(brought: Sequence[tuple[Delivery, list[Scan]]]) -> list[Scan]:
    scans = [scan for _delivery, each in brought for scan in each]
    inside = _lock(scans)
    for delivery, each in brought:
        for scan in each:
            _judge(inside, delivery, scan)
    changed = [inside.presences[key] for key in sorted(inside.changed)]
    Presence.objects.bulk_update(changed, ["inside", "entered", "device", "at"])
    add_all(sorted(scans, key=lambda scan: scan.uuid), skip_known=True)
    return scans


def _lock(scans: Iterable[Scan]) -> _Inside:
    """The rows of the passes that were read, made where missing and locked in one order."""
    scans = [scan for scan in scans if scan.occasion and scan.held]
    keys = sorted({_key(scan) for scan in scans})
    add_all((new_row(Presence, occasion_id=key[0], held_id=key[1]) for key in keys), skip_known=True)
    rows = Presence.objects.select_for_update().filter(
        occasion_id__in={key[0] for key in keys}, held_id__in={key[1] for key in keys}
    )
    wanted = set(keys)
    presences = {key: row for row in rows.order_by("pk") if (key := (row.occasion_id, row.held_id)) in wanted}
    bound = {scan.occasion.pk for scan in scans if scan.occasion and scan.occasion.room is not None}
    return _Inside(presences, _codes(scans), people_inside(bound) if bound else {})


def _codes(scans: Iterable[Scan]) -> dict[int, str]:
    wanted = {scan.held.only_id for scan in scans if scan.held and scan.held.only_id}
    return {row.pk: row.code for row in find(Occasion, related=("subject",), pk__in=wanted)}


def _judge(inside: _Inside, delivery: Delivery, scan: Scan) -> None:
    scan.verdict, scan.reason = evaluate(_question(inside, delivery, scan))
    if scan.verdict != Verdict.ACCEPTED:
        return
    key = _key(scan)
    row, goes_in = inside.presences[key], scan.direction == Direction.IN
    moved = scan.quantity if goes_in else -min(scan.quantity, row.inside)
    row.inside += moved
    row.entered += scan.quantity if goes_in else 0
    row.device, row.at = scan.device, scan.at
    inside.people[key[0]] = inside.people.get(key[0], 0) + moved
    inside.changed.add(key)


def _question(inside: _Inside, delivery: Delivery, scan: Scan) -> dict[str, Any]:
    return asked_of(delivery, scan) | {
        "entry": _entry(inside, scan),
        "mark": None,
        "passage": _passage(inside, delivery, scan) if scan.occasion and scan.held else None,
    }


def _entry(inside: _Inside, scan: Scan) -> dict[str, Any] | None:
    held = scan.held
    if held is None:
        return None
    return {
        "revoked": held.is_revoked,
        "quantity": held.quantity,
        "only": inside.codes.get(held.only_id, "") if held.only_id else "",
        "withheld": held.withheld,
    }


def _passage(inside: _Inside, delivery: Delivery, scan: Scan) -> dict[str, Any]:
    row, occasion = inside.presences[_key(scan)], scan.occasion
    assert occasion is not None
    bound = occasion.room is not None and delivery.device != BY_HAND
    room = max(0, (occasion.room or 0) - inside.people.get(occasion.pk, 0)) if bound else None
    return {
        "direction": scan.direction,
        "quantity": scan.quantity,
        "inside": row.inside,
        "entered": row.entered,
        "device": row.device,
        "re_entry": occasion.re_entry,
        "room": room,
        "override": bool(scan.override) and delivery.gate.may_override,
    }


def _key(scan: Scan) -> Key:
    assert scan.occasion_id and scan.held_id  # noqa: PT018 -- one fact: it names an occasion and a pass
    return scan.occasion_id, scan.held_id

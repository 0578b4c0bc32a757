"""What phones bring: scans that may come twice, late, out of order, and from two phones at once."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from enggang.attendance.enums import Direction
from enggang.attendance.models import Gate, Occasion, Pass, Scan
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import ActRecord
from enggang.core.hot import change, find, new_row

BATCH = 500
MILLISECOND = timedelta(milliseconds=1)
SEEN_ANEW = timedelta(seconds=10)
Listed = tuple[int, str]  # group, code


@dataclass(frozen=True, slots=True)
class Arrival:
    """One scan as a phone brings it. ``code`` is the pass code, empty when what was read is no pass of ours.

    ``offset`` is what the phone knew of its clock when it scanned: milliseconds to be added to ``device_time``. The
    last four are told where people come and go: which way, how many, what the phone decided, why a supervisor let them in.
    """

    uuid: uuid.UUID
    occasion: str
    code: str
    device_time: datetime
    offset: int
    direction: str = Direction.IN
    quantity: int = 1
    told: str = ""
    override: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one phone brings in one contact. ``offset`` is what this very contact says of the phone's clock.

    ``by_hand``: staff bring a file that a phone had saved. They answer for what was scanned while the gate was open,
    though its address has been revoked since; the phone itself was not in contact.
    """

    gate: Gate
    device: str
    arrivals: Sequence[Arrival]
    offset: int
    waiting: int
    actor: Actor
    by_hand: bool = False


def settle(
    deliveries: Sequence[Delivery],
    records: Sequence[ActRecord],
    take_over: Callable[[Sequence[Sequence[Arrival]], datetime], Iterable[Scan]],
) -> list[list[Scan]]:
    """The scans of each delivery as they are on record: those known keep their verdict, ``take_over`` makes the others."""
    now = clock.now()
    ids = {each.uuid for delivery in deliveries for each in delivery.arrivals}
    settled = {row.uuid: row for row in find(Scan, uuid__in=ids)}
    fresh = _fresh_among(deliveries, settled)
    if any(fresh):
        settled |= {scan.uuid: scan for scan in take_over(fresh, now)}
    for delivery, new, running in zip(deliveries, fresh, records, strict=True):
        running.tell(delivery.gate.subject, new=len(new), known=len(delivery.arrivals) - len(new))
    _note_contact(deliveries, now)
    return [[settled[each.uuid] for each in delivery.arrivals] for delivery in deliveries]


def _fresh_among(deliveries: Sequence[Delivery], settled: Mapping[uuid.UUID, Scan]) -> list[list[Arrival]]:
    """What of each delivery is not on record yet, nor brought by one before it."""
    seen = set(settled)
    fresh: list[list[Arrival]] = []
    for delivery in deliveries:
        new = {each.uuid: each for each in delivery.arrivals if each.uuid not in seen}
        seen |= new.keys()
        fresh.append(list(new.values()))
    return fresh


def _note_contact(deliveries: Iterable[Delivery], now: datetime) -> None:
    """When the gate was heard of last, and what its phone still keeps.

    Not at every scan: the row would be locked up to the commit, and phones of one gate would wait for each other.
    """
    contacts = {each.gate.pk: each for each in deliveries if not each.by_hand}
    for delivery in sorted(contacts.values(), key=lambda each: each.gate.pk):
        gate = delivery.gate
        if gate.waiting != delivery.waiting or gate.seen_at is None or abs(now - gate.seen_at) >= SEEN_ANEW:
            change(Gate, {"seen_at": now, "waiting": delivery.waiting}, pk=gate.pk)


def _gate_facts(brought: Delivery) -> dict[str, Any]:
    gate, link = brought.gate, brought.gate.link
    ends_at = link.expires_at
    if brought.by_hand and link.revoked_at is not None:
        ends_at = min(ends_at, link.revoked_at)
    return {
        "opens_at": milliseconds(gate.opened_at),
        "ends_at": milliseconds(ends_at),
        "revoked": link.revoked_at is not None and not brought.by_hand,
    }


def milliseconds(at: datetime) -> int:
    return round(at.timestamp() * 1000)


@dataclass(frozen=True, slots=True)
class Spoken:
    """What new scans speak of, each by its group and its own code."""

    occasions: dict[Listed, Occasion]
    passes: dict[Listed, Pass]


def spoken_of(deliveries: Sequence[Delivery], fresh: Iterable[Iterable[Arrival]]) -> Spoken:
    """Two queries for any number of phones and scans."""
    groups, arrivals = {each.gate.group_id for each in deliveries}, [each for new in fresh for each in new]
    wanted = {each.occasion for each in arrivals}
    occasions = find(Occasion, related=("subject",), group_id__in=groups, subject__code__in=wanted)
    passes = find(Pass, group_id__in=groups, code__in={each.code for each in arrivals})
    return Spoken(
        {(row.group_id, row.code): row for row in occasions}, {(row.group_id, row.code): row for row in passes}
    )


def new_scans(delivery: Delivery, arrivals: Iterable[Arrival], spoken: Spoken, now: datetime) -> list[Scan]:
    """The scans of one phone, not judged yet, in the order of their times."""
    scans = [_scan(delivery, each, spoken, now) for each in arrivals]
    return sorted(scans, key=lambda scan: (scan.at, scan.uuid))


def _scan(delivery: Delivery, each: Arrival, spoken: Spoken, now: datetime) -> Scan:
    """What would lie in the future happened at the latest now."""
    group_id = delivery.gate.group_id
    return new_row(
        Scan,
        uuid=each.uuid,
        gate=delivery.gate,
        group_id=group_id,
        device=delivery.device,
        occasion=spoken.occasions.get((group_id, each.occasion)),
        held=spoken.passes.get((group_id, each.code)),
        code=each.code,
        device_time=each.device_time,
        offset_ms=each.offset,
        at=min(each.device_time + each.offset * MILLISECOND, now),
        received_at=now,
        direction=each.direction,
        quantity=each.quantity,
        told=each.told,
        override=each.override,
    )


def asked_of(delivery: Delivery, scan: Scan) -> dict[str, Any]:
    """What the evaluator asks about every scan; entry, mark and passage are for the caller to add."""
    occasion = scan.occasion
    return {
        "now": milliseconds(scan.at),
        "drift": 0 if delivery.by_hand else delivery.offset - scan.offset_ms,
        "device": scan.device,
        "complete": True,
        "gate": _gate_facts(delivery),
        "read": {"kind": "code" if scan.code else "none", "signature": "good" if scan.code else "unchecked"},
        "occasion": occasion and {
            "code": occasion.code,
            "state": occasion.state,
            "starts_at": milliseconds(occasion.starts_at),
            "ends_at": milliseconds(occasion.ends_at),
        },
    }  # fmt: skip

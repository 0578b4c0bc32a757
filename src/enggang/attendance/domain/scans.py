"""Taking over what phones scanned. A batch may come twice, late, out of order, and from two phones at once."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from enggang.access.domain.links import actor_of_link
from enggang.attendance.enums import Method, Status, Verdict
from enggang.attendance.evaluator import evaluate
from enggang.attendance.models import Gate, Mark, Occasion, Pass, Scan
from enggang.attendance.rules import may_mark_attendance
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import ActRecord, act, act_each, record, record_subject, require
from enggang.core.gathering import Gathering
from enggang.core.hot import add_all, change, find, new_row

BATCH = 500
MILLISECOND = timedelta(milliseconds=1)
SEEN_ANEW = timedelta(seconds=10)
Key = tuple[int, int]  # occasion, holder
Listed = tuple[int, str]  # group, code


@dataclass(frozen=True, slots=True)
class Arrival:
    """One scan as a phone brings it. ``code`` is the pass code, empty when what was read is no pass of ours.

    ``offset`` is what the phone knew of its clock when it scanned: milliseconds to be added to ``device_time``.
    """

    uuid: uuid.UUID
    occasion: str
    code: str
    device_time: datetime
    offset: int


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


class Contact(NamedTuple):
    """A delivery, known by the address that it came to."""

    token: str
    device: str
    arrivals: Sequence[Arrival]
    offset: int
    waiting: int


class Brought(NamedTuple):
    """The gate of the address, if there is one, and the scans as they are on record in the order of the batch; none
    when the gate takes no scans any more."""

    gate: Gate | None
    scans: list[Scan] | None


@dataclass(slots=True)
class _Batch:
    """What is known while deliveries are judged; ``marks`` holds what the evaluator asks of a mark."""

    now: datetime
    occasions: dict[Listed, Occasion]
    passes: dict[Listed, Pass]
    brought: dict[uuid.UUID, Delivery] = field(default_factory=dict)  # by the scan
    marks: dict[Key, dict[str, Any]] = field(default_factory=dict)


def sync_scans(*, token: str, device: str, arrivals: Sequence[Arrival], offset: int, waiting: int) -> Brought:
    """Take over a batch that a phone brings to the address with ``token``, which is its right to do so.

    ``offset`` is what this very contact says of the phone's clock, ``waiting`` how many scans it still keeps. A scan
    whose uuid is known keeps its first verdict; everything is kept, also what is refused. The first mark of a holder
    stands, and which scan made it is read back from the mark: of two phones that bring the same pass in the same
    moment exactly one was first. Phones that come at once share one transaction and its queries, whose number does
    not grow with the scans.
    """
    return _together.ask(Contact(token, device, arrivals, offset, waiting))


def _receive(contacts: Sequence[Contact]) -> list[Brought]:
    """The gates of all are found in one question; who has none, or one that takes nothing more, brings nothing."""
    gates, now = Gate.objects.by_tokens({each.token for each in contacts}), clock.now()
    found = [gates.get(each.token) for each in contacts]
    taking = [gate is not None and gate.takes_scans_at(now) for gate in found]
    deliveries = [
        Delivery(gate, each.device, each.arrivals, each.offset, each.waiting, actor_of_link(gate.link))
        for each, gate, takes in zip(contacts, found, taking, strict=True)
        if gate is not None and takes
    ]
    scans = iter(sync_deliveries(deliveries) if deliveries else [])
    return [Brought(gate, next(scans) if takes else None) for gate, takes in zip(found, taking, strict=True)]


@act_each("attendance.sync_scans")
def sync_deliveries(deliveries: Sequence[Delivery], records: Sequence[ActRecord]) -> list[list[Scan]]:
    """Take over what several phones bring, as if one came after the other in this order."""
    now = clock.now()
    ids = {each.uuid for delivery in deliveries for each in delivery.arrivals}
    settled = {row.uuid: row for row in find(Scan, uuid__in=ids)}
    fresh = _fresh(deliveries, settled)
    if any(fresh):
        settled |= {scan.uuid: scan for scan in _take_over(deliveries, fresh, now)}
    for delivery, new, running in zip(deliveries, fresh, records, strict=True):
        running.tell(delivery.gate.subject, new=len(new), known=len(delivery.arrivals) - len(new))
    _note_contact(deliveries, now)
    return [[settled[each.uuid] for each in delivery.arrivals] for delivery in deliveries]


_together = Gathering(_receive)


@act("attendance.take_in_scans")
def take_in_scans(*, gate: Gate, saved: Mapping[str, Sequence[Arrival]], actor: Actor) -> list[Scan]:
    """Take over, by device, what phones of a gate had saved as a file because its address was dead.

    Judged by the same rule as what a phone brings itself, up to the moment at which the gate ended or was revoked;
    read twice, a file makes nothing twice, and a scan that came by itself before keeps its first verdict.
    """
    require(may_mark_attendance(actor, gate.organisation))
    scans: list[Scan] = []
    for device, arrivals in saved.items():
        for start in range(0, len(arrivals), BATCH):
            part = arrivals[start : start + BATCH]
            (found,) = sync_deliveries([Delivery(gate, device, part, 0, 0, actor, by_hand=True)])
            scans += found
    record_subject(gate.subject)
    record(scans=len(scans), devices=len(saved))
    return scans


def _fresh(deliveries: Sequence[Delivery], settled: Mapping[uuid.UUID, Scan]) -> list[list[Arrival]]:
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


def _open_batch(deliveries: Sequence[Delivery], fresh: Iterable[Arrival], now: datetime) -> _Batch:
    groups, arrivals = {each.gate.group_id for each in deliveries}, list(fresh)
    wanted = {each.occasion for each in arrivals}
    occasions = find(Occasion, related=("subject",), group_id__in=groups, subject__code__in=wanted)
    passes = find(Pass, group_id__in=groups, code__in={each.code for each in arrivals})
    return _Batch(
        now,
        {(row.group_id, row.code): row for row in occasions},
        {(row.group_id, row.code): row for row in passes},
    )


def _take_over(deliveries: Sequence[Delivery], fresh: Sequence[Sequence[Arrival]], now: datetime) -> list[Scan]:
    batch = _open_batch(deliveries, (each for new in fresh for each in new), now)
    scans: list[Scan] = []
    for delivery, new in zip(deliveries, fresh, strict=True):
        batch.brought |= {each.uuid: delivery for each in new}
        scans += sorted((_scan(batch, delivery, each) for each in new), key=lambda scan: (scan.at, scan.uuid))
    batch.marks = _marks(batch, scans)
    away = [key for key, mark in batch.marks.items() if mark["status"] != Status.PRESENT]
    winners = [scan for scan in scans if _judge(batch, scan)]
    if winners and not _write_marks(batch, winners, away):
        batch.marks = _marks(batch, winners)  # as they stand now: another phone was first with some
        for scan in winners:
            _judge(batch, scan)
    # In one order: two batches with the same scans wait, and never in a circle.
    add_all(sorted(scans, key=lambda scan: scan.uuid), skip_known=True)
    return scans


def _scan(batch: _Batch, delivery: Delivery, each: Arrival) -> Scan:
    """A scan not judged yet. What would lie in the future happened at the latest now."""
    group_id = delivery.gate.group_id
    return new_row(
        Scan,
        uuid=each.uuid,
        gate=delivery.gate,
        group_id=group_id,
        device=delivery.device,
        occasion=batch.occasions.get((group_id, each.occasion)),
        held=batch.passes.get((group_id, each.code)),
        code=each.code,
        device_time=each.device_time,
        offset_ms=each.offset,
        at=min(each.device_time + each.offset * MILLISECOND, batch.now),
        received_at=batch.now,
    )


def _marks(batch: _Batch, scans: Iterable[Scan]) -> dict[Key, dict[str, Any]]:
    """What is on record for these scans, as the evaluator asks for it."""
    keys = {_key(scan) for scan in scans if scan.occasion and scan.held}
    rows = find(Mark, occasion_id__in={key[0] for key in keys}, holder_id__in={key[1] for key in keys})
    found = {(row.occasion_id, row.holder_id): row for row in rows}
    devices = {each: delivery.device for each, delivery in batch.brought.items()}
    if others := {row.scan_uuid for row in found.values() if row.scan_uuid} - devices.keys():
        at_gates = Scan.objects.filter(uuid__in=others, gate__isnull=False)
        devices |= dict(at_gates.values_list("uuid", "device"))
    return {key: _seen(row, devices) for key, row in found.items()}


def _seen(row: Mark, devices: dict[uuid.UUID, str]) -> dict[str, Any]:
    device = devices.get(row.scan_uuid, "") if row.scan_uuid else ""
    return {"status": row.status, "at": milliseconds(row.at), "device": device, "by": row.scan_uuid}


def _judge(batch: _Batch, scan: Scan) -> bool:
    """Put the verdict on a scan; answers whether it is the one that marks its holder."""
    known = batch.marks.get(_key(scan)) if scan.occasion and scan.held else None
    made_by_this = known is not None and known["by"] == scan.uuid
    scan.verdict, scan.reason = evaluate(_question(batch, scan, None if made_by_this else known))
    accepted = scan.verdict == Verdict.ACCEPTED
    if accepted:
        batch.marks[_key(scan)] = {
            "status": Status.PRESENT, "at": milliseconds(scan.at), "device": scan.device, "by": scan.uuid,
        }  # fmt: skip
    return accepted


def _question(batch: _Batch, scan: Scan, mark: dict[str, Any] | None) -> dict[str, Any]:
    brought, occasion, held = batch.brought[scan.uuid], scan.occasion, scan.held
    return {
        "now": milliseconds(scan.at),
        "drift": 0 if brought.by_hand else brought.offset - scan.offset_ms,
        "device": scan.device,
        "complete": True,
        "gate": _gate_of(brought),
        "read": {"kind": "code" if scan.code else "none", "signature": "good" if scan.code else "unchecked"},
        "occasion": occasion and {
            "state": occasion.state,
            "starts_at": milliseconds(occasion.starts_at),
            "ends_at": milliseconds(occasion.ends_at),
        },
        "entry": held and {"revoked": held.is_revoked},
        "mark": mark,
    }  # fmt: skip


def _gate_of(brought: Delivery) -> dict[str, Any]:
    gate, link = brought.gate, brought.gate.link
    ends_at = link.expires_at
    if brought.by_hand and link.revoked_at is not None:
        ends_at = min(ends_at, link.revoked_at)
    return {
        "opens_at": milliseconds(gate.opened_at),
        "ends_at": milliseconds(ends_at),
        "revoked": link.revoked_at is not None and not brought.by_hand,
    }


def _write_marks(batch: _Batch, winners: Iterable[Scan], away: Iterable[Key]) -> bool:
    """Make the marks that are missing; whoever was down as excused, sick or absent before has come after all.

    Answers whether all of them are new, so that nobody else can have made one.
    """
    marks = {_key(scan): _mark(scan, batch.brought[scan.uuid].actor) for scan in reversed(list(winners))}
    made = add_all((marks[key] for key in sorted(marks)), skip_known=True)
    for key in sorted(marks.keys() & set(away)):
        mark = marks[key]
        values = {name: getattr(mark, name) for name in ("status", "method", "at", "by_key", "scan_uuid")}
        rows = Mark.objects.exclude(status=Status.PRESENT).filter(occasion_id=key[0], holder_id=key[1])
        rows.filter(at__lte=mark.at).update(**values)
    return made == len(marks)


def _mark(scan: Scan, actor: Actor) -> Mark:
    occasion_id, holder_id = _key(scan)
    return new_row(
        Mark,
        occasion_id=occasion_id,
        holder_id=holder_id,
        status=Status.PRESENT,
        method=Method.QR,
        at=scan.at,
        by_key=actor.key,
        scan_uuid=scan.uuid,
    )


def _key(scan: Scan) -> Key:
    assert scan.occasion_id and scan.held  # noqa: PT018 -- one fact: it names an occasion and a holder
    return scan.occasion_id, scan.held.holder_id


def milliseconds(at: datetime) -> int:
    return round(at.timestamp() * 1000)

"""Taking over what phones scanned. A batch may come twice, late, out of order, and from two phones at once."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from enggang.attendance.enums import Method, Status, Verdict
from enggang.attendance.evaluator import evaluate
from enggang.attendance.models import Gate, Mark, Occasion, Pass, Scan
from enggang.attendance.rules import may_scan_at_gate
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import act, record, record_subject, require

BATCH = 500
MILLISECOND = timedelta(milliseconds=1)
Key = tuple[int, int]  # occasion, holder


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


@dataclass(slots=True)
class _Batch:
    """What is known while one batch is judged; ``marks`` holds what the evaluator asks of a mark."""

    gate: Gate
    device: str
    offset: int
    now: datetime
    occasions: dict[str, Occasion]
    passes: dict[str, Pass]
    marks: dict[Key, dict[str, Any]] = field(default_factory=dict)


@act("attendance.sync_scans")
def sync_scans(
    *, gate: Gate, device: str, arrivals: Sequence[Arrival], offset: int, waiting: int, actor: Actor
) -> list[Scan]:
    """Take over a batch; answers its scans as they are on record, in the order of the batch.

    ``offset`` is what this very contact says of the phone's clock, ``waiting`` how many scans it still keeps. A scan
    whose uuid is known keeps its first verdict; everything is kept, also what is refused. The first mark of a holder
    stands, and which scan made it is read back from the mark: of two phones that bring the same pass in the same
    moment exactly one was first. The number of queries does not grow with the batch.
    """
    require(may_scan_at_gate(actor, gate.code))
    now = clock.now()
    settled = {row.uuid: row for row in Scan.objects.filter(uuid__in={each.uuid for each in arrivals})}
    fresh = {each.uuid: each for each in arrivals if each.uuid not in settled}
    if fresh:
        batch = _open_batch(gate, device, offset, now, list(fresh.values()))
        settled |= {scan.uuid: scan for scan in _take_over(batch, fresh.values(), actor)}
    Gate.objects.filter(pk=gate.pk).update(seen_at=now, waiting=waiting)
    record_subject(gate.subject)
    record(new=len(fresh), known=len(arrivals) - len(fresh))
    return [settled[each.uuid] for each in arrivals]


def _open_batch(gate: Gate, device: str, offset: int, now: datetime, fresh: Sequence[Arrival]) -> _Batch:
    occasions = Occasion.objects.filter(group_id=gate.group_id, subject__code__in={each.occasion for each in fresh})
    passes = Pass.objects.filter(group_id=gate.group_id, code__in={each.code for each in fresh})
    by_code = {row.code: row for row in passes}
    return _Batch(
        gate, device, offset, now, {row.code: row for row in occasions.select_related("subject")}, by_code
    )  # fmt: skip


def _take_over(batch: _Batch, fresh: Iterable[Arrival], actor: Actor) -> list[Scan]:
    scans = sorted((_scan(batch, each) for each in fresh), key=lambda scan: (scan.at, scan.uuid))
    batch.marks = _marks(batch, scans)
    away = [key for key, mark in batch.marks.items() if mark["status"] != Status.PRESENT]
    winners = [scan for scan in scans if _judge(batch, scan)]
    if winners:
        _write_marks(winners, away, actor)
        batch.marks = _marks(batch, winners)  # as they stand now: another phone may have been first
        for scan in winners:
            _judge(batch, scan)
    ordered = sorted(scans, key=lambda scan: scan.uuid)  # two batches with the same scans wait, and never in a circle
    Scan.objects.bulk_create(ordered, batch_size=BATCH, ignore_conflicts=True)
    return scans


def _scan(batch: _Batch, each: Arrival) -> Scan:
    """A scan not judged yet. What would lie in the future happened at the latest now."""
    return Scan(
        uuid=each.uuid,
        gate=batch.gate,
        group_id=batch.gate.group_id,
        device=batch.device,
        occasion=batch.occasions.get(each.occasion),
        held=batch.passes.get(each.code),
        code=each.code,
        device_time=each.device_time,
        offset_ms=each.offset,
        at=min(each.device_time + each.offset * MILLISECOND, batch.now),
        received_at=batch.now,
    )


def _marks(batch: _Batch, scans: Iterable[Scan]) -> dict[Key, dict[str, Any]]:
    """What is on record for these scans, as the evaluator asks for it."""
    keys = {_key(scan) for scan in scans if scan.occasion and scan.held}
    rows = Mark.objects.filter(occasion_id__in={key[0] for key in keys}, holder_id__in={key[1] for key in keys})
    found = {(row.occasion_id, row.holder_id): row for row in rows} if keys else {}
    devices = {scan.uuid: batch.device for scan in scans}
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
            "status": Status.PRESENT, "at": milliseconds(scan.at), "device": batch.device, "by": scan.uuid,
        }  # fmt: skip
    return accepted


def _question(batch: _Batch, scan: Scan, mark: dict[str, Any] | None) -> dict[str, Any]:
    link, occasion, held = batch.gate.link, scan.occasion, scan.held
    return {
        "now": milliseconds(scan.at),
        "drift": batch.offset - scan.offset_ms,
        "device": batch.device,
        "complete": True,
        "gate": {"ends_at": milliseconds(link.expires_at), "revoked": link.revoked_at is not None},
        "read": {"kind": "code" if scan.code else "none", "signature": "good" if scan.code else "unchecked"},
        "occasion": occasion and {
            "state": occasion.state,
            "starts_at": milliseconds(occasion.starts_at),
            "ends_at": milliseconds(occasion.ends_at),
        },
        "entry": held and {"revoked": held.is_revoked},
        "mark": mark,
    }  # fmt: skip


def _write_marks(winners: Iterable[Scan], away: Iterable[Key], actor: Actor) -> None:
    """Make the marks that are missing; whoever was down as excused, sick or absent before has come after all."""
    marks = {_key(scan): _mark(scan, actor) for scan in reversed(list(winners))}
    Mark.objects.bulk_create([marks[key] for key in sorted(marks)], batch_size=BATCH, ignore_conflicts=True)
    for key in sorted(marks.keys() & set(away)):
        mark = marks[key]
        values = {name: getattr(mark, name) for name in ("status", "method", "at", "by_key", "scan_uuid")}
        rows = Mark.objects.exclude(status=Status.PRESENT).filter(occasion_id=key[0], holder_id=key[1])
        rows.filter(at__lte=mark.at).update(**values)


def _mark(scan: Scan, actor: Actor) -> Mark:
    occasion_id, holder_id = _key(scan)
    return Mark(
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

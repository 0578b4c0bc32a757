"""Taking over what phones scanned. A batch may come twice, late, out of order, and from two phones at once."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from enggang.attendance.domain.arrivals import (
    Arrival,
    Delivery,
    Spoken,
    asked_of,
    milliseconds,
    new_scans,
    settle,
    spoken_of,
)  # fmt: skip
from enggang.attendance.enums import Method, Status, Verdict
from enggang.attendance.evaluator import evaluate
from enggang.attendance.models import Mark, Scan
from enggang.core.actor import Actor
from enggang.core.acts import ActRecord, act_each
from enggang.core.hot import add_all, find, new_row

Key = tuple[int, int]  # occasion, holder


@dataclass(slots=True)
class _Batch:
    """What is known while deliveries are judged; ``marks`` holds what the evaluator asks of a mark."""

    now: datetime
    spoken: Spoken
    brought: dict[uuid.UUID, Delivery] = field(default_factory=dict)  # by the scan
    marks: dict[Key, dict[str, Any]] = field(default_factory=dict)


@act_each("attendance.sync_scans")
def sync_deliveries(deliveries: Sequence[Delivery], records: Sequence[ActRecord]) -> list[list[Scan]]:
    """Take over what several phones bring, as if one came after the other in this order."""
    return settle(deliveries, records, partial(_take_over, deliveries))


def _take_over(deliveries: Sequence[Delivery], fresh: Sequence[Sequence[Arrival]], now: datetime) -> list[Scan]:
    batch = _Batch(now, spoken_of(deliveries, fresh))
    scans: list[Scan] = []
    for delivery, new in zip(deliveries, fresh, strict=True):
        batch.brought |= {each.uuid: delivery for each in new}
        scans += new_scans(delivery, new, batch.spoken, now)
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
    entry = scan.held and {"revoked": scan.held.is_revoked}
    return asked_of(batch.brought[scan.uuid], scan) | {"entry": entry, "mark": mark}


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

"""What a phone sends: read strictly, since nothing here was typed by a person who could be asked again."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from enggang.attendance.domain.arrivals import BATCH, Arrival
from enggang.attendance.enums import Direction, Verdict
from enggang.attendance.tokens import Keys, signed_code
from enggang.core import clock
from enggang.core.codes import normalise_code
from enggang.core.text import one_line

T = TypeVar("T")
LONGEST_READ = 300
MOST_AT_ONCE = 500
FARTHEST = 4_102_444_800_000  # the year 2100, in milliseconds


class NotUnderstood(ValueError):
    """The body is not what our own page sends."""


@dataclass(frozen=True, slots=True)
class Upload:
    device: str
    offset: int
    waiting: int
    arrivals: list[Arrival]


def understood(body: bytes, read: Callable[[dict[str, Any]], T]) -> T:
    """What ``read`` makes of a posted batch; whatever it stumbles over becomes NotUnderstood."""
    try:
        return read(json.loads(body))
    except NotUnderstood:
        raise
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError) as error:
        raise NotUnderstood(str(error)) from error


def batch_of(data: dict[str, Any], name: str, most: int) -> list[dict[str, Any]]:
    rows = data[name]
    if not isinstance(rows, list) or len(rows) > most:
        raise NotUnderstood(f"more than {most} {name} in one batch")
    return rows


def sender_of(data: dict[str, Any]) -> tuple[str, int]:
    """The device, and how much more waits on it."""
    return str(uuid.UUID(data["device"])), min(_whole(data["waiting"]), 1_000_000)


def read_upload(body: bytes) -> Upload:
    """The posted batch. Signatures are checked here, before the act opens its transaction. Raises NotUnderstood."""
    return understood(body, _upload)


def _upload(data: dict[str, Any]) -> Upload:
    scans, keys = batch_of(data, "scans", BATCH), Keys()
    device, waiting = sender_of(data)
    offset = _clock(clock.now()) - _whole(data["sent_at"])
    return Upload(device, offset, waiting, [_arrival(each, keys) for each in scans])


def read_row(row: Mapping[str, str], keys: Keys) -> tuple[str, Arrival] | None:
    """The device and the scan of one row of a saved file; None when it is none."""
    try:
        data = {
            "id": row["id"], "occasion": row["sesi"], "read": row["kode"], "at": int(row["waktu_ms"]),
            "offset": int(row["selisih_ms"]), "direction": row.get("arah") or Direction.IN,
            "quantity": int(row.get("orang") or 1), "told": row.get("kata_ponsel", ""),
            "override": row.get("alasan", ""),
        }  # fmt: skip
        return str(uuid.UUID(row["perangkat"])), _arrival(data, keys)
    except (ValueError, OverflowError):
        return None


def _arrival(data: dict[str, Any], keys: Keys) -> Arrival:
    return Arrival(
        uuid=uuid.UUID(data["id"]),
        occasion=str(data["occasion"])[:16].replace("\x00", ""),
        code=_code(str(data["read"])[:LONGEST_READ], keys),
        device_time=datetime.fromtimestamp(_whole(data["at"]) / 1000, UTC),
        offset=max(-FARTHEST, min(int(data["offset"]), FARTHEST)),
        direction=Direction(data.get("direction", Direction.IN)),
        quantity=_quantity(data.get("quantity", 1)),
        told=Verdict(data["told"]) if data.get("told") else "",
        override=one_line(str(data.get("override", "")), 120),
    )


def _quantity(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MOST_AT_ONCE:
        raise NotUnderstood(f"{value!r} people do not go through a gate at once")
    return value


def _code(text: str, keys: Keys) -> str:
    """The pass code out of a token that we signed, or as typed; empty when it is neither."""
    if "." in text:
        return signed_code(text, keys) or ""
    return normalise_code(text)[:16]


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= FARTHEST:
        raise NotUnderstood(f"{value!r} is no time or count")
    return value


def _clock(at: datetime) -> int:
    return round(at.timestamp() * 1000)

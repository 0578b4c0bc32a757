"""What a phone sends: read strictly, since nothing here was typed by a person who could be asked again."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from enggang.attendance.domain.arrivals import BATCH, Arrival
from enggang.attendance.enums import Direction, Verdict
from enggang.attendance.tokens import Keys, signed_code
from enggang.core import clock
from enggang.core.codes import normalise_code
from enggang.core.text import one_line

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


def read_upload(body: bytes) -> Upload:
    """The posted batch. Signatures are checked here, before the act opens its transaction. Raises NotUnderstood."""
    try:
        data = json.loads(body)
        scans, keys = data["scans"], Keys()
        if not isinstance(scans, list) or len(scans) > BATCH:
            raise NotUnderstood(f"more than {BATCH} scans in one batch")
        return Upload(
            device=str(uuid.UUID(data["device"])),
            offset=_clock(clock.now()) - _whole(data["sent_at"]),
            waiting=min(_whole(data["waiting"]), 1_000_000),
            arrivals=[_arrival(each, keys) for each in scans],
        )
    except NotUnderstood:
        raise
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError) as error:
        raise NotUnderstood(str(error)) from error


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

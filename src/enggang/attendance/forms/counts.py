"""What a counting phone sends: read strictly, since nothing here was typed by a person who could be asked again."""

from __future__ import annotations

import csv
import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _

from enggang.attendance.domain.counts import BATCH, CountArrival
from enggang.attendance.forms.saved import MAX_BYTES, MOST_ROWS, SHOWN_TEXT, NoSavedFile
from enggang.attendance.forms.sync import FARTHEST, NotUnderstood, batch_of, sender_of, understood
from enggang.attendance.models.tally import MOST_PEOPLE

COLUMNS = ("id", "perangkat", "telepon", "dari_ms", "sampai_ms", "selisih_ms", "masuk", "keluar")


@dataclass(frozen=True, slots=True)
class CountUpload:
    device: str
    waiting: int
    arrivals: list[CountArrival]


def read_count_upload(body: bytes) -> CountUpload:
    """The posted batch. Raises NotUnderstood."""
    return understood(body, _upload)


def _upload(data: dict[str, Any]) -> CountUpload:
    counts = batch_of(data, "counts", BATCH)
    return CountUpload(*sender_of(data), arrivals=[_arrival(each) for each in counts])


def _arrival(data: dict[str, Any]) -> CountArrival:
    begins, ends, offset = _whole(data["from"]), _whole(data["to"]), _whole(abs(data["offset"]))
    if ends < begins:
        raise NotUnderstood("a count that ends before it begins")
    _whole(begins + data["offset"])
    _whole(ends + data["offset"])
    return CountArrival(
        uuid=uuid.UUID(data["id"]),
        begins=datetime.fromtimestamp(begins / 1000, UTC),
        ends=datetime.fromtimestamp(ends / 1000, UTC),
        entered=_whole(data["in"], MOST_PEOPLE),
        left=_whole(data["out"], MOST_PEOPLE),
        offset=offset if data["offset"] >= 0 else -offset,
    )


def _whole(value: object, most: int = FARTHEST) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise NotUnderstood(f"{value!r} is no time or count")
    return value


@dataclass(slots=True)
class SavedCounts:
    """``arrivals`` by phone code, then by device; ``rejected`` rows with what they say and why they were left."""

    arrivals: dict[str, dict[str, list[CountArrival]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    rejected: list[tuple[int, str, str]] = field(default_factory=list)


def read_saved_counts(content: bytes, phones: set[str]) -> SavedCounts:
    """The file that a phone saves when its address is dead. Raises NoSavedFile."""
    if len(content) > MAX_BYTES:
        raise NoSavedFile(_("The file is larger than 5 MB."))
    lines = content.decode("utf-8-sig", errors="replace").replace("\x00", "").splitlines()
    head = lines[0] if lines else ""
    rows = csv.DictReader(lines, delimiter=";" if head.count(";") > head.count(",") else ",")
    if not set(COLUMNS) <= set(rows.fieldnames or ()):
        raise NoSavedFile(_("This is not a file that a counting phone has saved. Take the one that it offers."))
    saved = SavedCounts()
    for number, row in enumerate(rows, 2):
        if number > MOST_ROWS + 1:
            raise NoSavedFile(_("The file has more than 20,000 rows."))
        _take(saved, number, {name: (row.get(name) or "").strip() for name in COLUMNS}, phones)
    return saved


def _take(saved: SavedCounts, number: int, row: Mapping[str, str], phones: set[str]) -> None:
    try:
        device, arrival = str(uuid.UUID(row["perangkat"])), _read_row(row)
    except (ValueError, OverflowError):
        why = _("This row cannot be read. Was the file changed, for example in Excel?")
    else:
        if row["telepon"] in phones:
            saved.arrivals[row["telepon"]][device].append(arrival)
            return
        why = _("It is of no phone of this point.")
    saved.rejected.append((number, " ".join(filter(None, row.values()))[:SHOWN_TEXT], why))


def _read_row(row: Mapping[str, str]) -> CountArrival:
    names = {"from": "dari_ms", "to": "sampai_ms", "offset": "selisih_ms", "in": "masuk", "out": "keluar"}
    return _arrival({"id": row["id"], **{name: int(row[column]) for name, column in names.items()}})

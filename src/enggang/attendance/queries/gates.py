"""What a phone at a gate is given: little, for hours, and wiped by the phone itself when its time is over."""

from __future__ import annotations

import base64
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from enggang.attendance.models import Gate, Mark, Occasion, Pass, Scan
from enggang.attendance.queries.roster import people_of
from enggang.attendance.tokens import PURPOSE
from enggang.core import clock, keystore

NAMES_LIVE = timedelta(hours=12)  # since the last contact; the signatures of passes can be checked without names
AROUND = timedelta(hours=36)


def gate_list(gate: Gate) -> dict[str, Any]:
    """The list of a gate as plain data: occasions of these days, passes with name and agency, who is marked.

    ``wipe_at`` is when names must be gone from the phone, ``ends_at`` when it may scan no more. Instants are
    milliseconds since 1970. Six queries for any size.
    """
    now, ends_at = clock.now(), gate.link.expires_at
    occasions = _occasions(gate, now)
    passes = list(Pass.objects.filter(group_id=gate.group_id).order_by("pk"))
    names = people_of({row.holder_id for row in passes if not row.is_revoked})
    marks = _marks(occasions)
    return {
        "gate": {"name": gate.name, "ends_at": _ms(ends_at), "wipe_at": _ms(min(ends_at, now + NAMES_LIVE))},
        "zone": gate.organisation.time_zone,
        "keys": {kid: base64.b64encode(raw).decode() for kid, raw in keystore.public_keys(PURPOSE).items()},
        "occasions": [_occasion(row) for row in occasions],
        "passes": [_pass(row, names, marks) for row in passes],
    }


def _occasions(gate: Gate, now: datetime) -> list[Occasion]:
    rows = Occasion.objects.filter(group_id=gate.group_id, ends_at__gt=now - AROUND)
    return list(rows.filter(starts_at__lt=gate.link.expires_at + AROUND).select_related("subject"))


def _marks(occasions: list[Occasion]) -> dict[int, dict[str, list[Any]]]:
    """By holder, then by occasion code: status and instant."""
    codes = {row.pk: row.code for row in occasions}
    found: dict[int, dict[str, list[Any]]] = {}
    for row in Mark.objects.filter(occasion_id__in=codes):
        found.setdefault(row.holder_id, {})[codes[row.occasion_id]] = [row.status, _ms(row.at)]
    return found


def _occasion(row: Occasion) -> dict[str, Any]:
    return {
        "code": row.code,
        "title": row.title,
        "state": row.state,
        "starts_at": _ms(row.starts_at),
        "ends_at": _ms(row.ends_at),
    }


def _pass(
    row: Pass, names: dict[int, tuple[str, str]], marks: dict[int, dict[str, list[Any]]]
) -> dict[str, Any]:  # fmt: skip
    name, agency = names.get(row.holder_id, ("", ""))
    return {
        "code": row.code,
        "name": name,
        "agency": agency,
        "revoked": row.is_revoked,
        "marks": marks.get(row.holder_id, {}),
    }


def _ms(at: datetime) -> int:
    return round(at.timestamp() * 1000)


def gates_of(group_id: int) -> list[Gate]:
    """The gates of a group, the newest first."""
    return list(Gate.objects.filter(group_id=group_id).select_related("link", "subject", "organisation"))


def doubtful_scans(group_id: int) -> QuerySet[Scan]:
    """The scans of a group that somebody has to look at, the newest first."""
    rows = Scan.objects.conflicts().filter(group_id=group_id)
    return rows.select_related("held", "gate", "occasion__subject").order_by("-received_at", "-pk")

"""What a phone at a gate is given: little, for hours, and wiped by the phone itself when its time is over."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from enggang.attendance.enums import Status, Verdict
from enggang.attendance.models import Gate, Mark, Occasion, Pass, Presence, Scan, SettledScan
from enggang.attendance.queries.roster import people_of
from enggang.attendance.tokens import PURPOSE
from enggang.core import clock, keystore

NAMES_LIVE = timedelta(hours=12)  # since the last contact; the signatures of passes can be checked without names
AROUND = timedelta(hours=36)
CHUNK = 500


def gate_list(gate: Gate) -> dict[str, Any]:
    """The list of a gate as plain data: occasions of these days, passes with name, agency, marks and how often used.

    ``wipe_at`` is when names must be gone from the phone, ``ends_at`` when it may scan no more. Instants are
    milliseconds since 1970. Seven queries for any size.
    """
    now, ends_at = clock.now(), gate.link.expires_at
    occasions = _occasions(gate, now)
    passes = list(Pass.objects.filter(group_id=gate.group_id).order_by("pk"))
    names = people_of({row.holder_id for row in passes if not row.is_revoked})
    people = _tickets(occasions, passes, names) if gate.is_open else _signers(occasions, passes, names)
    return {
        "gate": {
            "code": gate.code,
            "name": gate.name,
            "opens_at": _ms(gate.opened_at),
            "ends_at": _ms(ends_at),
            "wipe_at": _ms(min(ends_at, now + NAMES_LIVE)),
            "open": gate.is_open,
            "may_override": gate.may_override,
        },
        "zone": gate.organisation.time_zone,
        "keys": {kid: base64.b64encode(raw).decode() for kid, raw in keystore.public_keys(PURPOSE).items()},
        "occasions": [_occasion(row) for row in occasions],
        "passes": people,
    }


Names = dict[int, tuple[str, str]]


def _signers(occasions: list[Occasion], passes: list[Pass], names: Names) -> list[dict[str, Any]]:
    marks, uses = _marks(occasions), _uses(occasions)
    return [_pass(row, names, marks, uses) for row in passes]


def _tickets(occasions: list[Occasion], passes: list[Pass], names: Names) -> list[dict[str, Any]]:
    """Passes on which several may come and go: thousands of them, so what says nothing is left out. ``seen`` is by
    occasion: how many are inside, how many came in in all, when and by which phone."""
    codes = {row.pk: row.code for row in occasions}
    seen: dict[int, dict[str, list[Any]]] = {}
    for row in Presence.objects.filter(occasion_id__in=codes, at__isnull=False):
        seen.setdefault(row.held_id, {})[codes[row.occasion_id]] = [
            row.inside,
            row.entered,
            _ms(row.at) if row.at else None,
            row.device,
        ]
    return [_ticket(row, names, seen, codes) for row in passes if row.only_id is None or row.only_id in codes]


def _ticket(row: Pass, names: Names, seen: dict[int, dict[str, list[Any]]], codes: dict[int, str]) -> dict[str, Any]:
    name, note = names.get(row.holder_id, ("", ""))
    facts = {
        "code": row.code,
        "name": name,
        "agency": note,
        "quantity": row.quantity,
        "only": codes[row.only_id] if row.only_id else "",
        "withheld": row.withheld,
        "revoked": row.is_revoked,
        "seen": seen.get(row.pk, {}),
    }
    return {key: value for key, value in facts.items() if value}


def _occasions(gate: Gate, now: datetime) -> list[Occasion]:
    rows = Occasion.objects.filter(group_id=gate.group_id, ends_at__gt=now - AROUND)
    return list(rows.filter(starts_at__lt=gate.link.expires_at + AROUND).select_related("subject"))


def _marks(occasions: list[Occasion]) -> dict[int, dict[str, list[Any]]]:
    """Who is present: by holder, then by occasion code, status and instant. Who is sick or on leave is no gate's
    business; of those the server knows, and says so when the scan arrives."""
    codes = {row.pk: row.code for row in occasions}
    found: dict[int, dict[str, list[Any]]] = {}
    for row in Mark.objects.filter(occasion_id__in=codes, status=Status.PRESENT):
        found.setdefault(row.holder_id, {})[codes[row.occasion_id]] = [row.status, _ms(row.at)]
    return found


def _uses(occasions: list[Occasion]) -> dict[int, dict[str, list[int]]]:
    """When each pass was shown at each occasion, at whichever gate: by pass, then by occasion code, oldest first.

    One friend with five passes is seen by the face; one pass shown by five friends is seen by this.
    """
    codes = {row.pk: row.code for row in occasions}
    found: dict[int, dict[str, list[int]]] = {}
    shown = Scan.objects.filter(occasion__in=codes, verdict__in=[Verdict.ACCEPTED, Verdict.REPEATED])
    for held, occasion, at in shown.order_by("at").values_list("held", "occasion", "at"):
        found.setdefault(held, {}).setdefault(codes[occasion], []).append(_ms(at))
    return found


def _occasion(row: Occasion) -> dict[str, Any]:
    return {
        "code": row.code,
        "title": row.title,
        "state": row.state,
        "starts_at": _ms(row.starts_at),
        "ends_at": _ms(row.ends_at),
        "room": row.room,
        "re_entry": row.re_entry,
    }


def _pass(
    row: Pass,
    names: Names,
    marks: dict[int, dict[str, list[Any]]],
    uses: dict[int, dict[str, list[int]]],
) -> dict[str, Any]:
    name, agency = names.get(row.holder_id, ("", ""))
    return {
        "code": row.code,
        "name": name,
        "agency": agency,
        "revoked": row.is_revoked,
        "marks": marks.get(row.holder_id, {}),
        "uses": uses.get(row.pk, {}),
    }


def _ms(at: datetime) -> int:
    return round(at.timestamp() * 1000)


def gates_of(group_id: int) -> list[Gate]:
    """The gates of a group, the newest first."""
    return list(Gate.objects.filter(group_id=group_id).select_related("link", "subject", "organisation"))


def known_scans(ids: Iterable[UUID]) -> set[object]:
    """Which of these scans are on record already."""
    wanted, found = list(ids), set[object]()
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        found |= set(Scan.objects.filter(uuid__in=part).values_list("uuid", flat=True))
    return found


def doubtful_scans(group_id: int) -> QuerySet[Scan]:
    """The scans of a group that somebody has to look at and nobody has settled, the newest first."""
    rows = Scan.objects.unsettled().filter(group_id=group_id)
    return rows.select_related("held", "gate", "occasion__subject").order_by("-received_at", "-pk")


def settled_scans(group_id: int) -> QuerySet[SettledScan]:
    """What somebody has settled in a group, the last first."""
    rows = SettledScan.objects.filter(scan__group=group_id)
    related = ("scan__held", "scan__gate", "scan__occasion")
    return rows.select_related(*related).order_by("-settled_at", "-pk")


def present_among(scans: Iterable[Scan]) -> set[tuple[int, int]]:
    """Which of these scans' holders are down as present, as (occasion, holder). One query."""
    keys = {(row.occasion_id, row.held.holder_id) for row in scans if row.occasion_id and row.held}
    marks = Mark.objects.filter(
        occasion__in={key[0] for key in keys}, holder__in={key[1] for key in keys}, status=Status.PRESENT
    )
    return {key for key in marks.values_list("occasion_id", "holder_id") if key in keys}

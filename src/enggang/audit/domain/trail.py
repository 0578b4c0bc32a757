"""The sink that every act writes through, and the record of reading sensitive fields."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from enggang.audit.models import AuditEntry
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import ActRecord, act, record
from enggang.core.bulk import insert_rows, instant
from enggang.core.hot import add_all, new_row


def write_acts(acts: list[ActRecord]) -> None:
    """An act with those inside it, in one statement."""
    now = clock.now()
    add_all(new_row(AuditEntry, **_columns(each, now)) for each in acts)


def write_entry(running: ActRecord) -> None:
    write_acts([running])


def write_entries(records: Iterable[ActRecord]) -> None:
    """Many rows as one set: what a bulk import did, row by row."""
    fields = ("at", "code", "actor_kind", "actor_key", "user_id", "subject_code", "organisation_code", "details")
    insert_rows(AuditEntry, fields, _rows(records))


def _rows(records: Iterable[ActRecord]) -> Iterator[tuple[Any, ...]]:
    now, last, text = instant(clock.now()), None, ""
    for each in records:
        if each.details is not last:  # most of a set have one and the same
            last, text = each.details, json.dumps(each.details)
        actor = each.actor
        yield (
            now, each.code, actor.kind.value, actor.key, actor.user_id, each.subject_code, each.organisation_code, text,
        )  # fmt: skip


def record_reading(*, actor: Actor, field: str, subject_code: str, organisation_code: str = "") -> None:
    """Note that a person read a sensitive field (law 8); call it where the value is shown."""
    write_entry(ActRecord("audit.read_field", actor, subject_code, organisation_code, {"field": field}))


def record_readings(*, actor: Actor, field: str, subjects: Iterable[Any]) -> None:
    """The same for a list of people, in one statement."""
    details = {"field": field}
    write_acts([
        ActRecord("audit.read_field", actor, each.code, each.organisation_code, details) for each in subjects
    ])  # fmt: skip


@act("audit.export_trail")
def export_trail(*, actor: Actor, count: int, form: str) -> int:
    """Note that part of the trail leaves the house as a file of ``count`` rows in ``form`` ("csv" or "xlsx")."""
    record(count=count, form=form)
    return count


def _columns(running: ActRecord, now: datetime) -> dict[str, object]:
    actor = running.actor
    return {
        "at": now,
        "code": running.code,
        "actor_kind": actor.kind.value,
        "actor_key": actor.key,
        "user_id": actor.user_id,
        "subject_code": running.subject_code,
        "organisation_code": running.organisation_code,
        "details": running.details,
    }

"""Scans that come late, twice, together and out of order."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enggang.access.domain.links import open_link
from enggang.access.enums import LinkScope
from enggang.attendance.domain import cancel_occasion, mark_list, open_gate, revoke_pass, sync_scans
from enggang.attendance.domain.arrivals import Arrival
from enggang.attendance.enums import Status
from enggang.attendance.models import Gate, Mark, Occasion, Pass, Scan
from enggang.audit.models import AuditEntry
from enggang.core import clock
from enggang.core.actor import SYSTEM
from tests.attendance.factories import MORNING, NOON, make_occasion, make_pass

pytestmark = pytest.mark.django_db
ONE, TWO = str(uuid.uuid4()), str(uuid.uuid4())


TOKENS: dict[str, str] = {}  # of gates, by their codes


def make_gate(occasion: Occasion, name: str = "Pintu") -> Gate:
    with clock.frozen_at(MORNING):
        gate, token = open_gate(
            group=occasion.group, organisation=occasion.organisation, name=name, hours=12, actor=SYSTEM
        )  # fmt: skip
    TOKENS[gate.code] = token
    return gate


def bring(gate: Gate, arrivals: Sequence[Arrival], *, device: str = ONE, offset: int = 0) -> list[Scan]:
    brought = sync_scans(token=TOKENS[gate.code], device=device, arrivals=arrivals, offset=offset, waiting=0)
    assert brought.gate == gate
    assert brought.scans is not None
    return brought.scans


def arrival(occasion: Occasion, held: Pass | None, at: datetime = MORNING, offset: int = 0) -> Arrival:
    return Arrival(uuid.uuid4(), occasion.code, held.code if held else "", at, offset)


def sync(gate: Gate, *arrivals: Arrival, device: str = ONE, offset: int = 0) -> list[tuple[str, str]]:
    with clock.frozen_at(NOON):
        scans = bring(gate, arrivals, device=device, offset=offset)
    return [(str(scan.verdict), str(scan.reason)) for scan in scans]


def test_a_batch_marks_its_holders_at_the_time_they_were_scanned() -> None:
    occasion = make_occasion()
    held = [make_pass(occasion) for _ in range(3)]
    gate = make_gate(occasion)
    assert sync(gate, *(arrival(occasion, each) for each in held)) == [("accepted", "")] * 3
    marks = Mark.objects.values_list("status", "method", "at", "by_key").distinct()
    assert list(marks) == [("present", "qr", MORNING, f"link:{gate.link_id}")]
    gate.refresh_from_db()
    assert gate.seen_at == NOON


def test_the_same_batch_again_gets_the_same_answer_and_makes_nothing() -> None:
    occasion = make_occasion()
    gate = make_gate(occasion)
    held = make_pass(occasion)
    batch = [arrival(occasion, held), arrival(occasion, held, MORNING + timedelta(minutes=1)), arrival(occasion, None)]
    first = sync(gate, *batch)
    assert first == [("accepted", ""), ("repeated", "again"), ("refused", "unreadable")]
    assert sync(gate, *batch) == first
    assert sync(gate, *batch, device=TWO) == first  # whoever brings it: a scan is known by its id
    assert (Mark.objects.count(), Scan.objects.count()) == (1, 3)


def test_the_same_pass_from_two_phones_is_one_mark_and_one_conflict() -> None:
    occasion = make_occasion()
    held = make_pass(occasion)
    gate = make_gate(occasion)
    assert sync(gate, arrival(occasion, held)) == [("accepted", "")]
    assert sync(gate, arrival(occasion, held, MORNING + timedelta(seconds=40)), device=TWO) == [
        ("repeated", "two_devices")
    ]
    assert Mark.objects.get().at == MORNING
    assert [scan.reason for scan in Scan.objects.conflicts()] == ["two_devices"]


def test_what_does_not_fit_is_kept_with_its_reason_and_marks_nobody() -> None:
    occasion, cancelled, foreign = make_occasion(), make_occasion(), make_occasion()
    Occasion.objects.filter(pk=cancelled.pk).update(group=occasion.group)
    held, revoked = make_pass(occasion), make_pass(occasion)
    gate = make_gate(occasion)
    cancel_occasion(occasion=cancelled, actor=SYSTEM)
    revoke_pass(holder=revoked.holder, group=occasion.group, actor=SYSTEM)
    assert sync(
        gate,
        arrival(occasion, revoked),
        arrival(cancelled, held),
        arrival(foreign, held),
        arrival(occasion, make_pass(foreign)),
        arrival(occasion, held, NOON - timedelta(minutes=1) + timedelta(days=1)),
    ) == [("refused", "revoked"), ("refused", "cancelled"), ("refused", "no_occasion"), ("refused", "unknown"), ("accepted", "")]  # fmt: skip
    assert [mark.holder_id for mark in Mark.objects.all()] == [held.holder_id]
    assert Mark.objects.get().at == NOON  # not in the future
    assert Scan.objects.count() == 5


def test_a_scan_after_the_gate_has_ended_is_kept_but_not_counted() -> None:
    occasion = make_occasion()
    gate = make_gate(occasion)
    held = make_pass(occasion)
    late = arrival(occasion, held, MORNING + timedelta(hours=13))
    with clock.frozen_at(MORNING + timedelta(hours=14)):
        (scan,) = bring(gate, [late])
    assert (scan.verdict, scan.reason) == ("refused", "gate_ended")
    assert not Mark.objects.exists()


def test_a_phone_whose_clock_is_wrong_is_corrected_and_one_that_changed_is_told() -> None:
    occasion = make_occasion()
    slow, changed = make_pass(occasion), make_pass(occasion)
    gate = make_gate(occasion)
    hour = 3_600_000
    behind = MORNING - timedelta(hours=1)
    assert sync(
        gate, arrival(occasion, slow, behind, hour), arrival(occasion, changed, behind, 2 * hour), offset=hour
    ) == [("accepted", ""), ("accepted", "clock")]
    assert Mark.objects.get(holder=slow.holder).at == MORNING


def test_the_list_written_after_the_scan_stands_and_the_one_before_gives_way() -> None:
    occasion = make_occasion()
    before, after = make_pass(occasion), make_pass(occasion)
    gate = make_gate(occasion)
    with clock.frozen_at(MORNING - timedelta(hours=1)):
        mark_list(occasion=occasion, statuses={before.holder.code: Status.EXCUSED}, actor=SYSTEM)
    with clock.frozen_at(MORNING + timedelta(hours=1)):
        mark_list(occasion=occasion, statuses={after.holder.code: Status.ABSENT}, actor=SYSTEM)
    assert sync(gate, arrival(occasion, before), arrival(occasion, after)) == [
        ("accepted", ""), ("refused", "overruled"),
    ]  # fmt: skip
    assert [Mark.objects.get(holder=each.holder).status for each in (before, after)] == ["present", "absent"]


def test_only_the_gates_own_link_may_bring_scans_and_every_batch_is_on_the_trail() -> None:
    occasion = make_occasion()
    gate = make_gate(occasion)
    token = open_link(scope=LinkScope.WALL, subject=gate.subject, expires_at=NOON, actor=SYSTEM)[1]
    for foreign in (token, "", "x" * 100, TOKENS[gate.code][:-1]):
        assert sync_scans(token=foreign, device=ONE, arrivals=[], offset=0, waiting=0) == (None, None)
    sync(gate, arrival(occasion, make_pass(occasion)))
    entry = AuditEntry.objects.filter(code="attendance.sync_scans").get()
    assert entry.details == {"new": 1, "known": 0}


def test_a_large_batch_asks_no_more_than_a_small_one() -> None:
    occasion = make_occasion()
    gate = make_gate(occasion)
    held = [make_pass(occasion) for _ in range(40)]
    sync(gate, arrival(occasion, held[0]))  # the gate has been heard of
    with CaptureQueriesContext(connection) as few:
        sync(gate, arrival(occasion, held[1]))
    with CaptureQueriesContext(connection) as many:
        sync(gate, *(arrival(occasion, each) for each in held[2:]))
    assert len(many) == len(few)


@pytest.mark.django_db(transaction=True)
def test_two_phones_in_the_same_moment_make_one_mark_each_and_no_second_acceptance() -> None:
    occasion = make_occasion()
    held = [make_pass(occasion) for _ in range(30)]
    gate = make_gate(occasion)
    answers: list[tuple[str, str]] = []
    start = threading.Barrier(4)

    def bring(device: str, passes: list[Pass]) -> None:
        batches = [[arrival(occasion, each) for each in passes[at : at + 5]] for at in range(0, 30, 5)]
        start.wait()
        for batch in batches:
            answers.extend(sync(gate, *batch, device=device))
        connection.close()

    threads = [threading.Thread(target=bring, args=(str(uuid.uuid4()), held[::way])) for way in (1, -1, 1, -1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 120
    assert answers.count(("accepted", "")) == 30
    assert answers.count(("repeated", "two_devices")) == 90
    assert (Mark.objects.count(), Scan.objects.count()) == (30, 120)

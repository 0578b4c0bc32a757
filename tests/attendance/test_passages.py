"""Gates where people come and go: families on one ticket, exits, a bound, a supervisor, and phones without signal."""

from __future__ import annotations

import random
import re
import threading
import uuid
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enggang.access.enums import Role
from enggang.attendance.domain import (
    change_occasion,
    issue_pass,
    open_gate,
    open_occasion,
    revoke_gate,
    revoke_pass,
    sync_scans,
)
from enggang.attendance.domain.arrivals import Arrival
from enggang.attendance.domain.doubts import settle_scan
from enggang.attendance.domain.passages import Written, enter_passages
from enggang.attendance.enums import Direction, OccasionKind, Withheld
from enggang.attendance.models import Gate, Occasion, Pass, Presence, Scan
from enggang.attendance.queries.gates import gate_list
from enggang.attendance.queries.passages import numbers, presences_amiss
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.core.codes import grouped
from enggang.core.models import Subject
from tests.attendance.factories import (
    EVENING,
    MORNING,
    NOON,
    make_actor,
    make_group,
    make_occasion,
    make_organisation,
    signed_in,
)
from tests.attendance.test_gate_pages import body
from tests.attendance.test_gate_pages import bring as post
from tests.attendance.test_gate_pages import scan as posted_scan

pytestmark = pytest.mark.django_db
ONE, TWO = str(uuid.uuid4()), str(uuid.uuid4())


def make_open(group: Subject | None = None, starts_at: datetime = MORNING, **terms: Any) -> Occasion:
    organisation = make_organisation()
    return open_occasion(
        organisation=organisation, group=group or make_group(), title="Saprahan", starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=8), kind=OccasionKind.OPEN, actor=SYSTEM, **terms,
    )  # fmt: skip


def make_ticket(occasion: Occasion, quantity: int = 5, **terms: Any) -> Pass:
    holder = Subject.objects.make(kind="booking")
    return issue_pass(
        holder=holder, group=occasion.group, organisation=occasion.organisation, quantity=quantity, actor=SYSTEM, **terms
    )  # fmt: skip


def gate_at(
    occasion: Occasion, *, may_override: bool = False, hours: int = 12, at: datetime = MORNING
) -> tuple[Gate, str]:
    with clock.frozen_at(at):
        return open_gate(
            group=occasion.group, organisation=occasion.organisation, name="Gerbang", hours=hours,
            kind=OccasionKind.OPEN, may_override=may_override, actor=SYSTEM,
        )  # fmt: skip


def read(
    occasion: Occasion,
    held: Pass,
    quantity: int = 1,
    direction: str = Direction.IN,
    at: datetime = MORNING,
    **over: Any,
) -> Arrival:
    return Arrival(uuid.uuid4(), occasion.code, held.code, at, 0, direction, quantity, **over)


def bring(token: str, *arrivals: Arrival, device: str = ONE, at: datetime = NOON) -> list[tuple[str, str]]:
    with clock.frozen_at(at):
        brought = sync_scans(token=token, device=device, arrivals=arrivals, offset=0, waiting=0)
    assert brought.scans is not None
    return [(str(scan.verdict), str(scan.reason)) for scan in brought.scans]


def test_a_family_comes_in_parts_and_never_as_more_than_the_ticket_says() -> None:
    occasion = make_open()
    held, (_gate, token) = make_ticket(occasion), gate_at(occasion)
    assert bring(token, read(occasion, held, 3), read(occasion, held, 2, at=MORNING + timedelta(minutes=1))) == [
        ("accepted", ""), ("accepted", ""),
    ]  # fmt: skip
    assert bring(token, read(occasion, held)) == [("repeated", "all_in")]
    assert bring(token, read(occasion, held), device=TWO) == [("repeated", "two_devices")]
    assert bring(token, read(occasion, held, 2, Direction.OUT), read(occasion, held, at=NOON)) == [("accepted", "")] * 2
    presence = Presence.objects.get()
    assert (presence.inside, presence.entered) == (4, 6)


def test_a_batch_that_comes_again_counts_nobody_twice() -> None:
    occasion = make_open()
    held, (_gate, token) = make_ticket(occasion), gate_at(occasion)
    batch = [read(occasion, held, 2), read(occasion, held, 4, at=MORNING + timedelta(minutes=1))]
    first = bring(token, *batch)
    assert first == [("accepted", ""), ("repeated", "all_in")]
    assert bring(token, *batch) == first
    assert bring(token, *batch, device=TWO) == first
    assert (Presence.objects.get().entered, Scan.objects.count()) == (2, 2)


def test_what_speaks_against_a_ticket_is_told_and_only_a_supervisor_lets_in() -> None:
    occasion = make_open(room=4)
    other = make_open(group=occasion.group)
    child, elsewhere = make_ticket(occasion, withheld=Withheld.CONSENT), make_ticket(occasion, only=other)
    gone, large = make_ticket(occasion), make_ticket(occasion)
    revoke_pass(holder=gone.holder, group=occasion.group, actor=SYSTEM)
    _gate, token = gate_at(occasion)
    arrivals = [read(occasion, child), read(occasion, elsewhere), read(occasion, gone), read(occasion, large, 5)]
    refused = [("refused", "consent"), ("refused", "other_time"), ("refused", "revoked"), ("refused", "full")]
    assert sorted(bring(token, *arrivals)) == sorted(refused)
    assert bring(token, read(occasion, child, override="ibunya di sini")) == [("refused", "consent")]
    _supervised, allowed = gate_at(occasion, may_override=True)
    assert bring(allowed, read(occasion, child, override="ibunya di sini")) == [("accepted", "override")]
    assert Scan.objects.get(reason="override").override == "ibunya di sini"
    assert [scan.reason for scan in Scan.objects.conflicts()].count("override") == 1


def test_consent_that_comes_later_opens_the_same_ticket() -> None:
    occasion = make_open()
    held, (_gate, token) = make_ticket(occasion, withheld=Withheld.CONSENT), gate_at(occasion)
    assert bring(token, read(occasion, held)) == [("refused", "consent")]
    again = issue_pass(
        holder=held.holder, group=occasion.group, organisation=occasion.organisation, quantity=5, actor=SYSTEM
    )
    assert again.code == held.code
    assert bring(token, read(occasion, held)) == [("accepted", "")]


def test_the_room_is_that_of_all_gates_and_whoever_goes_out_makes_some() -> None:
    occasion = make_open(room=5)
    tickets = [make_ticket(occasion, 3) for _ in range(3)]
    _one, first = gate_at(occasion)
    _two, second = gate_at(occasion)
    assert bring(first, read(occasion, tickets[0], 3)) == [("accepted", "")]
    assert bring(second, read(occasion, tickets[1], 3)) == [("refused", "full")]
    assert bring(second, read(occasion, tickets[0], 1, Direction.OUT)) == [("accepted", "")]
    assert bring(second, read(occasion, tickets[1], 3)) == [("accepted", "")]
    assert bring(first, read(occasion, tickets[2], 1, Direction.OUT)) == [("accepted", "unseen")]
    assert numbers(occasion).inside == 5


def test_where_nobody_comes_in_again_going_out_gives_no_place_back() -> None:
    occasion = make_open(re_entry=False)
    held, (_gate, token) = make_ticket(occasion, 2), gate_at(occasion)
    steps = [read(occasion, held, 2), read(occasion, held, 2, Direction.OUT, MORNING + timedelta(hours=1))]
    assert bring(token, *steps) == [("accepted", "")] * 2
    assert bring(token, read(occasion, held)) == [("repeated", "all_in")]


def test_an_occasion_that_was_moved_by_a_day_takes_the_tickets_that_are_out() -> None:
    occasion = make_open()
    held = make_ticket(occasion, only=occasion)
    day = timedelta(days=1)
    change_occasion(occasion=occasion, starts_at=MORNING + day, ends_at=NOON + day, actor=SYSTEM)
    _gate, token = gate_at(occasion, at=MORNING + day)
    assert bring(token, read(occasion, held, at=MORNING + day), at=NOON + day) == [("accepted", "")]


def test_the_phone_is_told_little_and_nothing_of_other_times() -> None:
    occasion, other = make_open(), make_occasion()
    group = occasion.group
    old = make_open(group=group, starts_at=MORNING - timedelta(days=9))
    held, past = make_ticket(occasion, 3), make_ticket(occasion, only=old)
    gate, token = gate_at(occasion)
    bring(token, read(occasion, held, 2))
    with clock.frozen_at(NOON):
        facts = gate_list(gate)
    assert facts["gate"]["open"] is True
    assert [row["code"] for row in facts["passes"]] == [held.code]
    assert past.code not in str(facts)
    assert facts["passes"][0] == {
        "code": held.code, "quantity": 3, "seen": {occasion.code: [2, 2, round(MORNING.timestamp() * 1000), ONE]},
    }  # fmt: skip
    assert other.code not in str(facts)


def test_the_list_of_a_gate_asks_as_much_for_many_tickets_as_for_one() -> None:
    occasion = make_open()
    gate, token = gate_at(occasion)
    bring(token, read(occasion, make_ticket(occasion)))
    with CaptureQueriesContext(connection) as few:
        gate_list(gate)
    bring(token, *(read(occasion, make_ticket(occasion)) for _ in range(3)))
    with CaptureQueriesContext(connection) as many:
        assert len(gate_list(gate)["passes"]) == 4
    assert len(many) == len(few)


def test_a_large_batch_asks_hardly_more_than_a_small_one() -> None:
    occasion = make_open()
    _gate, token = gate_at(occasion)
    tickets = [make_ticket(occasion) for _ in range(41)]
    bring(token, read(occasion, tickets[0]))
    with CaptureQueriesContext(connection) as few:
        bring(token, read(occasion, tickets[0]))
    with CaptureQueriesContext(connection) as many:
        bring(token, *(read(occasion, each) for each in tickets[1:]))
    assert len(many) == len(few)


@pytest.mark.parametrize(
    "bad",
    [{"quantity": 0}, {"quantity": -1}, {"quantity": 501}, {"quantity": True}, {"quantity": "2"}, {"direction": "up"}, {"told": "maybe"}],
)  # fmt: skip
def test_what_our_page_does_not_send_is_not_understood(bad: dict[str, Any]) -> None:
    occasion = make_open()
    held, (_gate, token) = make_ticket(occasion), gate_at(occasion)
    assert post(token, body(posted_scan(occasion, held.code, **bad))).status_code == 400
    assert not Scan.objects.exists()


def test_what_the_phone_decided_alone_is_kept_beside_what_the_server_says() -> None:
    occasion = make_open()
    held, (_gate, token) = make_ticket(occasion, 1), gate_at(occasion)
    bring(token, read(occasion, held, told="accepted"))
    bring(token, read(occasion, held, told="accepted"), device=TWO)
    told = numbers(occasion)
    assert (told.inside, told.entered, told.slipped) == (1, 1, 1)
    assert Scan.objects.unsettled().get().reason == "two_devices"


def test_whom_a_phone_let_in_and_the_rule_would_not_is_to_be_checked_in_the_words_of_a_gate() -> None:
    occasion = make_open(room=1)
    first, second, (_gate, token) = make_ticket(occasion, 1), make_ticket(occasion, 1), gate_at(occasion)
    bring(token, read(occasion, first, told="accepted"))
    bring(token, read(occasion, second, told="refused"), read(occasion, second, told="accepted"))
    bring(token, read(occasion, first, told="accepted"), device=TWO)
    assert [scan.reason for scan in Scan.objects.unsettled().order_by("pk")] == ["full", "two_devices"]
    client = signed_in(Role.ORGANISER, occasion.organisation)
    page = client.get(f"/hadir/{occasion.code}/periksa/").content.decode()
    assert "The same ticket at two gates" in page
    assert "pass at two gates" not in page
    assert "Count them as present" not in page  # a mark of a session would count nobody here
    assert Scan(reason="cancelled", occasion=occasion).reason_words == "This time is called off"
    full = Scan.objects.unsettled().get(reason="full")
    with pytest.raises(Conflict):
        settle_scan(scan=full, organisation=occasion.organisation, how="counted", reason="Terlihat", actor=SYSTEM)
    settle_scan(scan=full, organisation=occasion.organisation, how="right", reason="Terlihat", actor=SYSTEM)
    assert [scan.reason for scan in Scan.objects.unsettled()] == ["two_devices"]


def test_whoever_comes_back_is_one_person_and_two_visits() -> None:
    occasion = make_open()
    held, (_gate, token) = make_ticket(occasion, 5), gate_at(occasion)
    for people, direction in ((5, "in"), (2, "out"), (2, "in")):
        bring(token, read(occasion, held, people, direction=direction))
    told = numbers(occasion)
    assert (told.inside, told.people, told.entered) == (5, 5, 7)
    client = signed_in(Role.ORGANISER, occasion.organisation)
    page = client.get(f"/hadir/{occasion.code}/").content.decode()
    assert "7 times in, with those who went out and came back" in page


@pytest.mark.django_db(transaction=True)
def test_gates_that_bring_one_family_in_the_same_moment_let_in_no_more_than_its_ticket() -> None:
    occasion = make_open()
    tickets = [make_ticket(occasion, 3) for _ in range(6)]
    tokens = [gate_at(occasion)[1] for _ in range(4)]
    answers: list[tuple[str, str]] = []
    start = threading.Barrier(4)

    def one(token: str, device: str, order: Sequence[Pass]) -> None:
        start.wait()
        for held in order:
            answers.extend(bring(token, read(occasion, held, 2), device=device))
        connection.close()

    ways = [tickets, tickets[::-1], tickets[3:] + tickets[:3], tickets[::-1]]
    threads = [
        threading.Thread(target=one, args=(token, str(uuid.uuid4()), way))
        for token, way in zip(tokens, ways, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 24
    assert answers.count(("accepted", "")) == 6
    assert {row.inside for row in Presence.objects.all()} == {2}


def test_a_printed_list_is_entered_by_hand_and_a_double_is_told() -> None:
    occasion = make_open()
    one, two = make_ticket(occasion, 2), make_ticket(occasion)
    lines = [Written(one.code, 2), Written(two.code, 3), Written(one.code, 1), Written("0000000000ZZ", 1)]
    with clock.frozen_at(EVENING + timedelta(days=2)):
        scans = enter_passages(occasion=occasion, lines=lines, actor=SYSTEM)
    assert [(str(scan.verdict), str(scan.reason)) for scan in scans] == [
        ("accepted", ""), ("accepted", ""), ("repeated", "all_in"), ("refused", "unknown"),
    ]  # fmt: skip
    assert {scan.gate_id for scan in scans} == {None}
    assert numbers(occasion).entered == 5
    with pytest.raises(NotAllowed):
        enter_passages(occasion=occasion, lines=lines, actor=make_actor(Role.INSPECTOR, occasion.organisation))
    with pytest.raises(Conflict):
        enter_passages(occasion=make_occasion(), lines=lines, actor=SYSTEM)


def test_a_list_entered_afterwards_is_not_asked_how_full_it_was() -> None:
    occasion = make_open(room=2)
    lines = [Written(make_ticket(occasion, 2).code, 2) for _ in range(2)]
    assert [str(scan.verdict) for scan in enter_passages(occasion=occasion, lines=lines, actor=SYSTEM)] == [
        "accepted"
    ] * 2
    assert numbers(occasion).people == 4


def test_staff_see_who_is_inside_print_the_list_and_enter_it() -> None:
    occasion = make_open(room=100)
    held = make_ticket(occasion, 4)
    client = signed_in(Role.ORGANISER, occasion.organisation)
    page = reverse("attendance:occasion", args=[occasion.code])
    assert "Nobody has come in yet" in client.get(page).content.decode()
    assert grouped(held.code, 4) in client.get(reverse("attendance:print", args=[occasion.code])).content.decode()
    form = reverse("attendance:written_list", args=[occasion.code])
    for wrong in ("x", "0", "-1", "999", "3,5", "1234", "4 5", "½"):
        assert client.post(form, {"lines": f"{held.code} {wrong}"}).status_code == 400, wrong
    assert client.post(form, {"lines": "\n".join([held.code] * 501)}).status_code == 400
    assert client.post(form, {"lines": ""}).status_code == 400
    told = client.post(
        form, {"lines": f"{held.code.lower()} 3\n\n{grouped(held.code, 4).replace('-', ' ')} 2"}, follow=True
    ).content.decode()
    assert "3 people of the list came in" in told
    assert "Everybody on this ticket is in already" in told
    assert "3/4" in told
    stranger = signed_in(Role.ORGANISER, make_organisation("Lain"))
    assert stranger.get(form).status_code == 404


def test_a_festival_gate_may_be_a_supervisors_and_the_page_says_so() -> None:
    occasion = make_open()
    client = signed_in(Role.ORGANISER, occasion.organisation)
    address = reverse("attendance:gates", args=[occasion.code])
    page = client.post(address, {"name": "Gerbang timur", "hours": 12, "may_override": "on"})
    assert re.search(rf"/hadir/app/[\w-]+/#{occasion.code}", page.content.decode())
    gate = Gate.objects.get()
    assert (gate.kind, gate.may_override) == ("open", True)
    assert "supervisor" in client.get(address).content.decode()


# --- two days, six thousand visitors, twenty gates -------------------------------------------------------------------

GATES, OFFLINE, BATCH = 20, 5, 60


def test_two_days_of_a_festival_let_nobody_in_twice_without_a_trace() -> None:
    """6,000 visitors on 1,500 tickets; five of twenty gates without signal for hours, clocks off by minutes, a stolen
    link, copied passes, and the second day moved by a day. What phones decided alone is simulated as they would."""
    chance = random.Random(7)
    first = make_open(starts_at=MORNING)
    second = open_occasion(
        organisation=first.organisation, group=first.group, title="Hari kedua", starts_at=MORNING + timedelta(days=1),
        ends_at=EVENING + timedelta(days=1), kind=OccasionKind.OPEN, actor=SYSTEM,
    )  # fmt: skip
    change_occasion(
        occasion=second, starts_at=MORNING + timedelta(days=2), ends_at=EVENING + timedelta(days=2), actor=SYSTEM
    )
    tickets = [make_ticket(first, 4, only=first if number % 2 else second) for number in range(1500)]
    tokens = [gate_at(first, hours=72)[1] for _ in range(GATES)]
    stolen_gate, stolen = gate_at(first, hours=72)
    skew = {gate: timedelta(minutes=chance.randint(-4, 4)) for gate in range(GATES)}
    copied = set(chance.sample(range(1500), 40))
    came, waiting, sent = Counter[str](), {gate: list[Arrival]() for gate in range(GATES)}, 0

    for day, start in ((first, MORNING), (second, MORNING + timedelta(days=2))):
        mine = [number for number in range(1500) if (number % 2 == 1) == (day is first)]
        chance.shuffle(mine)
        for place, number in enumerate(mine):
            held, at = tickets[number], start + timedelta(seconds=20 * place)
            for _copy in range(2 if number in copied else 1):
                gate = chance.randrange(GATES)
                offset = -round(skew[gate].total_seconds() * 1000)
                waiting[gate].append(
                    Arrival(uuid.uuid4(), day.code, held.code, at + skew[gate], offset, "in", 4, "accepted")
                )
                came[held.code] += 4
                sent += 1
            for gate in range(OFFLINE, GATES):
                if len(waiting[gate]) >= BATCH:
                    bring(tokens[gate], *waiting[gate], device=_device(gate), at=at + timedelta(minutes=6))
                    waiting[gate].clear()
        evening = start + timedelta(hours=9)
        for gate in range(GATES):  # the valley comes home, and what is left of the others
            for begin in range(0, len(waiting[gate]), BATCH):
                batch = waiting[gate][begin : begin + BATCH]
                bring(tokens[gate], *batch, device=_device(gate), at=evening)
                bring(tokens[gate], *batch, device=_device(gate), at=evening)  # the answer was lost
            waiting[gate].clear()

    revoke_gate(gate=stolen_gate, actor=SYSTEM)
    with clock.frozen_at(EVENING):
        assert (
            sync_scans(token=stolen, device=TWO, arrivals=[read(first, tickets[1])], offset=0, waiting=0).scans is None
        )

    assert Scan.objects.count() == sent == 1540  # nothing lost, nothing doubled
    inside = {row.held.code: row.entered for row in Presence.objects.select_related("held")}
    assert inside == {ticket.code: 4 for ticket in tickets}
    twice = {code for code, people in came.items() if people > 4}
    traced = Scan.objects.filter(verdict="repeated")
    assert {scan.code for scan in traced} == twice
    assert sum(scan.quantity for scan in traced) == 4 * len(copied)
    told = [numbers(first), numbers(second)]
    assert sum(each.entered for each in told) == 6000
    assert sum(each.slipped for each in told) == 4 * len(copied)
    conflicts = Scan.objects.unsettled().filter(reason="two_devices")
    same_gate = traced.filter(reason="all_in")
    assert conflicts.count() + same_gate.count() == len(copied)
    assert {scan.code for scan in Scan.objects.unsettled()} == twice  # the report to check is complete
    assert presences_amiss() == []
    Presence.objects.filter(held=tickets[0]).update(entered=5)
    assert len(presences_amiss()) == 1


def _device(gate: int) -> str:
    return str(uuid.UUID(int=gate + 1))

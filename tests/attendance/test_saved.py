"""The file that a phone saves when its gate is dead comes back in: nothing is lost, nothing is counted twice."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from enggang.access.enums import Role
from enggang.attendance.domain import open_gate, revoke_gate
from enggang.attendance.domain.arrivals import Arrival
from enggang.attendance.domain.contacts import take_in_scans
from enggang.attendance.models import Gate, Mark, Occasion, Pass, Presence, Scan
from enggang.attendance.tokens import token_of
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import NotAllowed
from tests.attendance.factories import MORNING, make_actor, make_occasion, make_organisation, make_pass, signed_in
from tests.attendance.test_passages import gate_at, make_open, make_ticket

pytestmark = pytest.mark.django_db
HEAD = "id,perangkat,gerbang,sesi,kode,waktu_ms,selisih_ms,waktu"
DEVICE = str(uuid.uuid4())


@pytest.fixture
def occasion() -> Occasion:
    return make_occasion()


@pytest.fixture
def gate(occasion: Occasion) -> Gate:
    """Opened in the morning, revoked an hour later."""
    with clock.frozen_at(MORNING):
        gate, _token = open_gate(
            group=occasion.group, organisation=occasion.organisation, name="Pintu", hours=12, actor=SYSTEM
        )
    with clock.frozen_at(later(60)):
        return revoke_gate(gate=gate, actor=SYSTEM)


def later(minutes: float) -> datetime:
    return MORNING + timedelta(minutes=minutes)


def line(gate: Gate, occasion: Occasion, read: str, minutes: float = 5, **over: object) -> str:
    facts: dict[str, object] = {
        "id": uuid.uuid4(), "device": DEVICE, "gate": gate.code, "occasion": occasion.code, "read": read,
        "at": round(later(minutes).timestamp() * 1000), "offset": 0, "shown": later(minutes).isoformat(), **over,
    }  # fmt: skip
    return ",".join(map(str, facts.values()))


def bring(client: Client, occasion: Occasion, *lines: str, head: str = HEAD, minutes: float = 120) -> Any:
    file = SimpleUploadedFile("pindaian.csv", "\r\n".join([head, *lines, ""]).encode())
    with clock.frozen_at(later(minutes)):
        return client.post(reverse("attendance:saved", args=[occasion.code]), {"file": file})


def staff(occasion: Occasion) -> Client:
    return signed_in(Role.ORGANISER, occasion.organisation)


def counts(page: Any) -> tuple[int, ...]:
    report = page.context["report"]
    return tuple(report[name] for name in ("made", "repeated", "refused", "known", "rejected_count"))


def test_what_waited_on_the_phone_counts_once_however_often_the_file_is_read(occasion: Occasion, gate: Gate) -> None:
    first, second = make_pass(occasion, "Siti Rahmawati"), make_pass(occasion, "Budi Santoso")
    lines = [line(gate, occasion, token_of(first)), line(gate, occasion, second.code.lower())]
    client = staff(occasion)
    assert counts(bring(client, occasion, *lines)) == (2, 0, 0, 0, 0)
    assert counts(bring(client, occasion, *lines)) == (0, 0, 0, 2, 0)
    assert (Mark.objects.count(), Scan.objects.count()) == (2, 2)
    mark = Mark.objects.get(holder=first.holder)
    assert (mark.at, mark.method) == (later(5), "qr")
    assert mark.by_key.startswith("user:")  # staff answer for the file
    gate.refresh_from_db()
    assert gate.seen_at is None  # the phone itself was not heard of


def test_only_what_was_scanned_while_the_gate_was_open_counts(occasion: Occasion, gate: Gate) -> None:
    early, late, known = (make_pass(occasion, name) for name in ("Ani", "Budi", "Cici"))
    page = bring(
        staff(occasion), occasion, line(gate, occasion, early.code, -30), line(gate, occasion, late.code, 61),
        line(gate, occasion, known.code, 10), line(gate, occasion, known.code, 20, device=uuid.uuid4()),
    )  # fmt: skip
    assert counts(page) == (1, 1, 2, 0, 0)
    assert sorted(Scan.objects.values_list("verdict", "reason")) == [
        ("accepted", ""), ("refused", "gate_early"), ("refused", "gate_ended"), ("repeated", "two_devices"),
    ]  # fmt: skip
    text = page.content.decode()
    assert all(word in text for word in ("Ani", "Budi", "The same pass at two gates", "before the gate was opened"))


def test_every_row_that_says_nothing_is_named_with_its_reason(occasion: Occasion, gate: Gate) -> None:
    held = make_pass(occasion)
    foreign = make_occasion(make_organisation("Lain"))
    with clock.frozen_at(MORNING):
        other, _token = open_gate(
            group=foreign.group, organisation=foreign.organisation, name="Lain", hours=4, actor=SYSTEM
        )
    rows = [
        line(gate, occasion, held.code, at="1,8E+12"), line(gate, occasion, held.code, id="x"), ",,,", "\x00",
        line(other, foreign, held.code), line(gate, occasion, held.code, offset="9" * 400),
        line(gate, occasion, held.code),
    ]  # fmt: skip
    page = bring(staff(occasion), occasion, *rows)
    assert counts(page)[0] == 1
    assert [number for number, _text, _why in page.context["report"]["rejected"]][:3] == [2, 3, 4]
    assert "no gate of this group" in page.content.decode()
    assert Mark.objects.filter(occasion=occasion).count() == 1


@pytest.mark.parametrize("content", [b"", b"kode,waktu\r\nABC,2026", b"\xff\xfe\x00", b"%PDF-1.7"])
def test_another_file_is_refused_with_a_sentence(occasion: Occasion, content: bytes) -> None:
    page = staff(occasion).post(
        reverse("attendance:saved", args=[occasion.code]), {"file": SimpleUploadedFile("a.csv", content or b" ")}
    )
    assert page.status_code == 422
    assert "not a file that a phone" in page.content.decode()


def test_a_file_with_semicolons_from_a_spreadsheet_is_read_too(occasion: Occasion, gate: Gate) -> None:
    held = make_pass(occasion)
    page = bring(
        staff(occasion), occasion, line(gate, occasion, held.code).replace(",", ";"), head=HEAD.replace(",", ";")
    )
    assert counts(page) == (1, 0, 0, 0, 0)


def test_who_only_reads_takes_nothing_in(occasion: Occasion, gate: Gate) -> None:
    held: Pass = make_pass(occasion)
    arrival = Arrival(uuid.uuid4(), occasion.code, held.code, later(5), 0)
    with pytest.raises(NotAllowed):
        take_in_scans(gate=gate, saved={DEVICE: [arrival]}, actor=make_actor(Role.LEADER, occasion.organisation))
    client = signed_in(Role.LEADER, occasion.organisation)
    assert bring(client, occasion, line(gate, occasion, held.code)).status_code == 404
    assert not Scan.objects.exists()


def test_a_family_that_went_in_and_one_who_went_out_are_counted_as_the_phone_wrote() -> None:
    """People and direction are in the file; a supervisor's reason too."""
    occasion = make_open()
    ticket, (gate, _token) = make_ticket(occasion), gate_at(occasion, hours=1)
    head = f"{HEAD},arah,orang,kata_ponsel,alasan"
    rows = [
        f"{line(gate, occasion, ticket.code, minutes)},{way},{people},accepted,"
        for minutes, way, people in ((5, "in", 4), (9, "out", 1))
    ]
    page = bring(staff(occasion), occasion, *rows, head=head)
    assert counts(page) == (2, 0, 0, 0, 0)
    assert Presence.objects.values_list("entered", "inside").get() == (4, 3)
    assert "Counted" in page.content.decode()

"""The counting page of a phone: what its address gives, takes and refuses."""

from __future__ import annotations

import json
import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from enggang.attendance.domain.tally import revoke_phone
from enggang.attendance.forms.counts import read_saved_counts
from enggang.attendance.forms.saved import NoSavedFile
from enggang.attendance.models import Count, CountPhone
from enggang.core import clock
from enggang.core.actor import SYSTEM
from tests.attendance.counting import NIGHT, ONE, make_phone, make_point
from tests.attendance.factories import MORNING, NOON

pytestmark = pytest.mark.django_db
WHATSAPP = "Mozilla/5.0 (Linux; Android 14; wv) AppleWebKit/537.36 Chrome/130 Mobile WhatsApp/2.24"


def ms(minutes: float = 0) -> int:
    return round((MORNING + timedelta(minutes=minutes)).timestamp() * 1000)


def count(minute: Any = 0, **over: Any) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid4()), "from": ms(minute), "to": ms(minute + 1), "offset": 0, "in": 3, "out": 1, **over,
    }  # fmt: skip


def body(*counts: dict[str, Any], **over: Any) -> dict[str, Any]:
    return {"device": ONE, "sent_at": ms(30), "waiting": 2, "counts": list(counts), **over}


def bring(token: str, data: object, at: datetime = NOON) -> Any:
    client = Client(enforce_csrf_checks=True)
    with clock.frozen_at(at):
        path = reverse("attendance:tally_sync", args=[token])
        text = data if isinstance(data, bytes) else json.dumps(data).encode()
        return client.post(path, text, content_type="application/json")


def get(name: str, token: str, at: Any = NOON, **headers: str) -> Any:
    with clock.frozen_at(at):
        return Client(headers={"accept-language": "en", **headers}).get(reverse(f"attendance:{name}", args=[token]))


def test_the_page_and_its_facts_hold_nobodys_name() -> None:
    point = make_point(method="sampled", place="Dekat tugu")
    _phone, token = make_phone(point, "Relawan Rahasia")
    page, facts = get("tally", token), get("tally_facts", token)
    assert page.status_code == 200
    assert not page.cookies
    assert "Rahasia" not in page.content.decode() + facts.content.decode()
    data = facts.json()
    assert (data["name"], data["place"], data["method"], len(data["times"])) == (point.name, "Dekat tugu", "sampled", 8)
    assert data["times"][0] == [ms(point.shift), ms(point.shift + 5)]
    assert data["hours"] == [[ms(0), ms(240)]]
    assert get("tally_manifest", token).json()["name"].endswith(point.name)


def test_a_batch_is_acknowledged_by_its_ids_and_so_is_the_same_again() -> None:
    phone, token = make_phone(make_point())
    data = body(count(0), count(1))
    first, again = bring(token, data), bring(token, data)
    assert first.json()["counts"] == again.json()["counts"] == [row["id"] for row in data["counts"]]
    assert Count.objects.count() == 2
    phone.refresh_from_db()
    assert (phone.seen_at, phone.waiting) == (NOON, 2)


def test_an_empty_batch_says_that_somebody_stands_there() -> None:
    phone, token = make_phone(make_point())
    assert bring(token, body(waiting=0)).json()["counts"] == []
    phone.refresh_from_db()
    assert phone.seen_at == NOON


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{", b"[]", b"null", b"[" * 5000, {"counts": []}, body(device="x"), body(waiting=-1), body(counts={}),
        body(count(id="1")), body(count(**{"in": -1})), body(count(**{"in": 100_001})), body(count(**{"in": 1.5})),
        body(count(**{"in": "5"})), body(count(**{"in": True})), body(count(out=-5)), body(count(**{"from": -1})),
        body(count(to=ms(-5))), body(count(to=10**18)), body(count(offset=10**18)), body(count(offset="1")),
        body(count(offset=-ms(10) - 10**6)), body({}), body(*[count() for _ in range(501)]),
    ],
)  # fmt: skip
def test_what_our_page_never_sends_is_not_understood(data: object) -> None:
    _phone, token = make_phone(make_point())
    assert bring(token, data).status_code == 400
    assert not Count.objects.exists()


def test_another_kind_of_body_is_not_read() -> None:
    _phone, token = make_phone(make_point())
    assert Client().post(reverse("attendance:tally_sync", args=[token]), {"counts": "1"}).status_code == 400


def test_a_revoked_link_is_dead_at_the_next_contact() -> None:
    phone, token = make_phone(make_point())
    with clock.frozen_at(NOON):
        revoke_phone(phone=phone, actor=SYSTEM)
    for answer in (get("tally", token), get("tally_facts", token), bring(token, body(count()))):
        assert answer.status_code == 410
    assert get("tally_facts", token).json() == {"revoked": True}
    assert not Count.objects.exists()


def test_an_ended_link_still_takes_what_comes_late_but_tells_nothing() -> None:
    _phone, token = make_phone(make_point(), hours=4)
    assert get("tally_facts", token, NIGHT).status_code == 410
    assert get("tally", token, NIGHT).status_code == 200
    assert bring(token, body(count()), NIGHT).status_code == 200
    assert bring(token, body(count()), NIGHT + timedelta(days=15)).status_code == 410
    assert Count.objects.count() == 1


@pytest.mark.parametrize("token", ["x", "x" * 200, "hitung", "%00"])
def test_a_wrong_address_is_nothing(token: str) -> None:
    for name in ("tally", "tally_facts", "tally_manifest"):
        assert get(name, token).status_code == 404
    assert bring(token, body(count())).status_code == 404


def test_a_gate_is_no_counting_phone_and_the_other_way_round() -> None:
    _phone, token = make_phone(make_point())
    assert get("app", token).status_code == 404


def test_inside_a_chat_app_it_does_not_open() -> None:
    _phone, token = make_phone(make_point())
    page = get("tally", token, **{"user-agent": WHATSAPP}).content.decode()
    assert "intent://" in page
    assert "data-sync" not in page


class TestASavedFile:
    HEAD = "id,perangkat,telepon,dari_ms,sampai_ms,selisih_ms,masuk,keluar"

    def row(self, phone: CountPhone, **over: object) -> str:
        values = {"id": uuid.uuid4(), "device": ONE, "of": phone.code, "from": ms(0), "to": ms(1), "offset": -500, "in": 3, "out": 0, **over}  # fmt: skip
        return ",".join(map(str, values.values()))

    def test_rows_are_read_and_bad_ones_named(self) -> None:
        phone, _token = make_phone(make_point())
        rows = [self.HEAD, self.row(phone), self.row(phone, of="LAIN"), self.row(phone, **{"in": -1}), "rusak", self.row(phone, device="x")]  # fmt: skip
        saved = read_saved_counts("\r\n".join(rows).encode(), {phone.code})
        (arrival,) = saved.arrivals[phone.code][ONE]
        assert (arrival.entered, arrival.offset) == (3, -500)
        assert [number for number, _text, _why in saved.rejected] == [3, 4, 5, 6]

    @pytest.mark.parametrize("content", [b"", b"a,b\n1,2", b"\xff\xfe\x00", b"x" * (5 * 2**20 + 1)])
    def test_another_file_is_refused_in_words(self, content: bytes) -> None:
        with pytest.raises(NoSavedFile):
            read_saved_counts(content, set())

    def test_semicolons_of_a_spreadsheet(self) -> None:
        phone, _token = make_phone(make_point())
        text = f"{self.HEAD}\r\n{self.row(phone)}".replace(",", ";")
        assert read_saved_counts(text.encode(), {phone.code}).arrivals[phone.code]

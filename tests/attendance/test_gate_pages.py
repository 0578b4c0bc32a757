from __future__ import annotations

import json
import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from enggang.access.enums import Role
from enggang.access.models import CapabilityLink
from enggang.attendance.domain import mark_list, open_gate, revoke_gate, revoke_pass
from enggang.attendance.enums import Status
from enggang.attendance.models import Gate, Mark, Occasion, Scan
from enggang.attendance.tokens import token_of
from enggang.core import clock
from enggang.core.actor import SYSTEM
from tests.attendance.factories import MORNING, make_occasion, make_organisation, make_pass, signed_in

pytestmark = pytest.mark.django_db
WHATSAPP = "Mozilla/5.0 (Linux; Android 14; wv) AppleWebKit/537.36 Chrome/130 Mobile WhatsApp/2.24"


def gate_of(occasion: Occasion, hours: int = 12) -> tuple[Gate, str]:
    with clock.frozen_at(MORNING):
        return open_gate(
            group=occasion.group, organisation=occasion.organisation, name="Pintu utama", hours=hours, actor=SYSTEM
        )


def ms(minutes: float = 0) -> int:
    return round((MORNING + timedelta(minutes=minutes)).timestamp() * 1000)


def body(*scans: dict[str, Any], **over: Any) -> dict[str, Any]:
    return {"device": str(uuid.uuid4()), "sent_at": ms(30), "waiting": 3, "scans": list(scans), **over}


def scan(occasion: Occasion, read: str, **over: Any) -> dict[str, Any]:
    return {"id": str(uuid.uuid4()), "occasion": occasion.code, "read": read, "at": ms(1), "offset": 0, **over}


def bring(token: str, data: object, minutes: float = 30) -> Any:
    client = Client()
    client.handler.enforce_csrf_checks = True
    with clock.frozen_at(MORNING + timedelta(minutes=minutes)):
        path = reverse("attendance:app_sync", args=[token])
        text = data if isinstance(data, bytes) else json.dumps(data).encode()
        return client.post(path, text, content_type="application/json")


def get(name: str, token: str, minutes: float = 30, **headers: str) -> Any:
    with clock.frozen_at(MORNING + timedelta(minutes=minutes)):
        return Client(headers={"accept-language": "en", **headers}).get(reverse(f"attendance:{name}", args=[token]))


def test_staff_open_a_gate_whose_address_is_shown_once() -> None:
    occasion = make_occasion()
    client = signed_in(Role.INSTRUCTOR, occasion.organisation)
    page = client.post(reverse("attendance:gates", args=[occasion.code]), {"name": "Pintu utama", "hours": 4})
    (token,) = set(re.findall(r"/hadir/app/([\w-]{20,})/", page.content.decode()))
    gate = Gate.objects.get()
    assert Gate.objects.by_token(token) == gate
    assert abs(gate.link.expires_at - gate.opened_at - timedelta(hours=4)) < timedelta(seconds=5)
    again = client.get(reverse("attendance:gates", args=[occasion.code])).content.decode()
    assert "Pintu utama" in again
    assert token not in again


@pytest.mark.parametrize("data", [{"name": "", "hours": 4}, {"name": "Pintu", "hours": 5}, {"name": "Pintu"}])
def test_a_gate_without_a_name_or_with_other_hours_is_not_opened(data: dict[str, Any]) -> None:
    occasion = make_occasion()
    client = signed_in(Role.ORGANISER, occasion.organisation)
    assert "field__error" in client.post(reverse("attendance:gates", args=[occasion.code]), data).content.decode()
    assert not CapabilityLink.objects.exists()


def test_a_gate_of_another_group_is_not_revoked_from_here() -> None:
    occasion, other = make_occasion(), make_occasion(make_organisation("Lain"))
    gate, _token = gate_of(other)
    client = signed_in(Role.ORGANISER, occasion.organisation)
    path = reverse("attendance:gate_revoke", args=[occasion.code, gate.code])
    assert client.post(path).status_code == 404
    gate.link.refresh_from_db()
    assert not gate.is_revoked


def test_the_page_holds_no_name_and_the_list_holds_little() -> None:
    occasion = make_occasion()
    held = make_pass(occasion, "Siti Rahmawati", make_organisation("Dinas Pariwisata"))
    gone = make_pass(occasion, "Sudah Pergi")
    revoke_pass(holder=gone.holder, group=occasion.group, actor=SYSTEM)
    _gate, token = gate_of(occasion)
    assert "Siti" not in get("app", token).content.decode()
    answer = get("app_list", token)
    assert "no-store" in answer["Cache-Control"]
    data = answer.json()
    assert data["passes"] == [
        {
            "code": held.code,
            "name": "Siti Rahmawati",
            "agency": "Dinas Pariwisata",
            "revoked": False,
            "marks": {},
            "uses": {},
        },
        {"code": gone.code, "name": "", "agency": "", "revoked": True, "marks": {}, "uses": {}},
    ]
    assert [each["code"] for each in data["occasions"]] == [occasion.code]
    assert data["gate"]["wipe_at"] == ms(12 * 60)
    assert list(data["keys"]) == [token_of(held).split(".")[0]]


def test_an_unchanged_list_is_not_sent_again() -> None:
    occasion = make_occasion()
    held = make_pass(occasion)
    _gate, token = gate_of(occasion)
    tag = get("app_list", token)["ETag"]
    assert get("app_list", token, 40, **{"if-none-match": tag}).status_code == 304
    bring(token, body(scan(occasion, held.code)))
    changed = get("app_list", token, 40, **{"if-none-match": tag})
    assert changed.json()["passes"][0]["marks"] == {occasion.code: ["present", ms(1)]}


def test_a_batch_is_taken_over_without_a_cookie_and_answered_by_id() -> None:
    occasion = make_occasion()
    held, typed = make_pass(occasion), make_pass(occasion)
    gate, token = gate_of(occasion)
    kid, _code, signature = token_of(held).split(".")
    forged = f"{kid}.{typed.code}.{signature}"
    data = body(
        scan(occasion, token_of(held)), scan(occasion, typed.code.lower()), scan(occasion, forged), scan(occasion, "?")
    )
    answer = bring(token, data)
    assert [row[1:] for row in answer.json()["scans"]] == [
        ["accepted", ""], ["accepted", ""], ["refused", "unreadable"], ["refused", "unreadable"],
    ]  # fmt: skip
    assert answer.json()["server_time"] == ms(30)
    assert not answer.cookies
    assert bring(token, data).json()["scans"] == answer.json()["scans"]
    assert (Mark.objects.count(), Scan.objects.count()) == (2, 4)
    gate.refresh_from_db()
    assert gate.waiting == 3


def test_what_no_page_of_ours_would_send_is_refused_whole() -> None:
    occasion = make_occasion()
    held = make_pass(occasion)
    _gate, token = gate_of(occasion)
    good = scan(occasion, held.code)
    broken: list[object] = [
        b"", b"[]", b"\xff", b"[" * 100_000, {}, body(good, device="x"), body(good, sent_at="now"),
        body(good, waiting=-1), body(good, {**good, "id": "x"}), body(good, {**good, "at": 1e99}),
        body(good, {**good, "offset": "x"}), body(*[good] * 501), body(good, scans="x"), body(scans=[None]),
    ]  # fmt: skip
    for data in broken:
        assert bring(token, data).status_code == 400, str(data)[:80]
    assert not Scan.objects.exists()


def test_a_phone_brings_what_it_has_after_its_link_has_ended_but_gets_no_list() -> None:
    occasion = make_occasion()
    held = make_pass(occasion)
    _gate, token = gate_of(occasion)
    later = 60 * 24
    assert get("app_list", token, later).status_code == 410
    data = body(scan(occasion, held.code), sent_at=ms(later))
    assert bring(token, data, later).json()["scans"][0][1:] == ["accepted", ""]
    assert bring(token, body(), later * 16).status_code == 410


def test_a_revoked_link_is_dead_for_page_list_and_scans() -> None:
    occasion = make_occasion()
    held = make_pass(occasion)
    gate, token = gate_of(occasion)
    revoke_gate(gate=gate, actor=SYSTEM)
    assert get("app", token).status_code == 410
    assert get("app_list", token).json() == {"revoked": True}
    assert bring(token, body(scan(occasion, held.code))).status_code == 410
    assert not Scan.objects.exists()


def test_inside_a_chat_app_the_gate_says_so_and_hands_over_its_address() -> None:
    _gate, token = gate_of(make_occasion())
    page = get("app", token, 30, **{"user-agent": WHATSAPP}).content.decode()
    assert f"http://testserver/hadir/app/{token}/" in page
    assert "scan-form" not in page


def test_the_app_can_be_installed() -> None:
    _gate, token = gate_of(make_occasion())
    manifest = get("app_manifest", token)
    assert manifest["Content-Type"] == "application/manifest+json"
    start = reverse("attendance:app", args=[token])
    assert (manifest.json()["start_url"], manifest.json()["display"]) == (start, "standalone")
    worker = Client().get(reverse("attendance:app_worker"))
    assert worker["Content-Type"] == "text/javascript"


def test_an_unknown_address_is_not_found() -> None:
    for name in ("app", "app_list", "app_manifest"):
        assert get(name, "x" * 32).status_code == 404
    assert bring("x" * 32, body()).status_code == 404


def test_what_does_not_fit_is_shown_to_staff() -> None:
    occasion = make_occasion()
    held = make_pass(occasion, "Siti Rahmawati")
    _gate, token = gate_of(occasion)
    bring(token, body(scan(occasion, held.code)))
    bring(token, body(scan(occasion, held.code)))
    client = signed_in(Role.ORGANISER, occasion.organisation)
    assert "1 scan of this group" in client.get(reverse("attendance:occasion", args=[occasion.code])).content.decode()
    page = client.get(reverse("attendance:doubts", args=[occasion.code])).content.decode()
    assert all(word in page for word in ("Siti Rahmawati", "The same pass at two gates", "Pintu utama"))


def test_the_list_says_present_or_not_and_never_why_somebody_is_away() -> None:
    occasion = make_occasion()
    held = make_pass(occasion)
    mark_list(
        occasion=occasion, statuses={held.holder.code: Status.SICK}, notes={held.holder.code: "Demam"}, actor=SYSTEM
    )
    _gate, token = gate_of(occasion)
    answer = get("app_list", token)
    assert answer.json()["passes"][0]["marks"] == {}
    assert "sick" not in answer.content.decode()


def test_the_list_says_how_often_a_pass_was_shown_at_whichever_gate() -> None:
    occasion = make_occasion()
    held = make_pass(occasion)
    _gate, token = gate_of(occasion)
    _other, second = gate_of(occasion)
    bring(token, body(scan(occasion, held.code), scan(occasion, held.code, at=ms(4))))
    bring(second, body(scan(occasion, held.code, at=ms(9))))
    (row,) = get("app_list", token).json()["passes"]
    assert row["uses"] == {occasion.code: [ms(1), ms(4), ms(9)]}


def test_a_phone_set_back_marks_no_session_from_before_its_gate_was_opened() -> None:
    past = make_occasion(starts_at=MORNING - timedelta(days=1), ends_at=MORNING - timedelta(hours=20))
    held = make_pass(past)
    _gate, token = gate_of(past)
    yesterday = round((MORNING - timedelta(hours=23)).timestamp() * 1000)
    answer = bring(token, body(scan(past, held.code, at=yesterday, offset=0)))
    assert [row[1:] for row in answer.json()["scans"]] == [["refused", "gate_early"]]
    hidden = bring(token, body(scan(past, held.code, at=ms(1), offset=-86_400_000)))
    assert [row[1:] for row in hidden.json()["scans"]] == [["refused", "gate_early"]]
    assert not Mark.objects.exists()
    assert Scan.objects.unsettled().count() == 2


@pytest.mark.parametrize(
    ("agent", "intent", "words"),
    [
        (WHATSAPP, True, "three dots"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Instagram 300.0", False, "Open in Safari"),
    ],
)
def test_a_chat_app_hands_over_to_the_real_browser(agent: str, intent: bool, words: str) -> None:
    _gate, token = gate_of(make_occasion())
    page = get("app", token, 30, **{"user-agent": agent}).content.decode()
    link = f"intent://testserver/hadir/app/{token}/#Intent;scheme=http;action=android.intent.action.VIEW;end"
    assert (link in page) is intent
    assert words in page
    assert "indexedDB" not in page
    assert "app.js" not in page

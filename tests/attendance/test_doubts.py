"""Doubtful scans are settled by a named person with a reason, and every settlement can be taken back."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from enggang.access.enums import Role
from enggang.attendance.domain import mark_list, mark_present
from enggang.attendance.domain.doubts import settle_scan, unsettle_scan
from enggang.attendance.domain.marks import give_mark_back, take_mark_back
from enggang.attendance.enums import Settlement, Status
from enggang.attendance.models import Mark, Occasion, Pass, Scan, SettledScan, TakenMark
from enggang.attendance.views import doubts
from enggang.audit.models import AuditEntry
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from tests.attendance.factories import MORNING, make_actor, make_occasion, make_organisation, make_pass, signed_in

pytestmark = pytest.mark.django_db


def make_scan(occasion: Occasion, held: Pass | None, reason: str = "same_phone", verdict: str = "accepted") -> Scan:
    scan = Scan.objects.create(
        group=occasion.group, occasion=occasion, held=held, device="d", device_time=MORNING, at=MORNING,
        received_at=MORNING, verdict=verdict, reason=reason,
    )  # fmt: skip
    if held and verdict == "accepted":
        Mark.objects.create(
            occasion=occasion, holder=held.holder, status="present", method="self", at=MORNING, by_key="pass:x",
            scan_uuid=scan.uuid,
        )  # fmt: skip
    return scan


def settle(scan: Scan, occasion: Occasion, how: str, reason: str = "Saya lihat sendiri") -> SettledScan:
    return settle_scan(scan=scan, organisation=occasion.organisation, how=how, reason=reason, actor=SYSTEM)


def staff(occasion: Occasion, role: Role = Role.ORGANISER) -> Client:
    return signed_in(role, occasion.organisation)


def post(client: Client, name: str, occasion: Occasion, scan: Scan, **data: str) -> Any:
    return client.post(reverse(f"attendance:{name}", args=[occasion.code, scan.pk]), data, follow=True)


def test_the_number_shrinks_and_grows_again_with_what_is_settled() -> None:
    occasion = make_occasion()
    scan, other = (make_scan(occasion, make_pass(occasion, name)) for name in ("Siti Rahmawati", "Budi Santoso"))
    client = staff(occasion)
    page = post(client, "doubt_settle", occasion, scan, cara="benar", reason="Mereka berbagi ponsel")
    text = page.content.decode()
    assert "1 scan to be checked" in text
    assert "Mereka berbagi ponsel" in text
    assert "organiser" in text.split('id="selesai"')[1]  # who settled it
    assert "1 scan of this group" in client.get(reverse("attendance:occasion", args=[occasion.code])).content.decode()
    assert Mark.objects.count() == 2
    page = post(client, "doubt_unsettle", occasion, scan)
    assert "2 scans to be checked" in page.content.decode()
    assert AuditEntry.objects.filter(code="attendance.settle_scan").count() == 1
    assert {scan, other} == set(Scan.objects.unsettled())


def test_a_mark_taken_back_can_be_given_back_as_it_was() -> None:
    occasion = make_occasion()
    scan = make_scan(occasion, make_pass(occasion))
    before = Mark.objects.values("status", "method", "at", "by_key", "scan_uuid").get()
    settled = settle(scan, occasion, Settlement.TAKEN)
    assert not Mark.objects.exists()
    assert settled.taken is not None
    unsettle_scan(settled=settled, organisation=occasion.organisation, actor=SYSTEM)
    assert Mark.objects.values("status", "method", "at", "by_key", "scan_uuid").get() == before
    with pytest.raises(Conflict):
        unsettle_scan(settled=settled, organisation=occasion.organisation, actor=SYSTEM)


def test_what_was_refused_may_be_counted_after_all_and_no_more_than_once() -> None:
    occasion = make_occasion()
    held = make_pass(occasion)
    scan = make_scan(occasion, held, "gate_early", "refused")
    settled = settle(scan, occasion, Settlement.COUNTED)
    mark = Mark.objects.get()
    assert (mark.holder_id, mark.at, mark.scan_uuid) == (held.holder_id, MORNING, scan.uuid)
    unsettle_scan(settled=settled, organisation=occasion.organisation, actor=SYSTEM)
    assert not Mark.objects.exists()
    mark_list(occasion=occasion, statuses={held.holder.code: Status.SICK}, actor=SYSTEM)
    with pytest.raises(Conflict):
        settle(Scan.objects.get(), occasion, Settlement.COUNTED)
    assert Mark.objects.get().status == Status.SICK
    assert not SettledScan.objects.exists()


@pytest.mark.parametrize(
    ("how", "reason"), [("right", "  "), ("", "Saya lihat"), ("lain", "Saya lihat"), ("counted", "Saya lihat")]
)
def test_what_says_nothing_settles_nothing(how: str, reason: str) -> None:
    occasion = make_occasion()
    scan = make_scan(occasion, make_pass(occasion))
    with pytest.raises(Conflict):
        settle(scan, occasion, how, reason)
    assert not SettledScan.objects.exists()
    assert Mark.objects.count() == 1


def test_the_second_of_two_tabs_changes_nothing_and_is_told() -> None:
    occasion = make_occasion()
    scan = make_scan(occasion, make_pass(occasion))
    settle(scan, occasion, Settlement.RIGHT)
    with pytest.raises(Conflict):
        settle(scan, occasion, Settlement.TAKEN)
    assert Mark.objects.count() == 1
    page = post(staff(occasion), "doubt_settle", occasion, scan, cara="cabut", reason="Tab kedua")
    assert [message.level_tag for message in page.context["messages"]] == ["error"]


def test_a_refused_settlement_shows_the_reason_again() -> None:
    occasion = make_occasion()
    scan = make_scan(occasion, None, "unreadable", "refused")
    page = post(staff(occasion), "doubt_settle", occasion, scan, cara="hitung", reason="Kartu robek, saya kenal")
    assert page.status_code == 409
    assert "Kartu robek, saya kenal" in page.content.decode()
    assert not SettledScan.objects.exists()


def test_a_reader_settles_nothing_and_a_scan_of_another_group_is_not_found() -> None:
    occasion, other = make_occasion(), make_occasion(make_organisation("Lain"))
    scan, foreign = make_scan(occasion, make_pass(occasion)), make_scan(other, make_pass(other))
    assert (
        post(staff(occasion, Role.LEADER), "doubt_settle", occasion, scan, cara="benar", reason="x").status_code == 404
    )
    assert post(staff(occasion), "doubt_settle", occasion, foreign, cara="benar", reason="x").status_code == 404
    with pytest.raises(NotAllowed):
        settle_scan(
            scan=scan, organisation=occasion.organisation, how="right", reason="x",
            actor=make_actor(Role.LEADER, occasion.organisation),
        )  # fmt: skip
    assert not SettledScan.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_the_same_for_any_number(rows: int, django_assert_num_queries: Any) -> None:
    occasion = make_occasion()
    for number in range(rows):
        make_scan(occasion, make_pass(occasion, f"Peserta {number}"))
        settle(make_scan(occasion, make_pass(occasion, f"Lain {number}")), occasion, Settlement.RIGHT)
    client = staff(occasion)
    path = reverse("attendance:doubts", args=[occasion.code])
    client.get(path)
    with django_assert_num_queries(13):
        client.get(path)


def test_a_long_list_goes_over_pages_and_into_one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settled on its second page, the list stays there; the file holds every line."""
    monkeypatch.setattr(doubts, "PER_PAGE", 2)
    occasion = make_occasion()
    scans = [make_scan(occasion, make_pass(occasion, f"Contoh {number}")) for number in range(5)]
    client, path = staff(occasion), reverse("attendance:doubts", args=[occasion.code])
    first, last = (client.get(path, {"page": page}).content.decode() for page in (1, 3))
    assert "5 scans to be checked" in first
    assert [name for name in ("Contoh 4", "Contoh 3", "Contoh 2", "Contoh 0") if name in first] == [
        "Contoh 4",
        "Contoh 3",
    ]
    assert "Contoh 0" in last
    where = reverse("attendance:doubt_settle", args=[occasion.code, scans[2].pk]) + "?page=2"
    refused = client.post(where, {"cara": "benar", "reason": " "})
    assert refused.status_code == 409
    assert f"{path}?page=1" in refused.content.decode()
    assert client.post(where, {"cara": "benar", "reason": "Kakaknya"})["Location"] == f"{path}?page=2"
    for list_, count in (("doubts", 4), ("settled", 1)):
        sent = client.post(path, {"list": list_, "form": "csv"}).content.decode("utf-8-sig")
        assert len(sent.strip().splitlines()) == count + 1


def test_somebody_is_not_marked_again_by_a_reason_on_the_screen() -> None:
    occasion = make_occasion()
    held = make_pass(occasion, "Siti Rahmawati")
    with clock.frozen_at(MORNING):
        mark_list(
            occasion=occasion, statuses={held.holder.code: Status.SICK}, notes={held.holder.code: "surat"}, actor=SYSTEM
        )
    client = staff(occasion, Role.INSTRUCTOR)
    path = reverse("attendance:mark_take", args=[occasion.code, held.holder.code])
    assert "Siti Rahmawati" in client.get(path).content.decode()
    assert client.post(path, {"reason": " "}).status_code == 422
    page = client.post(path, {"reason": "Salah baris"}, follow=True).content.decode()
    assert not Mark.objects.exists()
    assert "Salah baris" in page
    assert client.get(path).status_code == 404
    back = reverse("attendance:mark_give", args=[occasion.code, TakenMark.objects.get().pk])
    client.post(back)
    mark = Mark.objects.get()
    assert (mark.status, mark.note, mark.at) == ("sick", "surat", MORNING)
    again = client.post(back, follow=True)
    assert "error" in [message.level_tag for message in again.context["messages"]]
    assert Mark.objects.count() == 1


def test_a_mark_made_since_is_not_overwritten_by_the_one_given_back() -> None:
    occasion = make_occasion()
    held = make_pass(occasion)
    mark_list(occasion=occasion, statuses={held.holder.code: Status.ABSENT}, actor=SYSTEM)
    taken = take_mark_back(occasion=occasion, holder=held.holder, reason="Salah", actor=SYSTEM)
    mark_present(occasion=occasion, holder=held.holder, method="qr", actor=SYSTEM)
    with pytest.raises(Conflict):
        give_mark_back(taken=taken, actor=SYSTEM)
    assert Mark.objects.get().status == "present"
    taken.refresh_from_db()
    assert taken.given_at is None

"""The changing code on the hall's screen, and the phones that sign with it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from enggang.access.enums import Role
from enggang.accounts.models import User
from enggang.attendance import hall
from enggang.attendance.domain import cancel_occasion, mark_list, revoke_pass
from enggang.attendance.enums import Status
from enggang.attendance.models import Mark, Occasion, Pass, Scan
from enggang.attendance.tokens import token_of
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.people.models import Person
from tests.attendance.factories import MORNING, make_occasion, make_organisation, make_pass, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_tries_yet() -> None:
    cache.clear()


def later(seconds: float) -> datetime:
    return MORNING + timedelta(seconds=seconds)


def phone(user: User | None = None) -> Client:
    client = Client(headers={"accept-language": "en"})
    if user:
        client.force_login(user)
    return client


def open_page(client: Client, occasion: Occasion) -> str:
    """The phone's camera read the screen; answers the ticket of the page."""
    page = client.get(reverse("attendance:hall", args=[hall.long_code(occasion, clock.now())]))
    assert page.status_code == 200
    return str(re.findall(r'name="tiket" value="([^"]+)"', page.content.decode())[0])


def sign(client: Client, occasion: Occasion, held: Pass, **over: str) -> Any:
    data = {"tiket": open_page(client, occasion), "token": held.code, **over}
    return client.post(reverse("attendance:hall", args=["x"]), data)


def test_the_code_changes_with_the_step_and_is_good_for_some_steps_more() -> None:
    occasion, other = make_occasion(), make_occasion()
    for make in (hall.long_code, hall.short_code):
        code = make(occasion, MORNING)
        assert code == make(occasion, later(29))
        assert code not in {make(occasion, later(30)), make(other, MORNING)}
        for seconds, good in [(0, True), (119, True), (120, False), (-1, False)]:
            with clock.frozen_at(later(seconds)):
                assert (hall.find_by_code(code) == occasion) is good, (make, seconds)


def test_what_was_typed_carelessly_is_read_and_what_was_guessed_is_not() -> None:
    occasion = make_occasion()
    with clock.frozen_at(MORNING):
        code = hall.short_code(occasion, MORNING)
        assert hall.find_by_code(f" {code[:3].lower()}-{code[3:]} ") == occasion
        for text in ["", "000000", code[:5], occasion.code, occasion.code + "0" * 10, "x" * 500, "\x00"]:
            assert hall.find_by_code(text) is None
        cancel_occasion(occasion=occasion, actor=SYSTEM)
        assert hall.find_by_code(code) is None


def test_the_screen_shows_the_running_code_and_answers_304_until_it_changes() -> None:
    occasion = make_occasion()
    client = signed_in(Role.INSTRUCTOR, occasion.organisation)
    path = reverse("attendance:screen_code", args=[occasion.code])
    with clock.frozen_at(MORNING):
        page = client.get(reverse("attendance:screen", args=[occasion.code])).content.decode()
        code = hall.short_code(occasion, MORNING)
        assert f"{code[:3]}-{code[3:]}" in page
        tag = client.get(path)["ETag"]
    with clock.frozen_at(later(20)):
        assert client.get(path, headers={"if-none-match": tag}).status_code == 304
    with clock.frozen_at(later(31)):
        assert client.get(path, headers={"if-none-match": tag}).status_code == 200


def test_a_participant_without_an_account_signs_with_their_pass_code() -> None:
    occasion = make_occasion()
    held = make_pass(occasion, "Siti Rahmawati")
    client = phone()
    with clock.frozen_at(MORNING):
        answer = sign(client, occasion, held, token=f"{held.code[:4].lower()} {held.code[4:]}")
        assert "answer--good" in answer.content.decode()
        assert "Siti" not in answer.content.decode()
        assert "answer--warn" in sign(client, occasion, held).content.decode()
    mark = Mark.objects.get()
    assert (mark.holder_id, mark.method, mark.at, mark.by_key) == (held.holder_id, "self", MORNING, f"pass:{held.code}")


def test_a_participant_with_an_account_presses_once() -> None:
    occasion = make_occasion()
    held = make_pass(occasion, "Siti Rahmawati")
    user = User.objects.create(name="Siti")
    Person.objects.filter(subject=held.holder).update(user=user)
    client = phone(user)
    with clock.frozen_at(MORNING):
        page = client.get(reverse("attendance:hall", args=[hall.long_code(occasion, MORNING)])).content.decode()
        assert "I am here: Siti Rahmawati" in page
        ticket = re.findall(r'name="tiket" value="([^"]+)"', page)[0]
        client.post(reverse("attendance:hall", args=["x"]), {"tiket": ticket, "saya": "1"})
    assert Mark.objects.get().holder_id == held.holder_id
    stranger = phone(User.objects.create(name="Lain"))
    with clock.frozen_at(MORNING):
        assert sign(stranger, occasion, held, saya="1").status_code == 400
    assert Mark.objects.count() == 1


def test_one_phone_that_signs_for_two_people_is_shown_and_both_are_marked() -> None:
    occasion = make_occasion()
    mine, friends = make_pass(occasion, "Siti Rahmawati"), make_pass(occasion, "Budi Santoso")
    client = phone()
    with clock.frozen_at(MORNING):
        sign(client, occasion, mine)
        sign(client, occasion, friends)
        sign(phone(), occasion, make_pass(occasion))
    assert Mark.objects.count() == 3
    assert [scan.held for scan in Scan.objects.conflicts()] == [friends]
    staff = signed_in(Role.ORGANISER, occasion.organisation)
    page = staff.get(reverse("attendance:doubts", args=[occasion.code])).content.decode()
    assert all(word in page for word in ("Budi Santoso", "The same phone, two people"))


def test_an_old_photograph_of_the_screen_or_an_old_page_signs_nobody() -> None:
    occasion = make_occasion()
    held = make_pass(occasion)
    client = phone()
    with clock.frozen_at(MORNING):
        ticket = open_page(client, occasion)
        photograph = reverse("attendance:hall", args=[hall.long_code(occasion, MORNING)])
    with clock.frozen_at(later(130)):
        page = client.get(photograph)
        assert (page.status_code, "run out" in page.content.decode()) == (410, True)
    for seconds, text in [(601, ticket), (0, ticket[:-2]), (0, ""), (0, "\x00")]:
        with clock.frozen_at(later(seconds)):
            assert client.post(photograph, {"tiket": text, "token": held.code}).status_code == 410
    assert not Scan.objects.exists()


def test_a_pass_that_is_no_good_here_is_refused_with_a_sentence() -> None:
    occasion, other = make_occasion(), make_occasion(make_organisation("Lain"))
    revoked, foreign = make_pass(occasion), make_pass(other)
    revoke_pass(holder=revoked.holder, group=occasion.group, actor=SYSTEM)
    with clock.frozen_at(MORNING):
        for text in [foreign.code, token_of(foreign), "", "ABC", "\x00"]:
            assert sign(phone(), occasion, foreign, token=text).status_code == 400
        assert "has been revoked" in sign(phone(), occasion, revoked).content.decode()
    assert not Mark.objects.exists()


def test_whoever_was_down_as_excused_has_come_after_all() -> None:
    occasion = make_occasion()
    held = make_pass(occasion)
    with clock.frozen_at(later(-60)):
        mark_list(occasion=occasion, statuses={held.holder.code: Status.EXCUSED}, actor=SYSTEM)
    with clock.frozen_at(MORNING):
        sign(phone(), occasion, held)
    assert Mark.objects.get().status == "present"


def test_one_phone_may_try_only_so_often() -> None:
    occasion = make_occasion()
    held = make_pass(occasion)
    client = phone()
    with clock.frozen_at(MORNING):
        answers = [sign(client, occasion, held, token="ABCABCABCABC").content.decode() for _ in range(8)]
        assert "Too many tries" not in answers[5]
        assert "Too many tries" in answers[6]
        assert "Too many tries" in sign(client, occasion, held).content.decode()
    assert not Mark.objects.exists()


def test_the_short_code_leads_to_the_page() -> None:
    occasion = make_occasion()
    client = phone()
    path = reverse("attendance:hall_code")
    with clock.frozen_at(MORNING):
        answer = client.post(path, {"code": hall.short_code(occasion, MORNING)})
        assert client.get(answer["Location"]).status_code == 200
        assert "has run out" in client.post(path, {"code": "000000"}).content.decode()


def test_a_wrong_code_does_not_make_the_ticket_any_younger() -> None:
    """Whoever opened the page once signs for ten minutes, and not all day from home."""
    occasion = make_occasion()
    held = make_pass(occasion)
    client = phone()
    path = reverse("attendance:hall", args=["x"])
    with clock.frozen_at(MORNING):
        first = open_page(client, occasion)
    ticket = first
    for seconds in (200, 400, 590):
        with clock.frozen_at(later(seconds)):
            page = client.post(path, {"tiket": ticket, "token": "SALAHSALAHXX"})
        assert (page.status_code, "SALAHSALAHXX" in page.content.decode()) == (400, True)
        ticket = re.findall(r'name="tiket" value="([^"]+)"', page.content.decode())[0]
        assert ticket == first
    with clock.frozen_at(later(601)):
        assert client.post(path, {"tiket": ticket, "token": held.code}).status_code == 410
    assert not Mark.objects.exists()
    with clock.frozen_at(later(595)):
        assert client.post(path, {"tiket": ticket, "token": held.code}).status_code == 200

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from enggang.access.enums import Role
from enggang.attendance.domain import cancel_occasion, mark_present, revoke_pass
from enggang.attendance.enums import Method
from enggang.attendance.models import Mark, Occasion, Pass
from enggang.attendance.tokens import token_of
from enggang.audit.models import AuditEntry
from enggang.core import clock
from enggang.core.actor import SYSTEM
from tests.attendance.factories import EVENING, MORNING, NOON, make_occasion, make_organisation, make_pass, signed_in

pytestmark = pytest.mark.django_db


def url_of(held: Pass) -> str:
    return reverse("attendance:pass", args=[token_of(held)])


def press(client: Client, held: Pass, occasion: Occasion) -> Any:
    return client.post(url_of(held), {"occasion": occasion.code}, follow=True)


def test_a_stranger_learns_that_it_is_a_pass_and_nothing_about_its_owner() -> None:
    occasion = make_occasion()
    held = make_pass(occasion, agency=make_organisation("Dinas Kominfo"))
    for client in [
        Client(headers={"accept-language": "en"}),
        signed_in(Role.ORGANISER, make_organisation("Lain")),
        signed_in(Role.PARTICIPANT, occasion.organisation),
        signed_in(Role.INSPECTOR, occasion.organisation),
    ]:
        answer = client.get(url_of(held))
        page = answer.content.decode()
        assert answer.status_code == 200
        assert "attendance pass of a participant" in page
        assert not [word for word in ("Siti", "Kominfo", "Komposisi", held.holder.code) if word in page]
        assert client.post(url_of(held), {"occasion": occasion.code}).status_code == 404
    assert not Mark.objects.exists()


def test_a_forged_or_revoked_pass_shows_a_stranger_nothing() -> None:
    held = make_pass(make_occasion())
    revoked_url = url_of(held)
    revoke_pass(holder=held.holder, group=held.group, actor=SYSTEM)
    client = Client(headers={"accept-language": "en"})
    for url in [revoked_url, reverse("attendance:pass", args=["x.y.z"])]:
        answer = client.get(url)
        assert answer.status_code == 404
        assert "This pass is not valid" in answer.content.decode()


def test_staff_see_who_it_is_and_mark_with_one_press() -> None:
    occasion = make_occasion()
    held = make_pass(occasion, agency=make_organisation("Dinas Kominfo"))
    client = signed_in(Role.INSTRUCTOR, occasion.organisation)
    with clock.frozen_at(MORNING):
        page = client.get(url_of(held)).content.decode()
        assert all(word in page for word in ("Siti Rahmawati", "Dinas Kominfo", "Komposisi foto", "08.00"))
        assert not Mark.objects.exists()  # looking marks nobody
        answer = press(client, held, occasion)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "answer--good" in page
    assert "Recorded at 08.00" in page
    mark = Mark.objects.get()
    assert (mark.status, mark.method, mark.holder, mark.at) == ("present", "qr", held.holder, MORNING)
    assert mark.by_key == AuditEntry.objects.get(code="attendance.mark_present").actor_key


def test_a_second_press_tells_when_it_was_recorded_first() -> None:
    occasion = make_occasion()
    held = make_pass(occasion)
    client = signed_in(Role.ORGANISER, occasion.organisation)
    with clock.frozen_at(MORNING):
        press(client, held, occasion)
    with clock.frozen_at(NOON):
        page = press(client, held, occasion).content.decode()
    assert "answer--warn" in page
    assert "Already recorded at 08.00" in page
    assert Mark.objects.count() == 1


def test_the_running_or_next_session_of_today_comes_first() -> None:
    morning = make_occasion()
    noon = make_occasion(morning.organisation, morning.group, "Lapangan", NOON, EVENING)
    make_occasion(morning.organisation, morning.group, "Lusa", MORNING.replace(day=9), NOON.replace(day=9))
    held = make_pass(morning)
    client = signed_in(Role.ORGANISER, morning.organisation)
    for now, expected in [(MORNING, [morning, noon]), (NOON, [noon, morning]), (EVENING, [morning, noon])]:
        with clock.frozen_at(now):
            context = client.get(url_of(held)).context
        assert [context["first"][0], *[each for each, _ in context["others"]]] == expected


def test_on_a_day_without_sessions_the_next_one_is_named_and_nobody_is_marked() -> None:
    occasion = make_occasion()
    client = signed_in(Role.ORGANISER, occasion.organisation)
    with clock.frozen_at(MORNING.replace(day=5)):
        page = client.get(url_of(make_pass(occasion))).content.decode()
    assert "no session of this group today" in page
    assert "Komposisi foto" in page
    assert '<button class="btn btn--block' not in page


def test_a_press_for_another_groups_session_or_agency_is_not_found() -> None:
    occasion, other = make_occasion(), make_occasion()
    same_office = make_occasion(occasion.organisation)
    held = make_pass(occasion)
    client = signed_in(Role.ORGANISER, occasion.organisation)
    for target in [other, same_office]:
        assert client.post(url_of(held), {"occasion": target.code}).status_code == 404
    assert client.post(url_of(held), {}).status_code == 404
    assert (
        signed_in(Role.ORGANISER, other.organisation).post(url_of(held), {"occasion": occasion.code}).status_code == 404
    )
    assert not Mark.objects.exists()


def test_a_revoked_pass_or_cancelled_session_is_refused_in_words() -> None:
    occasion = make_occasion()
    held = make_pass(occasion)
    client = signed_in(Role.ORGANISER, occasion.organisation)
    cancel_occasion(occasion=occasion, actor=SYSTEM)
    answer = press(client, held, occasion)
    assert answer.status_code == 409
    assert "is cancelled" in answer.content.decode()
    revoke_pass(holder=held.holder, group=held.group, actor=SYSTEM)
    assert "This pass has been revoked" in client.get(url_of(held)).content.decode()
    assert (
        "This pass has been revoked"
        in press(client, held, make_occasion(occasion.organisation, held.group)).content.decode()
    )
    assert not Mark.objects.exists()


def test_the_address_alone_cannot_claim_a_mark() -> None:
    occasion = make_occasion()
    held = make_pass(occasion)
    client = signed_in(Role.ORGANISER, occasion.organisation)
    page = client.get(f"{url_of(held)}?sesi={occasion.code}&baru=1").content.decode()
    assert "Recorded at" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_queries_for_any_number_of_sessions(count: int, django_assert_num_queries: Any) -> None:
    first = make_occasion()
    for number in range(1, count):
        make_occasion(first.organisation, first.group, f"Sesi {number}")
    held = make_pass(first)
    mark_present(occasion=first, holder=held.holder, method=Method.QR, actor=SYSTEM)
    client, url = signed_in(Role.ORGANISER, first.organisation), url_of(held)
    with clock.frozen_at(MORNING), django_assert_num_queries(10):
        client.get(url)

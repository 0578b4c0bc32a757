"""Families on real connections that want the last places in the same moment. On both databases."""

from __future__ import annotations

from functools import partial

import pytest
from django.core.cache import cache
from django.test import Client

from enggang.attendance.models import Pass
from enggang.core.actor import ANONYMOUS
from enggang.core.acts import Conflict
from enggang.events.domain.bookings import Visitor, book, cancel_booking, reduce_booking
from enggang.events.models import Booking, Slot
from enggang.events.queries.sound_visitors import unsound_bookings
from enggang.seats.queries.offers import idle_seats, stray_claims, unsound_pools
from tests.events.visiting import again, booked_with_token, fresh, holder, make_open_slot, page_of
from tests.seats.test_concurrency import at_once
from tests.training.factories import make_agency

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def slot() -> Slot:
    cache.clear()
    return make_open_slot(make_agency(), capacity=10)


def assert_sound(slot: Slot) -> None:
    assert unsound_pools() + stray_claims() + idle_seats() + unsound_bookings() == []
    assert fresh(slot).pool.taken <= fresh(slot).pool.size
    seated = Booking.objects.seated()
    assert set(Pass.objects.placed().values_list("holder", flat=True)) == set(seated.values_list("subject", flat=True))


def test_families_for_the_last_places(slot: Slot) -> None:
    """Twenty families of one to four: ten places, never eleven; whoever fits has them, the others wait."""
    asked = [(f"Contoh {n}", n % 4 + 1) for n in range(20)]
    slots = [fresh(slot) for _each in asked]
    made = at_once(
        *[
            partial(book, slot=row, visitor=Visitor(name=name, phone="081234567890", people=people), actor=ANONYMOUS)
            for row, (name, people) in zip(slots, asked, strict=True)
        ]
    )
    assert [each for each in made if isinstance(each, Exception)] == []
    assert fresh(slot).pool.taken == 10
    assert_sound(slot)


def test_one_form_sent_five_times_in_one_moment(slot: Slot) -> None:
    typed = {"key": "k" * 32, "name": "Contoh Ani", "phone": "081234567890", "people": 2}
    answers = at_once(*[partial(Client().post, page_of(slot), typed) for _n in range(5)])
    assert [answer.status_code for answer in answers] == [302] * 5
    assert Booking.objects.count() == 1
    assert fresh(slot).pool.taken == 2
    assert_sound(slot)


def test_cancelling_and_shrinking_while_others_wait(slot: Slot) -> None:
    first, second = booked_with_token(slot, people=5), booked_with_token(slot, people=5)
    waiting = [booked_with_token(slot, people=people)[0] for people in (4, 3, 2, 1)]
    calls = [
        partial(cancel_booking, booking=first[0], actor=holder(first[1])),
        partial(reduce_booking, booking=second[0], quantity=2, actor=holder(second[1])),
    ]
    assert [each for each in at_once(*calls) if isinstance(each, Exception)] == []
    assert fresh(slot).pool.taken == 10  # two stay; four, three and one find room in either order
    assert sum(again(row).quantity for row in waiting if again(row).is_seated) == fresh(slot).pool.taken - 2
    assert_sound(slot)


def test_a_waiting_family_shrinks_while_a_place_is_freed(slot: Slot) -> None:
    first, _token = booked_with_token(slot, people=6), booked_with_token(slot, people=4)
    mine = booked_with_token(slot, people=6)
    calls = [
        partial(cancel_booking, booking=first[0], actor=holder(first[1])),
        partial(reduce_booking, booking=mine[0], quantity=3, actor=holder(mine[1])),
    ]
    answers = at_once(*calls)
    assert all(not isinstance(each, Exception) or isinstance(each, Conflict) for each in answers)
    assert again(mine[0]).is_seated
    assert fresh(slot).pool.taken == 4 + again(mine[0]).quantity
    assert_sound(slot)


def test_two_buttons_of_one_ticket_in_one_moment(slot: Slot) -> None:
    row, token = booked_with_token(slot, people=4)
    actor = holder(token)
    answers = at_once(*[partial(cancel_booking, booking=row, actor=actor) for _n in range(3)])
    assert sum(isinstance(each, Conflict) for each in answers) == 2
    assert fresh(slot).pool.taken == 0
    assert_sound(slot)

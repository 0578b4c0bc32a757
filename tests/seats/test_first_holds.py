"""A free seat that is held for who claims it, until they confirm."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from enggang.core import clock
from enggang.core.actor import ANONYMOUS, SYSTEM
from enggang.core.acts import Conflict, acts_together
from enggang.core.jobs import run_pending
from enggang.seats.domain import PoolSpec, change_promotion, claim_seats, confirm_claim
from enggang.seats.domain.holds import queue_expiry
from enggang.seats.domain.together import Wish, claim_together
from enggang.seats.models import Claim, Offer
from enggang.seats.queries.offers import idle_seats, unsound_pools
from enggang.seats.signals import claim_due
from tests.seats.factories import make_holder, make_offer, pools_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def told() -> Iterator[list[int]]:
    """The claims whose coming deadline was told."""
    keys: list[int] = []

    def receiver(claim: Claim, **_: Any) -> None:
        keys.append(claim.pk)

    claim_due.connect(receiver)
    yield keys
    claim_due.disconnect(receiver)


def offer_with(first: int, *, hold: int = 0) -> Offer:
    offer = make_offer(PoolSpec("Umum", 1))
    return change_promotion(
        offer=offer,
        promotion="automatic",
        hold_hours=hold,
        first_hold_hours=first,
        late_substitution=True,
        actor=SYSTEM,
    )


def claim_of(offer: Offer, **how: Any) -> Claim:
    return claim_seats(offer=offer, holder=make_holder(), pools=pools_of(offer), actor=SYSTEM, **how)


def test_a_free_seat_is_confirmed_at_once_unless_the_offer_holds_it() -> None:
    assert claim_of(make_offer()).state == "confirmed"
    claim = claim_of(offer_with(48))
    assert claim.is_held
    assert claim.held_until is not None
    assert timedelta(hours=47) < claim.held_until - clock.now() <= timedelta(hours=48)
    claim.refresh_from_db()
    assert claim.is_held


def test_who_stands_at_the_desk_is_confirmed_at_once() -> None:
    assert claim_of(offer_with(48), may_wait=False).state == "confirmed"


def test_the_holder_is_reminded_once_then_the_seat_goes_to_the_next(told: list[int]) -> None:
    offer = offer_with(72)
    first, second = claim_of(offer), claim_of(offer)
    start = clock.now()
    for hours, reminded in ((53, 0), (55, 1), (60, 1)):
        with clock.frozen_at(start + timedelta(hours=hours)):
            assert queue_expiry() is (hours == 55)
            run_pending()
        assert len(told) == reminded
    with clock.frozen_at(start + timedelta(hours=73)):
        with pytest.raises(Conflict):
            confirm_claim(claim=first, actor=SYSTEM)
        assert queue_expiry()
        run_pending()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state, told) == ("released", "confirmed", [first.pk])
    assert unsound_pools() + idle_seats() == []


def test_who_has_confirmed_is_neither_reminded_nor_released(told: list[int]) -> None:
    claim = claim_of(offer_with(4))
    confirm_claim(claim=claim, actor=SYSTEM)
    with clock.frozen_at(clock.now() + timedelta(hours=5)):
        assert not queue_expiry()
    assert told == []


def test_people_who_claim_at_once_are_held_as_one_by_one() -> None:
    offer = offer_with(10)
    pools = pools_of(offer)
    for pool in pools:
        pool.offer = offer
    with acts_together() as done:
        wishes = [Wish(make_holder(), pools, Claim.new_subject("X")) for _ in range(2)]
        held, waiting = claim_together(wishes=wishes, actor=ANONYMOUS, done=done)
    for claim in (held, waiting):
        claim.refresh_from_db()
    assert (held.is_held, held.remind_at is not None, waiting.state) == (True, True, "waiting")
    assert unsound_pools() == []


@pytest.mark.parametrize("hours", [-1, 721, 100_000])
def test_a_time_that_cannot_be_is_refused_and_nothing_changes(hours: int) -> None:
    offer = offer_with(5)
    with pytest.raises(Conflict), transaction.atomic():
        change_promotion(
            offer=offer, promotion="manual", hold_hours=0, first_hold_hours=hours, late_substitution=True, actor=SYSTEM
        )
    offer.refresh_from_db()
    assert (offer.first_hold_hours, offer.promotion) == (5, "automatic")
    assert connection.in_atomic_block

from __future__ import annotations

from datetime import timedelta

import pytest

from enggang.access.enums import Role
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.core.registries import invariants
from enggang.seats.domain import (
    PoolSpec,
    accept_proposal,
    change_promotion,
    claim_seats,
    release_claim,
    seat_by_hand,
    skip_proposal,
    standing,
    withdraw_offer,
)
from enggang.seats.enums import Promotion
from enggang.seats.models import Claim, Offer, Pool
from enggang.seats.queries.waiting import proposals, waiting_list
from tests.seats.factories import make_actor, make_holder, make_offer, make_organisation, pools_of

pytestmark = pytest.mark.django_db


def policy(offer: Offer, promotion: Promotion, hold_hours: int = 0, *, then_open: bool | None = None) -> Offer:
    return change_promotion(
        offer=offer, promotion=promotion, hold_hours=hold_hours, late_substitution=True, then_open=then_open,
        actor=SYSTEM,
    )  # fmt: skip


def claim(offer: Offer, *pools: Pool, quantity: int = 1, may_wait: bool = True) -> Claim:
    return claim_seats(
        offer=offer, holder=make_holder(), pools=pools or pools_of(offer), quantity=quantity, actor=SYSTEM,
        outside_window=not may_wait, may_wait=may_wait,
    )  # fmt: skip


def states(*claims: Claim) -> list[str]:
    for each in claims:
        each.refresh_from_db()
    return [each.state for each in claims]


def test_a_proposed_list_waits_for_the_organiser_who_accepts_or_skips() -> None:
    offer = policy(make_offer(PoolSpec("Umum", 1)), Promotion.PROPOSED)
    (pool,) = pools_of(offer)
    seated, first, second = claim(offer), claim(offer), claim(offer)
    release_claim(claim=seated, actor=SYSTEM)
    assert (states(first, second), proposals(offer)) == (["waiting", "waiting"], [(pool, first)])

    skip_proposal(claim=first, actor=SYSTEM)
    assert proposals(offer) == [(pool, second)]
    with pytest.raises(Conflict, match="moved"):
        accept_proposal(claim=first, pool=pool, actor=SYSTEM)
    accept_proposal(claim=second, pool=pool, actor=SYSTEM)

    assert (states(first, second), standing(first)) == (["waiting", "confirmed"], 1)
    assert invariants["seats.taken"]() == []


def test_a_newcomer_does_not_overtake_a_list_that_moves_by_hand() -> None:
    offer = policy(make_offer(PoolSpec("Umum", 1)), Promotion.MANUAL)
    seated, first = claim(offer), claim(offer)
    release_claim(claim=seated, actor=SYSTEM)
    late = claim(offer)
    assert states(first, late) == ["waiting", "waiting"]
    assert [line.rank for line in waiting_list(offer)] == [1, 2]

    seat_by_hand(claim=late, pool=pools_of(offer)[0], actor=SYSTEM)

    assert states(first, late) == ["waiting", "confirmed"]
    with pytest.raises(Conflict, match="no free seat"):
        seat_by_hand(claim=first, pool=pools_of(offer)[0], actor=SYSTEM)


def test_becoming_automatic_fills_what_is_free_and_forgets_who_was_skipped() -> None:
    offer = policy(make_offer(PoolSpec("Umum", 1)), Promotion.PROPOSED)
    seated, first, second = claim(offer), claim(offer), claim(offer)
    release_claim(claim=seated, actor=SYSTEM)
    skip_proposal(claim=first, actor=SYSTEM)
    policy(offer, Promotion.AUTOMATIC)
    assert states(first, second) == ["confirmed", "waiting"]
    with pytest.raises(Conflict, match="by itself"):
        seat_by_hand(claim=second, pool=pools_of(offer)[0], actor=SYSTEM)


def test_an_open_quota_proposes_who_has_not_been_proposed_for_their_own() -> None:
    offer = make_offer(PoolSpec("A", 1, organisation=make_organisation("A")), PoolSpec("Umum", 1))
    policy(offer, Promotion.PROPOSED)
    own, everyone = pools_of(offer)
    seated = [claim(offer, own), claim(offer, everyone)]
    first, second = claim(offer, own), claim(offer, own)
    for each in seated:
        release_claim(claim=each, actor=SYSTEM)
    assert proposals(offer) == [(own, first), (everyone, second)]


def test_a_seat_is_given_by_hand_only_to_who_waits_for_it_and_only_by_the_organiser() -> None:
    offer = make_offer(
        PoolSpec("A", 0, organisation=make_organisation("A")), PoolSpec("B", 1, organisation=make_organisation("B"))
    )
    policy(offer, Promotion.MANUAL, then_open=False)
    a, b = pools_of(offer)
    waiting = claim(offer, a)
    assert proposals(offer) == []
    for refused in (seat_by_hand, accept_proposal):
        with pytest.raises(Conflict):
            refused(claim=waiting, pool=b, actor=SYSTEM)
    stranger = make_actor(Role.COORDINATOR, offer.organisation)
    for attempt in (
        lambda: seat_by_hand(claim=waiting, pool=a, actor=stranger),
        lambda: skip_proposal(claim=waiting, actor=stranger),
        lambda: accept_proposal(claim=waiting, pool=a, actor=stranger),
        lambda: change_promotion(
            offer=offer, promotion=Promotion.MANUAL, hold_hours=0, late_substitution=True, actor=stranger
        ),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert states(waiting) == ["waiting"]


def test_who_moves_up_is_held_when_the_offer_asks_for_a_confirmation() -> None:
    offer = policy(make_offer(PoolSpec("Umum", 1)), Promotion.AUTOMATIC, hold_hours=24)
    seated, waiting = claim(offer), claim(offer)
    assert states(seated) == ["confirmed"]
    release_claim(claim=seated, actor=SYSTEM)
    assert states(waiting) == ["held"]
    assert waiting.held_until is not None
    assert timedelta(hours=23) < waiting.held_until - clock.now() <= timedelta(hours=24)
    assert pools_of(offer)[0].taken == 1


def test_a_walk_in_gets_a_free_seat_or_is_refused_with_the_counts() -> None:
    offer = policy(make_offer(PoolSpec("Umum", 2)), Promotion.MANUAL)
    seated = [claim(offer), claim(offer)]
    claim(offer)
    with pytest.raises(Conflict, match=r"No seat is free: Umum 2/2"):
        claim(offer, may_wait=False)
    assert Claim.objects.count() == 3
    release_claim(claim=seated[0], actor=SYSTEM)
    assert claim(offer, may_wait=False).state == "confirmed"


def test_the_doctor_notices_a_seat_left_empty_beside_who_waits() -> None:
    offer = make_offer(PoolSpec("Umum", 0))
    claim(offer)
    assert invariants["seats.idle"]() == []
    Pool.objects.update(size=1)
    assert len(invariants["seats.idle"]()) == 1
    Claim.objects.update(wish=pools_of(make_offer())[0])
    assert len(invariants["seats.stray"]()) == 1


def test_a_seat_that_nobody_of_the_quota_waits_for_is_proposed_to_who_waits_elsewhere() -> None:
    offer = make_offer(
        PoolSpec("A", 0, organisation=make_organisation("A")), PoolSpec("B", 1, organisation=make_organisation("B"))
    )
    policy(offer, Promotion.PROPOSED)
    a, b = pools_of(offer)
    first, second = claim(offer, a), claim(offer, a)
    assert proposals(offer) == [(b, first)]
    accept_proposal(claim=first, pool=b, actor=SYSTEM)
    assert (states(first, second), first.pool) == (["confirmed", "waiting"], b)


def test_what_is_not_said_about_freed_seats_stays() -> None:
    offer = policy(make_offer(), Promotion.MANUAL, then_open=False)
    assert not policy(offer, Promotion.PROPOSED).then_open


def test_nobody_is_seated_by_hand_in_an_offer_that_was_withdrawn() -> None:
    offer = policy(make_offer(PoolSpec("Umum", 1)), Promotion.MANUAL)
    seated, waiting = claim(offer), claim(offer)
    release_claim(claim=seated, actor=SYSTEM)
    withdraw_offer(offer=offer, actor=SYSTEM)
    for attempt in (seat_by_hand, accept_proposal):
        with pytest.raises(Conflict, match="given any more"):
            attempt(claim=Claim.objects.get(pk=waiting.pk), pool=pools_of(offer)[0], actor=SYSTEM)
    assert states(waiting) == ["waiting"]

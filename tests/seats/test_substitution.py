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
    change_promotion,
    change_window,
    claim_seats,
    release_claim,
    standing,
    substitute_holder,
    withdraw_offer,
)
from enggang.seats.models import Claim, Offer
from tests.seats.factories import make_actor, make_holder, make_offer, pools_of

pytestmark = pytest.mark.django_db


def claim(offer: Offer, quantity: int = 1) -> Claim:
    return claim_seats(offer=offer, holder=make_holder(), pools=pools_of(offer), quantity=quantity, actor=SYSTEM)


def test_a_substitute_takes_the_seat_and_nobody_who_waits_moves() -> None:
    offer = make_offer(PoolSpec("Umum", 1))
    seated, waiting = claim(offer), claim(offer)
    newcomer = make_holder()

    made = substitute_holder(claim=seated, holder=newcomer, actor=SYSTEM, reason="sakit")

    old = Claim.objects.get(pk=seated.pk)
    assert (made.holder, made.state, made.pool) == (newcomer, "confirmed", seated.pool)
    assert (old.state, old.reason, standing(waiting)) == ("released", "sakit", 1)
    assert pools_of(offer)[0].taken == 1
    assert invariants["seats.taken"]() == []


def test_a_substitute_from_the_waiting_list_leaves_it() -> None:
    offer = make_offer(PoolSpec("Umum", 1))
    seated, first, second = claim(offer), claim(offer), claim(offer)
    made = substitute_holder(claim=seated, holder=second.holder, actor=SYSTEM)
    assert (made.pk, made.state, standing(first)) == (second.pk, "confirmed", 1)
    assert Claim.objects.standing().count() == 2
    assert pools_of(offer)[0].taken == 1


def test_who_has_a_seat_or_asked_for_another_number_cannot_substitute() -> None:
    offer = make_offer(PoolSpec("Umum", 2))
    one, two, family = claim(offer), claim(offer), claim(offer, quantity=2)
    with pytest.raises(Conflict, match="already has a seat"):
        substitute_holder(claim=one, holder=two.holder, actor=SYSTEM)
    with pytest.raises(Conflict, match="another number"):
        substitute_holder(claim=one, holder=family.holder, actor=SYSTEM)
    assert Claim.objects.seated().count() == 2


def test_a_seat_that_was_given_back_meanwhile_has_no_substitute() -> None:
    offer = make_offer(PoolSpec("Umum", 1))
    seated, waiting = claim(offer), claim(offer)
    stale = Claim.objects.get(pk=seated.pk)
    release_claim(claim=seated, actor=SYSTEM)
    for each in (stale, claim(offer)):
        with pytest.raises(Conflict):
            substitute_holder(claim=each, holder=make_holder(), actor=SYSTEM)
    waiting.refresh_from_db()
    assert waiting.state == "confirmed"
    assert Claim.objects.standing().count() == 2


def test_late_substitutes_are_the_offers_to_allow_and_the_organisers_always() -> None:
    offer = make_offer(PoolSpec("Umum", 1))
    seated = claim(offer)
    change_window(offer=offer, opens_at=None, closes_at=clock.now() - timedelta(hours=1), actor=SYSTEM)
    coordinator = make_actor(Role.COORDINATOR, offer.organisation)
    seated = substitute_holder(claim=seated, holder=make_holder(), actor=coordinator)
    change_promotion(offer=offer, promotion="automatic", hold_hours=0, late_substitution=False, actor=SYSTEM)
    with pytest.raises(NotAllowed, match="no substitutes"):
        substitute_holder(claim=seated, holder=make_holder(), actor=coordinator)
    seated = substitute_holder(claim=seated, holder=make_holder(), actor=make_actor(Role.ORGANISER, offer.organisation))
    withdraw_offer(offer=offer, actor=SYSTEM)
    with pytest.raises(Conflict, match="withdrawn"):
        substitute_holder(claim=seated, holder=make_holder(), actor=SYSTEM)

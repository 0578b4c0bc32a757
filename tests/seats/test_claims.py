from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from enggang.access.enums import Role
from enggang.audit.models import AuditEntry
from enggang.core import clock
from enggang.core.actor import SYSTEM, Actor
from enggang.core.acts import Conflict, NotAllowed, act, known_acts
from enggang.core.registries import invariants
from enggang.seats.domain import (
    PoolSpec,
    change_promotion,
    claim_seats,
    close_offer,
    release_claim,
    standing,
    withdraw_offer,
)
from enggang.seats.models import Claim, Offer, Pool
from enggang.seats.signals import claim_promoted
from tests.seats.factories import make_actor, make_holder, make_offer, make_organisation, pools_of

pytestmark = pytest.mark.django_db


def claim(offer: Offer, *pools: Pool, quantity: int = 1, **also: Any) -> Claim:
    return claim_seats(
        offer=offer, holder=make_holder(), pools=pools or pools_of(offer), quantity=quantity, actor=SYSTEM, **also
    )


def test_a_claim_takes_the_first_pool_with_room_and_waits_in_the_one_it_wished() -> None:
    offer = make_offer(PoolSpec("Kominfo", 1, organisation=make_organisation("Kominfo")), PoolSpec("Umum", 1))
    own, everyone = pools_of(offer)

    claims = [claim(offer, own, everyone) for _ in range(3)]

    assert [(c.state, c.wish, c.pool) for c in claims] == [
        ("confirmed", own, own),
        ("confirmed", own, everyone),
        ("waiting", own, None),
    ]
    assert list(Pool.objects.order_by("pk").values_list("taken", flat=True)) == [1, 1]
    assert [standing(c) for c in claims] == [None, None, 1]


def test_a_claim_is_audited_with_its_outcome() -> None:
    offer = make_offer()
    made = claim(offer)
    entry = AuditEntry.objects.get(code="seats.claim_seats")
    assert entry.subject_code == made.code
    assert entry.details == {"offer": offer.code, "state": "confirmed", "pool": made.pool_id, "quantity": 1}


def test_a_family_takes_all_its_seats_or_none() -> None:
    offer = make_offer(PoolSpec("Umum", 5))
    states = [claim(offer, quantity=quantity).state for quantity in (3, 3, 2)]
    assert states == ["confirmed", "waiting", "confirmed"]
    assert pools_of(offer)[0].taken == 5


def test_nobody_claims_twice_and_is_told_what_they_have() -> None:
    offer = make_offer(PoolSpec("Umum", 1))
    seated, waiting = claim(offer), claim(offer)

    with pytest.raises(Conflict, match="Already registered: 1 seat in the quota “Umum”"):
        claim_seats(offer=offer, holder=seated.holder, pools=pools_of(offer), actor=SYSTEM)
    with pytest.raises(Conflict, match="Already on the waiting list, at place 1 for the quota “Umum”"):
        claim_seats(offer=offer, holder=waiting.holder, pools=pools_of(offer), actor=SYSTEM)

    assert Claim.objects.count() == 2
    assert pools_of(offer)[0].taken == 1


def test_who_left_may_come_back_at_the_end_of_the_line() -> None:
    offer = make_offer(PoolSpec("Umum", 1))
    first, second = claim(offer), claim(offer)
    release_claim(claim=first, actor=SYSTEM)

    again = claim_seats(offer=offer, holder=first.holder, pools=pools_of(offer), actor=SYSTEM)

    second.refresh_from_db()
    assert (second.state, again.state, standing(again)) == ("confirmed", "waiting", 1)


@pytest.mark.parametrize(
    ("now", "sentence"),
    [
        (datetime(2026, 11, 1, 0, 59, tzinfo=UTC), r"opens on 1 \w+ 2026, 08\.00 WIB"),
        (datetime(2026, 11, 5, 9, 0, tzinfo=UTC), r"closed on 5 \w+ 2026, 16\.00 WIB\. .*asks the organiser"),
    ],
)
def test_a_closed_window_is_told_with_its_date(now: datetime, sentence: str) -> None:
    offer = make_offer(opens_at=datetime(2026, 11, 1, 1, tzinfo=UTC), closes_at=datetime(2026, 11, 5, 9, tzinfo=UTC))

    with clock.frozen_at(now), pytest.raises(Conflict, match=sentence):
        claim(offer)

    assert Claim.objects.count() == 0
    with clock.frozen_at(datetime(2026, 11, 1, 1, tzinfo=UTC)):
        assert claim(offer).state == "confirmed"


def test_only_the_organiser_registers_outside_the_window() -> None:
    offer = make_offer()
    close_offer(offer=offer, actor=SYSTEM)

    def attempt(actor: Actor) -> Claim:
        return claim_seats(offer=offer, holder=make_holder(), pools=pools_of(offer), actor=actor, outside_window=True)

    with pytest.raises(NotAllowed):
        attempt(make_actor(Role.COORDINATOR, offer.organisation))
    assert Claim.objects.count() == 0
    assert attempt(make_actor(Role.ORGANISER, offer.organisation)).state == "confirmed"
    withdraw_offer(offer=offer, actor=SYSTEM)
    with pytest.raises(Conflict, match="withdrawn"):
        attempt(SYSTEM)


def test_a_stale_offer_does_not_open_a_closed_door() -> None:
    offer = make_offer()
    close_offer(offer=Offer.objects.get(pk=offer.pk), actor=SYSTEM)
    with pytest.raises(Conflict, match="closed"):
        claim(offer)


def test_pools_of_another_offer_and_no_pool_at_all_are_refused() -> None:
    offer, other = make_offer(), make_offer()
    for pools in [pools_of(other), [*pools_of(offer), *pools_of(other)], []]:
        with pytest.raises(Conflict, match="no quota"):
            claim_seats(offer=offer, holder=make_holder(), pools=pools, actor=SYSTEM)
    assert Claim.objects.count() == 0


def test_a_claim_for_no_seat_is_refused() -> None:
    for quantity in (0, -1):
        with pytest.raises(Conflict, match="at least one"):
            claim(make_offer(), quantity=quantity)


def test_a_released_seat_goes_to_the_first_of_the_same_quota() -> None:
    offer = make_offer(PoolSpec("A", 1, organisation=make_organisation("A")), PoolSpec("Umum", 1))
    own, everyone = pools_of(offer)
    seated, in_open = claim(offer, own), claim(offer, everyone)
    open_waiter, own_waiter, late = claim(offer, everyone), claim(offer, own, everyone), claim(offer, own)

    release_claim(claim=seated, actor=SYSTEM, reason="sakit")
    for each in (open_waiter, own_waiter, late):
        each.refresh_from_db()
    assert [c.state for c in (open_waiter, own_waiter, late)] == ["waiting", "confirmed", "waiting"]
    assert (seated.state, seated.reason, own_waiter.pool) == ("released", "sakit", own)

    release_claim(claim=in_open, actor=SYSTEM)
    open_waiter.refresh_from_db()
    late.refresh_from_db()
    assert (open_waiter.pool, late.pool) == (everyone, None)

    release_claim(claim=open_waiter, actor=SYSTEM)
    late.refresh_from_db()
    assert (late.state, late.pool, late.wish) == ("confirmed", everyone, own)


@pytest.mark.parametrize("then_open", [True, False])
def test_a_freed_seat_that_nobody_of_its_quota_waits_for_goes_to_others_only_where_the_offer_says_so(
    then_open: bool,
) -> None:
    offer = make_offer(
        PoolSpec("A", 3, organisation=make_organisation("A")), PoolSpec("B", 1, organisation=make_organisation("B"))
    )
    change_promotion(
        offer=offer, promotion="automatic", hold_hours=0, late_substitution=True, then_open=then_open, actor=SYSTEM
    )
    a, b = pools_of(offer)
    seated, others = claim(offer, a), [claim(offer, b) for _ in range(4)][1:]
    release_claim(claim=seated, actor=SYSTEM)
    for each in others:
        each.refresh_from_db()
    # Of A's three seats only the one that was given back moves on: the two it never gave out are kept for it.
    assert [each.pool for each in others] == [a if then_open else None, None, None]


def test_a_freed_seat_goes_to_those_of_its_quota_before_others_who_waited_longer() -> None:
    offer = make_offer(
        PoolSpec("A", 1, organisation=make_organisation("A")), PoolSpec("B", 0, organisation=make_organisation("B"))
    )
    a, b = pools_of(offer)
    seated, other, own = claim(offer, a), claim(offer, b), claim(offer, a)
    release_claim(claim=seated, actor=SYSTEM)
    assert [Claim.objects.get(pk=each.pk).state for each in (other, own)] == ["waiting", "confirmed"]


def test_who_waits_for_an_agency_s_seat_gets_the_region_s_freed_seat_before_any_newcomer() -> None:
    offer = make_offer(
        PoolSpec("Dinas", 1, organisation=make_organisation("Dinas")), PoolSpec("Wilayah", 1, kind="any")
    )
    change_promotion(
        offer=offer, promotion="automatic", hold_hours=0, late_substitution=True, then_open=False, actor=SYSTEM
    )
    agency, region = pools_of(offer)
    _first, second = claim(offer, agency, region), claim(offer, agency, region)
    waiting = claim(offer, agency, region)
    assert (second.pool, waiting.wish, list(waiting.admissions.values_list("pool", flat=True))) == (
        region, agency, [region.pk],
    )  # fmt: skip
    release_claim(claim=second, actor=SYSTEM)
    late = claim(offer, region)
    waiting.refresh_from_db()
    assert (waiting.pool, late.state) == (region, "waiting")


def test_the_invariant_sees_a_free_seat_beside_who_waits_for_it_in_another_quota() -> None:
    offer = make_offer(PoolSpec("Dinas", 0, organisation=make_organisation()), PoolSpec("Wilayah", 0, kind="any"))
    claim(offer, *pools_of(offer))
    assert invariants["seats.idle"]() == []
    Pool.objects.filter(label="Wilayah").update(size=1)
    assert len(invariants["seats.idle"]()) == 1


def test_nobody_moves_up_in_an_offer_that_was_withdrawn() -> None:
    offer = make_offer(PoolSpec("Umum", 1))
    seated, waiting = claim(offer), claim(offer)
    withdraw_offer(offer=offer, actor=SYSTEM)
    release_claim(claim=seated, actor=SYSTEM)
    waiting.refresh_from_db()
    assert (waiting.state, invariants["seats.idle"]()) == ("waiting", [])


def test_promotion_passes_over_a_family_that_does_not_fit_yet_and_forgets_it_not() -> None:
    offer = make_offer(PoolSpec("Umum", 2))
    one, two = claim(offer), claim(offer)
    family, single = claim(offer, quantity=2), claim(offer)

    release_claim(claim=one, actor=SYSTEM)
    single.refresh_from_db()
    family.refresh_from_db()
    assert (family.state, single.state) == ("waiting", "confirmed")

    release_claim(claim=two, actor=SYSTEM)
    release_claim(claim=single, actor=SYSTEM)
    family.refresh_from_db()
    assert family.state == "confirmed"


def test_promotion_is_told_once_per_claim_inside_the_act_and_audited() -> None:
    offer = make_offer(PoolSpec("Umum", 2))
    family = claim(offer, quantity=2)
    waiting = [claim(offer), claim(offer)]
    told: list[tuple[int, bool]] = []

    def receiver(claim: Claim, **_: Any) -> None:
        told.append((claim.pk, transaction.get_connection().in_atomic_block and claim.is_seated))

    claim_promoted.connect(receiver)
    try:
        release_claim(claim=family, actor=SYSTEM)
    finally:
        claim_promoted.disconnect(receiver)

    assert told == [(each.pk, True) for each in waiting]
    entries = AuditEntry.objects.filter(code="seats.promote_claim").order_by("pk")
    assert [entry.subject_code for entry in entries] == [each.code for each in waiting]
    assert AuditEntry.objects.get(code="seats.release_claim").details["promoted"] == 2


def test_a_receiver_that_fails_undoes_the_release() -> None:
    offer = make_offer(PoolSpec("Umum", 1))
    seated, waiting = claim(offer), claim(offer)

    def receiver(**_: Any) -> None:
        raise RuntimeError

    claim_promoted.connect(receiver)
    try:
        with pytest.raises(RuntimeError):
            release_claim(claim=seated, actor=SYSTEM)
    finally:
        claim_promoted.disconnect(receiver)
    seated.refresh_from_db()
    waiting.refresh_from_db()
    assert (seated.state, waiting.state) == ("confirmed", "waiting")


def test_nothing_is_released_twice() -> None:
    offer = make_offer()
    seated = claim(offer)
    stale = Claim.objects.get(pk=seated.pk)
    release_claim(claim=seated, actor=SYSTEM)
    with pytest.raises(Conflict):
        release_claim(claim=stale, actor=SYSTEM)
    assert pools_of(offer)[0].taken == 0


def test_leaving_the_waiting_list_moves_the_others_up() -> None:
    offer = make_offer(PoolSpec("Umum", 0))
    first, second, third = claim(offer), claim(offer), claim(offer)
    release_claim(claim=first, actor=SYSTEM)
    assert [standing(c) for c in (first, second, third)] == [None, 1, 2]


def test_a_standing_takes_one_query(django_assert_num_queries: Any) -> None:
    offer = make_offer(PoolSpec("Umum", 0))
    claims = [claim(offer) for _ in range(3)]
    for expected, each in enumerate(claims, start=1):
        with django_assert_num_queries(1):
            assert standing(each) == expected


def test_the_database_itself_refuses_a_seat_too_many() -> None:
    (pool,) = pools_of(make_offer(PoolSpec("Umum", 1)))
    with pytest.raises(IntegrityError), transaction.atomic():
        Pool.objects.filter(pk=pool.pk).update(taken=2)


def test_the_invariant_speaks_when_the_counter_is_wrong() -> None:
    offer = make_offer(PoolSpec("Umum", 3))
    claim(offer, quantity=2)
    assert invariants["seats.taken"]() == []
    Pool.objects.update(taken=1)
    assert len(invariants["seats.taken"]()) == 1


def test_the_audit_of_an_act_and_those_inside_it_is_written_at_once_and_what_was_refused_inside_is_not() -> None:
    offer = make_offer(PoolSpec("Umum", 1))
    seated, waiting = claim(offer), claim(offer)
    AuditEntry.objects.all().delete()

    @act("tests.try_and_go_on")
    def try_and_go_on(*, actor: Actor) -> None:
        with pytest.raises(Conflict):
            release_twice(actor=actor)
        release_claim(claim=waiting, actor=actor)

    @act("tests.release_twice")
    def release_twice(*, actor: Actor) -> None:
        for _ in range(2):
            release_claim(claim=Claim.objects.get(pk=seated.pk), actor=actor)

    try:
        try_and_go_on(actor=SYSTEM)
    finally:
        for code in ("tests.try_and_go_on", "tests.release_twice"):
            del known_acts[code]
    assert list(AuditEntry.objects.order_by("pk").values_list("code", "subject_code")) == [
        ("seats.release_claim", waiting.code),
        ("tests.try_and_go_on", ""),
    ]
    assert pools_of(offer)[0].taken == 1

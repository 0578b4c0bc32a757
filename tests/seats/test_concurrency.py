"""Real connections that want the same seats in the same moment. On both databases."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import translation

from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, acts_together
from enggang.core.models import Subject
from enggang.seats.domain import (
    PoolSpec,
    change_promotion,
    claim_seats,
    confirm_claim,
    divide_pool,
    expire_claim,
    release_claim,
    resize_pool,
    seat_by_hand,
    standing,
    substitute_holder,
)
from enggang.seats.models import Claim, Offer, Pool
from enggang.seats.queries.offers import stray_claims, unsound_pools
from tests.seats.factories import make_holder, make_offer, make_organisation, pools_of

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Run every call in a thread with its own connection, all released by one barrier; answers or exceptions."""
    barrier = threading.Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            barrier.wait(30)
            with translation.override("en"):
                return call()
        except Exception as error:  # noqa: BLE001 -- the test looks at it
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def claiming(
    offer: Offer, pools: Sequence[Pool], holder: Subject | None = None, quantity: int = 1
) -> Callable[[], Claim]:
    holder = holder or make_holder()
    return lambda: claim_seats(offer=offer, holder=holder, pools=pools, actor=SYSTEM, quantity=quantity)


def assert_sound(offer: Offer) -> None:
    """Counters right, nothing oversold, and no seat free beside somebody who waits and may sit there."""
    assert unsound_pools() + stray_claims() == []
    for pool in pools_of(offer):
        assert pool.taken <= pool.size
        assert not Claim.objects.waiting().filter(wish=pool, quantity__lte=pool.free).exists()
        assert not Claim.objects.waiting().filter(admissions__pool=pool, quantity__lte=pool.free).exists()


def test_forty_people_for_ten_seats() -> None:
    offer = make_offer(PoolSpec("Umum", 10))
    pools = pools_of(offer)

    claims = at_once(*[claiming(offer, pools) for _ in range(40)])

    assert [type(each) for each in claims] == [Claim] * 40
    assert sum(claim.state == "confirmed" for claim in claims) == 10
    waiting = [claim for claim in claims if claim.state == "waiting"]
    assert sorted(standing(claim) or 0 for claim in waiting) == list(range(1, 31))
    assert pools_of(offer)[0].taken == 10
    assert_sound(offer)


@pytest.mark.parametrize("attempt", range(5))
def test_the_last_seat_raced_by_two(attempt: int) -> None:
    offer = make_offer(PoolSpec("Umum", 1))
    claims = at_once(*[claiming(offer, pools_of(offer)) for _ in range(2)])
    assert sorted(claim.state for claim in claims) == ["confirmed", "waiting"]
    assert sorted(standing(claim) or 0 for claim in claims) == [0, 1]
    assert_sound(offer)


def test_one_person_from_many_tabs_has_one_claim() -> None:
    offer, holder = make_offer(PoolSpec("Umum", 5)), make_holder()
    answers = at_once(*[claiming(offer, pools_of(offer), holder) for _ in range(8)])
    assert sum(isinstance(answer, Claim) for answer in answers) == 1
    assert {answer.message for answer in answers if not isinstance(answer, Claim)} == {
        "Already registered: 1 seat in the quota “Umum”."
    }
    assert (Claim.objects.count(), pools_of(offer)[0].taken) == (1, 1)


@pytest.mark.parametrize("attempt", range(10))
def test_a_seat_released_while_others_claim_is_never_left_empty(attempt: int) -> None:
    offer = make_offer(PoolSpec("Umum", 2))
    pools = pools_of(offer)
    seated = [claiming(offer, pools)() for _ in range(2)]
    releases = [lambda claim=claim: release_claim(claim=claim, actor=SYSTEM) for claim in seated]

    answers = at_once(*releases, *[claiming(offer, pools) for _ in range(6)])

    assert [type(answer) for answer in answers] == [Claim] * 8
    assert Claim.objects.seated().count() == 2
    assert Claim.objects.waiting().count() == 4
    assert_sound(offer)


def test_opposite_wishes_families_and_resizing_end_sound_and_without_a_deadlock() -> None:
    agencies = [make_organisation(name) for name in "AB"]
    offer = make_offer(*[PoolSpec(each.name, 4, organisation=each) for each in agencies], PoolSpec("Umum", 3))
    a, b, everyone = pools_of(offer)
    first = [claiming(offer, [pool])() for pool in (a, a, a, b, b, b, everyone)]
    orders = [[a, b, everyone], [b, a, everyone], [everyone, b, a], [everyone, a, b]]

    answers = at_once(
        *[claiming(offer, orders[n % 4], quantity=1 + n % 2) for n in range(16)],
        *[lambda claim=claim: release_claim(claim=claim, actor=SYSTEM) for claim in first],
        lambda: resize_pool(pool=Pool.objects.get(pk=a.pk), size=5, actor=SYSTEM),
    )

    assert [answer for answer in answers if not isinstance(answer, Claim | Pool)] == []
    assert_sound(offer)


def test_two_who_release_one_claim_free_one_seat() -> None:
    offer = make_offer(PoolSpec("Umum", 3))
    claim = claiming(offer, pools_of(offer))()
    claiming(offer, pools_of(offer))()
    copies = [Claim.objects.get(pk=claim.pk) for _ in range(4)]
    answers = at_once(*[lambda each=each: release_claim(claim=each, actor=SYSTEM) for each in copies])
    assert sum(isinstance(answer, Conflict) for answer in answers) == 3
    assert pools_of(offer)[0].taken == 1


def test_who_leaves_the_line_while_a_seat_is_freed_does_not_keep_the_seat() -> None:
    for _ in range(5):
        offer = make_offer(PoolSpec("Umum", 1))
        seated, waiting, last = [claiming(offer, pools_of(offer))() for _ in range(3)]
        at_once(
            partial(release_claim, claim=seated, actor=SYSTEM),
            partial(release_claim, claim=waiting, actor=SYSTEM),
        )
        last.refresh_from_db()
        assert last.state == "confirmed"
        assert_sound(offer)


def test_a_release_waits_for_a_claim_that_is_still_being_written_and_then_seats_it() -> None:
    offer = make_offer(PoolSpec("Umum", 1))
    seated = claiming(offer, pools_of(offer))()
    release = threading.Thread(target=at_once, args=[partial(release_claim, claim=seated, actor=SYSTEM)])
    with transaction.atomic():
        waiting = claiming(offer, pools_of(offer))()
        release.start()
        release.join(0.5)
        assert release.is_alive()
        assert waiting.state == "waiting"
    release.join(30)
    waiting.refresh_from_db()
    assert waiting.state == "confirmed"
    assert_sound(offer)


@pytest.mark.parametrize("attempt", range(5))
def test_substitutes_from_the_line_while_promotion_runs_end_sound_and_without_a_deadlock(attempt: int) -> None:
    offer = make_offer(PoolSpec("Umum", 4))
    pools = pools_of(offer)
    seated = [claiming(offer, pools)() for _ in range(4)]
    waiting = [claiming(offer, pools)() for _ in range(4)]
    swaps = [(seated[0], waiting[0].holder), (seated[1], waiting[1].holder), (seated[2], make_holder())]

    answers = at_once(
        *[partial(substitute_holder, claim=claim, holder=holder, actor=SYSTEM) for claim, holder in swaps],
        *[lambda claim=claim: release_claim(claim=claim, actor=SYSTEM) for claim in (seated[3], seated[0], seated[1])],
        *[claiming(offer, pools) for _ in range(3)],
    )

    assert [answer for answer in answers if not isinstance(answer, Claim | Conflict)] == []
    assert Claim.objects.seated().count() == pools_of(offer)[0].taken == 4
    assert_sound(offer)


@pytest.mark.parametrize("attempt", range(5))
def test_who_confirms_while_the_seat_expires_either_has_it_or_has_lost_it(attempt: int) -> None:
    offer = make_offer(PoolSpec("Umum", 1))
    change_promotion(offer=offer, promotion="automatic", hold_hours=1, late_substitution=True, actor=SYSTEM)
    seated, held, waiting = (claiming(offer, pools_of(offer))() for _ in range(3))
    release_claim(claim=seated, actor=SYSTEM)
    copies = [Claim.objects.get(pk=held.pk) for _ in range(3)]

    def late(copy: Claim) -> Claim:
        with clock.frozen_at(clock.now() + timedelta(hours=2)):
            return expire_claim(claim=copy, actor=SYSTEM)

    answers = at_once(
        partial(confirm_claim, claim=copies[0], actor=SYSTEM), partial(late, copies[1]), partial(late, copies[2])
    )

    assert sum(isinstance(answer, Claim) for answer in answers) == 1
    held.refresh_from_db()
    waiting.refresh_from_db()
    assert (held.state, waiting.state) in {("confirmed", "waiting"), ("released", "held")}
    assert_sound(offer)


def test_a_policy_that_changes_while_people_come_and_go_leaves_no_seat_idle() -> None:
    offer = make_offer(PoolSpec("Umum", 3))
    pools = pools_of(offer)
    seated = [claiming(offer, pools)() for _ in range(3)]
    policies = ["proposed", "automatic", "manual"]

    def change(policy: str) -> Offer:
        mine = Offer.objects.get(pk=offer.pk)
        return change_promotion(offer=mine, promotion=policy, hold_hours=0, late_substitution=True, actor=SYSTEM)

    answers = at_once(
        *[partial(change, policy) for policy in policies],
        *[lambda claim=claim: release_claim(claim=claim, actor=SYSTEM) for claim in seated],
        *[claiming(offer, pools) for _ in range(4)],
    )
    change("automatic")

    assert [answer for answer in answers if not isinstance(answer, Claim | Offer)] == []
    assert Claim.objects.seated().count() == pools_of(offer)[0].taken == 3
    assert_sound(offer)


@pytest.mark.parametrize("attempt", range(5))
def test_families_freed_in_two_quotas_at_once_cross_over_without_a_deadlock(attempt: int) -> None:
    """Nobody waits in either quota alone: each freed pair of seats wants claims that the other wants as well."""
    agencies = [make_organisation(name) for name in "AB"]
    offer = make_offer(*[PoolSpec(each.name, 4, organisation=each) for each in agencies])
    a, b = pools_of(offer)
    seated = [claiming(offer, [pool], quantity=2)() for pool in (a, a, b, b)]
    waiting = [claiming(offer, order)() for order in ([a, b], [b, a], [a], [b], [b, a], [a, b])]

    answers = at_once(
        *[lambda claim=claim: release_claim(claim=claim, actor=SYSTEM) for claim in seated],
        *[claiming(offer, order) for order in ([a, b], [b, a])],
    )

    assert [answer for answer in answers if not isinstance(answer, Claim)] == []
    assert all(Claim.objects.get(pk=claim.pk).is_seated for claim in waiting)
    assert_sound(offer)


@pytest.mark.parametrize("attempt", range(5))
def test_parts_are_cut_while_people_claim_leave_and_stand_at_the_desk(attempt: int) -> None:
    regency = make_organisation("Sambas")
    offices = [make_organisation(name, regency) for name in ("Disdik", "Dinkes")]
    offer = make_offer(PoolSpec("Sambas", 8, organisation=regency), PoolSpec("Umum", 1))
    whole, everyone = pools_of(offer)
    seated = [claiming(offer, [whole, everyone])() for _ in range(4)]

    answers = at_once(
        *[
            partial(divide_pool, pool=whole, organisation=office, size=size, actor=SYSTEM)
            for office in offices
            for size in (3, 1)
        ],
        *[lambda claim=claim: release_claim(claim=claim, actor=SYSTEM) for claim in seated[:2]],
        *[claiming(offer, [whole, everyone]) for _ in range(4)],
        *[
            partial(
                claim_seats, offer=offer, holder=make_holder(), pools=[whole, everyone], may_wait=False, actor=SYSTEM
            )
            for _ in range(3)
        ],
    )

    assert [answer for answer in answers if not isinstance(answer, Claim | Pool | Conflict)] == []
    sizes = dict(Pool.objects.filter(offer=offer).values_list("label", "size"))
    assert sum(sizes.values()) == 9
    assert_sound(offer)


@pytest.mark.parametrize("attempt", range(5))
def test_one_seat_given_by_hand_to_two_and_wanted_at_the_desk_is_given_once(attempt: int) -> None:
    offer = make_offer(PoolSpec("Umum", 1))
    (pool,) = pools_of(offer)
    seated, first, second = (claiming(offer, [pool])() for _ in range(3))
    change_promotion(offer=offer, promotion="manual", hold_hours=0, late_substitution=True, actor=SYSTEM)
    release_claim(claim=seated, actor=SYSTEM)

    answers = at_once(
        *[partial(seat_by_hand, claim=claim, pool=pool, actor=SYSTEM) for claim in (first, first, second)],
        partial(claim_seats, offer=offer, holder=make_holder(), pools=[pool], may_wait=False, actor=SYSTEM),
    )

    assert sum(isinstance(answer, Claim) for answer in answers) == 1
    assert sum(isinstance(answer, Conflict) for answer in answers) == 3
    assert pools_of(offer)[0].taken == 1
    assert_sound(offer)


if connection.vendor == "postgresql":  # SQLite has one writer at a time: there this interleaving cannot occur

    def test_a_claim_that_a_release_could_not_see_takes_the_freed_seat_itself() -> None:
        """The exact interleaving: the claim is written, its update has failed, and only then the seat is freed."""
        from enggang.seats.domain import claims

        offer = make_offer(PoolSpec("Umum", 1))
        pools = pools_of(offer)
        seated = claiming(offer, pools)()
        with transaction.atomic():
            written = claims._write(offer, make_holder(), pools[0], 1)
            assert not claims._take_in(pools[0], 1)
            at_once(lambda: release_claim(claim=seated, actor=SYSTEM))
            assert not claims._full_for_certain(pools, 1)
            assert claims._take(pools, written, queue=False) == pools[0]
            Claim.objects.filter(pk=written.pk).update(state="confirmed", pool=pools[0])
        assert_sound(offer)

    def test_a_group_gives_way_to_a_claim_of_one_of_its_people_that_is_being_written() -> None:
        """The exact interleaving: one is written and not yet seated, the group holds the pool and waits for that one."""
        from enggang.seats.domain import claims
        from enggang.seats.domain.together import Wish, claim_together

        offer = make_offer(PoolSpec("Umum", 3))
        pools, (twice, once) = pools_of(offer), (make_holder(), make_holder())

        def group() -> list[Claim]:
            wishes = [Wish(holder, pools, Claim.new_subject("")) for holder in (once, twice)]
            with acts_together() as done:
                return claim_together(wishes=wishes, actor=SYSTEM, done=done)

        with transaction.atomic(), ThreadPoolExecutor(1) as thread:
            written = claims._write(offer, twice, pools[0], 1)
            grouped = thread.submit(at_once, group)
            until_somebody_waits()
            assert claims._take(pools, written, queue=False) == pools[0]
            Claim.objects.filter(pk=written.pk).update(state="confirmed", pool=pools[0])
        (answer,) = grouped.result()
        assert isinstance(answer, OperationalError)
        assert list(Claim.objects.values_list("holder_id", flat=True)) == [twice.pk]
        assert_sound(offer)

    def until_somebody_waits() -> None:
        with connection.cursor() as cursor:
            for _try in range(500):
                cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
                if cursor.fetchone()[0]:
                    return
                time.sleep(0.01)
        raise AssertionError("nobody waits")

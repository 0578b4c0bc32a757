"""Any order of acts, compared after every step with a model that fits on one page."""

from __future__ import annotations

from contextlib import ExitStack, nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict
from enggang.core.models import Subject
from enggang.seats.domain import (
    PoolSpec,
    accept_proposal,
    change_promotion,
    claim_seats,
    confirm_claim,
    divide_pool,
    expire_claim,
    release_claim,
    resize_pool,
    seat_by_hand,
    seats_by_pool,
    skip_proposal,
    standing,
    substitute_holder,
)
from enggang.seats.domain.holds import remind_holder
from enggang.seats.models import Claim, Offer, Pool
from enggang.seats.queries.offers import idle_seats, stray_claims, unsound_pools
from enggang.seats.queries.waiting import proposals
from tests.seats.factories import make_holder, make_offer, make_organisation, pools_of

A, OPEN, PART = 0, 2, 3  # the third pool is open to all, the fourth is a part of the first


@dataclass
class Wish:
    """A claim as the model knows it. ``pool`` None: waiting. ``until``: held, the hour at which that ends."""

    quantity: int
    wish: int
    also: frozenset[int] = frozenset()
    pool: int | None = None
    until: int | None = None
    skipped: bool = False


@dataclass
class Plain:
    """What the engine promises, without a database: a dict keeps the order in which people came."""

    sizes: list[int]
    claims: dict[int, Wish] = field(default_factory=dict)
    policy: str = "automatic"
    then_open: bool = True
    hold: int = 0
    first_hold: int = 0
    hour: int = 0

    def taken(self, pool: int) -> int:
        return sum(each.quantity for each in self.claims.values() if each.pool == pool)

    def fits(self, pool: int, quantity: int) -> bool:
        return self.taken(pool) + quantity <= self.sizes[pool]

    def free(self, pool: int) -> int:
        return self.sizes[pool] - self.taken(pool)

    def claim(self, person: int, pools: list[int], quantity: int, *, desk: bool = False) -> bool:
        free = [pool for pool in pools if self.fits(pool, quantity) and (desk or not self.has_queue(pool))]
        if desk and not free:
            return False
        until = self.hour + self.first_hold if free and self.first_hold and not desk else None
        self.claims[person] = Wish(quantity, pools[0], frozenset(pools[1:]), free[0] if free else None, until)
        return True

    def has_queue(self, pool: int) -> bool:
        return self.policy != "automatic" and any(not each.skipped for each in self.waiting_for(pool))

    def waiting_for(self, pool: int) -> list[Wish]:
        return [each for each in self.claims.values() if each.pool is None and self.admits(pool, each)]

    def admits(self, pool: int, each: Wish) -> bool:
        return pool in {OPEN, each.wish} or pool in each.also or (pool, each.wish) == (A, PART)

    def fill(self, pool: int, freed: int = 0) -> None:
        spare = freed if self.then_open else 0
        while self.policy == "automatic" and (each := self.next(pool, spare)):
            self.seat(each, pool)
            spare = max(spare - each.quantity, 0)

    def seat(self, each: Wish, pool: int) -> None:
        each.pool, each.until = pool, self.hour + self.hold if self.hold else None

    def next(self, pool: int, spare: int) -> Wish | None:
        """Who wished it; who else may sit there; then, on as many seats as are spare, the family and anyone."""
        line = [each for each in self.claims.values() if each.pool is None and not each.skipped]
        fitting = [each for each in line if self.fits(pool, each.quantity)]
        others = [each for each in fitting if each.quantity <= spare]
        family = [each for each in others if pool == PART and each.wish in {A, PART}]
        mine = [each for each in fitting if self.admits(pool, each)]
        wished = [each for each in mine if each.wish == pool]
        return next(iter(wished or mine or family or others), None)

    def proposed(self, pool: int) -> Wish | None:
        return self.next(pool, self.free(pool) if self.then_open else 0) if self.free(pool) > 0 else None

    def expire(self) -> None:
        """Who is told first is who had to answer first; the seat may go on to somebody held from then on."""
        due = [who for who, each in self.claims.items() if each.until is not None and each.until <= self.hour]
        for who in sorted(due, key=lambda who: self.claims[who].until or 0):
            gone = self.claims.pop(who)
            self.fill(gone.pool if gone.pool is not None else OPEN, gone.quantity)

    def place(self, person: int) -> int | None:
        mine = self.claims[person]
        if mine.pool is not None:
            return None
        line = [who for who, each in self.claims.items() if each.pool is None and each.wish == mine.wish]
        return line.index(person) + 1


class Seats(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        specs = [PoolSpec(name, 2, organisation=make_organisation(name)) for name in "AB"]
        self.offer = make_offer(*specs, PoolSpec("Umum", 1))
        self.office = make_organisation("A1", specs[0].organisation)
        whole = pools_of(self.offer)[0]
        divide_pool(pool=whole, organisation=self.office, size=0, actor=SYSTEM)
        self.pools = list(self.offer.pools.order_by("pk"))
        self.plain = Plain([2, 2, 1, 0])
        self.people: list[Subject] = [make_holder() for _ in range(8)]
        self.start = clock.now()
        self.frozen = ExitStack()
        self.frozen.enter_context(clock.frozen_at(self.start))

    def teardown(self) -> None:
        self.frozen.close()
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def row(self, person: int) -> Claim:
        return Claim.objects.standing().get(offer=self.offer, holder=self.people[person])

    @rule(
        person=st.integers(0, 7),
        pools=st.lists(st.integers(0, 3), min_size=1, max_size=3, unique=True),
        quantity=st.integers(1, 3),
        desk=st.booleans(),
    )
    def claim(self, person: int, pools: list[int], quantity: int, desk: bool) -> None:
        """``desk``: somebody who stands there, and is seated or refused. Whoever may sit in a part may in the whole,
        and everyone where it is open."""
        pools += [each for each in (A,) if PART in pools and A not in pools]
        pools += [each for each in (OPEN,) if OPEN not in pools]
        known = person in self.plain.claims
        refused = known or not self.plain.claim(person, pools, quantity, desk=desk)
        with pytest.raises(Conflict) if refused else nullcontext(), transaction.atomic():
            claim_seats(
                offer=self.offer, holder=self.people[person], pools=[self.pools[each] for each in pools],
                quantity=quantity, may_wait=not desk, actor=SYSTEM,
            )  # fmt: skip

    @precondition(lambda self: self.plain.claims)
    @rule(data=st.data())
    def release(self, data: Any) -> None:
        person = data.draw(st.sampled_from(sorted(self.plain.claims)))
        release_claim(claim=self.row(person), actor=SYSTEM)
        gone = self.plain.claims.pop(person)
        if gone.pool is not None:
            self.plain.fill(gone.pool, gone.quantity)

    @rule(size=st.integers(0, 5))
    def divide(self, size: int) -> None:
        """The owner of A gives its office a part of A's free seats, or takes free ones back."""
        more = size - self.plain.sizes[PART]
        refused = self.plain.free(A) < more or self.plain.taken(PART) > size
        with pytest.raises(Conflict) if refused else nullcontext(), transaction.atomic():
            divide_pool(pool=self.pools[A], organisation=self.office, size=size, actor=SYSTEM)
        if not refused:
            self.plain.sizes[A], self.plain.sizes[PART] = self.plain.sizes[A] - more, size
            self.plain.fill(A)
            self.plain.fill(PART)

    @rule(pool=st.integers(0, 3), size=st.integers(0, 5))
    def resize(self, pool: int, size: int) -> None:
        row = Pool.objects.get(pk=self.pools[pool].pk)
        if size < self.plain.taken(pool):
            with pytest.raises(Conflict):
                resize_pool(pool=row, size=size, actor=SYSTEM)
        else:
            resize_pool(pool=row, size=size, actor=SYSTEM)
            self.plain.sizes[pool] = size
            self.plain.fill(pool)

    @precondition(lambda self: self.plain.claims)
    @rule(data=st.data(), newcomer=st.integers(0, 7))
    def substitute(self, data: Any, newcomer: int) -> None:
        """The newcomer takes the seat, and gives up their own place in the line for it."""
        old = data.draw(st.sampled_from(sorted(self.plain.claims)))
        mine, line = self.plain.claims[old], self.plain.claims.get(newcomer)
        refused = mine.pool is None or (line and (line.pool is not None or line.quantity != mine.quantity))
        with pytest.raises(Conflict) if refused else nullcontext():
            substitute_holder(claim=self.row(old), holder=self.people[newcomer], actor=SYSTEM)
        if not refused:
            del self.plain.claims[old]
            self.plain.claims[newcomer] = Wish(mine.quantity, mine.wish, mine.also, mine.pool)

    @rule(
        policy=st.sampled_from(["automatic", "proposed", "manual"]),
        hold=st.sampled_from([0, 3]),
        first=st.sampled_from([0, 2]),
        then_open=st.booleans(),
    )
    def change_policy(self, policy: str, hold: int, first: int, then_open: bool) -> None:
        change_promotion(
            offer=self.offer, promotion=policy, hold_hours=hold, late_substitution=True, then_open=then_open,
            first_hold_hours=first, actor=SYSTEM,
        )  # fmt: skip
        self.plain.first_hold = first
        self.plain.policy, self.plain.hold, self.plain.then_open = policy, hold, then_open
        if policy == "automatic":
            for each in self.plain.claims.values():
                each.skipped = False
            for pool in range(4):
                self.plain.fill(pool)

    @precondition(lambda self: any(each.pool is None for each in self.plain.claims.values()))
    @rule(data=st.data(), pool=st.integers(0, 3))
    def by_hand(self, data: Any, pool: int) -> None:
        """Out of turn: anyone who waits and may sit there; anyone at all where freed seats go to everyone."""
        person = data.draw(st.sampled_from(sorted(who for who, e in self.plain.claims.items() if e.pool is None)))
        mine = self.plain.claims[person]
        may = self.plain.then_open or self.plain.admits(pool, mine)
        refused = self.plain.policy == "automatic" or not may or not self.plain.fits(pool, mine.quantity)
        with pytest.raises(Conflict) if refused else nullcontext(), transaction.atomic():
            seat_by_hand(claim=self.row(person), pool=self.pools[pool], actor=SYSTEM)
        if not refused:
            self.plain.seat(mine, pool)

    @rule(pool=st.integers(0, 3))
    def accept(self, pool: int) -> None:
        expected = self.plain.proposed(pool)
        if expected is None or self.plain.policy == "automatic":
            return
        person = self.person_of(expected)
        accept_proposal(claim=self.row(person), pool=self.pools[pool], actor=SYSTEM)
        self.plain.seat(expected, pool)

    @precondition(lambda self: any(each.pool is None and not each.skipped for each in self.plain.claims.values()))
    @rule(data=st.data())
    def skip(self, data: Any) -> None:
        line = sorted(who for who, each in self.plain.claims.items() if each.pool is None and not each.skipped)
        person = data.draw(st.sampled_from(line))
        skip_proposal(claim=self.row(person), actor=SYSTEM)
        self.plain.claims[person].skipped = True

    @precondition(lambda self: any(each.until is not None for each in self.plain.claims.values()))
    @rule(data=st.data())
    def confirm(self, data: Any) -> None:
        person = data.draw(st.sampled_from(sorted(w for w, e in self.plain.claims.items() if e.until is not None)))
        late = (self.plain.claims[person].until or 0) <= self.plain.hour
        with pytest.raises(Conflict) if late else nullcontext():
            confirm_claim(claim=self.row(person), actor=SYSTEM)
        if not late:
            self.plain.claims[person].until = None

    @rule(hours=st.integers(1, 4))
    def wait(self, hours: int) -> None:
        self.plain.hour += hours
        self.frozen.close()
        self.frozen.enter_context(clock.frozen_at(self.start + timedelta(hours=self.plain.hour)))

    @rule()
    def remind(self) -> None:
        """Telling once more changes nobody's seat, and is not done twice."""
        for each in Claim.objects.to_remind(clock.now()):
            remind_holder(claim=each, actor=SYSTEM)
        assert not Claim.objects.to_remind(clock.now()).exists()

    @rule()
    def expire(self) -> None:
        for each in Claim.objects.expired(clock.now()).order_by("held_until", "pk"):
            expire_claim(claim=each, actor=SYSTEM)
        self.plain.expire()

    def person_of(self, wish: Wish) -> int:
        return next(who for who, each in self.plain.claims.items() if each is wish)

    @invariant()
    def counters_and_claims_agree(self) -> None:
        assert unsound_pools() + idle_seats() + stray_claims() == []
        counts = sorted(seats_by_pool(self.offer), key=lambda each: each.pool_id)
        assert [(each.size, each.taken) for each in counts] == [
            (size, self.plain.taken(pool)) for pool, size in enumerate(self.plain.sizes)
        ]
        assert all(each.taken <= each.size for each in counts)

    @invariant()
    def everybody_sits_or_stands_where_the_model_says(self) -> None:
        places = {each.pk: number for number, each in enumerate(self.pools)}
        rows = {self.people.index(row.holder): row for row in Claim.objects.standing().filter(offer=self.offer)}
        assert {
            who: (row.quantity, places.get(row.pool_id or 0), standing(row), row.is_held) for who, row in rows.items()
        } == {
            who: (each.quantity, each.pool, self.plain.place(who), each.until is not None)
            for who, each in self.plain.claims.items()
        }

    @invariant()
    def what_is_proposed_is_what_the_model_would_accept(self) -> None:
        named: list[int] = []
        for pool, claim in proposals(Offer.objects.get(pk=self.offer.pk)):
            if not named:
                expected = self.plain.proposed(self.pools.index(pool))
                assert expected
                assert claim.holder == self.people[self.person_of(expected)]
            named.append(claim.pk)
            assert pool.taken + claim.quantity <= pool.size
        assert len(named) == len(set(named))


@pytest.mark.django_db
def test_any_order_of_acts_agrees_with_the_plain_model() -> None:
    run_state_machine_as_test(
        Seats,
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )

"""Any order of acts, compared after every step with a model that fits on one page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict
from enggang.core.models import Subject
from enggang.seats.domain import PoolSpec, claim_seats, release_claim, resize_pool, seats_by_pool, standing
from enggang.seats.models import Claim, Pool
from enggang.seats.queries.offers import unsound_pools
from tests.seats.factories import make_holder, make_offer, make_organisation, pools_of

OPEN = 2  # the third pool is open to all


@dataclass
class Wish:
    """A claim as the model knows it. ``pool`` None: waiting."""

    quantity: int
    wish: int
    pool: int | None = None


@dataclass
class Plain:
    """What the engine promises, without a database: a dict keeps the order in which people came."""

    sizes: list[int]
    claims: dict[int, Wish] = field(default_factory=dict)

    def taken(self, pool: int) -> int:
        return sum(each.quantity for each in self.claims.values() if each.pool == pool)

    def fits(self, pool: int, quantity: int) -> bool:
        return self.taken(pool) + quantity <= self.sizes[pool]

    def claim(self, person: int, pools: list[int], quantity: int) -> None:
        seat = next((pool for pool in pools if self.fits(pool, quantity)), None)
        self.claims[person] = Wish(quantity, pools[0], seat)

    def fill(self, pool: int) -> None:
        while each := self._next(pool):
            each.pool = pool

    def _next(self, pool: int) -> Wish | None:
        waiting = [each for each in self.claims.values() if each.pool is None and self.fits(pool, each.quantity)]
        own = [each for each in waiting if each.wish == pool]
        return next(iter(own or (waiting if pool == OPEN else [])), None)

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
        self.pools = pools_of(self.offer)
        self.plain = Plain([2, 2, 1])
        self.people: list[Subject] = [make_holder() for _ in range(8)]

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def row(self, person: int) -> Claim:
        return Claim.objects.standing().get(offer=self.offer, holder=self.people[person])

    @rule(
        person=st.integers(0, 7),
        pools=st.lists(st.integers(0, 2), min_size=1, max_size=3, unique=True),
        quantity=st.integers(1, 3),
    )
    def claim(self, person: int, pools: list[int], quantity: int) -> None:
        def ask() -> Claim:
            chosen = [self.pools[each] for each in pools]
            return claim_seats(
                offer=self.offer, holder=self.people[person], pools=chosen, quantity=quantity, actor=SYSTEM
            )

        if person in self.plain.claims:
            with pytest.raises(Conflict):
                ask()
        else:
            ask()
            self.plain.claim(person, pools, quantity)

    @precondition(lambda self: self.plain.claims)
    @rule(data=st.data())
    def release(self, data: Any) -> None:
        person = data.draw(st.sampled_from(sorted(self.plain.claims)))
        release_claim(claim=self.row(person), actor=SYSTEM)
        gone = self.plain.claims.pop(person)
        if gone.pool is not None:
            self.plain.fill(gone.pool)

    @rule(pool=st.integers(0, 2), size=st.integers(0, 5))
    def resize(self, pool: int, size: int) -> None:
        row = Pool.objects.get(pk=self.pools[pool].pk)
        if size < self.plain.taken(pool):
            with pytest.raises(Conflict):
                resize_pool(pool=row, size=size, actor=SYSTEM)
        else:
            resize_pool(pool=row, size=size, actor=SYSTEM)
            self.plain.sizes[pool] = size
            self.plain.fill(pool)

    @invariant()
    def counters_and_claims_agree(self) -> None:
        assert unsound_pools() == []
        assert [(each.size, each.taken) for each in seats_by_pool(self.offer)] == [
            (size, self.plain.taken(pool)) for pool, size in enumerate(self.plain.sizes)
        ]

    @invariant()
    def everybody_sits_or_stands_where_the_model_says(self) -> None:
        places = {each.pk: number for number, each in enumerate(self.pools)}
        rows = {self.people.index(row.holder): row for row in Claim.objects.standing().filter(offer=self.offer)}
        assert {who: (row.quantity, places.get(row.pool_id or 0), standing(row)) for who, row in rows.items()} == {
            who: (each.quantity, each.pool, self.plain.place(who)) for who, each in self.plain.claims.items()
        }


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

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils.module_loading import import_string
from django_q.models import Schedule

from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict
from enggang.core.jobs import run_pending
from enggang.core.models import Job
from enggang.core.registries import invariants
from enggang.seats.domain import (
    PoolSpec,
    change_promotion,
    claim_seats,
    confirm_claim,
    expire_claim,
    release_claim,
)
from enggang.seats.domain.holds import queue_expiry
from enggang.seats.models import Claim, Offer
from enggang.seats.signals import claim_expired
from tests.seats.factories import make_holder, make_offer, pools_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def told() -> Iterator[list[int]]:
    """The claims whose expiry was told."""
    keys: list[int] = []

    def receiver(claim: Claim, **_: Any) -> None:
        keys.append(claim.pk)

    claim_expired.connect(receiver)
    yield keys
    claim_expired.disconnect(receiver)


@pytest.fixture
def held() -> tuple[Claim, Claim]:
    """A held claim for the only seat, and the one who waits behind it."""
    offer = make_offer(PoolSpec("Umum", 1))
    change_promotion(offer=offer, promotion="automatic", hold_hours=24, late_substitution=True, actor=SYSTEM)
    seated, first, second = (make_claim(offer) for _ in range(3))
    release_claim(claim=seated, actor=SYSTEM)
    first.refresh_from_db()
    return first, second


def make_claim(offer: Offer) -> Claim:
    return claim_seats(offer=offer, holder=make_holder(), pools=pools_of(offer), actor=SYSTEM)


def state(claim: Claim) -> str:
    claim.refresh_from_db()
    return claim.state


def after(hours: int, work: Callable[[], Any]) -> Any:
    with clock.frozen_at(clock.now() + timedelta(hours=hours)):
        return work()


def test_a_held_seat_is_confirmed_once_and_stays_one_seat(held: tuple[Claim, Claim]) -> None:
    first, second = held
    confirm_claim(claim=first, actor=SYSTEM)
    assert (state(first), first.held_until, state(second)) == ("confirmed", None, "waiting")
    with pytest.raises(Conflict):
        confirm_claim(claim=first, actor=SYSTEM)
    assert invariants["seats.taken"]() == []


def test_after_the_deadline_it_cannot_be_confirmed_any_more(held: tuple[Claim, Claim]) -> None:
    with pytest.raises(Conflict, match="time to confirm"):
        after(25, lambda: confirm_claim(claim=held[0], actor=SYSTEM))
    assert state(held[0]) == "held"


def test_the_job_gives_an_expired_seat_to_the_next_who_gets_the_same_time(
    held: tuple[Claim, Claim], told: list[int]
) -> None:
    first, second = held
    assert not queue_expiry()
    assert after(25, lambda: (queue_expiry(), run_pending())) == (True, 1)
    assert [state(first), state(second)] == ["released", "held"]
    assert (first.reason, told) == ("Not confirmed in time.", [first.pk])
    assert second.held_until is not None
    assert second.held_until - clock.now() > timedelta(hours=48)
    assert invariants["seats.taken"]() == []


def test_the_job_is_safe_to_run_twice(held: tuple[Claim, Claim], told: list[int]) -> None:
    first, second = held
    after(25, lambda: (queue_expiry(), queue_expiry(), run_pending()))
    assert Job.objects.filter(state="done").count() == 2
    assert ([state(first), state(second)], told) == (["released", "held"], [first.pk])


def test_who_confirmed_in_the_last_moment_is_not_expired(held: tuple[Claim, Claim]) -> None:
    stale = Claim.objects.get(pk=held[0].pk)
    confirm_claim(claim=held[0], actor=SYSTEM)
    with pytest.raises(Conflict):
        after(25, lambda: expire_claim(claim=stale, actor=SYSTEM))
    assert state(held[0]) == "confirmed"


def test_declining_a_held_seat_passes_it_on(held: tuple[Claim, Claim]) -> None:
    release_claim(claim=held[0], actor=SYSTEM, reason="dinas luar")
    assert [state(each) for each in held] == ["released", "held"]


def test_the_clock_looks_for_expired_seats_every_few_minutes_and_setup_may_run_again() -> None:
    for _ in range(2):
        call_command("load_seats")
    schedule = Schedule.objects.get(name="seats.expire_holds")
    assert (schedule.schedule_type, schedule.minutes) == (Schedule.MINUTES, 5)
    assert import_string(schedule.func) is queue_expiry

"""The plan of a wave's opening: one for each wave, and its dates follow the first day only when somebody agrees."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from enggang.access.enums import Role
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.plans.domain.plans import follow_day
from enggang.plans.models import Plan
from enggang.plans.queries.dates import date_changes
from enggang.training.domain.opening import plan_opening
from tests.people.factories import make_actor
from tests.plans.factories import make_task
from tests.training.factories import client_of, make_agency, make_user, make_wave

pytestmark = pytest.mark.django_db


def test_it_is_begun_from_the_wave_and_found_again() -> None:
    agency = make_agency()
    wave, client = make_wave(agency), client_of(make_user(Role.ORGANISER, agency))
    address = reverse("training:wave_opening", args=[wave.code])
    assert client.get(address).status_code == 200
    assert client.post(address)["Location"] == reverse("plans:bundles", args=[Plan.objects.get().code])
    plan = Plan.objects.get()
    assert (plan.about, plan.day, plan.time_zone) == (wave.subject, wave.starts_on, wave.time_zone)
    for answer in (client.get(address), client.post(address)):
        assert answer["Location"] == reverse("plans:plan", args=[plan.code])
    assert Plan.objects.count() == 1
    assert (
        reverse("training:wave", args=[wave.code])
        in client.get(reverse("plans:plan", args=[plan.code])).content.decode()
    )


def test_a_moved_first_day_is_followed_and_no_task_moves_by_itself() -> None:
    wave = make_wave(make_agency())
    plan = plan_opening(wave=wave, actor=SYSTEM)
    task = make_task(plan)
    wave.starts_on += timedelta(days=2)
    follow_day(about=wave.subject, day=wave.starts_on, actor=SYSTEM)
    plan.refresh_from_db()
    (change,) = date_changes(plan)
    assert task.due_on is not None
    assert (plan.day, change.new - task.due_on) == (wave.starts_on, timedelta(days=2))


def test_it_is_begun_once_and_by_the_organisers() -> None:
    agency = make_agency()
    wave = make_wave(agency)
    with pytest.raises(NotAllowed):
        plan_opening(wave=wave, actor=make_actor(Role.LEADER, agency))
    plan_opening(wave=wave, actor=SYSTEM)
    with pytest.raises(Conflict):
        plan_opening(wave=wave, actor=SYSTEM)
    assert Plan.objects.count() == 1

"""A holiday list that changes: whoever manages the plans it touches is told what would move, and by which list."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import translation

from enggang.access.enums import Role
from enggang.core import jobs
from enggang.core.actor import SYSTEM
from enggang.core.acts import NotAllowed
from enggang.notices.models import Notice
from enggang.places.models import Organisation
from enggang.plans.domain.holidays import move_holiday_list
from enggang.plans.domain.moved_dates import tell_plan
from enggang.plans.domain.plans import accept_dates, move_plan
from enggang.plans.enums import Anchor, ListState, PlanState
from enggang.plans.models import Plan
from enggang.plans.queries.dates import date_changes
from tests.plans.factories import make_list, make_plan, make_task
from tests.training.factories import make_actor, make_agency, make_user

pytestmark = pytest.mark.django_db
DAY = date(2028, 8, 9)  # a Wednesday
KNOWN: dict[str, Any] = {"state": ListState.DECREED, "valid_from": date(2026, 1, 1), "decreed_on": date(2026, 1, 1)}


@pytest.fixture
def agency() -> Organisation:
    return make_agency()


def plan_with_task(agency: Organisation, **facts: Any) -> Plan:
    plan = make_plan(agency, day=DAY, **facts)
    make_task(plan, anchor=Anchor.WORKDAYS, offset=-3)
    return plan


def decree(agency: Organisation, text: str = "8 Agustus Hari uji", **facts: Any) -> Any:
    made = make_list(agency, text, **KNOWN, **facts)
    with translation.override("en"):
        jobs.run_pending()
    return made


def told(user: Any) -> list[Notice]:
    return list(Notice.objects.filter(user_id=user.pk).order_by("pk"))


def test_the_managers_are_told_what_moves_and_by_which_list(agency: Organisation) -> None:
    manager, reader = make_user(Role.ORGANISER, agency), make_user(Role.LEADER, agency)
    stranger = make_user(Role.ORGANISER, make_agency("Lain"))
    plan = plan_with_task(agency)
    decree(agency)
    (notice,) = told(manager)
    assert plan.title in notice.title
    assert "Urus izin" in notice.text
    assert "Hari Libur 2028" in notice.text
    assert (told(reader), told(stranger)) == ([], [])
    assert plan.tasks.get().due_on == date(2028, 8, 4)  # nothing has moved


def test_the_same_moves_are_told_once(agency: Organisation) -> None:
    manager = make_user(Role.ORGANISER, agency)
    plan_with_task(agency)
    made = decree(agency)
    decree(agency, "1 Januari Tahun Baru", name="Lain", number="SKB 2")
    assert len(told(manager)) == 1
    move_holiday_list(row=made, to=ListState.WITHDRAWN, actor=SYSTEM)
    jobs.run_pending()
    assert len(told(manager)) == 1
    decree(agency, "7 Agustus Hari lain", name="Ketiga", number="SKB 3")
    assert len(told(manager)) == 2


@pytest.mark.parametrize("how", ["closed", "undated", "calendar days", "another year", "accepted"])
def test_nobody_is_told_of_what_does_not_move(agency: Organisation, how: str) -> None:
    manager = make_user(Role.ORGANISER, agency)
    plan = make_plan(agency, day={"undated": None, "another year": date(2035, 8, 9)}.get(how, DAY))
    make_task(plan, anchor=Anchor.DAYS if how == "calendar days" else Anchor.WORKDAYS, offset=-3)
    if how == "closed":
        move_plan(plan=plan, to=PlanState.CLOSED, actor=SYSTEM)
    if how == "accepted":
        made = make_list(agency, "8 Agustus Hari uji", **KNOWN)
        accept_dates(plan=plan, seen={change.key: change.new for change in date_changes(plan)}, actor=SYSTEM)
        assert made
    decree(agency, name="Lain", number="SKB 9", text="1 Januari Tahun Baru")
    assert told(manager) == []


def test_a_stranger_tells_nobody(agency: Organisation) -> None:
    with pytest.raises(NotAllowed):
        tell_plan(plan=plan_with_task(agency), actor=make_actor(Role.ORGANISER, make_agency("Lain")))

from __future__ import annotations

import pytest

from enggang.access.enums import Role
from enggang.attendance.domain import cancel_occasion, change_occasion, open_occasion, restore_occasion
from enggang.attendance.models import Occasion
from enggang.audit.models import AuditEntry
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from tests.attendance.factories import (
    EVENING,
    MORNING,
    NOON,
    make_actor,
    make_group,
    make_occasion,
    make_organisation,
)

pytestmark = pytest.mark.django_db


def test_an_occasion_is_planned_by_the_organiser_and_audited() -> None:
    organisation, group = make_organisation(), make_group()
    occasion = open_occasion(
        organisation=organisation,
        group=group,
        title="Komposisi foto",
        starts_at=MORNING,
        ends_at=NOON,
        actor=make_actor(Role.ORGANISER, organisation),
    )
    assert (occasion.state, occasion.group, occasion.version) == ("planned", group, 1)
    entry = AuditEntry.objects.get(code="attendance.open_occasion")
    assert (entry.subject_code, entry.details) == (occasion.code, {"group": group.code, "kind": "signed"})


def test_an_occasion_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(Conflict, match="end after it starts"):
        make_occasion(starts_at=NOON, ends_at=MORNING)
    occasion = make_occasion()
    with pytest.raises(Conflict, match="end after it starts"):
        change_occasion(occasion=occasion, ends_at=MORNING, actor=SYSTEM)
    occasion.refresh_from_db()
    assert (occasion.ends_at, occasion.version) == (NOON, 1)


def test_a_change_keeps_what_is_not_named_and_refuses_an_older_tab() -> None:
    occasion = make_occasion()
    old = Occasion.objects.get(pk=occasion.pk)
    change_occasion(occasion=occasion, title="Lapangan", ends_at=EVENING, actor=SYSTEM)
    with pytest.raises(Conflict):
        change_occasion(occasion=old, title="Lain", version=1, actor=SYSTEM)
    occasion.refresh_from_db()
    assert (occasion.title, occasion.starts_at, occasion.ends_at, occasion.version) == ("Lapangan", MORNING, EVENING, 2)


def test_an_occasion_is_cancelled_once_and_can_be_restored() -> None:
    occasion = make_occasion()
    assert cancel_occasion(occasion=occasion, actor=SYSTEM).is_cancelled
    with pytest.raises(Conflict):
        cancel_occasion(occasion=occasion, actor=SYSTEM)
    assert not restore_occasion(occasion=occasion, actor=SYSTEM).is_cancelled


@pytest.mark.parametrize("role", [Role.INSTRUCTOR, Role.COORDINATOR, Role.PARTICIPANT, Role.INSPECTOR])
def test_who_only_marks_or_reads_plans_nothing(role: Role) -> None:
    occasion = make_occasion()
    actor = make_actor(role, occasion.organisation)
    with pytest.raises(NotAllowed):
        change_occasion(occasion=occasion, title="X", actor=actor)
    with pytest.raises(NotAllowed):
        cancel_occasion(occasion=occasion, actor=actor)
    occasion.refresh_from_db()
    assert (occasion.title, occasion.state) == ("Komposisi foto", "planned")


def test_occasions_are_seen_where_one_serves() -> None:
    occasion = make_occasion()
    seen = {
        role: Occasion.objects.visible_to(make_actor(role, occasion.organisation)).count()
        for role in (Role.INSTRUCTOR, Role.INSPECTOR, Role.PARTICIPANT)
    }
    assert seen == {Role.INSTRUCTOR: 1, Role.INSPECTOR: 1, Role.PARTICIPANT: 0}
    assert not Occasion.objects.marked_by(make_actor(Role.INSPECTOR, occasion.organisation)).exists()
    assert not Occasion.objects.visible_to(make_actor(Role.ORGANISER, make_organisation("Lain"))).exists()

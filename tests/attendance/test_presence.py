from __future__ import annotations

from typing import Any

import pytest

from enggang.attendance.domain import cancel_occasion, mark_list, mark_present, restore_occasion, revoke_pass
from enggang.attendance.enums import Method, Status
from enggang.attendance.queries import Presence, presence
from enggang.core.actor import SYSTEM
from tests.attendance.factories import EVENING, NOON, make_group, make_occasion, make_organisation, make_pass

pytestmark = pytest.mark.django_db


def test_presence_is_counted_over_all_planned_occasions_of_the_group() -> None:
    organisation, group = make_organisation(), make_group()
    first = make_occasion(organisation, group)
    second = make_occasion(organisation, group, "Lapangan", NOON, EVENING)
    third = make_occasion(organisation, group, "Penutup", NOON, EVENING)
    a, b, c = [make_pass(first).holder for _ in range(3)]
    other = make_occasion(organisation)
    mark_present(occasion=other, holder=make_pass(other).holder, method=Method.QR, actor=SYSTEM)
    mark_list(occasion=first, statuses={a.code: Status.PRESENT, b.code: Status.SICK}, actor=SYSTEM)
    mark_list(occasion=second, statuses={a.code: Status.PRESENT, b.code: Status.ABSENT}, actor=SYSTEM)

    assert presence(group) == {
        a.code: Presence(present=2, excused=0, planned=3, absent=0),
        b.code: Presence(present=0, excused=1, planned=3, absent=1),
        c.code: Presence(present=0, excused=0, planned=3, absent=0),
    }
    assert presence(group)[a.code].percent == 66

    cancel_occasion(occasion=second, actor=SYSTEM)
    assert presence(group)[a.code] == Presence(present=1, excused=0, planned=2)
    cancel_occasion(occasion=third, actor=SYSTEM)
    assert presence(group)[a.code].percent == 100
    restore_occasion(occasion=second, actor=SYSTEM)
    assert presence(group)[b.code].absent == 1


def test_a_group_without_occasions_has_no_percent_to_divide() -> None:
    assert presence(make_group()) == {}
    assert Presence(0, 0, 0).percent == 0


def test_who_lost_the_pass_keeps_what_was_marked() -> None:
    occasion = make_occasion()
    a, b = [make_pass(occasion).holder for _ in range(2)]
    mark_present(occasion=occasion, holder=a, method=Method.QR, actor=SYSTEM)
    for holder in (a, b):
        revoke_pass(holder=holder, group=occasion.group, actor=SYSTEM)
    assert presence(occasion.group) == {a.code: Presence(1, 0, 1)}


@pytest.mark.parametrize("size", [1, 3])
def test_presence_takes_three_queries(size: int, django_assert_num_queries: Any) -> None:
    occasion = make_occasion()
    for _ in range(size):
        mark_present(occasion=occasion, holder=make_pass(occasion).holder, method=Method.QR, actor=SYSTEM)
    with django_assert_num_queries(3):
        assert len(presence(occasion.group)) == size

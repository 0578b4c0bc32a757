from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from enggang.access.enums import Role
from enggang.attendance.domain import cancel_occasion, issue_pass, mark_list, mark_present, revoke_pass
from enggang.attendance.enums import Method, Status
from enggang.attendance.models import Mark, Pass
from enggang.audit.models import AuditEntry
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from tests.attendance.factories import MORNING, NOON, make_actor, make_occasion, make_organisation, make_pass

pytestmark = pytest.mark.django_db


def test_the_first_mark_stands_and_the_second_is_told_so() -> None:
    occasion = make_occasion()
    held = make_pass(occasion)
    with clock.frozen_at(MORNING):
        first, made = mark_present(occasion=occasion, holder=held.holder, method=Method.QR, actor=SYSTEM)
    with clock.frozen_at(NOON):
        second, again = mark_present(occasion=occasion, holder=held.holder, method=Method.LIST, actor=SYSTEM)

    assert (made, again, first.pk == second.pk) == (True, False, True)
    assert (second.status, second.at, second.method, second.by_key) == ("present", MORNING, "qr", "system")
    entries = AuditEntry.objects.filter(code="attendance.mark_present").order_by("pk")
    assert [(entry.subject_code, entry.details) for entry in entries] == [
        (occasion.code, {"holder": held.holder.code, "made": True}),
        (occasion.code, {"holder": held.holder.code, "made": False}),
    ]


def test_who_was_marked_sick_and_comes_after_all_is_present_and_the_trail_keeps_both() -> None:
    occasion = make_occasion()
    held = make_pass(occasion)
    mark_list(
        occasion=occasion, statuses={held.holder.code: Status.SICK}, notes={held.holder.code: "surat"}, actor=SYSTEM
    )
    mark, made = mark_present(occasion=occasion, holder=held.holder, method=Method.QR, actor=SYSTEM, at=NOON)
    assert (mark.status, mark.at, made) == ("present", NOON, True)
    assert AuditEntry.objects.filter(code="attendance.mark_present").get().details["before"] == "sick"


def test_nobody_is_marked_without_a_valid_pass_of_the_group_or_at_a_cancelled_occasion() -> None:
    occasion, other = make_occasion(), make_occasion()
    stranger, revoked, good = make_pass(other), make_pass(occasion), make_pass(occasion)
    revoke_pass(holder=revoked.holder, group=occasion.group, actor=SYSTEM)
    for held, sentence in [(stranger, "has no pass"), (revoked, "revoked")]:
        with pytest.raises(Conflict, match=sentence):
            mark_present(occasion=occasion, holder=held.holder, method=Method.QR, actor=SYSTEM)
    stale = type(occasion).objects.get(pk=occasion.pk)
    cancel_occasion(occasion=occasion, actor=SYSTEM)
    with pytest.raises(Conflict, match="is cancelled"):
        mark_present(occasion=stale, holder=good.holder, method=Method.QR, actor=SYSTEM)
    with pytest.raises(Conflict, match="is cancelled"):
        mark_list(occasion=stale, statuses={good.holder.code: Status.PRESENT}, actor=SYSTEM)
    assert not Mark.objects.exists()


def test_only_who_marks_there_may_mark() -> None:
    occasion = make_occasion()
    held = make_pass(occasion)
    for actor in [
        make_actor(Role.INSPECTOR, occasion.organisation),
        make_actor(Role.PARTICIPANT, occasion.organisation),
        make_actor(Role.ORGANISER, make_organisation("Lain")),
    ]:
        with pytest.raises(NotAllowed):
            mark_present(occasion=occasion, holder=held.holder, method=Method.QR, actor=actor)
        with pytest.raises(NotAllowed):
            mark_list(occasion=occasion, statuses={held.holder.code: Status.ABSENT}, actor=actor)
    assert not Mark.objects.exists()
    instructor = make_actor(Role.INSTRUCTOR, occasion.organisation)
    assert mark_present(occasion=occasion, holder=held.holder, method=Method.QR, actor=instructor)[1]


def test_a_list_writes_what_is_new_or_different_and_leaves_the_rest() -> None:
    occasion = make_occasion()
    a, b, c, d = [make_pass(occasion).holder for _ in range(4)]
    mark_list(occasion=occasion, statuses={a.code: Status.PRESENT, b.code: Status.ABSENT}, actor=SYSTEM)

    count = mark_list(
        occasion=occasion,
        statuses={a.code: Status.PRESENT, b.code: Status.EXCUSED, c.code: Status.SICK},
        notes={b.code: " surat tugas ", c.code: "x" * 300},
        actor=SYSTEM,
    )

    assert count == 2
    marks = {mark.holder_id: (mark.status, mark.note) for mark in Mark.objects.all()}
    assert marks == {a.pk: ("present", ""), b.pk: ("excused", "surat tugas"), c.pk: ("sick", "x" * 200)}
    assert d.pk not in marks
    entry = AuditEntry.objects.filter(code="attendance.mark_list").latest("pk")
    assert (entry.subject_code, entry.details) == (occasion.code, {"new": 1, "changed": {b.code: "absent>excused"}})
    assert mark_list(occasion=occasion, statuses={b.code: Status.EXCUSED}, actor=SYSTEM) == 0
    assert Mark.objects.get(holder=b).note == "surat tugas"


def test_a_list_with_one_unknown_row_or_status_writes_nothing() -> None:
    occasion = make_occasion()
    held, stranger = make_pass(occasion), make_pass(make_occasion())
    good = {held.holder.code: Status.PRESENT}
    bad: list[dict[str, Any]] = [
        {**good, stranger.holder.code: Status.PRESENT},
        {**good, "' OR 1=1": Status.PRESENT},
        {held.holder.code: "dean"},
    ]
    for statuses in bad:
        with pytest.raises(Conflict):
            mark_list(occasion=occasion, statuses=statuses, actor=SYSTEM)
    assert not Mark.objects.exists()


@pytest.mark.parametrize("size", [1, 3, 40])
def test_a_list_takes_the_same_queries_for_any_size(size: int, django_assert_max_num_queries: Any) -> None:
    occasion = make_occasion()
    codes = [make_pass(occasion).holder.code for _ in range(size)]
    mark_list(occasion=occasion, statuses=dict.fromkeys(codes[:1], Status.ABSENT), actor=SYSTEM)
    with django_assert_max_num_queries(14):
        mark_list(occasion=occasion, statuses=dict.fromkeys(codes, Status.PRESENT), actor=SYSTEM)


def test_a_pass_is_issued_once_revoked_and_revived() -> None:
    occasion = make_occasion()
    held = make_pass(occasion)
    again = issue_pass(holder=held.holder, group=held.group, organisation=held.organisation, actor=SYSTEM)
    assert (again.pk, Pass.objects.count()) == (held.pk, 1)
    assert revoke_pass(holder=held.holder, group=held.group, actor=SYSTEM) == 1
    assert revoke_pass(holder=held.holder, group=held.group, actor=SYSTEM) == 0
    revived = issue_pass(holder=held.holder, group=held.group, organisation=held.organisation, actor=SYSTEM)
    assert (revived.code, revived.is_revoked) == (held.code, False)


@pytest.mark.django_db(transaction=True)
def test_one_pass_scanned_by_eight_phones_at_once_is_one_mark() -> None:
    occasion = make_occasion()
    holder = make_pass(occasion).holder
    barrier = threading.Barrier(8)

    def scan(_: int) -> bool:
        try:
            connection.ensure_connection()
            barrier.wait(30)
            return mark_present(occasion=occasion, holder=holder, method=Method.QR, actor=SYSTEM)[1]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(scan, range(8)))
    assert sorted(answers) == [False] * 7 + [True]
    assert Mark.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_list_saved_while_passes_are_scanned_loses_neither() -> None:
    occasion = make_occasion()
    holders = [make_pass(occasion).holder for _ in range(12)]
    barrier = threading.Barrier(13)

    def run(number: int) -> None:
        try:
            connection.ensure_connection()
            barrier.wait(30)
            if number == 12:
                statuses = {holder.code: Status.ABSENT for holder in holders[6:]}
                mark_list(occasion=occasion, statuses=statuses, actor=SYSTEM)
            else:
                mark_present(occasion=occasion, holder=holders[number], method=Method.QR, actor=SYSTEM)
        finally:
            connection.close()

    with ThreadPoolExecutor(13) as pool:
        list(pool.map(run, range(13)))
    assert Mark.objects.count() == 12
    assert Mark.objects.filter(holder__in=holders[:6], status="present").count() == 6

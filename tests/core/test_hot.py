"""Plain questions with SQL made once answer as a QuerySet does."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from enggang.attendance.domain import open_gate
from enggang.attendance.models import Gate, Mark, Occasion, Pass, Scan
from enggang.audit.models import AuditEntry
from enggang.core import clock, hot
from enggang.core.actor import SYSTEM
from enggang.core.models import Subject
from tests.attendance.factories import make_occasion, make_pass

pytestmark = pytest.mark.django_db


def as_dict(row: object, *, but: str = "") -> dict[str, object]:
    return {name: value for name, value in vars(row).items() if name not in {"_state", but}}


def test_rows_come_as_the_queryset_makes_them() -> None:
    occasion = make_occasion()
    make_occasion()
    (found,) = hot.find(Occasion, pk=occasion.pk)
    assert as_dict(found) == as_dict(Occasion.objects.get(pk=occasion.pk))
    assert not found._state.adding


def test_related_rows_come_along_without_another_question() -> None:
    occasion = make_occasion()
    gate, _token = open_gate(
        group=occasion.group, organisation=occasion.organisation, name="Pintu", hours=4, actor=SYSTEM
    )
    found = hot.find_one(Gate, related=("link__subject", "organisation"), link__token_hash=gate.link.token_hash)
    assert found is not None
    with CaptureQueriesContext(connection) as queries:
        assert found.link.subject == gate.link.subject
        assert found.organisation == occasion.organisation
        assert found.link.expires_at == gate.link.expires_at
    assert not queries


def test_an_empty_key_brings_no_row() -> None:
    mine = Scan(
        uuid=uuid.uuid4(), device="x", group=Subject.objects.make(kind="group"), device_time=clock.now(),
        at=clock.now(), received_at=clock.now(), verdict="refused",
    )  # fmt: skip
    hot.add(mine)
    found = hot.find_one(Scan, related=("gate__link", "held"), uuid=mine.uuid)
    assert found is not None
    assert found == mine
    assert found.gate is None
    assert found.held is None
    assert hot.find(Scan, gate=None, uuid__in=[mine.uuid]) == [mine]


@pytest.mark.parametrize("count", [1, 2, 3, 5, 9])
def test_among_any_number_of_values(count: int) -> None:
    occasion = make_occasion()
    held = [make_pass(occasion) for _ in range(count)]
    make_pass(occasion)
    found = hot.find(Pass, group_id=occasion.group_id, code__in={each.code for each in held})
    assert {row.pk for row in found} == {row.pk for row in held}


def test_nothing_is_asked_when_nothing_can_match() -> None:
    with CaptureQueriesContext(connection) as queries:
        assert hot.find(Pass, code__in=[]) == []
        assert hot.change(Gate, {"waiting": 1}, pk__in=[]) == 0
    assert not queries


def test_values_are_values_and_never_sql() -> None:
    occasion = make_occasion()
    make_pass(occasion)
    for hostile in ("' OR 1=1 --", "%s", '"; DROP TABLE attendance_pass; --', "é" * 300):
        assert hot.find(Pass, code=hostile) == []
    assert Pass.objects.count() == 1


def test_what_is_on_record_already_is_skipped_and_the_new_is_counted() -> None:
    occasion = make_occasion()
    holders = [make_pass(occasion).holder for _ in range(3)]

    def marks(*which: int) -> list[Mark]:
        stamp = {"status": "present", "method": "qr", "at": clock.now(), "by_key": "system"}
        return [Mark(occasion=occasion, holder=holders[each], **stamp) for each in which]

    assert hot.add_all(marks(0, 1), skip_known=True) == 2
    assert hot.add_all(marks(0, 1, 2), skip_known=True) == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        hot.add_all(marks(2))
    assert Mark.objects.count() == 3


def test_more_rows_than_one_statement_takes() -> None:
    rows = [AuditEntry(at=clock.now(), code=f"x{n}", actor_kind="system", actor_key="x") for n in range(450)]
    assert hot.add_all(rows) == 450
    assert AuditEntry.objects.filter(code__startswith="x").count() == 450


AWKWARD = [
    '"',
    "\\",
    '\\"',
    "{a,b}",
    "NULL",
    "null",
    "",
    " ",
    "'",
    "%s",
    "$1",
    "baris\nbaru\ttab",
    "Sējiran 🪶",
    "\\N",
    "\x7f",
]


def test_many_rows_keep_every_letter() -> None:
    at, user = clock.now(), 7
    rows = [
        AuditEntry(
            at=at,
            code=f"x{n}",
            actor_kind="system",
            actor_key=text,
            user_id=n % 2 or None,
            details={text: [text, n, None, True]},
        )
        for n, text in enumerate(AWKWARD, start=user)
    ]
    assert hot.add_all(rows) == len(AWKWARD)
    kept = {entry.code: entry for entry in AuditEntry.objects.filter(code__startswith="x")}
    for row in rows:
        assert as_dict(kept[row.code], but="id") == as_dict(row, but="id")


if connection.vendor == "postgresql":  # the other database has no limit of length and takes every letter

    @pytest.mark.parametrize("value", [{"code": "x" * 61}, {"actor_key": "\x00"}])
    def test_a_value_that_no_column_takes_leaves_nothing(value: dict[str, str]) -> None:
        given = {"at": clock.now(), "code": "x", "actor_kind": "system", "actor_key": "x", **value}
        with pytest.raises((DataError, ValueError)), transaction.atomic():
            hot.add_all([AuditEntry(**given)])
        assert not AuditEntry.objects.exists()


def test_a_row_added_has_its_id_and_every_value() -> None:
    entry = hot.add(
        AuditEntry(at=clock.now(), code="x", actor_kind="system", actor_key="x", details={"é": [1, None, "'"]})
    )
    kept = AuditEntry.objects.get(pk=entry.pk)
    assert as_dict(kept) == as_dict(entry)


def test_a_change_counts_its_rows() -> None:
    occasion = make_occasion()
    later = occasion.ends_at + timedelta(hours=1)
    assert hot.change(Occasion, {"ends_at": later, "title": "%s"}, pk=occasion.pk) == 1
    assert hot.change(Occasion, {"title": "no"}, pk=occasion.pk, title="never") == 0
    occasion.refresh_from_db()
    assert (occasion.ends_at, occasion.title) == (later, "%s")


def test_a_new_row_is_as_the_model_makes_it() -> None:
    group, now = Subject.objects.make(kind="group"), clock.now()
    given = {"group": group, "holder": group, "issued_at": now, "code": "X"}
    gate = make_occasion().organisation
    quick, slow = hot.new_row(Pass, organisation=gate, **given), Pass(organisation=gate, **given)
    assert as_dict(quick) == as_dict(slow)
    assert quick.group is group
    assert quick._state.adding
    with pytest.raises(TypeError):
        hot.new_row(Pass, colour="red")


def test_a_new_row_gets_its_defaults_anew() -> None:
    codes = {hot.new_row(Subject, kind="x").code for _ in range(3)}
    assert len(codes) == 3
    assert hot.new_row(Gate, waiting=2).waiting == 2
    assert hot.new_row(Gate).waiting == 0
    assert hot.new_row(AuditEntry).details == {}


def test_rows_inserted_together_get_their_ids_in_order() -> None:
    rows = [hot.new_row(Subject, kind="x") for _ in range(3)]
    assert hot.add_each(rows, key="code") == rows
    assert [Subject.objects.get(pk=row.pk).code for row in rows] == [row.code for row in rows]
    assert sorted(row.pk for row in rows) == [row.pk for row in rows]
    assert hot.add_each(list[Subject](), key="code") == []


def test_rows_inserted_together_leave_known_ones_out() -> None:
    occasion, holder, other = make_occasion(), Subject.objects.make(kind="x"), Subject.objects.make(kind="x")
    known = Pass.objects.create(
        holder=holder, group=occasion.group, organisation=occasion.organisation, issued_at=clock.now()
    )
    rows = [
        hot.new_row(Pass, holder=each, group=occasion.group, organisation=occasion.organisation, issued_at=clock.now())
        for each in (holder, other)
    ]
    assert hot.add_each(rows, key="holder_id", skip_known=True) == rows[1:]
    assert set(Pass.objects.values_list("pk", flat=True)) == {known.pk, rows[1].pk}

from __future__ import annotations

import gc

import pytest
from django.db import connection

from enggang.core import bulk
from enggang.core.codes import ALPHABET
from enggang.core.models import Subject

pytestmark = pytest.mark.django_db


def _rows(count: int, kind: str) -> list[tuple[int, str, str, str]]:
    return [(number, kind, "", f"CODE{number:08d}") for number in range(1_000, 1_000 + count)]


@pytest.mark.parametrize("count", [1, bulk.FEW, bulk.FEW + 1, 300])
def test_what_is_new_is_inserted_and_what_is_there_is_renewed(count: int) -> None:
    fields = ("id", "kind", "organisation_code", "code")
    bulk.upsert_rows(Subject, fields, _rows(count - count // 2, "old"))
    bulk.upsert_rows(Subject, fields, _rows(count, "new"))
    assert list(Subject.objects.filter(pk__gte=1_000).values_list("kind", flat=True)) == ["new"] * count


def test_two_sets_in_one_transaction_do_not_meet_in_the_passing_table() -> None:
    fields = ("id", "kind", "organisation_code", "code")
    for kind in ("one", "two"):
        bulk.upsert_rows(Subject, fields, _rows(60, kind))
    assert Subject.objects.filter(kind="two").count() == 60


def test_reserved_ids_are_nobody_elses() -> None:
    ids = list(bulk.reserve_ids(Subject, 3))
    bulk.insert_rows(Subject, ("id", "kind", "organisation_code", "code"), [(each, "x", "", str(each)) for each in ids])
    assert Subject.objects.make(kind="y").pk not in ids


def test_reserved_ids_are_ours_though_another_takes_those_between() -> None:
    if connection.vendor != "postgresql":
        return  # the running transaction is SQLite's only writer
    with connection.cursor() as cursor:  # as if somebody else drew a number after each of ours
        cursor.execute("ALTER SEQUENCE core_subject_id_seq INCREMENT BY 2")
    ids = list(bulk.reserve_ids(Subject, 3))
    assert ids == [ids[0], ids[0] + 2, ids[0] + 4]


def test_no_ids_are_asked_for() -> None:
    assert not bulk.reserve_ids(Subject, 0)


def test_codes_made_at_once_are_different_and_of_the_alphabet() -> None:
    made = bulk.random_codes(500)
    assert len(set(made)) == 500
    assert {len(code) for code in made} == {12}
    assert set("".join(made)) <= set(ALPHABET)


def test_parts_hold_everything_in_order() -> None:
    assert list(bulk.in_parts(range(5), 2)) == [[0, 1], [2, 3], [4]]
    assert list(bulk.in_parts([], 2)) == []


def test_the_collector_is_on_again_also_after_an_error() -> None:
    seen = []

    def fail() -> None:
        with bulk.without_collector():
            seen.append(gc.isenabled())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert (seen, gc.isenabled()) == ([False], True)


if connection.vendor == "postgresql":  # SQLite plans by its indexes alone

    def test_many_new_rows_are_known_to_the_planner_at_once() -> None:
        bulk.insert_rows(Subject, ("id", "kind", "organisation_code", "code"), _rows(2_000, "new"))
        bulk.measure_again(Subject)
        with connection.cursor() as cursor:
            cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [Subject._meta.db_table])
            assert cursor.fetchone()[0] == Subject.objects.count()

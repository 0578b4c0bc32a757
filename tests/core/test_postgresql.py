"""Statements that stay planned, and a kept connection whose server has gone."""

from __future__ import annotations

import pytest
from django.db import connection, connections

from enggang.core.hot import find
from enggang.core.models import Subject

pytestmark = pytest.mark.django_db


def one(sql: str, *values: str | int) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0]


def planned() -> object:
    return one("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s", '%FROM "core_subject"%')


def test_a_text_that_is_asked_again_answers_other_values() -> None:
    rows = [Subject.objects.make(kind="group") for _ in range(3)]
    assert [find(Subject, pk=row.pk) for row in rows] == [[row] for row in rows]


if connection.vendor == "postgresql":

    def test_a_question_asked_again_with_other_values_is_planned_once() -> None:
        rows = [Subject.objects.make(kind="group") for _ in range(3)]
        find(Subject, pk=rows[0].pk)
        before = planned()
        assert [find(Subject, pk=row.pk) for row in rows] == [[row] for row in rows]
        assert planned() == before != 0

    def test_what_goes_through_a_pooler_is_planned_anew(monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
        row = Subject.objects.make(kind="pooled")
        before = planned()
        assert find(Subject, kind="pooled") == [row]
        assert planned() == before

    def test_a_kept_connection_is_asked_nothing_until_its_server_has_gone() -> None:
        kept = connections.create_connection("default")
        try:
            with kept.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                process = int(cursor.fetchone()[0])
            assert kept.is_usable()
            assert one("SELECT query FROM pg_stat_activity WHERE pid = %s", process) == "SELECT pg_backend_pid()"
            assert one("SELECT pg_terminate_backend(%s, 5000)", process)
            assert not kept.is_usable()
        finally:
            kept.close()

"""A list of any shape as a file: which columns, which cells, who is told, and what a hostile post does."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.safestring import mark_safe

from enggang.access.enums import Role
from enggang.audit.models import AuditEntry
from enggang.core import exports
from enggang.core.actor import SYSTEM
from enggang.core.exports import Column, Sheet
from enggang.places.models import Organisation
from enggang.training.domain.instructors import add_instructor
from enggang.training.models import Instructor
from tests.training.factories import client_of, make_agency, make_person, make_user

pytestmark = pytest.mark.django_db


def lines(answer: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.fixture
def agency() -> Organisation:
    agency = make_agency("=Disporapar")
    for name in ("Siti Aminah", "Markus Lengkong", "Ani"):
        add_instructor(
            organisation=agency, person=make_person(agency, name), teacher_origin="outside", expertise="+62, foto",
            actor=SYSTEM,
        )  # fmt: skip
    return agency


@pytest.fixture
def client(agency: Organisation) -> Client:
    return client_of(make_user(Role.ORGANISER, agency))


def page() -> str:
    return reverse("training:instructors")


class TestTheFile:
    def test_a_workbook_has_the_chosen_columns_in_their_order_and_each_once(self, client: Client) -> None:
        asked = {"list": "instructors", "form": "xlsx", "column": ["agency", "name", "name", "password"]}
        answer = client.post(page(), asked)
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
        assert sheet is not None
        rows = [[cell.value for cell in row] for row in sheet.rows]
        assert rows[0] == ["Nama", "Perangkat daerah"]
        assert sorted(row[0] for row in rows[1:]) == ["Ani", "Markus Lengkong", "Siti Aminah"]
        assert sheet["B2"].data_type == "s"
        assert answer["Cache-Control"] == "private, no-store"

    def test_no_cell_of_a_csv_begins_a_formula(self, client: Client) -> None:
        answer = client.post(page(), {"list": "instructors", "form": "csv"})
        assert {line[1] for line in lines(answer)[1:]} == {"'=Disporapar"}
        assert {line[3] for line in lines(answer)[1:]} == {"'+62, foto"}

    def test_the_filter_of_the_page_is_that_of_the_file(self, client: Client) -> None:
        answer = client.post(page() + "?text=markus", {"list": "instructors", "form": "csv"})
        assert [line[0] for line in lines(answer)[1:]] == ["Markus Lengkong"]

    def test_the_trail_keeps_the_list_and_its_columns_and_no_name(self, client: Client) -> None:
        client.post(page(), {"list": "instructors", "form": "csv", "column": "name"})
        entry = AuditEntry.objects.get(code="core.export_list")
        assert entry.details == {"list": "instructors", "rows": 3, "columns": ["name"]}

    def test_the_number_of_queries_does_not_grow(self, client: Client, agency: Organisation) -> None:
        def asked() -> int:
            with CaptureQueriesContext(connection) as seen:
                client.post(page(), {"list": "instructors", "form": "xlsx"})
            return len(seen)

        Instructor.objects.filter(person__name__in=["Ani", "Siti Aminah"]).delete()
        one = asked()
        for name in ("Budi", "Citra"):
            add_instructor(
                organisation=agency, person=make_person(agency, name), teacher_origin="outside", actor=SYSTEM
            )
        assert asked() == one


class TestWhoAsksWrongly:
    def test_an_unknown_list_is_the_page_and_nothing_is_noted(self, client: Client) -> None:
        answer = client.post(page(), {"list": "x" * 10_000, "form": "csv"})
        assert (answer.status_code, answer["Content-Type"][:9]) == (200, "text/html")
        assert not AuditEntry.objects.filter(code="core.export_list").exists()

    def test_an_unknown_form_is_a_workbook(self, client: Client) -> None:
        assert client.post(page(), {"list": "instructors", "form": "exe"}).content.startswith(b"PK")

    def test_asking_for_a_list_adds_nobody_though_the_form_is_sent_along(
        self, client: Client, agency: Organisation
    ) -> None:
        person = make_person(agency, "Baru")
        form = {"organisation": agency.pk, "person": person.pk, "teacher_origin": "outside", "tax_status": "asn"}
        client.post(page(), {**form, "list": "instructors", "form": "csv"})
        assert Instructor.objects.count() == 3

    def test_a_stranger_gets_no_file(self, agency: Organisation) -> None:
        other = client_of(make_user(Role.ORGANISER, make_agency("Lain")))
        assert lines(other.post(page(), {"list": "instructors", "form": "csv"}))[1:] == []
        nobody = client_of(make_user())
        assert nobody.post(page(), {"list": "instructors", "form": "csv"}).status_code == 404

    def test_too_many_rows_are_told_and_not_noted(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(exports, "LARGEST_EXPORT", 2)
        assert client.post(page(), {"list": "instructors", "form": "csv"}).status_code == 409
        assert not AuditEntry.objects.filter(code="core.export_list").exists()


class TestThePage:
    def test_offers_its_columns(self, client: Client) -> None:
        shown = client.get(page()).text
        assert 'name="list" value="instructors"' in shown
        assert 'name="column" value="expertise"' in shown

    def test_offers_nothing_where_nobody_is_shown_nor_beside_an_error(self, client: Client) -> None:
        assert 'name="list"' not in client.get(page() + "?text=zzz").text
        wrong = client.post(page(), {"organisation": "0"})
        assert (wrong.status_code, 'name="list"' in wrong.text) == (422, False)


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (0, 0),
        (True, "ya"),
        (False, "tidak"),
        (Decimal("12.50"), 12.5),
        (Decimal("NaN"), ""),
        (date(2026, 11, 27), "2026-11-27"),
        (datetime(2026, 11, 27, 1, tzinfo=ZoneInfo("UTC")), "2026-11-27 08:00"),
        (["a", None, "b"], "a; ; b"),
        (mark_safe("<b>tebal</b>  kata"), "tebal kata"),
        ("a < b", "a < b"),
    ],
)
def test_a_cell_is_plain(value: Any, cell: Any) -> None:
    assert exports._cell(value) == cell


def test_a_path_ends_quietly_at_nothing_and_loudly_at_a_wrong_name() -> None:
    row = SimpleNamespace(person=None, shown=lambda: "x")
    assert Column("name", "Name", "person.name").of(row) is None
    assert Column("shown", "Shown", "shown").of(row) == "x"
    with pytest.raises(AttributeError):
        Column("wrong", "Wrong", "persn").of(row)


def test_rows_are_made_only_when_the_file_is_wanted() -> None:
    def rows() -> list[Any]:
        raise AssertionError

    sheet = Sheet("x", "X", (Column("a", "A", "a"),))
    assert sheet.of(rows, shown=[1]).is_offered(None)
    assert not sheet.of(rows, shown=[]).is_offered(None)
    assert not sheet.of([]).is_offered(None)

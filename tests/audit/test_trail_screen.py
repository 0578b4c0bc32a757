"""The audit trail as inspectors see it, and what leaves the house as a file."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from enggang.access.enums import Role
from enggang.audit import exports
from enggang.audit.models import AuditEntry
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.core.registries import audit_codes
from enggang.core.spreadsheets import as_csv, as_xlsx
from enggang.places.domain.organisations import end_organisation
from tests.places.factories import browser, organisation, user

pytestmark = pytest.mark.django_db
LIST = "/jejak/"
EXPORT = "/jejak/ekspor/"


def test_the_addresses_are_those_of_the_office() -> None:
    assert reverse("office:audit") == LIST
    assert reverse("office:audit_export") == EXPORT


def test_an_inspector_sees_what_happened_below_their_organisation_only() -> None:
    root = organisation("Pemprov")
    mine, other = organisation("Dinas A", root), organisation("Dinas B", root)
    page = browser((Role.INSPECTOR, mine)).get(LIST).content.decode()
    assert mine.code in page
    assert other.code not in page
    assert f"{root.code}</a>" not in page  # as the parent in a detail it may be named


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.LEADER, Role.INSPECTOR])
def test_whoever_inspects_everything_sees_everything(role: Role) -> None:
    row = organisation("Pemprov")
    assert row.code in browser((role, None)).get(LIST).content.decode()


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR, Role.LEADER, Role.INSPECTOR}))
def test_for_every_other_role_there_is_no_trail(role: Role) -> None:
    client = browser((role, organisation("Pemprov")))
    before = AuditEntry.objects.count()
    assert client.get(LIST).status_code == 404
    assert client.post(EXPORT, {"form": "csv"}).status_code == 404
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize(
    "days", [{"until": "9999-12-31"}, {"since": "0001-01-01"}, {"since": "0001-01-01", "until": "x"}]
)
def test_a_day_at_the_end_of_the_calendar_is_told_beside_the_field(days: dict[str, str]) -> None:
    page = browser((Role.INSPECTOR, organisation("Pemprov"))).get(LIST, days)
    assert page.status_code == 200
    assert page.context["form"].errors.keys() == days.keys()


def test_a_stranger_is_asked_to_sign_in(client: object) -> None:
    assert client.get(LIST).status_code == 302  # type: ignore[attr-defined]
    assert client.post(EXPORT, {"form": "csv"}).status_code == 302  # type: ignore[attr-defined]


def test_the_trail_narrows_by_act_day_subject_and_name() -> None:
    first, second = organisation("Satu"), organisation("Dua")
    end_organisation(organisation=second, on=clock.today(), actor=SYSTEM)
    client = browser((Role.INSPECTOR, None))

    def shown(**question: str) -> int:
        return client.get(LIST, question).content.decode().count('role="row"') - 1

    assert shown() == AuditEntry.objects.count()
    assert shown(code="places.end_organisation") == 1
    assert shown(subject=first.code.lower()) == 1
    assert shown(since=clock.today().isoformat()) == AuditEntry.objects.count()
    assert shown(until=(clock.today() - timedelta(days=1)).isoformat()) <= 0
    assert shown(actor="nobody at all") <= 0
    assert client.get(LIST, {"since": "not a day", "code": "' OR 1=1"}).status_code == 200


def test_actors_are_named_and_acts_labelled() -> None:
    person = user((Role.ADMINISTRATOR, None), name="Ibu Contoh")
    from enggang.access.domain.actors import actor_for

    organisation("Satu", actor=actor_for(person))
    page = browser((Role.INSPECTOR, None)).get(LIST).content.decode()
    assert "Ibu Contoh" in page
    assert str(audit_codes["places.open_organisation"]) in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(count: int, django_assert_max_num_queries: object) -> None:
    for number in range(count):
        organisation(f"Dinas {number}")
    client = browser((Role.INSPECTOR, None))
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        client.get(LIST)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_has_what_the_page_shows_and_is_recorded(form: str) -> None:
    root = organisation("Pemprov")
    mine = organisation("Dinas A", root)
    response = browser((Role.INSPECTOR, mine)).post(EXPORT, {"form": form})
    assert response["Content-Disposition"].startswith("attachment")
    if form == "csv":
        rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    else:
        sheet = load_workbook(io.BytesIO(response.content)).active
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert len(rows) == 2
    assert rows[1][4] == mine.code
    entry = AuditEntry.objects.get(code="audit.export_trail")
    assert entry.details == {"count": 1, "form": form}


def test_an_unknown_kind_of_file_is_not_made() -> None:
    assert browser((Role.INSPECTOR, None)).post(EXPORT, {"form": "exe"}).status_code == 404


def test_a_cell_never_begins_a_formula() -> None:
    entry = AuditEntry(at=clock.now(), code="x", actor_kind="user", actor_key="user:1", details={})
    row = exports.row_of(entry, "=HYPERLINK('http://x')")
    assert "'=HYPERLINK" in as_csv("", exports.header(), [row]).decode("utf-8-sig")
    cell = load_workbook(io.BytesIO(as_xlsx("x", exports.header(), [row]))).active["D2"]
    assert (cell.data_type, cell.value) == ("s", "=HYPERLINK('http://x')")

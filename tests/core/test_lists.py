"""Every list can be carried away as a file, with the columns that were chosen, and the trail keeps it."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from enggang.access.enums import Role
from enggang.audit.models import AuditEntry
from enggang.core import exports
from tests.people.factories import make_user
from tests.training.factories import make_agency, make_person, make_wave, seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def organiser() -> tuple[Client, str]:
    agency = make_agency("=Disporapar")
    wave = make_wave(agency)
    for name in ("Siti Aminah", "Markus Lengkong"):
        seat(wave, make_person(agency, name))
    client = Client()
    client.force_login(make_user(Role.ORGANISER, agency))
    return client, reverse("training:participants", args=[wave.code])


def test_the_participants_as_a_workbook_with_the_chosen_columns(organiser: tuple[Client, str]) -> None:
    client, address = organiser
    answer = client.post(address, {"form": "xlsx", "column": ["person", "agency", "desk", "no such"]})
    assert answer.status_code == 200
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert [[cell.value for cell in row] for row in sheet.rows] == [
        ["Nama", "Perangkat daerah"], ["Markus Lengkong", "=Disporapar"], ["Siti Aminah", "=Disporapar"]
    ]  # fmt: skip
    assert sheet["B2"].data_type == "s"
    details = AuditEntry.objects.get(code="core.export_list").details
    assert (details["rows"], details["columns"]) == (2, ["person", "agency"])


def test_without_a_chosen_column_all_of_them_as_csv(organiser: tuple[Client, str]) -> None:
    client, address = organiser
    answer = client.post(address + "?sort=-person", {"form": "csv"})
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert lines[0] == ["Nama", "Perangkat daerah", "Kursi", "Kuota"]
    assert [line[0] for line in lines[1:]] == ["Siti Aminah", "Markus Lengkong"]
    assert lines[1][1] == "'=Disporapar"


def test_the_page_offers_it_and_a_list_too_long_for_a_file_says_so(
    organiser: tuple[Client, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, address = organiser
    assert 'name="column" value="person"' in client.get(address).text
    monkeypatch.setattr(exports, "LARGEST_EXPORT", 1)
    answer = client.post(address, {"form": "csv"}, follow=True)
    assert answer.status_code == 409
    assert not AuditEntry.objects.filter(code="core.export_list").exists()


@pytest.mark.parametrize("name", ["training:waves", "training:programmes", "places:venues", "people:rosters"])
def test_the_other_lists_too(organiser: tuple[Client, str], name: str) -> None:
    answer = organiser[0].post(reverse(name), {"form": "xlsx"})
    assert answer.content.startswith(b"PK")

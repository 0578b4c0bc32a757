"""The pages of holiday lists: what is missing is told, a late decree is added, a wrong line comes back."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enggang.access.enums import Role
from enggang.core import clock
from enggang.places.models import Organisation
from enggang.plans.models import Holiday, HolidayList
from tests.places.factories import browser, organisation
from tests.plans.factories import make_list, shipped

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 12, 1, 3, tzinfo=UTC)
FORM = {
    "year": "2028", "name": "Hari Libur 2028", "number": "SKB 1/2027", "decreed_on": "2027-09-01",
    "valid_from": "2027-09-01", "source": "setneg", "standing": "secondary", "state": "decreed",
}  # fmt: skip


def form(agency: Organisation, **facts: object) -> dict[str, object]:
    return {**FORM, "organisation": agency.pk, **facts}


def test_the_missing_year_is_told_until_its_decree_is_added() -> None:
    agency = organisation()
    client = browser((Role.ORGANISER, agency))
    shipped()
    with clock.frozen_at(NOW):
        page = client.get(reverse("plans:holidays"))
        assert page.context["missing"] == [2028]
        text = "Libur nasional\n1 Januari (Sabtu) Tahun Baru\nCuti bersama\n3 Januari Tahun Baru"
        answer = client.post(reverse("plans:holiday_list_new"), form(agency, text=text))
        assert answer.status_code == 302
        assert client.get(reverse("plans:holidays")).context["missing"] == []
    assert [(row.day, row.kind) for row in HolidayList.objects.get(year=2028).days.all()] == [
        (date(2028, 1, 1), "national"), (date(2028, 1, 3), "joint"),
    ]  # fmt: skip


def test_a_deadline_says_what_it_rests_on() -> None:
    shipped()
    client = browser((Role.LEADER, organisation()))
    page = client.get(reverse("plans:holidays"), {"hari": "2025-08-20", "jumlah": "14"})
    assert page.context["deadline"].date == date(2025, 7, 30)
    assert "933/2025" in page.content.decode()
    page = client.get(reverse("plans:holidays"), {"hari": "2025-08-20", "jumlah": "14", "diketahui": "2025-08-01"})
    assert page.context["deadline"].date == date(2025, 7, 31)


@pytest.mark.parametrize(
    "asked", [{"hari": "x"}, {"hari": "2025-08-20", "jumlah": "99999"}, {"hari": "9999-12-31", "jumlah": "1"},
              {"tahun": "２０２５"}, {"tahun": "1"}, {"hari": "2025-08-20", "jumlah": "-1"}],
)  # fmt: skip
def test_a_question_that_is_none_is_answered_with_the_page(asked: dict[str, str]) -> None:
    page = browser((Role.LEADER, organisation())).get(reverse("plans:holidays"), asked)
    assert (page.status_code, page.context["deadline"]) == (200, None)


def test_wrong_lines_come_back_with_what_was_typed_and_nothing_is_saved() -> None:
    agency = organisation()
    text = "1 Januari Tahun Baru\n31 Februari Hari ajaib"
    page = browser((Role.ORGANISER, agency)).post(reverse("plans:holiday_list_new"), form(agency, text=text))
    assert (page.status_code, HolidayList.objects.count()) == (422, 0)
    assert [row.number for row in page.context["wrong"]] == [2]
    assert "31 Februari Hari ajaib" in page.content.decode()


@pytest.mark.parametrize(
    ("name", "content"), [("a.pdf", b"%PDF-1.7"), ("a.xlsx", b"PK\x03\x04rusak"), ("a.csv", b"\x00\x01\x02;\x07")]
)
def test_a_file_that_is_no_list_is_refused(name: str, content: bytes) -> None:
    agency = organisation()
    data = form(agency, file=SimpleUploadedFile(name, content))
    answer = browser((Role.ORGANISER, agency)).post(reverse("plans:holiday_list_new"), data)
    assert (answer.status_code, HolidayList.objects.count()) == (422, 0)


def test_a_csv_file_is_taken() -> None:
    agency = organisation()
    content = b"Tanggal;Nama;Jenis\n2028-01-01;Tahun Baru;libur nasional\n2028-01-03;Tahun Baru;cuti bersama\n"
    data = form(agency, file=SimpleUploadedFile("libur.csv", content))
    assert browser((Role.ORGANISER, agency)).post(reverse("plans:holiday_list_new"), data).status_code == 302
    assert [(row.name, row.kind) for row in Holiday.objects.all()] == [
        ("Tahun Baru", "national"),
        ("Tahun Baru", "joint"),
    ]


def test_a_list_for_an_agency_of_others_is_refused() -> None:
    agency, other = organisation(), organisation("Lain")
    data = form(other, text="1 Januari Tahun Baru")
    answer = browser((Role.ORGANISER, agency)).post(reverse("plans:holiday_list_new"), data)
    assert (answer.status_code, HolidayList.objects.count()) == (422, 0)


def test_a_shipped_day_is_corrected_by_a_list_of_the_agency() -> None:
    shipped()
    agency = organisation()
    client = browser((Role.ORGANISER, agency))
    day = Holiday.objects.get(key="skb-2027-0310")
    page = client.get(reverse("plans:holiday_list_new"), {"koreksi": day.pk})
    begun = page.context["form"].initial
    data = form(agency, **{name: begun[name] for name in ("year", "name", "text")}, partial="on")
    assert client.post(reverse("plans:holiday_list_new"), data).status_code == 302
    made = Holiday.objects.get(organisation=agency)
    assert (made.day, made.kind, made.list.partial) == (day.day, "working", True)


def test_a_day_is_added_corrected_and_removed() -> None:
    agency = organisation()
    row, client = make_list(agency), browser((Role.ORGANISER, agency))
    data = {"day": "2028-01-03", "name": "Cuti", "kind": "joint"}
    client.post(reverse("plans:holiday_new", args=[row.pk]), data)
    made = row.days.get(kind="joint")
    address = reverse("plans:holiday", args=[row.pk, made.pk])
    client.post(address, {**data, "name": "Cuti bersama", "version": "1"})
    late = client.post(address, {**data, "name": "Terlambat", "version": "1"})
    assert (late.status_code, row.days.get(kind="joint").name) == (422, "Cuti bersama")
    client.post(reverse("plans:holiday_drop", args=[row.pk, made.pk]))
    assert row.days.count() == 1


def test_a_list_is_withdrawn_and_put_back_from_its_page() -> None:
    agency = organisation()
    row, client = make_list(agency), browser((Role.ORGANISER, agency))
    client.post(reverse("plans:holiday_list_step", args=[row.pk, "tarik"]))
    assert HolidayList.objects.get().is_withdrawn
    client.post(reverse("plans:holiday_list_step", args=[row.pk, "tetapkan"]))
    assert not HolidayList.objects.get().is_withdrawn
    assert client.post(reverse("plans:holiday_list_step", args=[row.pk, "lain"])).status_code == 404


def test_the_shipped_lists_are_taken_in_by_a_button() -> None:
    chief = browser((Role.ADMINISTRATOR, None))
    chief.post(reverse("plans:holidays_load"))
    assert HolidayList.objects.count() == 7
    agency = browser((Role.ADMINISTRATOR, organisation()))
    assert agency.post(reverse("plans:holidays_load")).status_code == 404


def test_the_page_asks_as_often_for_three_lists_as_for_one() -> None:
    agency = organisation()
    client = browser((Role.ORGANISER, agency))
    counts = []
    for names in (["A"], ["B", "C"]):
        for name in names:
            make_list(agency, name=name)
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("plans:holidays"), {"tahun": "2028"})
        counts.append(len(asked))
    assert counts[0] == counts[1]

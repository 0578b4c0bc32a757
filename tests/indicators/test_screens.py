"""The screens of indicators: the list, a page with its forms, and what comes back when something is wrong."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from enggang.access.enums import Role
from enggang.core import registries
from enggang.core.actor import SYSTEM
from enggang.core.registries import Count, IndicatorSource
from enggang.indicators.domain.counting import count_all, count_values
from enggang.indicators.domain.reference import load_reference
from enggang.indicators.enums import IndicatorState, MeasurementState
from enggang.indicators.models import Indicator, Measurement, Target
from enggang.places.enums import RegionLevel
from enggang.places.models import Organisation, Region
from tests.indicators.factories import aim, make_indicator, measure
from tests.training.factories import client_of, make_agency, make_person, make_user

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture
def staff(agency: Organisation) -> Client:
    return english(client_of(make_user(Role.ORGANISER, agency)))


def english(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


def text(response: Any) -> str:
    return str(response.content.decode())


def page_of(row: Indicator) -> str:
    return f"/indikator/{row.code}/"


def value_form(**given: str) -> dict[str, str]:
    return {"period": "2026-11-01", "value": "8,990", "as_of": "2026-11-15", "source": "BPS", **given}


# -- definition -------------------------------------------------------------------------------------------


def test_an_indicator_is_defined_aimed_at_and_put_into_use_on_the_screen(staff: Client, agency: Organisation) -> None:
    owner = make_person(agency, "Rini Contoh")
    form = {
        "organisation": agency.pk, "name": "Tingkat penghunian kamar", "kind": "statistic", "definition": "Kamar terpakai.",
        "numerator": "kamar terpakai", "denominator": "kamar tersedia", "factor": "100", "unit": "%", "decimals": "2",
        "polarity": "higher", "cumulation": "last", "frequency": "month", "due_days": "35", "source": "BPS", "owner": "rini",
    }  # fmt: skip
    made = staff.post("/indikator/baru/", form)
    row = Indicator.objects.get()
    assert made.url == page_of(row)  # type: ignore[attr-defined]
    assert row.owner == owner
    staff.post(f"{page_of(row)}target/", {"year": "2026", "quarter": "0", "value": "55.5", "source": "PK 2026"})
    staff.post(f"{page_of(row)}langkah/", {"to": "active"})
    row.refresh_from_db()
    assert row.state == IndicatorState.ACTIVE
    assert Target.objects.get().value == Decimal("55.5")
    assert "kamar terpakai ÷ kamar tersedia × 100" in text(staff.get(page_of(row)))


def test_a_form_with_faults_keeps_what_was_typed(staff: Client, agency: Organisation) -> None:
    make_person(agency, "Budi Satu")
    make_person(agency, "Budi Dua")
    answer = staff.post(
        "/indikator/baru/", {"name": "Angka baru", "kind": "own", "unit": "orang", "factor": "x", "owner": "budi"}
    )
    assert answer.status_code == 422
    for words in ("Angka baru", "Type a number", "Several people fit", "Budi Satu"):
        assert words in text(answer)
    assert not Indicator.objects.exists()


def test_a_draft_says_what_it_lacks(staff: Client, agency: Organisation) -> None:
    row = make_indicator(agency, draft=True, definition="", owner=make_person(agency))
    assert "Still missing: a definition" in text(staff.get(page_of(row)))
    answer = staff.post(f"{page_of(row)}langkah/", {"to": "active"}, follow=True)
    assert "Still missing" in text(answer)
    assert staff.post(f"{page_of(row)}langkah/", {"to": "draft"}).status_code == 404


def test_strangers_and_guests_find_nothing(visits: Indicator) -> None:
    other = client_of(make_user(Role.ORGANISER, make_agency("Dinas Lain")))
    assert other.get(page_of(visits)).status_code == 404
    assert Client().get("/indikator/").status_code in {302, 404}


def test_the_agency_below_reads_the_one_above_and_changes_nothing(agency: Organisation, visits: Indicator) -> None:
    below = english(client_of(make_user(Role.ORGANISER, make_agency("Bidang", parent=agency))))
    assert visits.name in text(below.get("/indikator/"))
    assert "Enter a value" not in text(below.get(page_of(visits)))
    assert below.post(f"{page_of(visits)}target/", {"year": "2026", "value": "5"}).status_code == 404
    assert below.post(f"{page_of(visits)}nilai/", value_form()).status_code == 404


# -- values -----------------------------------------------------------------------------------------------


def test_a_value_goes_from_entered_to_approved(staff: Client, agency: Organisation, visits: Indicator) -> None:
    clerk = english(client_of(make_user(Role.COORDINATOR, agency)))
    paper = SimpleUploadedFile("BRS Oktober.pdf", PDF, content_type="application/pdf")
    clerk.post(f"{page_of(visits)}nilai/", {**value_form(), "paper": paper})
    row = Measurement.objects.get()
    assert row.value == 8990
    assert row.file is not None
    assert "1 value of an indicator waits for you" in text(staff.get("/beranda/"))
    assert "8,990" in text(staff.get("/indikator/menunggu/"))
    assert "Verify" not in text(clerk.get(page_of(visits)))
    staff.post(f"{page_of(visits)}nilai/{row.pk}/verifikasi/")
    english(client_of(make_user(Role.LEADER, agency))).post(f"{page_of(visits)}nilai/{row.pk}/setujui/")
    row.refresh_from_db()
    assert row.state == MeasurementState.APPROVED


def test_a_head_opens_the_paper_behind_a_value_and_a_stranger_does_not(agency: Organisation, visits: Indicator) -> None:
    row, bare = measure(visits, 5, paper=(PDF, "brs.pdf")), measure(visits, 7, on=date(2026, 10, 1))
    head = client_of(make_user(Role.LEADER, agency))
    address = f"{page_of(visits)}nilai/{row.pk}/bukti/"
    assert address in text(head.get(page_of(visits)))
    assert head.get(address).content == PDF
    assert head.get(f"{page_of(visits)}nilai/{bare.pk}/bukti/").status_code == 404
    below = client_of(make_user(Role.ORGANISER, make_agency("Bidang", parent=agency)))
    assert address not in text(below.get(page_of(visits)))
    assert below.get(address).status_code == 404


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"value": "banyak"}, "Type a number"),
        ({"value": ""}, "say why"),
        ({"period": "2026-12-01"}, "Select a valid choice"),
        ({"as_of": "2027-05-01"}, "not come yet"),
        ({"as_of": "0001-01-01"}, "greater than"),
        ({"low": "1", "high": ""}, "range"),
        ({"value": "9" * 40}, "too large"),
        ({"source": "\x00"}, ""),
    ],
)
def test_a_wrong_value_comes_back_with_what_to_do(
    staff: Client, visits: Indicator, given: dict[str, str], says: str
) -> None:
    answer = staff.post(f"{page_of(visits)}nilai/", value_form(**given))
    assert answer.status_code in {422, 400}
    assert says in text(answer)
    assert not visits.measurements.exists()


def test_a_return_needs_a_reason_and_somebody_who_may(staff: Client, agency: Organisation, visits: Indicator) -> None:
    row = measure(visits, 5)
    address = f"{page_of(visits)}nilai/{row.pk}/kembalikan/"
    assert client_of(make_user(Role.COORDINATOR, agency)).get(address).status_code == 404
    assert staff.post(address, {"reason": ""}).status_code == 422
    staff.post(address, {"reason": "Bukan bulan ini"})
    row.refresh_from_db()
    assert (row.state, row.return_reason) == (MeasurementState.RETURNED, "Bukan bulan ini")


def test_who_entered_a_returned_value_is_told_until_another_comes(agency: Organisation, visits: Indicator) -> None:
    coordinator = english(client_of(make_user(Role.COORDINATOR, agency)))
    coordinator.post(f"{page_of(visits)}nilai/", value_form())
    staff = english(client_of(make_user(Role.ORGANISER, agency)))
    row = visits.measurements.get()
    staff.post(f"{page_of(visits)}nilai/{row.pk}/kembalikan/", {"reason": "Bukan bulan ini"})
    for where in ("/beranda/", page_of(visits)):
        assert "Bukan bulan ini" in text(coordinator.get(where))
    assert "Bukan bulan ini" not in text(staff.get("/beranda/"))  # nobody else's to do
    assert f"nilai/?period={row.period_start}" in text(coordinator.get(page_of(visits)))
    coordinator.post(f"{page_of(visits)}nilai/", value_form(value="8,991"))
    for where in ("/beranda/", page_of(visits)):
        assert "Bukan bulan ini" not in text(coordinator.get(where))


def test_a_value_of_another_indicator_is_not_found(staff: Client, agency: Organisation, visits: Indicator) -> None:
    row = measure(make_indicator(agency, "Lain"), 5)
    assert staff.post(f"{page_of(visits)}nilai/{row.pk}/verifikasi/").status_code == 404


# -- breaks, files, reference rows ------------------------------------------------------------------------


def test_a_break_is_marked_drawn_and_taken_away(staff: Client, visits: Indicator) -> None:
    for month in (8, 9, 10):
        measure(visits, 100, on=date(2026, month, 1))
    staff.post(f"{page_of(visits)}putus/", {"on": "2026-09-01", "reason": "Dihitung dari ponsel"})
    shown = text(staff.get(page_of(visits)))
    assert "Dihitung dari ponsel" in shown
    assert "series__break" in shown
    again = staff.post(f"{page_of(visits)}putus/", {"on": "2026-09-01", "reason": "Sekali lagi"})
    assert again.status_code == 422
    assert "already" in text(again)
    staff.post(f"{page_of(visits)}putus/{visits.breaks.get().pk}/hapus/")
    assert "series__break" not in text(staff.get(page_of(visits)))


def test_values_leave_with_codes_and_metadata(staff: Client, visits: Indicator) -> None:
    measure(visits, 5)
    measure(visits, 6)
    series = text(staff.post(page_of(visits), {"list": "series", "form": "csv"}))
    assert len(series.strip().splitlines()) == 3  # the replaced value is on record too
    assert "Code of the region" in series
    assert "Orang yang datang." in text(staff.post(page_of(visits), {"list": "metadata", "form": "csv"}))


def test_the_words_for_what_was_reached_are_dated_rows(staff: Client, agency: Organisation, visits: Indicator) -> None:
    load_reference(actor=SYSTEM)
    assert load_reference(actor=SYSTEM) == 0
    aim(visits, 100)
    measure(visits, 80)
    assert "Tinggi (Unverified)" in text(staff.get(page_of(visits)))
    row = {
        "organisation": agency.pk,
        "from_percent": "70",
        "label": "Baik",
        "valid_from": "2026-01-01",
        "source": "Pergub",
        "standing": "read",
    }
    staff.post("/indikator/acuan/skala/baru/", row)
    assert "Baik" in text(staff.get(page_of(visits)))


# -- counted by the system --------------------------------------------------------------------------------


@pytest.fixture
def source(monkeypatch: pytest.MonkeyPatch) -> dict[str, Count]:
    found: dict[str, Count] = {"": Count(5), "61.72": Count(3)}
    entry = IndicatorSource("Karya", "karya", "Semua karya.", lambda _path, _since, _until: found, by_region=True)
    monkeypatch.setitem(registries.indicator_sources._entries, "uji.karya", entry)
    return found


def test_what_the_system_knows_is_counted_with_its_method(
    agency: Organisation, staff: Client, source: dict[str, Count]
) -> None:
    Region.objects.create(code="61.72", name="Kota Singkawang", level=RegionLevel.REGENCY)
    row = make_indicator(agency, automatic="uji.karya", by_region=True)
    assert count_values(indicator=row, actor=SYSTEM) == 4
    assert count_values(indicator=row, actor=SYSTEM) == 0  # the same leaves no new row
    source[""] = Count(7, 6, 9, "satu acara tanpa hitungan")
    staff.post(f"{page_of(row)}hitung/")
    now = row.measurements.get(period_start=date(2026, 11, 1), region=None, replaced_at=None)
    assert [now.value, now.low, now.high] == [7, 6, 9]
    assert now.state == MeasurementState.APPROVED
    assert now.is_counted
    shown = text(staff.get(page_of(row)))
    assert "Semua karya." in shown
    assert "Enter a value" not in shown


def test_the_part_of_each_sex_is_counted_where_the_definition_asks_and_the_source_knows(
    agency: Organisation, source: dict[str, Count], monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = {"female": Count(3), "male": Count(1)}
    known = IndicatorSource(
        "Orang", "orang", "Semua orang.", lambda *_asked: source, sexes=lambda _path, _since, _until: parts
    )
    monkeypatch.setitem(registries.indicator_sources._entries, "uji.orang", known)
    asked = make_indicator(agency, "Orang dilatih", automatic="uji.orang", by_sex=True)
    plain = make_indicator(agency, "Orang saja", automatic="uji.orang")
    assert count_values(indicator=asked, actor=SYSTEM) == 6  # two periods: the whole, women, men
    assert count_values(indicator=plain, actor=SYSTEM) == 2
    parts["male"] = Count(2)
    assert count_values(indicator=asked, actor=SYSTEM) == 2
    standing = asked.measurements.filter(replaced_at=None, period_start=date(2026, 11, 1)).order_by("sex")
    assert [(row.sex, int(row.value or 0)) for row in standing] == [("", 5), ("female", 3), ("male", 2)]


def test_one_count_that_fails_holds_no_other_up(
    agency: Organisation, source: dict[str, Count], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_path: str, _since: date, _until: date) -> dict[str, Count]:
        raise ValueError("no such table")

    monkeypatch.setitem(registries.indicator_sources._entries, "uji.rusak", IndicatorSource("Rusak", "x", "x", broken))
    make_indicator(agency, "A rusak", automatic="uji.rusak")
    good = make_indicator(agency, "B baik", automatic="uji.karya")

    class Run:
        actor = SYSTEM

    with pytest.raises(RuntimeError, match="not counted"):
        count_all(Run())
    assert good.measurements.exists()


def test_every_source_of_the_product_counts_on_an_empty_database(agency: Organisation) -> None:
    assert {
        "credentials.people",
        "credentials.hours",
        "events.editions",
        "events.visitors",
        "events.turnover",
        "media.published",
    } <= {name for name, _each in registries.indicator_sources.items()}
    for name, each in registries.indicator_sources.items():
        found = each.count(agency.path, date(2026, 1, 1), date(2026, 12, 31))
        assert found[""].value == 0, name
        assert str(each.method)


# -- speed ------------------------------------------------------------------------------------------------


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_lists_ask_as_often_for_three_as_for_one(staff: Client, agency: Organisation, visits: Indicator) -> None:
    aim(visits, 10)
    measure(visits, 5)
    counts = [(queries(staff, "/indikator/"), queries(staff, "/indikator/menunggu/"), queries(staff, page_of(visits)))]
    for number in range(2):
        row = make_indicator(agency, f"Indikator {number}")
        aim(row, 10)
        measure(row, 5)
        measure(visits, 5, on=date(2026, 8 + number, 1))
    counts.append(
        (queries(staff, "/indikator/"), queries(staff, "/indikator/menunggu/"), queries(staff, page_of(visits)))
    )
    assert counts[0] == counts[1]

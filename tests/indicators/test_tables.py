"""Tables as BPS offers them: what is read of them, what is refused and why, and that nothing is taken twice."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from openpyxl import Workbook

from enggang.access.enums import Role
from enggang.core.acts import Conflict, Refused
from enggang.indicators.domain.importing import accept_table, bring_table, table_in
from enggang.indicators.enums import Frequency
from enggang.indicators.models import Indicator
from enggang.indicators.reading import read_table
from enggang.places.enums import RegionLevel
from enggang.places.models import Organisation, Region
from tests.indicators.factories import make_indicator
from tests.training.factories import client_of, make_actor, make_agency, make_user

REGIONS = {"kota singkawang": "61.72", "singkawang": "61.72", "sambas": "61.01"}


def book(*rows: list[Any]) -> bytes:
    sheet = Workbook()
    for row in rows:
        sheet.active.append(row)
    out = io.BytesIO()
    sheet.save(out)
    return out.getvalue()


def table(content: bytes, frequency: str = Frequency.YEAR) -> Any:
    with translation.override("id"):
        return read_table(content, frequency=frequency, regions=REGIONS, whole=("jumlah", "kalimantan barat"))


class TestReading:
    def test_regencies_down_and_years_across_below_titles_and_above_notes(self) -> None:
        found = table(book(
            ["Jumlah Kunjungan Menurut Kabupaten/Kota"], [], ["Kabupaten/Kota", 2023, "2024", 2025.0], ["Sambas", "1.200", 1300, "-"],
            ["Kota Singkawang", 5, "…", 7], ["Kalimantan Barat", 10, 20, 30], ["Sumber: BPS"],
        ))  # fmt: skip
        got = {(each.region, each.period.start.year): each.value for each in found.taken}
        assert got == {
            ("61.01", 2023): 1200, ("61.01", 2024): 1300, ("61.72", 2023): 5, ("61.72", 2025): 7, ("", 2023): 10, ("", 2024): 20,
            ("", 2025): 30,
        }  # fmt: skip
        assert not found.rejected

    @pytest.mark.parametrize(
        "header",
        [
            ["", "Januari 2025", "Februari 2025"],
            ["", "Jan 2025", "Feb 2025"],
            ["", "2025-01", "2025-02"],
            ["", date(2025, 1, 1), date(2025, 2, 1)],
        ],
    )
    def test_months_across(self, header: list[Any]) -> None:
        found = table(book(header, ["Jumlah", "52,03", 51]), Frequency.MONTH)
        assert [(each.period.start, each.value) for each in found.taken] == [
            (date(2025, 1, 1), Decimal("52.03")), (date(2025, 2, 1), 51),
        ]  # fmt: skip

    def test_months_down_and_years_across(self) -> None:
        found = table(b"Bulan;2024;2025\nJanuari;1;2\nFebruari;3;4\n", Frequency.MONTH)
        assert {(each.period.start, each.value) for each in found.taken} == {
            (date(2024, 1, 1), 1), (date(2025, 1, 1), 2), (date(2024, 2, 1), 3), (date(2025, 2, 1), 4),
        }  # fmt: skip

    @pytest.mark.parametrize("head", ["Triwulan III 2025", "2025 Q3", "TW 3 2025"])
    def test_quarters(self, head: str) -> None:
        found = table(f"Uraian;{head}\nJumlah;9\n".encode(), Frequency.QUARTER)
        assert found.taken[0].period.start == date(2025, 7, 1)

    def test_what_cannot_be_placed_is_told_cell_by_cell(self) -> None:
        found = table(b"Daerah;2024;2025\nKutai Timur;5;6\nSambas;banyak;7\n")
        assert [(each.where, each.label) for each in found.rejected] == [
            ("B2", "Kutai Timur"),
            ("C2", "Kutai Timur"),
            ("B3", "Sambas"),
        ]
        assert [each.where for each in found.taken] == ["C3"]

    def test_a_month_without_its_year_is_no_period(self) -> None:
        found = table(b"Uraian;2024\nJumlah;5\n", Frequency.MONTH)
        assert [each.error for each in found.rejected]

    @pytest.mark.parametrize(
        "content", [b"", b"%PDF-1.7", b"\x89PNG\r\n", b"PK\x03\x04rusak", b"Nama;NIP\nBudi;1\n", b"\x00\x01\x02"]
    )
    def test_what_is_no_table_of_periods_is_refused_with_what_to_do(self, content: bytes) -> None:
        with pytest.raises(Refused) as refused:
            table(content)
        assert refused.value.message

    def test_too_many_cells_are_refused(self) -> None:
        years = [str(year) for year in range(1900, 2000)]
        content = "\n".join([";".join(["Daerah", *years]), *[";".join(["Sambas", *["5"] * 100])] * 51])
        with pytest.raises(Refused, match="Pisahkan|Split"):
            table(content.encode())


@pytest.mark.django_db
class TestTaking:
    @pytest.fixture
    def yearly(self, agency: Organisation) -> Indicator:
        for code, name in (
            ("61.01", "Kabupaten Sambas"),
            ("61.71", "Kota Pontianak"),
            ("61.99", "Kabupaten Pontianak"),
        ):
            Region.objects.create(code=code, name=name, level=RegionLevel.REGENCY)
        return make_indicator(agency, "Kunjungan tahunan", frequency="year", by_region=True)

    def test_twice_changes_nothing_and_the_file_is_the_evidence(self, agency: Organisation, yearly: Indicator) -> None:
        actor = make_actor(Role.COORDINATOR, agency)
        file = bring_table(
            indicator=yearly, content=b"Daerah;2024;2025\nSambas;5;6\nJumlah;9;10\n", name="bps.csv", actor=actor
        )
        facts: dict[str, Any] = {
            "indicator": yearly,
            "file": file,
            "source": "BPS",
            "as_of": date(2026, 1, 1),
            "actor": actor,
        }
        assert accept_table(**facts).taken == 4
        again = accept_table(**facts)
        assert (again.taken, again.unchanged) == (0, 4)
        assert {row.file_id for row in yearly.measurements.all()} == {file.pk}
        assert yearly.measurements.get(region="61.01", period_start=date(2025, 1, 1)).value == 6

    def test_a_name_that_two_regions_share_is_neither(self, yearly: Indicator) -> None:
        found = table_in(yearly, b"Daerah;2024\nPontianak;5\nKota Pontianak;6\n")
        assert [each.region for each in found.taken] == ["61.71"]
        assert [each.label for each in found.rejected] == ["Pontianak"]

    def test_a_year_that_has_not_begun_is_rejected(self, yearly: Indicator) -> None:
        found = table_in(yearly, b"Daerah;2026;2031\nSambas;5;6\n")
        assert [each.where for each in found.rejected] == ["C2"]

    def test_without_a_source_nothing_is_taken(self, agency: Organisation, yearly: Indicator) -> None:
        actor = make_actor(Role.COORDINATOR, agency)
        file = bring_table(indicator=yearly, content=b"Daerah;2024\nSambas;5\n", name="bps.csv", actor=actor)
        with pytest.raises(Conflict, match="where the table is from"):
            accept_table(indicator=yearly, file=file, source=" ", as_of=date(2026, 1, 1), actor=actor)

    def test_on_the_screen(self, agency: Organisation, yearly: Indicator) -> None:
        client = client_of(make_user(Role.COORDINATOR, agency))
        client.cookies["django_language"] = "en"
        bad = client.post(f"/indikator/{yearly.code}/tabel/", {"file": SimpleUploadedFile("a.csv", b"Nama;NIP\n")})
        assert bad.status_code == 422
        assert "No row with years or months" in bad.content.decode()
        content = b"Daerah;2024;2025\nSambas;5;6\nKutai Timur;1;2\n"
        sent = client.post(f"/indikator/{yearly.code}/tabel/", {"file": SimpleUploadedFile("bps.csv", content)})
        where = sent.url  # type: ignore[attr-defined]
        shown = client.get(where).content.decode()
        assert "no regency or city is called so" in shown
        rejected = client.post(where, {"list": "rejected", "form": "csv"}).content.decode()
        assert "Kutai Timur" in rejected
        assert client.post(where, {"source": "", "as_of": "2026-01-01"}).status_code == 422
        client.post(where, {"source": "BPS", "as_of": "2026-01-01"})
        assert yearly.measurements.count() == 2

    def test_a_file_of_others_is_not_found(self, agency: Organisation, yearly: Indicator) -> None:
        other = make_agency("Dinas Lain")
        theirs = make_indicator(other, "Milik mereka", frequency="year")
        file = bring_table(
            indicator=theirs,
            content=b"Uraian;2024\nJumlah;5\n",
            name="a.csv",
            actor=make_actor(Role.COORDINATOR, other),
        )
        client: Client = client_of(make_user(Role.COORDINATOR, agency))
        assert client.get(f"/indikator/{yearly.code}/tabel/{file.code}/").status_code == 404

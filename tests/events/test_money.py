"""The money of an edition: its budget, a RAB as agencies write it, the share of ceremony."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from enggang.access.enums import Role
from enggang.budgets.domain.budgets import add_line
from enggang.budgets.domain.plans import XLSX_TYPE
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from enggang.events.domain.money import start_budget
from enggang.events.domain.reference import keep_reference, load_reference
from enggang.events.models import Edition, Threshold
from enggang.places.models import Organisation
from tests.events.factories import make_edition
from tests.training.factories import client_of, make_actor, make_agency, make_user

pytestmark = pytest.mark.django_db
LINE = {"unit": "paket", "volume": 1, "frequency": 1}


def messy() -> bytes:
    """A RAB as an agency writes it: titles, a head of two rows with merged cells, sections, subtotals, a hidden sheet."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "RAB"
    rows = [
        ["PEMERINTAH KABUPATEN MEMPAWAH"], ["RENCANA ANGGARAN BIAYA FESTIVAL ROBO-ROBO"], [],
        ["No", "Uraian", "Rincian Perhitungan", None, None, None, "Jumlah (Rp)"],
        [None, None, "Volume", "Satuan", "Frekuensi", "Harga Satuan", None],
        ["A", "Panggung dan tata suara"],
        [1, "Sewa panggung utama", 1, "paket", 1, 25_000_000, 25_000_000],
        [2, "Sewa sound system", 1, "paket", 2, "Rp 7.500.000", 15_000_000],
        [None, "Sub Total A", None, None, None, None, 40_000_000],
        ["B", "Konsumsi"],
        [1, "Nasi kotak panitia", 150, "orang", 2, 45_000, 13_500_000],
        [2, "Kudapan tamu VIP", "dua puluh", "orang", 1, 50_000, 1_000_000],
        [None, "Jumlah B", None, None, None, None, 14_500_000],
        [None, "TOTAL", None, None, None, None, 54_500_000],
    ]  # fmt: skip
    for row in rows:
        sheet.append(row)
    for area in ("A1:G1", "A2:G2", "A4:A5", "B4:B5", "C4:F4", "G4:G5", "B6:G6", "B10:G10", "B9:F9"):
        sheet.merge_cells(area)
    hidden = book.create_sheet("coretan")
    hidden.sheet_state = "hidden"
    hidden.append(["Uraian", "Volume", "Harga satuan"])
    hidden.append(["Rahasia", 1, 1])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def agency() -> Organisation:
    load_reference(actor=SYSTEM)
    return make_agency()


def test_one_budget_in_the_year_of_the_first_day(agency: Organisation) -> None:
    edition = make_edition(agency, year=2025)
    budget = start_budget(edition=edition, actor=SYSTEM)
    assert (budget.year, budget.about, budget.title) == (2025, edition.subject, "Robo-Robo 2025")
    with pytest.raises(Conflict, match="budget already"):
        start_budget(edition=Edition.objects.get(pk=edition.pk), actor=SYSTEM)
    edition.refresh_from_db()
    assert edition.budget == budget


def test_a_stranger_starts_none(agency: Organisation) -> None:
    edition = make_edition(agency)
    with pytest.raises(NotAllowed):
        start_budget(edition=edition, actor=make_actor(Role.TREASURER, agency))
    edition.refresh_from_db()
    assert edition.budget is None


def test_an_agency_s_rab_is_taken_with_its_merged_cells_and_subtotals(agency: Organisation) -> None:
    edition = make_edition(agency)
    client = client_of(make_user(Role.ORGANISER, agency))
    client.cookies["django_language"] = "en"
    assert client.post(reverse("events:money_start", args=[edition.code])).status_code == 302
    edition.refresh_from_db()
    assert edition.budget is not None
    code = edition.budget.code
    file = SimpleUploadedFile("RAB Robo-Robo.xlsx", messy(), content_type=XLSX_TYPE)
    preview = client.post(reverse("budgets:plan_upload", args=[code]), {"file": file}, follow=True)
    page = preview.content.decode()
    assert "Kudapan tamu VIP" in page  # with the reason why it cannot be taken
    brought = edition.budget.imports.get()
    client.post(reverse("budgets:plan_accept", args=[code, brought.pk]))
    lines = {line.item: (line.planned, line.category) for line in edition.budget.lines.all()}
    assert lines == {
        "Sewa panggung utama": (25_000_000, "services"),
        "Sewa sound system": (15_000_000, "services"),
        "Nasi kotak panitia": (13_500_000, "meals"),
    }
    page = client.get(reverse("events:money", args=[edition.code])).content.decode()
    assert "Nasi kotak panitia" in page
    assert "Rahasia" not in page


class TestCeremony:
    def page(self, agency: Organisation, share: int) -> str:
        edition = make_edition(agency)
        budget = start_budget(edition=edition, actor=SYSTEM)
        for price, ceremonial in ((100 - share, False), (share, True)):
            add_line(
                budget=budget,
                item="X",
                category="other",
                price=price * 10_000,
                ceremonial=ceremonial,
                actor=SYSTEM,
                **LINE,
            )
        client = client_of(make_user(Role.LEADER, agency))
        client.cookies["django_language"] = "en"
        return client.get(reverse("events:money", args=[edition.code])).content.decode()

    def test_its_share_is_shown_against_the_threshold(self, agency: Organisation) -> None:
        page = self.page(agency, 30)
        assert "Ceremony and guests of honour: 30% of the plan" in page
        assert "alert--warn" in page
        assert "Angka contoh" in page

    def test_an_agency_s_own_threshold_holds_for_it(self, agency: Organisation) -> None:
        row = Threshold(name="ceremonial", value=40, valid_from=date(2020, 1, 1), source="Perbup")
        keep_reference(row=row, organisation=agency, actor=SYSTEM)
        page = self.page(agency, 30)
        assert "Warned of above 40%" in page
        assert "alert--info" in page

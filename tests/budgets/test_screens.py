"""The pages of a budget: what a person types is answered, and never lost."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from enggang.access.enums import Role
from enggang.budgets.forms.money import RupiahField
from enggang.budgets.models import BudgetLine, Payment, PriceStandard, TaxRate
from tests.budgets.factories import HEADER, approved_line, make_budget, make_line, make_standard, sheet
from tests.training.factories import client_of, make_agency, make_user

pytestmark = pytest.mark.django_db


def organiser(agency: object) -> Client:
    return client_of(make_user(Role.ORGANISER, agency))  # type: ignore[arg-type]


def test_a_line_is_added_and_a_refusal_keeps_what_was_typed() -> None:
    agency = make_agency()
    budget, client = make_budget(agency), organiser(agency)
    standard = make_standard()
    facts = {"item": "Nasi", "category": "meals", "volume": "2", "unit": "orang", "frequency": "1", "price": "46.000",
             "standard": standard.pk}  # fmt: skip
    address = reverse("budgets:line_new", args=[budget.code])
    refused = client.post(address, facts)
    assert (refused.status_code, BudgetLine.objects.count()) == (422, 0)
    assert "46.000" in refused.content.decode()
    assert client.post(address, {**facts, "price": "45.000"}).status_code == 302
    assert BudgetLine.objects.get().price == 45_000


@pytest.mark.parametrize("price", ["", "abc", "-1", "1,5", "9" * 60, "=1+1"])
def test_a_price_that_is_none_is_told(price: str) -> None:
    agency = make_agency()
    budget = make_budget(agency)
    facts = {"item": "Nasi", "category": "meals", "volume": "2", "unit": "orang", "frequency": "1", "price": price}
    answer = organiser(agency).post(reverse("budgets:line_new", args=[budget.code]), facts)
    assert (answer.status_code, BudgetLine.objects.count()) == (422, 0)


def test_a_price_too_large_is_called_so() -> None:
    field = RupiahField()
    with pytest.raises(ValidationError) as told:
        field.clean("99.999.999.999.999.999")
    assert told.value.messages == ["Paling banyak Rp\u00a01.000.000.000.000.000. Apakah kelebihan nol?"]


def test_the_missing_paper_and_the_overspent_line_show() -> None:
    from tests.budgets.factories import make_evidence_rule

    make_evidence_rule("Daftar hadir")
    agency = make_agency()
    line = approved_line(agency)
    client = organiser(agency)
    page = client.get(reverse("budgets:line", args=[line.budget.code, line.pk])).content.decode()
    assert "Daftar hadir" in page
    assert "badge--bad" in page
    address = reverse("budgets:payment_add", args=[line.budget.code, line.pk])
    facts = {"paid_on": "2026-11-20", "payee": "X", "amount": "9.600.001"}
    assert client.post(address, facts).status_code == 422
    assert client.post(address, {**facts, "over_reason": "harga naik"}).status_code == 302
    assert Payment.objects.get().over_reason == "harga naik"


def test_a_workbook_is_looked_at_then_taken_and_its_rejected_rows_come_back() -> None:
    agency = make_agency()
    budget, client = make_budget(agency), organiser(agency)
    content = sheet(HEADER, ("", "Spanduk", 2, "buah", 1, 50_000, ""), ("", "=cmd()", "x", "", "", "", ""))
    upload = client.post(
        reverse("budgets:plan_upload", args=[budget.code]), {"file": SimpleUploadedFile("rab.xlsx", content)}
    )
    assert upload.status_code == 302
    page = client.get(upload["Location"]).content.decode()
    assert "Spanduk" in page
    rejects = client.get(f"{upload['Location']}ditolak/")
    assert rejects.content.startswith(b"PK")
    assert client.post(f"{upload['Location']}terima/").status_code == 302
    assert BudgetLine.objects.get().planned == 100_000


def test_the_export_is_a_workbook_without_formulas() -> None:
    import io
    import zipfile

    agency = make_agency()
    line = make_line(make_budget(agency), item="=HYPERLINK(1)")
    answer = organiser(agency).get(reverse("budgets:export", args=[line.budget.code]))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as package:
        sheets = [package.read(name) for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 5
    assert not any(b"<f>" in each for each in sheets)


def test_a_standard_of_the_own_agency_is_entered_from_the_screen() -> None:
    agency = make_agency()
    standard = make_standard()
    client = organiser(agency)
    facts = {
        "organisation": agency.pk, "region": standard.region_id, "year": "2026", "category": "meals", "item": "Kopi",
        "unit": "cangkir", "price": "8.000", "kind": "ceiling", "valid_from": "2026-01-01", "source": "SK Gubernur",
    }  # fmt: skip
    address = reverse("budgets:rule_new", args=["harga"])
    assert client.post(address, {**facts, "price": "mahal"}).status_code == 422
    assert client.post(address, {**facts, "organisation": make_agency("Lain").pk}).status_code == 422
    assert client.post(address, facts).status_code == 302
    kept = PriceStandard.objects.get(item="Kopi")
    assert (kept.organisation, kept.price, kept.is_shipped) == (agency, 8_000, False)
    edit = reverse("budgets:rule", args=["harga", kept.pk])
    assert client.post(edit, {**facts, "price": "9.000", "version": "1"}).status_code == 302
    assert client.post(edit, {**facts, "price": "7.000", "version": "1"}).status_code == 422
    kept.refresh_from_db()
    assert kept.price == 9_000


@pytest.mark.parametrize("word", ["harga", "satuan", "honor", "pajak", "bukti"])
def test_every_table_of_reference_rows_opens(word: str) -> None:
    from enggang.budgets.domain.reference import load_reference
    from enggang.core.actor import SYSTEM

    load_reference(actor=SYSTEM)
    client = organiser(make_agency())
    assert client.get(reverse("budgets:rules", args=[word])).status_code == 200
    assert client.get(reverse("budgets:rule_new", args=[word]), {"dari": "x"}).status_code == 200
    assert client.get(reverse("budgets:rules", args=["lain"])).status_code == 404


@pytest.mark.parametrize(
    ("number", "status"), [("12", 422), ("1234567890123", 302), ("", 302), ("12345678901234", 422)]
)
def test_a_supplier_s_nib_has_thirteen_digits_or_is_left_out(number: str, status: int) -> None:
    line = approved_line(make_agency(), volume=1, frequency=1, price=1_000_000)
    facts = {
        "number": "SPK/1", "partner": "CV Contoh", "business_number": number, "signed_on": "2026-03-01", "amount": "900.000",
    }  # fmt: skip
    address = reverse("budgets:contract_add", args=[line.budget.code, line.pk])
    assert organiser(line.budget.organisation).post(address, facts).status_code == status
    assert line.contracts.count() == (status == 302)


def test_a_tax_names_whom_it_is_for_only_where_it_asks() -> None:
    assert str(TaxRate(kind="pph23", points=200)) == "PPh Pasal 23 2%"
    assert str(TaxRate(kind="pph22", points=150)) == "PPh Pasal 22 1,5%"
    assert (
        str(TaxRate(kind="pph21", points=500, base_points=5000, tax_status="other"))
        == "PPh Pasal 21 5% dari 50% (Bukan ASN)"
    )
    assert (
        str(TaxRate(kind="pph21", points=1500, tax_status="asn", rank_group="IV"))
        == "PPh Pasal 21 15% (ASN Golongan IV)"
    )

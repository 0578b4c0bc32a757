from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from enggang.access.enums import Role
from enggang.budgets.domain import budgets as acts
from enggang.budgets.domain import payments
from enggang.budgets.enums import BudgetState, Category, CeilingKind, OverPlan, SourceKind
from enggang.budgets.models import Budget, BudgetLine, Contract, EvidenceFile, Payment, TaxRate
from enggang.budgets.queries.overview import overview
from enggang.core.actor import SYSTEM
from enggang.core.acts import Conflict, NotAllowed
from tests.budgets.factories import LINE, approved_line, make_budget, make_evidence_rule, make_line, make_standard
from tests.training.factories import make_actor, make_agency

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)


def pay(line: BudgetLine, amount: int, **facts: object) -> Payment:
    return payments.record_payment(line=line, paid_on=DAY, payee="Katering", amount=amount, actor=SYSTEM, **facts)  # type: ignore[arg-type]


def test_plan_contract_and_payment_stand_side_by_side() -> None:
    line = approved_line(make_agency())
    contract = payments.add_contract(
        line=line, number="01", partner="Katering", signed_on=DAY, amount=9_000_000, actor=SYSTEM
    )
    pay(line, 4_000_000, contract=contract)
    found = overview(line.budget)
    assert (found.planned, found.contracted, found.paid, found.remaining) == (
        9_600_000,
        9_000_000,
        4_000_000,
        5_600_000,
    )


def test_a_price_above_a_ceiling_is_refused_and_above_an_estimate_needs_a_reason() -> None:
    budget = make_budget(make_agency())
    ceiling = make_standard()
    with pytest.raises(Conflict, match=r"45\.000"):
        make_line(budget, price=45_001, standard=ceiling, over_reason="mahal")
    estimate = make_standard(kind=CeilingKind.ESTIMATE)
    with pytest.raises(Conflict):
        make_line(budget, price=45_001, standard=estimate)
    assert not budget.lines.exists()
    assert make_line(budget, price=45_001, standard=estimate, over_reason="hanya satu penyedia").is_over_standard
    assert make_line(budget, price=45_000, standard=ceiling, over_reason="tidak perlu").over_reason == ""


def test_more_than_planned_is_refused_or_asks_for_a_reason_as_the_budget_says() -> None:
    line = approved_line(make_agency())
    pay(line, 9_600_000)
    with pytest.raises(Conflict):
        pay(line, 1)
    assert pay(line, 1, over_reason="ongkos kirim").over_reason == "ongkos kirim"
    Budget.objects.filter(pk=line.budget_id).update(over_plan=OverPlan.REFUSE)
    with pytest.raises(Conflict):
        pay(line, 1, over_reason="ongkos kirim")
    assert Payment.objects.count() == 2


def test_a_payment_beyond_its_contract_asks_for_a_reason() -> None:
    line = approved_line(make_agency())
    contract = payments.add_contract(
        line=line, number="01", partner="Katering", signed_on=DAY, amount=100, actor=SYSTEM
    )
    with pytest.raises(Conflict):
        pay(line, 101, contract=contract)
    other = approved_line(make_agency("Lain"))
    with pytest.raises(Conflict):
        pay(other, 10, contract=contract)


def test_money_moves_only_on_an_approved_budget_and_the_plan_changes_only_in_draft() -> None:
    budget = make_budget(make_agency())
    with pytest.raises(Conflict):
        acts.approve_budget(budget=budget, actor=SYSTEM)
    line = make_line(budget)
    with pytest.raises(Conflict):
        pay(line, 1)
    acts.approve_budget(budget=budget, actor=SYSTEM)
    for change in (
        lambda: make_line(budget),
        lambda: acts.change_line(line=line, version=line.version, price=1, actor=SYSTEM),
        lambda: acts.drop_line(line=line, actor=SYSTEM),
    ):
        with pytest.raises(Conflict):
            change()
    acts.revise_budget(budget=budget, actor=SYSTEM)
    assert acts.change_line(line=line, version=line.version, price=1, actor=SYSTEM).price == 1


def test_a_line_with_money_on_it_stays() -> None:
    line = approved_line(make_agency())
    pay(line, 1)
    acts.revise_budget(budget=line.budget, actor=SYSTEM)
    with pytest.raises(Conflict):
        acts.drop_line(line=line, actor=SYSTEM)
    assert BudgetLine.objects.count() == 1


def test_two_tabs_meet() -> None:
    line = make_line(make_budget(make_agency()))
    acts.change_line(line=line, version=1, price=10, actor=SYSTEM)
    with pytest.raises(Conflict):
        acts.change_line(line=BudgetLine.objects.get(), version=1, price=20, actor=SYSTEM)
    assert BudgetLine.objects.get().price == 10
    budget = Budget.objects.get()
    acts.change_budget(budget=budget, version=1, title="A", year=2026, over_plan="reason", actor=SYSTEM)
    with pytest.raises(Conflict):
        acts.change_budget(budget=budget, version=1, title="B", year=2026, over_plan="reason", actor=SYSTEM)


def test_a_voided_payment_leaves_the_sums_but_stays_with_its_reason() -> None:
    line = approved_line(make_agency())
    payment = pay(line, 500)
    with pytest.raises(Conflict):
        payments.void_payment(payment=payment, reason=" ", actor=SYSTEM)
    payments.void_payment(payment=payment, reason="dobel", actor=SYSTEM)
    with pytest.raises(Conflict):
        payments.void_payment(payment=payment, reason="dobel", actor=SYSTEM)
    assert (overview(line.budget).paid, Payment.objects.get().void_reason) == (0, "dobel")


def test_a_contract_with_payments_is_not_voided() -> None:
    line = approved_line(make_agency())
    contract = payments.add_contract(line=line, number="1", partner="X", signed_on=DAY, amount=100, actor=SYSTEM)
    payment = pay(line, 50, contract=contract)
    with pytest.raises(Conflict):
        payments.void_contract(contract=contract, reason="salah", actor=SYSTEM)
    payments.void_payment(payment=payment, reason="salah", actor=SYSTEM)
    payments.void_contract(contract=contract, reason="salah", actor=SYSTEM)
    assert overview(line.budget).contracted == 0


def test_tax_is_reckoned_from_the_rate_unless_it_is_typed() -> None:
    line = approved_line(make_agency())
    rate = TaxRate.objects.create(kind="pph23", points=200, valid_from=date(2020, 1, 1), source="uji")
    assert pay(line, 1_000_049, tax=rate).tax_amount == 20_000
    assert pay(line, 1_000_000, tax=rate, tax_amount=7).net == 999_993
    with pytest.raises(Conflict):
        pay(line, 10, tax_amount=11)


@pytest.mark.parametrize(
    "facts",
    [{"volume": 0}, {"volume": 1_000_001}, {"frequency": 0}, {"price": -1}, {"price": 10**15 + 1}, {"item": " "},
     {"item": "x" * 201}, {"category": "apa"}, {"unit": ""}],
)  # fmt: skip
def test_a_wrong_line_is_not_kept(facts: dict[str, object]) -> None:
    budget = make_budget(make_agency())
    with pytest.raises((ValidationError, Conflict)):
        make_line(budget, **facts)
    assert not budget.lines.exists()


def test_a_total_too_large_for_any_budget_is_refused() -> None:
    with pytest.raises(Conflict):
        make_line(make_budget(make_agency()), volume=1_000_000, frequency=1_000_000, price=10**6)


def test_the_source_of_another_budget_is_refused() -> None:
    agency = make_agency()
    source = acts.add_source(budget=make_budget(agency), kind=SourceKind.APBD, name="DPA", amount=5, actor=SYSTEM)
    with pytest.raises(Conflict):
        make_line(make_budget(agency), source=source)


class TestEvidence:
    def test_what_a_category_and_amount_need_is_missing_until_it_is_there(self) -> None:
        rule = make_evidence_rule()
        make_evidence_rule("SPK", from_amount=10_000_000)
        make_evidence_rule("Tanda terima", category=Category.HONORARIUM)
        line = approved_line(make_agency())
        assert [each.name for each in overview(line.budget).rows[0].missing] == ["Daftar hadir"]
        payments.add_evidence(line=line, content=b"%PDF-1.7", filename="a.exe", rule=rule, actor=SYSTEM)
        assert overview(line.budget).missing_count == 0
        assert EvidenceFile.objects.get().file.name == "a.pdf"
        payments.drop_evidence(evidence=EvidenceFile.objects.get(), actor=SYSTEM)
        assert overview(line.budget).missing_count == 1

    def test_a_first_part_paid_of_a_large_contract_needs_what_the_contract_needs(self) -> None:
        make_evidence_rule("SPK", from_amount=10_000_000)
        line = approved_line(make_agency(), volume=1, frequency=1, price=12_000_000)
        payments.add_contract(
            line=line, number="SPK/1", partner="CV Contoh", signed_on=date(2026, 3, 1), amount=11_000_000, actor=SYSTEM
        )
        payments.record_payment(line=line, paid_on=date(2026, 3, 2), payee="CV Contoh", amount=5_000_000, actor=SYSTEM)
        assert [each.name for each in overview(line.budget).rows[0].missing] == ["SPK"]

    def test_an_agencys_own_checklist_stands_instead_of_the_shipped_one(self) -> None:
        agency = make_agency()
        make_evidence_rule()
        make_evidence_rule("Berita acara", organisation=agency)
        line, other = approved_line(agency), approved_line(make_agency("Lain"))
        assert [each.name for each in overview(line.budget).rows[0].missing] == ["Berita acara"]
        assert [each.name for each in overview(other.budget).rows[0].missing] == ["Daftar hadir"]

    @pytest.mark.parametrize("content", [b"", b"MZ\x90", b"<html>", b"%PDF-" + b"x" * payments.LARGEST])
    def test_what_is_no_paper_is_not_kept(self, content: bytes) -> None:
        line = approved_line(make_agency())
        with pytest.raises(Conflict):
            payments.add_evidence(line=line, content=content, filename="bukti.pdf", name="Bukti", actor=SYSTEM)
        assert not EvidenceFile.objects.exists()

    def test_a_budget_with_missing_papers_closes_only_with_a_reason(self) -> None:
        make_evidence_rule()
        budget = approved_line(make_agency()).budget
        with pytest.raises(Conflict):
            acts.close_budget(budget=budget, actor=SYSTEM)
        acts.close_budget(budget=budget, reason="hilang karena banjir", actor=SYSTEM)
        assert Budget.objects.get().state == BudgetState.CLOSED
        assert acts.reopen_budget(budget=budget, actor=SYSTEM).is_approved


@pytest.mark.parametrize("role", [Role.INSTRUCTOR, Role.COORDINATOR, Role.LEADER, Role.INSPECTOR, Role.TREASURER])
def test_only_organisers_plan(role: Role) -> None:
    agency = make_agency()
    budget = make_budget(agency)
    with pytest.raises(NotAllowed):
        acts.add_line(budget=budget, actor=make_actor(role, agency), **LINE)
    assert not budget.lines.exists()


def test_the_treasurer_pays_at_home_and_nowhere_else() -> None:
    agency, other = make_agency(), make_agency("Lain")
    line = approved_line(agency)
    for actor in (make_actor(Role.TREASURER, other), make_actor(Role.LEADER, agency)):
        with pytest.raises(NotAllowed):
            payments.record_payment(line=line, paid_on=DAY, payee="X", amount=1, actor=actor)
    payments.record_payment(line=line, paid_on=DAY, payee="X", amount=1, actor=make_actor(Role.TREASURER, agency))
    assert (Payment.objects.count(), Contract.objects.count()) == (1, 0)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_overview_asks_as_often_for_three_lines_as_for_one(rows: int, django_assert_num_queries: object) -> None:
    budget = make_budget(make_agency())
    for _number in range(rows):
        make_line(budget)
    with django_assert_num_queries(7):  # type: ignore[operator]
        overview(budget)

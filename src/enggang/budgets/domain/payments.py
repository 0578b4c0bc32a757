"""Acts on money that is promised and paid, and on what proves it."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from django.db.models import Sum
from django.utils.translation import gettext as _

from enggang.budgets import rules
from enggang.budgets.amounts import shown, tax_on
from enggang.budgets.enums import BudgetState, OverPlan, ReceiptKind
from enggang.budgets.models import Budget, BudgetLine, Contract, EvidenceFile, EvidenceRule, Payment, TaxRate
from enggang.budgets.signals import payment_corrected
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.files.domain.papers import read_paper
from enggang.files.domain.storing import store_file
from enggang.files.enums import Purpose

R = TypeVar("R", Contract, Payment)
LARGEST = 10 * 1024 * 1024  # bytes


def _held(line: BudgetLine, actor: Actor) -> BudgetLine:
    """The line, locked: two payments of one moment are weighed one after the other."""
    require(rules.may_pay(actor, line.budget.organisation))
    if not Budget.objects.select_for_update().filter(pk=line.budget_id, state=BudgetState.APPROVED).exists():
        raise Conflict(_("Money is contracted and paid on an approved budget only. Approve it, or reopen it."))
    return (
        BudgetLine.objects.select_for_update(of=("self",))
        .select_related("budget__subject", "budget__organisation")
        .get(pk=line.pk)
    )


def _sum(rows: object) -> int:
    return int(rows.filter(voided_at=None).aggregate(total=Sum("amount"))["total"] or 0)  # type: ignore[attr-defined]


def _weigh(budget: Budget, total: int, limit: int, reason: str) -> None:
    """Refuse what goes beyond, or ask for the reason, as the budget's own rule says."""
    if total <= limit:
        return
    words = {"total": shown(total), "limit": shown(limit)}
    if budget.over_plan == OverPlan.REFUSE:
        raise Conflict(_("That makes %(total)s where %(limit)s is planned, and this budget refuses more.") % words)
    if not reason.strip():
        raise Conflict(_("That makes %(total)s where %(limit)s is planned. Give the reason.") % words)


@act("budgets.add_contract")
def add_contract(
    *, line: BudgetLine, number: str, partner: str, signed_on: date, amount: int, actor: Actor,
    business_number: str = "", over_reason: str = "",
) -> Contract:  # fmt: skip
    held = _held(line, actor)
    total = _sum(held.contracts) + amount
    _weigh(held.budget, total, held.planned, over_reason)
    contract = Contract(
        line=held, number=number.strip(), partner=partner.strip(), business_number=business_number.strip(),
        signed_on=signed_on, amount=amount, over_reason=over_reason.strip() if total > held.planned else "",
    )  # fmt: skip
    contract.full_clean()
    contract.save()
    record_subject(held.budget.subject)
    record(line=held.pk, amount=amount)
    return contract


@act("budgets.void_contract")
def void_contract(*, contract: Contract, reason: str, actor: Actor) -> Contract:
    _held(contract.line, actor)
    if contract.payments.filter(voided_at=None).exists():
        raise Conflict(_("This contract has payments. Void those first."))
    return _void(contract, reason)


@act("budgets.record_payment")
def record_payment(
    *, line: BudgetLine, paid_on: date, payee: str, amount: int, actor: Actor, contract: Contract | None = None,
    receipt: str = "", receipt_kind: str = ReceiptKind.RECEIPT, tax: TaxRate | None = None,
    tax_amount: int | None = None, over_reason: str = "", other_year: bool = False, replaces: Payment | None = None,
) -> Payment:  # fmt: skip
    """Record money that left. The tax is reckoned from the rate when ``tax_amount`` is not typed.

    Raises Conflict for a day to come, for one outside the budget year unless ``other_year`` confirms it, and for
    what is on record already word for word.
    """
    held = _held(line, actor)
    _check_new(held, paid_on, payee, amount, receipt)
    _check_day(held.budget, paid_on, other_year)
    total = _sum(held.payments) + amount
    _weigh(held.budget, total, held.planned, over_reason)
    if contract is not None:
        _check_contract(contract, held, amount, over_reason)
    if tax_amount is None:
        tax_amount = tax_on(amount, base_points=tax.base_points, points=tax.points) if tax else 0
    if tax_amount > amount:
        raise Conflict(_("The tax is more than the amount itself."))
    payment = Payment(
        line=held, contract=contract, paid_on=paid_on, payee=payee.strip(), receipt=receipt.strip(),
        receipt_kind=receipt_kind, replaces=replaces, amount=amount, tax=tax, tax_amount=tax_amount,
        over_reason=over_reason.strip(), recorded_at=clock.now(), recorded_by_key=actor.key,
    )  # fmt: skip
    payment.full_clean()
    payment.save()
    record_subject(held.budget.subject)
    record(line=held.pk, amount=amount, tax=tax_amount, other_year=paid_on.year != held.budget.year)
    return payment


def _check_new(line: BudgetLine, paid_on: date, payee: str, amount: int, receipt: str) -> None:
    """A form sent twice would pay twice."""
    same = {"paid_on": paid_on, "payee": payee.strip(), "amount": amount, "receipt": receipt.strip()}
    if line.payments.filter(voided_at=None, **same).exists():
        raise Conflict(
            _("This payment to %(payee)s is on record already. If it is another one, give it its own number.")
            % {"payee": payee.strip()}
        )


def _check_day(budget: Budget, paid_on: date, other_year: bool) -> None:
    if paid_on > clock.today(budget.organisation.time_zone):
        raise Conflict(_("The day of the payment is still to come."))
    if paid_on.year != budget.year and not other_year:
        raise Conflict(
            _("This day does not lie in the budget year %(year)s. Confirm it, or correct the day.")
            % {"year": budget.year}
        )


def _check_contract(contract: Contract, line: BudgetLine, amount: int, reason: str) -> None:
    if contract.line_id != line.pk or contract.voided_at:
        raise Conflict(_("This contract does not belong to the line, or was voided."))
    _weigh(line.budget, _sum(contract.payments) + amount, contract.amount, reason)


@act("budgets.void_payment")
def void_payment(*, payment: Payment, reason: str, actor: Actor) -> Payment:
    """Take a wrong payment out of the sums; the row stays with the reason."""
    _held(payment.line, actor)
    return _void(payment, reason)


@act("budgets.correct_payment")
def correct_payment(*, payment: Payment, reason: str, actor: Actor, **facts: Any) -> Payment:
    """Void a wrong payment and record it anew on the same line, the one pointing to the other.

    ``facts`` are those of ``record_payment``. What is refused leaves the old one standing.
    """
    _held(payment.line, actor)
    _void(payment, reason)
    fresh = record_payment(line=payment.line, replaces=payment, actor=actor, **facts)
    payment_corrected.send(sender=Payment, payment=fresh, replaced=payment, actor=actor)
    record_subject(payment.line.budget.subject)
    record(row=payment.pk, replaced_by=fresh.pk)
    return fresh


def _void(row: R, reason: str) -> R:
    if not reason.strip():
        raise Conflict(_("Give the reason: it is kept."))
    changes = {"voided_at": clock.now(), "void_reason": reason.strip()[:500]}
    if not type(row)._default_manager.filter(pk=row.pk, voided_at=None).update(**changes):
        raise Conflict(_("This was voided already."))
    record_subject(row.line.budget.subject)
    record(row=row.pk, amount=row.amount)
    row.refresh_from_db()
    return row


@act("budgets.add_evidence")
def add_evidence(
    *, line: BudgetLine, content: bytes, filename: str, actor: Actor, rule: EvidenceRule | None = None, name: str = ""
) -> EvidenceFile:
    """Keep a paper that proves a line. What it is decides the content, not the name: PDF, JPEG or PNG."""
    require(rules.may_pay(actor, line.budget.organisation))
    _not_closed(line.budget)
    found = read_paper(content, filename, largest=LARGEST)
    label = (rule.name if rule else name).strip()
    if not label:
        raise Conflict(_("Say what the document is."))
    stored = store_file(
        content=content, name=found.name, media_type=found.media_type, purpose=Purpose.EVIDENCE,
        organisation=line.budget.organisation, actor=actor,
    )  # fmt: skip
    evidence = EvidenceFile(line=line, rule=rule, name=label[:200], file=stored, added_at=clock.now())
    evidence.save()
    record_subject(line.budget.subject)
    record(line=line.pk, size=len(content))
    return evidence


@act("budgets.drop_evidence")
def drop_evidence(*, evidence: EvidenceFile, actor: Actor) -> Budget:
    """Take a wrong file off the line. The stored file itself stays, with its trail."""
    budget = evidence.line.budget
    require(rules.may_pay(actor, budget.organisation))
    _not_closed(budget)
    record(line=evidence.line_id, file=evidence.file.code)
    evidence.delete()
    return budget


def _not_closed(budget: Budget) -> None:
    if Budget.objects.filter(pk=budget.pk, state=BudgetState.CLOSED).exists():
        raise Conflict(_("This budget is closed. Reopen it first."))

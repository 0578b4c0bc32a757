"""One line: what was contracted and paid on it, and the papers that prove it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from enggang.budgets import rules
from enggang.budgets.domain import payments as acts
from enggang.budgets.exports import CONTRACTS, EVIDENCE, PAYMENTS, papers_of
from enggang.budgets.forms.money import ContractForm, CorrectPaymentForm, EvidenceForm, PaymentForm
from enggang.budgets.models import BudgetLine
from enggang.budgets.queries.overview import row_of
from enggang.budgets.views.finding import anchor_of, find_budget, find_line, find_paid_budget
from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.core.views.answers import attempt
from enggang.files.domain.storing import read_bytes


@require_http_methods(LIST_METHODS)
def line_detail(request: HttpRequest, code: str, line_id: int) -> HttpResponse:
    return _page(request, find_line(find_budget(request, code), line_id))


def _page(request: HttpRequest, line: BudgetLine, **bound: forms.Form) -> HttpResponse:
    may_pay = rules.may_pay(actor_of(request), line.budget.organisation)
    row, contracts = row_of(line), list(line.contracts.all())
    payments = list(line.payments.select_related("contract", "tax", "replaces"))
    context = {
        "budget": line.budget,
        "line": line,
        "row": row,
        "anchor": anchor_of(line.budget),
        "may_manage": rules.may_manage(actor_of(request), line.budget.organisation),
        "may_pay": may_pay,
        "contracts": contracts,
        "payments": payments,
        "contract_form": ContractForm(),
        "payment_form": PaymentForm(line=line),
        "evidence_form": EvidenceForm(line=line),
        **bound,
    }
    offered = (
        CONTRACTS.of(contracts, about=line.budget.subject),
        PAYMENTS.of(payments, about=line.budget.subject),
        EVIDENCE.of(papers_of(row), about=line.budget.subject),
    )
    return answer_page(request, "budgets/line.html", context, *offered, status=422 if bound else 200)


def _add(request: HttpRequest, line: BudgetLine, name: str, form: forms.Form, act: Callable[..., Any]) -> HttpResponse:
    """Call the act with what the form holds; a refusal comes back beside what was typed."""
    if attempt(form, lambda: act(line=line, actor=actor_of(request), **form.cleaned_data)):
        messages.success(request, _("Added."))
        return redirect("budgets:line", code=line.budget.code, line_id=line.pk)
    return _page(request, line, **{name: form})


@require_POST
def contract_add(request: HttpRequest, code: str, line_id: int) -> HttpResponse:
    line = find_line(find_paid_budget(request, code), line_id)
    return _add(request, line, "contract_form", ContractForm(request.POST), acts.add_contract)


@require_POST
def payment_add(request: HttpRequest, code: str, line_id: int) -> HttpResponse:
    line = find_line(find_paid_budget(request, code), line_id)
    return _add(request, line, "payment_form", PaymentForm(request.POST, line=line), acts.record_payment)


@require_POST
def evidence_add(request: HttpRequest, code: str, line_id: int) -> HttpResponse:
    line = find_line(find_paid_budget(request, code), line_id)

    def keep(*, file: Any, **facts: Any) -> None:
        acts.add_evidence(content=file.read(acts.LARGEST + 1), filename=file.name, **facts)

    return _add(request, line, "evidence_form", EvidenceForm(request.POST, request.FILES, line=line), keep)


@require_POST
def contract_void(request: HttpRequest, code: str, line_id: int, row_id: int) -> HttpResponse:
    line = find_line(find_paid_budget(request, code), line_id)
    contract = get_object_or_404(line.contracts.select_related("line__budget__organisation"), pk=row_id)
    return _undo(request, line, lambda reason, actor: acts.void_contract(contract=contract, reason=reason, actor=actor))


@require_POST
def payment_void(request: HttpRequest, code: str, line_id: int, row_id: int) -> HttpResponse:
    line = find_line(find_paid_budget(request, code), line_id)
    payment = get_object_or_404(line.payments.select_related("line__budget__organisation"), pk=row_id)
    return _undo(request, line, lambda reason, actor: acts.void_payment(payment=payment, reason=reason, actor=actor))


def payment_correct(request: HttpRequest, code: str, line_id: int, row_id: int) -> HttpResponse:
    """Void a payment and record it as it should have been, in one step."""
    line = find_line(find_paid_budget(request, code), line_id)
    standing = line.payments.filter(voided_at=None).select_related(
        "line__budget__organisation", "line__budget__subject"
    )
    payment = get_object_or_404(standing, pk=row_id)
    form = CorrectPaymentForm(request.POST or None, payment=payment)
    if form.is_bound and attempt(
        form, lambda: acts.correct_payment(payment=payment, actor=actor_of(request), **form.cleaned_data)
    ):
        messages.success(request, _("Corrected. The old payment stays on record as voided."))
        return redirect("budgets:line", code=code, line_id=line.pk)
    context = {"budget": line.budget, "line": line, "payment": payment, "form": form}
    return render(request, "budgets/payment.html", context, status=422 if form.errors else 200)


@require_POST
def evidence_drop(request: HttpRequest, code: str, line_id: int, row_id: int) -> HttpResponse:
    line = find_line(find_paid_budget(request, code), line_id)
    rows = line.evidence.select_related("line__budget__organisation", "line__budget__subject", "file__subject")
    evidence = get_object_or_404(rows, pk=row_id)
    return _undo(request, line, lambda _reason, actor: acts.drop_evidence(evidence=evidence, actor=actor))


def _undo(request: HttpRequest, line: BudgetLine, undo: Callable[[str, Any], Any]) -> HttpResponse:
    try:
        undo(request.POST.get("reason", ""), actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("Taken back."))
    return redirect("budgets:line", code=line.budget.code, line_id=line.pk)


@require_GET
def evidence_download(request: HttpRequest, code: str, line_id: int, row_id: int) -> HttpResponse:
    """For whoever reads the budget, the treasurer and the leader too; always as a download."""
    line = find_line(find_budget(request, code), line_id)
    stored = get_object_or_404(line.evidence.select_related("file"), pk=row_id).file
    response = HttpResponse(read_bytes(stored), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, stored.name) or "attachment"
    response["X-Content-Type-Options"], response["Cache-Control"] = "nosniff", "private, no-store"
    return response

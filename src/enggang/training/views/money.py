"""The money of a wave: its budget by line, honorarium, travel, and the folder for the treasurer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from enggang.budgets.enums import Category
from enggang.budgets.exports import LINES
from enggang.budgets.queries.overview import overview
from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.core.views.answers import attached, attempt
from enggang.files.domain.papers import LARGEST
from enggang.people.roster.workbooks import XLSX_TYPE
from enggang.training import exports_money as sheets
from enggang.training import rules
from enggang.training.domain import money as acts
from enggang.training.domain.exporting import export_money
from enggang.training.domain.money_folder import pack_evidence
from enggang.training.domain.money_recap import recap_pdf, recap_workbook
from enggang.training.domain.travel_papers import sppd_pdf
from enggang.training.forms.money import EditTripForm, FeeForm, NewTripForm, PayForm, ReceiptForm
from enggang.training.forms.travel import TripsForm
from enggang.training.models import Trip, Wave
from enggang.training.queries.fees import fee_rows
from enggang.training.queries.travel import wish_of
from enggang.training.views.finding import find_managed_wave, find_money_wave


def find_paid_wave(request: HttpRequest, code: str) -> Wave:
    wave = find_money_wave(request, code)
    if not rules.may_pay(actor_of(request), wave):
        raise Http404
    return wave


@require_http_methods(LIST_METHODS)
def money(request: HttpRequest, code: str) -> HttpResponse:
    return money_page(request, find_money_wave(request, code))


def money_page(request: HttpRequest, wave: Wave, **bound: forms.Form) -> HttpResponse:
    actor, budget = actor_of(request), wave.budget
    trips = list(wave.trips.select_related("person").prefetch_related("receipts", "payments"))
    found, fees = overview(budget) if budget else None, fee_rows(wave)
    travel = [row for row in found.rows if row.line.category == Category.TRAVEL] if found else []
    context = {
        "wave": wave,
        "budget": budget,
        "overview": found,
        "fees": fees,
        "fee_lines": budget.lines.filter(category=Category.HONORARIUM) if budget else [],
        "trips": trips,
        "trip_total": sum(trip.total for trip in trips),
        "trip_open": sum(max(trip.open, 0) for trip in trips),
        "travel_planned": sum(row.planned for row in travel),
        "travel_lines": [row.line for row in travel],
        "may_manage": rules.may_manage(actor, wave.organisation),
        "may_pay": rules.may_pay(actor, wave),
        "fee_form": FeeForm(wave=wave),
        "trip_form": NewTripForm(wave=wave),
        "trips_form": TripsForm(wave=wave, prefix="semua"),
        **bound,
    }
    exports = (
        LINES.of(found.rows if found else [], about=wave.subject),
        sheets.FEES.of(fees, about=wave.subject),
        sheets.TRIPS.of(trips, about=wave.subject),
    )
    return answer_page(request, "training/money.html", context, *exports, status=422 if bound else 200)


@require_POST
def money_start(request: HttpRequest, code: str) -> HttpResponse:
    wave = find_managed_wave(request, code)
    try:
        budget = acts.start_budget(wave=wave, actor=actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("training:money", code=code)
    messages.success(request, _("The budget is open as a draft. Add its lines, or take them from a workbook."))
    return redirect("budgets:budget", code=budget.code)


@require_POST
def fee_set(request: HttpRequest, code: str) -> HttpResponse:
    wave = find_managed_wave(request, code)
    form = FeeForm(request.POST, wave=wave)
    if attempt(form, lambda: acts.set_fee(wave=wave, actor=actor_of(request), **form.cleaned_data)):
        messages.success(request, _("Saved."))
        return redirect("training:money", code=code)
    return money_page(request, wave, fee_form=form)


def fee_pay(request: HttpRequest, code: str, fee_id: int) -> HttpResponse:
    """Pay what is open of an honorarium: day, paper and line are chosen, the amount is reckoned."""
    wave = find_paid_wave(request, code)
    fee = get_object_or_404(wave.fees.select_related("instructor__person"), pk=fee_id)
    fee.wave = wave
    row = next((row for row in fee_rows(wave) if row.fee and row.fee.pk == fee.pk), None)
    context = {"who": fee.instructor.person, "amount": row.open_gross if row else 0, "tax": row.open_tax if row else 0}
    said = _("The honorarium is paid and stands among the payments of the line.")
    return pay_page(request, wave, Category.HONORARIUM, lambda **data: acts.pay_fee(fee=fee, **data), said, context)


def pay_page(
    request: HttpRequest, wave: Wave, category: Category, pay: Callable[..., Any], said: str, context: dict[str, Any]
) -> HttpResponse:
    form = PayForm(request.POST or None, wave=wave, category=category)
    if form.is_bound and attempt(form, lambda: pay(actor=actor_of(request), **form.cleaned_data)):
        messages.success(request, said)
        return redirect("training:money", code=wave.code)
    context = {"wave": wave, "form": form, **context}
    return render(request, "training/pay.html", context, status=422 if form.errors else 200)


@require_POST
def trip_add(request: HttpRequest, code: str) -> HttpResponse:
    wave = find_paid_wave(request, code)
    form = NewTripForm(request.POST, wave=wave)
    if attempt(form, lambda: acts.add_trip(wave=wave, actor=actor_of(request), **form.cleaned_data)):
        messages.success(request, _("Added."))
        return redirect("training:money", code=code)
    return money_page(request, wave, trip_form=form)


def trip_of(wave: Wave, trip_id: int) -> Trip:
    trip = get_object_or_404(wave.trips.select_related("person", "standard"), pk=trip_id)
    trip.wave = wave
    return trip


def trip_edit(request: HttpRequest, code: str, trip_id: int) -> HttpResponse:
    """The row of one person, and their receipts."""
    wave = find_paid_wave(request, code)
    trip, actor = trip_of(wave, trip_id), actor_of(request)
    what = request.POST.get("what", "")
    form = EditTripForm(request.POST if what == "trip" else None, wave=wave, trip=trip)
    sent = what == "receipt"
    receipt_form = ReceiptForm(request.POST if sent else None, request.FILES if sent else None)

    def keep_receipt() -> None:
        data = receipt_form.cleaned_data
        file = data["file"]
        content, name = (file.read(LARGEST + 1), file.name) if file else (b"", "")
        acts.add_receipt(
            trip=trip, name=data["name"], amount=data["amount"], content=content, filename=name, actor=actor
        )

    done = sent and attempt(receipt_form, keep_receipt)
    if what == "trip":
        done = attempt(form, lambda: acts.change_trip(trip=trip, actor=actor, **form.cleaned_data))
    if done:
        messages.success(request, _("Saved."))
        return redirect("training:trip", code=code, trip_id=trip_id)
    context = {"wave": wave, "trip": trip, "wish": wish_of(trip), "form": form, "receipt_form": receipt_form}
    export = sheets.RECEIPTS.of(list(trip.receipts.select_related("file")), about=wave.subject)
    status = 422 if request.method == "POST" else 200
    return answer_page(request, "training/trip.html", context, export, status=status)


@require_POST
def trip_drop(request: HttpRequest, code: str, trip_id: int) -> HttpResponse:
    return _undo(request, code, lambda wave: acts.drop_trip(trip=trip_of(wave, trip_id), actor=actor_of(request)))


@require_POST
def receipt_drop(request: HttpRequest, code: str, trip_id: int, row_id: int) -> HttpResponse:
    def drop(wave: Wave) -> None:
        receipt = get_object_or_404(trip_of(wave, trip_id).receipts.all(), pk=row_id)
        receipt.trip = trip_of(wave, trip_id)
        acts.drop_receipt(receipt=receipt, actor=actor_of(request))

    return _undo(request, code, drop)


def _undo(request: HttpRequest, code: str, undo: Callable[[Wave], Any]) -> HttpResponse:
    try:
        undo(find_paid_wave(request, code))
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("Removed."))
    return redirect("training:money", code=code)


@require_GET
def trip_print(request: HttpRequest, code: str, trip_id: int) -> HttpResponse:
    """The SPPD to be printed and stamped at the places of arrival."""
    wave = find_money_wave(request, code)
    trip = trip_of(wave, trip_id)
    try:
        pdf = sppd_pdf(trip)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("training:money", code=code)
    return attached(pdf, "application/pdf", f"sppd-{code}-{trip.pk}.pdf")


@require_POST
def money_recap(request: HttpRequest, code: str) -> HttpResponse:
    """The recap as a workbook; noted in the audit trail, so a button and no link."""
    wave = find_money_wave(request, code)
    if wave.budget is None:
        raise Http404
    export_money(wave=wave, actor=actor_of(request))
    return attached(recap_workbook(wave, wave.budget), XLSX_TYPE, f"keuangan-{code}.xlsx")


@require_POST
def money_print(request: HttpRequest, code: str) -> HttpResponse:
    """The recap as a PDF for the treasurer, noted as the workbook is; what is missing stands in red."""
    wave = find_money_wave(request, code)
    if wave.budget is None:
        raise Http404
    try:
        pdf = recap_pdf(wave, wave.budget)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("training:money", code=code)
    export_money(wave=wave, form="pdf", actor=actor_of(request))
    return attached(pdf, "application/pdf", f"keuangan-{code}.pdf")


@require_POST
def money_folder(request: HttpRequest, code: str) -> HttpResponse:
    wave = find_money_wave(request, code)
    try:
        made = pack_evidence(wave=wave, actor=actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("training:money", code=code)
    return redirect(f"{reverse('core:job', args=[made.code])}?back={reverse('training:money', args=[code])}")

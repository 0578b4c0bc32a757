"""Values of an indicator: entered, verified, approved, returned; and those that wait for somebody."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enggang.core import clock
from enggang.core.actor import actor_of
from enggang.core.tables import LIST_METHODS, answer_list
from enggang.core.views.answers import attempt, press
from enggang.files.views.sending import send_file
from enggang.indicators import rules
from enggang.indicators.domain import measuring as acts
from enggang.indicators.domain.counting import YEARS_BACK, count_values
from enggang.indicators.forms.indicators import ReasonForm, ValueForm
from enggang.indicators.models import Measurement
from enggang.indicators.queries.waiting import waiting_for
from enggang.indicators.tables import MeasurementTable
from enggang.indicators.views.indicators import find_indicator


def value_new(request: HttpRequest, code: str) -> HttpResponse:
    row, actor = find_indicator(request, code, measured=True), actor_of(request)
    form = ValueForm(
        request.POST or None, request.FILES or None, indicator=row, today=clock.today(),
        initial={"as_of": clock.today(), "source": row.source, "period": request.GET.get("period", "")},
    )  # fmt: skip
    if form.is_bound and attempt(
        form, lambda: acts.enter_value(indicator=row, value=acts.Value(**form.facts), actor=actor)
    ):
        messages.success(request, _("Entered. Somebody else verifies it now."))
        return redirect("indicators:indicator", code=code)
    context = {"row": row, "form": form, "heading": _("Enter a value"), "columns": "two"}
    return render(request, "indicators/form.html", context, status=422 if form.errors else 200)


def _find(request: HttpRequest, code: str, number: int) -> Measurement:
    row = find_indicator(request, code)
    found = get_object_or_404(Measurement.objects.within(actor_of(request)), pk=number, indicator=row)
    found.indicator = row
    return found


@require_POST
def value_verify(request: HttpRequest, code: str, number: int) -> HttpResponse:
    found, actor = _find(request, code, number), actor_of(request)
    press(
        request,
        lambda: acts.verify_value(measurement=found, actor=actor),
        _("Verified. The head of the agency approves it."),
    )
    return redirect("indicators:indicator", code=code)


@require_POST
def value_approve(request: HttpRequest, code: str, number: int) -> HttpResponse:
    found, actor = _find(request, code, number), actor_of(request)
    press(request, lambda: acts.approve_value(measurement=found, actor=actor), _("Approved."))
    return redirect("indicators:indicator", code=code)


def value_return(request: HttpRequest, code: str, number: int) -> HttpResponse:
    found, actor = _find(request, code, number), actor_of(request)
    if not rules.may_return(actor, found.indicator.organisation):
        raise Http404
    form = ReasonForm(request.POST or None)

    def give_back() -> Any:
        return acts.return_value(measurement=found, reason=form.cleaned_data["reason"], actor=actor)

    if form.is_bound and attempt(form, give_back):
        messages.success(request, _("Returned. What stood before stands again."))
        return redirect("indicators:indicator", code=code)
    context = {"row": found.indicator, "form": form, "heading": _("Return the value of %s") % found.period.label}
    return render(request, "indicators/form.html", context, status=422 if form.errors else 200)


@require_http_methods(LIST_METHODS)
def values_waiting(request: HttpRequest) -> HttpResponse:
    """What this reader may verify or approve."""
    actor = actor_of(request)
    if not actor.holds_somewhere(*rules.DEFINES, *rules.APPROVES):
        raise Http404
    context = {"table": MeasurementTable(waiting_for(actor))}
    return answer_list(request, "indicators/waiting.html", context, name=_("Values that wait"))


@require_safe
def value_evidence(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """The paper behind a value, for everybody of the agency who reads the value: a head too before approving it."""
    found = _find(request, code, number)
    if found.file is None:
        raise Http404
    return send_file(request, found.file)


@require_POST
def count_now(request: HttpRequest, code: str) -> HttpResponse:
    """Count anew what the system knows, over the last two years."""
    row, actor = find_indicator(request, code, measured=True), actor_of(request)
    if not row.automatic:
        raise Http404

    def said(changed: int) -> str:
        return _("Counted: %d values have changed.") % changed if changed else _("Counted: nothing has changed.")

    press(request, lambda: count_values(indicator=row, actor=actor, periods=YEARS_BACK[row.frequency]), said)
    return redirect("indicators:indicator", code=code)

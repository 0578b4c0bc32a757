"""The trial of an innovation: its plan, what is measured, before and after; and the months after adoption."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from enggang.core.actor import actor_of
from enggang.core.exports import answer_page
from enggang.core.tables import LIST_METHODS
from enggang.core.views.answers import attempt, press
from enggang.innovation import exports as sheets
from enggang.innovation.domain import monitoring
from enggang.innovation.domain import trial as acts
from enggang.innovation.enums import Moment, Stage
from enggang.innovation.forms.gates import CheckupForm, MeasureForm, ReadingForm, TrialForm
from enggang.innovation.models import Innovation, Measure, Reading, TrialPlan
from enggang.innovation.queries.monitoring import plan_of
from enggang.innovation.queries.trial import measured
from enggang.innovation.views.finding import find_inside, find_written, shell_of


@require_http_methods(LIST_METHODS)
def trial(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, find_inside(request, code))


def _page(request: HttpRequest, row: Innovation, **bound: Any) -> HttpResponse:
    shell = shell_of(request, row, "trial")
    plan, rows = TrialPlan.objects.filter(innovation=row).first(), measured(row)
    context = {
        **shell, "plan": plan, "rows": rows, "moments": Moment.choices,
        "plan_form": TrialForm(instance=plan), "measure_form": MeasureForm(actor=actor_of(request)),
        "reading_form": ReadingForm(), **bound,
    }  # fmt: skip
    readings = [reading for each in rows for reading in each.readings]
    export = sheets.READINGS.of(readings, about=row.subject)
    return answer_page(request, "innovation/trial.html", context, export, status=422 if bound else 200)


@require_POST
def trial_plan(request: HttpRequest, code: str) -> HttpResponse:
    row, actor = find_written(request, code), actor_of(request)
    form = TrialForm(request.POST, instance=TrialPlan.objects.filter(innovation=row).first())
    if attempt(form, lambda: acts.keep_trial_plan(innovation=row, actor=actor, **form.facts)):
        messages.success(request, _("Saved."))
        return redirect("innovation:trial", code=code)
    return _page(request, row, plan_form=form)


@require_POST
def measure_add(request: HttpRequest, code: str) -> HttpResponse:
    row, actor = find_written(request, code), actor_of(request)
    form = MeasureForm(request.POST, actor=actor)
    if attempt(form, lambda: acts.add_measure(innovation=row, actor=actor, **form.cleaned_data)):
        messages.success(request, _("Added. Measure it before the trial begins."))
        return redirect("innovation:trial", code=code)
    return _page(request, row, measure_form=form)


def _measure(row: Innovation, number: int) -> Measure:
    measure = get_object_or_404(Measure.objects.select_related("indicator"), innovation=row, pk=number)
    measure.innovation = row
    return measure


@require_POST
def measure_drop(request: HttpRequest, code: str, number: int) -> HttpResponse:
    measure = _measure(find_written(request, code), number)
    press(request, lambda: acts.drop_measure(measure=measure, actor=actor_of(request)), _("Taken out."))
    return redirect("innovation:trial", code=code)


@require_POST
def reading_add(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A value as typed, or with ``ambil`` the newest one of the indicator."""
    row, actor = find_written(request, code), actor_of(request)
    measure = _measure(row, number)
    if request.POST.get("ambil"):
        moment = request.POST["ambil"] if request.POST["ambil"] in Moment.values else Moment.BEFORE
        said = _("Taken over from the indicator.")
        press(request, lambda: acts.take_reading(measure=measure, moment=moment, actor=actor), said)
        return redirect("innovation:trial", code=code)
    form = ReadingForm(request.POST)
    if attempt(form, lambda: acts.enter_reading(measure=measure, actor=actor, **form.cleaned_data)):
        messages.success(request, _("Entered."))
        return redirect("innovation:trial", code=code)
    return _page(request, row, reading_form=form, entering=measure.pk)


@require_POST
def reading_void(request: HttpRequest, code: str, number: int) -> HttpResponse:
    row, actor = find_written(request, code), actor_of(request)
    reading = get_object_or_404(Reading.objects.select_related("measure"), measure__innovation=row, pk=number)
    reading.measure.innovation = row
    reason = request.POST.get("reason", "")
    press(request, lambda: acts.void_reading(reading=reading, reason=reason, actor=actor), _("It no longer counts."))
    return redirect("innovation:trial", code=code)


@require_http_methods(LIST_METHODS)
def monitoring_page(request: HttpRequest, code: str) -> HttpResponse:
    return _watch(request, find_inside(request, code))


def _watch(request: HttpRequest, row: Innovation, form: CheckupForm | None = None) -> HttpResponse:
    plan = plan_of(row)
    context = {
        **shell_of(request, row, "monitoring"), "plan": plan, "form": form or CheckupForm(),
        "is_watched": row.stage == Stage.ADOPTED, "has_said": any(due.said for due in plan.dues),
    }  # fmt: skip
    export = sheets.CHECKUPS.of(plan.dues, about=row.subject)
    return answer_page(request, "innovation/monitoring.html", context, export, status=422 if form is not None else 200)


@require_POST
def checkup_add(request: HttpRequest, code: str) -> HttpResponse:
    """Whether it is used; with ``kembali`` the latest answer is taken back."""
    row, actor = find_written(request, code), actor_of(request)
    if request.POST.get("kembali"):
        press(request, lambda: monitoring.take_back_checkup(innovation=row, actor=actor), _("Taken back."))
        return redirect("innovation:monitoring", code=code)
    form = CheckupForm(request.POST)
    if attempt(form, lambda: monitoring.keep_checkup(innovation=row, actor=actor, **form.cleaned_data)):
        messages.success(request, _("Thank you, it is noted."))
        return redirect("innovation:monitoring", code=code)
    return _watch(request, row, form)

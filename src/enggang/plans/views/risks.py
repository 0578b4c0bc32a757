"""What may go wrong: the register with its matrix, the crowd by zones, and the CHSE checklist."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from enggang.core.actor import actor_of
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.core.views.answers import attempt, press
from enggang.files.domain.storing import read_bytes
from enggang.plans import exports
from enggang.plans.domain import risks as acts
from enggang.plans.domain.plans import change_bounds
from enggang.plans.enums import RISK_MOVES, RiskState
from enggang.plans.forms.plans import BoundsForm
from enggang.plans.forms.risks import EditRiskForm, EditZoneForm, RiskForm, TickForm, ZoneForm
from enggang.plans.models import ChecklistItem, CrowdZone, Plan, Risk
from enggang.plans.queries.risks import bands_for, checklist, crowd, grade_risks, limits_for, matrix
from enggang.plans.views.finding import find_managed_plan, find_plan, shell

STEPS = {
    "buka": RiskState.OPEN, "tangani": RiskState.TREATED, "terjadi": RiskState.HAPPENED, "tutup": RiskState.CLOSED,
}  # fmt: skip


@require_http_methods(LIST_METHODS)
def register(request: HttpRequest, code: str) -> HttpResponse:
    return _register(request, find_plan(request, code))


@require_POST
def bounds(request: HttpRequest, code: str) -> HttpResponse:
    """What weather, ritual and custom demand."""
    plan = find_managed_plan(request, code)
    form = BoundsForm(request.POST, plan=plan)
    if attempt(form, lambda: change_bounds(plan=plan, actor=actor_of(request), **form.cleaned_data)):
        messages.success(request, _("Saved."))
        return redirect("plans:risks", code=code)
    return _register(request, find_managed_plan(request, code), form)


def _register(request: HttpRequest, plan: Plan, form: BoundsForm | None = None) -> HttpResponse:
    risks, bands = list(plan.risks.select_related("member__person")), bands_for(plan)
    grade_risks(risks, bands)
    words = {state: word for word, state in STEPS.items()}
    for row in risks:
        row.steps = [(words[each], each.label) for each in RiskState if each in RISK_MOVES[RiskState(row.state)]]  # type: ignore[attr-defined]
    context = {**shell(request, plan, "risks"), "risks": risks, "bands": bands, "matrix": matrix(risks, bands)}
    if context["may_manage"]:
        context["bounds_form"] = form or BoundsForm(plan=plan)
    export = exports.RISKS.of(risks, about=plan.subject)
    return answer_page(request, "plans/risks.html", context, export, status=422 if form else 200)


def risk_new(request: HttpRequest, code: str) -> HttpResponse:
    plan = find_managed_plan(request, code)
    return _risk_form(request, plan, Risk(plan=plan), RiskForm(request.POST or None, plan=plan), _("Add a risk"))


def risk_edit(request: HttpRequest, code: str, risk_id: int) -> HttpResponse:
    plan = find_managed_plan(request, code)
    risk = get_object_or_404(plan.risks.all(), pk=risk_id)
    risk.plan = plan
    form = EditRiskForm(request.POST or None, plan=plan, risk=risk)
    return _risk_form(request, plan, risk, form, _("Change the risk"))


def _risk_form(request: HttpRequest, plan: Plan, risk: Risk, form: RiskForm, heading: str) -> HttpResponse:
    if form.is_bound and attempt(form, lambda: acts.keep_risk(risk=risk, actor=actor_of(request), **form.cleaned_data)):
        messages.success(request, _("Saved."))
        return redirect("plans:risks", code=plan.code)
    context = {"form": form, "plan": plan, "heading": heading}
    return render(request, "plans/plan_form.html", context, status=422 if form.errors else 200)


@require_POST
def risk_step(request: HttpRequest, code: str, risk_id: int, step: str) -> HttpResponse:
    plan = find_managed_plan(request, code)
    risk = get_object_or_404(plan.risks.all(), pk=risk_id)
    risk.plan = plan
    if step not in STEPS:
        raise Http404
    press(request, lambda: acts.move_risk(risk=risk, to=STEPS[step], actor=actor_of(request)), _("Done."))
    return redirect("plans:risks", code=code)


@require_http_methods(LIST_METHODS)
def crowd_plan(request: HttpRequest, code: str) -> HttpResponse:
    return _crowd(request, find_plan(request, code))


def _crowd(request: HttpRequest, plan: Plan, form: ZoneForm | None = None) -> HttpResponse:
    limits = limits_for(plan)
    rows = crowd(list(plan.zones.all()), limits)
    context = {
        **shell(request, plan, "crowd"), "rows": rows, "limits": limits, "form": form or ZoneForm(),
        "peak": sum(row.zone.peak for row in rows),
    }  # fmt: skip
    export = exports.ZONES.of(rows, about=plan.subject)
    return answer_page(request, "plans/crowd.html", context, export, status=422 if form else 200)


@require_POST
def zone_add(request: HttpRequest, code: str) -> HttpResponse:
    plan = find_managed_plan(request, code)
    form = ZoneForm(request.POST)
    if attempt(form, lambda: acts.keep_zone(zone=CrowdZone(plan=plan), actor=actor_of(request), **form.cleaned_data)):
        messages.success(request, _("Added."))
        return redirect("plans:crowd", code=code)
    return _crowd(request, plan, form)


def zone_edit(request: HttpRequest, code: str, zone_id: int) -> HttpResponse:
    plan = find_managed_plan(request, code)
    zone = get_object_or_404(plan.zones.all(), pk=zone_id)
    zone.plan = plan
    form: forms.Form = EditZoneForm(request.POST or None, zone=zone)
    if form.is_bound and attempt(form, lambda: acts.keep_zone(zone=zone, actor=actor_of(request), **form.cleaned_data)):
        messages.success(request, _("Saved."))
        return redirect("plans:crowd", code=code)
    context = {"form": form, "plan": plan, "heading": str(zone)}
    return render(request, "plans/plan_form.html", context, status=422 if form.errors else 200)


@require_POST
def zone_drop(request: HttpRequest, code: str, zone_id: int) -> HttpResponse:
    plan = find_managed_plan(request, code)
    zone = get_object_or_404(plan.zones.all(), pk=zone_id)
    zone.plan = plan
    press(request, lambda: acts.drop_zone(zone=zone, actor=actor_of(request)), _("Removed."))
    return redirect("plans:crowd", code=code)


@require_http_methods(LIST_METHODS)
def chse(request: HttpRequest, code: str) -> HttpResponse:
    plan = find_plan(request, code)
    groups = checklist(plan)
    points = [point for group in groups for point in group.points]
    context = {
        **shell(request, plan, "chse"),
        "groups": groups,
        "done": sum(point.done for point in points),
        "all": len(points),
    }
    return answer_page(request, "plans/chse.html", context, exports.CHECKLIST.of(points, about=plan.subject))


@require_http_methods(["GET", "POST"])
def chse_item(request: HttpRequest, code: str, item_id: int) -> HttpResponse:
    """One point: ticked, with a note and a photo."""
    plan = find_managed_plan(request, code)
    item = get_object_or_404(ChecklistItem.objects.serving(plan.organisation), pk=item_id)
    tick = plan.ticks.filter(item=item).select_related("file").first()
    start = {"done": tick.done, "note": tick.note, "version": tick.version} if tick else {"version": 0}
    form = TickForm(request.POST or None, request.FILES or None, initial=start)

    def do() -> None:
        facts = dict(form.cleaned_data)
        file = facts.pop("file")
        content = file.read(acts.LARGEST + 1) if file else b""
        name = file.name if file else ""
        acts.tick_item(plan=plan, item=item, content=content, filename=name, actor=actor_of(request), **facts)

    if form.is_bound and attempt(form, do):
        messages.success(request, _("Saved."))
        return redirect("plans:chse", code=code)
    context = {"form": form, "plan": plan, "item": item, "tick": tick}
    return render(request, "plans/chse_item.html", context, status=422 if form.errors else 200)


@require_GET
def chse_file(request: HttpRequest, code: str, item_id: int) -> HttpResponse:
    """For whoever reads the plan; always as a download."""
    plan = find_plan(request, code)
    tick = get_object_or_404(plan.ticks.exclude(file=None).select_related("file"), item_id=item_id)
    assert tick.file is not None
    response = HttpResponse(read_bytes(tick.file), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, tick.file.name) or "attachment"
    response["X-Content-Type-Options"], response["Cache-Control"] = "nosniff", "private, no-store"
    return response


@require_POST
def chse_file_drop(request: HttpRequest, code: str, item_id: int) -> HttpResponse:
    plan = find_managed_plan(request, code)
    tick = get_object_or_404(plan.ticks.exclude(file=None).select_related("file", "item"), item_id=item_id)
    tick.plan = plan
    press(request, lambda: acts.drop_tick_file(tick=tick, actor=actor_of(request)), _("Taken back."))
    return redirect("plans:chse_item", code=code, item_id=item_id)

"""A RAB workbook: uploaded, looked at, taken; its rejected rows go back as a workbook."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from enggang.budgets.domain import plans as acts
from enggang.budgets.exports import rejects_workbook
from enggang.budgets.forms.money import WorkbookForm
from enggang.budgets.models import PlanImport
from enggang.budgets.views.budgets import xlsx
from enggang.budgets.views.finding import find_managed_budget
from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.people.roster.sheet import MAX_BYTES


def plan_upload(request: HttpRequest, code: str) -> HttpResponse:
    budget = find_managed_budget(request, code)
    form = WorkbookForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            content = file.read(MAX_BYTES + 1)
            brought = acts.bring_plan(budget=budget, content=content, filename=file.name, actor=actor_of(request))
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            return redirect("budgets:plan", code=code, import_id=brought.pk)
    context = {"form": form, "budget": budget, "heading": _("Take the plan from a workbook")}
    return render(request, "budgets/form.html", context, status=422 if form.errors else 200)


def _find(request: HttpRequest, code: str, import_id: int) -> PlanImport:
    budget = find_managed_budget(request, code)
    brought = get_object_or_404(budget.imports.select_related("file"), pk=import_id)
    brought.budget = budget
    return brought


@require_GET
def plan_preview(request: HttpRequest, code: str, import_id: int) -> HttpResponse:
    brought = _find(request, code, import_id)
    context = {"budget": brought.budget, "brought": brought, "plan": acts.plan_of(brought)}
    return render(request, "budgets/plan.html", context)


@require_POST
def plan_accept(request: HttpRequest, code: str, import_id: int) -> HttpResponse:
    try:
        brought = acts.accept_plan(brought=_find(request, code, import_id), actor=actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("budgets:plan", code=code, import_id=import_id)
    words = {"taken": brought.accepted, "rejected": brought.rejected}
    messages.success(request, _("Lines taken: %(taken)s. Rejected: %(rejected)s.") % words)
    return redirect("budgets:budget", code=code)


@require_GET
def plan_rejects(request: HttpRequest, code: str, import_id: int) -> HttpResponse:
    plan = acts.plan_of(_find(request, code, import_id))
    return xlsx(rejects_workbook(plan.rejected), f"rab-ditolak-{code}.xlsx")

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from enggang.budgets import rules
from enggang.budgets.domain import budgets as acts
from enggang.budgets.domain.plans import XLSX_TYPE
from enggang.budgets.exports import LINES, SOURCES, budget_workbook
from enggang.budgets.forms.money import BudgetForm, EditLineForm, LineForm, SourceForm
from enggang.budgets.models import Budget, BudgetLine
from enggang.budgets.queries.overview import overview
from enggang.budgets.tables import BudgetTable
from enggang.budgets.views.finding import anchor_of, find_budget, find_line, find_managed_budget
from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.core.tables import answer_list
from enggang.core.views.answers import attached, attempt, press

STEPS = {"setujui": acts.approve_budget, "revisi": acts.revise_budget, "buka-lagi": acts.reopen_budget}


@require_http_methods(LIST_METHODS)
def budget_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not actor.holds_somewhere(*rules.READS):
        raise Http404
    table = BudgetTable(Budget.objects.visible_to(actor).with_names())
    return answer_list(request, "budgets/list.html", {"table": table}, name=_("Budgets"))


@require_http_methods(LIST_METHODS)
def budget_detail(request: HttpRequest, code: str) -> HttpResponse:
    return _detail(request, find_budget(request, code))


def _detail(request: HttpRequest, budget: Budget, source_form: SourceForm | None = None) -> HttpResponse:
    actor = actor_of(request)
    found = overview(budget)
    context = {
        "budget": budget,
        "overview": found,
        "anchor": anchor_of(budget),
        "may_manage": rules.may_manage(actor, budget.organisation),
        "source_form": source_form or SourceForm(),
    }
    offered = LINES.of(found.rows, about=budget.subject), SOURCES.of(list(found.sources), about=budget.subject)
    return answer_page(request, "budgets/budget.html", context, *offered, status=422 if source_form else 200)


def budget_edit(request: HttpRequest, code: str) -> HttpResponse:
    budget = find_managed_budget(request, code)
    names = ("version", "title", "year", "over_plan")
    form = BudgetForm(request.POST or None, initial={name: getattr(budget, name) for name in names})
    if form.is_bound and attempt(
        form, lambda: acts.change_budget(budget=budget, actor=actor_of(request), **form.cleaned_data)
    ):
        messages.success(request, _("Saved."))
        return redirect("budgets:budget", code=code)
    context = {"form": form, "budget": budget, "heading": _("Change the budget")}
    return render(request, "budgets/form.html", context, status=422 if form.errors else 200)


@require_POST
def budget_step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """Approve, reopen for a revision, close with a reason, reopen."""
    budget = find_managed_budget(request, code)
    try:
        if step == "tutup":
            acts.close_budget(budget=budget, reason=request.POST.get("reason", ""), actor=actor_of(request))
        elif step in STEPS:
            STEPS[step](budget=budget, actor=actor_of(request))
        else:
            raise Http404
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(
            request, _("Done: the budget is now %(state)s.") % {"state": budget.get_state_display().lower()}
        )
    return redirect("budgets:budget", code=code)


@require_POST
def source_add(request: HttpRequest, code: str) -> HttpResponse:
    budget = find_managed_budget(request, code)
    form = SourceForm(request.POST)
    if attempt(form, lambda: acts.add_source(budget=budget, actor=actor_of(request), **form.cleaned_data)):
        messages.success(request, _("Added."))
        return redirect("budgets:budget", code=code)
    return _detail(request, budget, form)


@require_POST
def source_drop(request: HttpRequest, code: str, source_id: int) -> HttpResponse:
    budget = find_managed_budget(request, code)
    source = get_object_or_404(budget.sources.select_related("budget__organisation", "budget__subject"), pk=source_id)
    press(request, lambda: acts.drop_source(source=source, actor=actor_of(request)), _("Removed."))
    return redirect("budgets:budget", code=code)


def line_new(request: HttpRequest, code: str) -> HttpResponse:
    return _line_form(request, find_managed_budget(request, code), None)


def line_edit(request: HttpRequest, code: str, line_id: int) -> HttpResponse:
    budget = find_managed_budget(request, code)
    return _line_form(request, budget, find_line(budget, line_id))


def _line_form(request: HttpRequest, budget: Budget, line: BudgetLine | None) -> HttpResponse:
    data = request.POST or None
    form = EditLineForm(data, budget=budget, line=line) if line else LineForm(data, budget=budget)
    if form.is_bound and attempt(form, lambda: _keep_line(request, budget, line, form)):
        messages.success(request, _("Saved."))
        return redirect("budgets:budget", code=budget.code)
    heading = _("Change the line") if line else _("Add a line")
    context = {"form": form, "budget": budget, "heading": heading, "columns": "two"}
    return render(request, "budgets/form.html", context, status=422 if form.errors else 200)


def _keep_line(request: HttpRequest, budget: Budget, line: BudgetLine | None, form: LineForm) -> None:
    if line:
        acts.change_line(line=line, actor=actor_of(request), **form.cleaned_data)
    else:
        acts.add_line(budget=budget, actor=actor_of(request), **form.cleaned_data)


@require_POST
def line_drop(request: HttpRequest, code: str, line_id: int) -> HttpResponse:
    budget = find_managed_budget(request, code)
    line = find_line(budget, line_id)
    press(request, lambda: acts.drop_line(line=line, actor=actor_of(request)), _("Removed."))
    return redirect("budgets:budget", code=code)


@require_GET
def budget_export(request: HttpRequest, code: str) -> HttpResponse:
    return xlsx(budget_workbook(find_budget(request, code)), f"rab-{code}.xlsx")


def xlsx(content: bytes, name: str) -> HttpResponse:
    return attached(content, XLSX_TYPE, name)

"""A plan: its board, the dates that would move, the text for the group, and its own state."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from enggang.core.actor import actor_of
from enggang.core.exports import LIST_METHODS, answer_page, posted
from enggang.core.views.answers import attempt, press
from enggang.plans import exports, rules
from enggang.plans.domain import plans as acts
from enggang.plans.enums import PlanState
from enggang.plans.filters import TaskFilter
from enggang.plans.forms.plans import EditPlanForm, NewPlanForm
from enggang.plans.models import Plan
from enggang.plans.queries.dates import date_changes
from enggang.plans.queries.tasks import board, digest, mark_late
from enggang.plans.views.finding import find_managed_plan, find_plan, shell

PER_PAGE = 50
STEPS = {"tutup": PlanState.CLOSED, "batalkan": PlanState.CANCELLED, "buka-lagi": PlanState.OPEN}


@require_http_methods(LIST_METHODS)
def plan_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    rows = Plan.objects.visible_to(actor).with_names()
    if not actor.holds_somewhere(*rules.READS) and not rows.exists():
        raise Http404
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "may_add": actor.holds_somewhere(*rules.MANAGERS)}
    return answer_page(request, "plans/list.html", context, exports.PLANS.of(rows))


def plan_new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not actor.holds_somewhere(*rules.MANAGERS):
        raise Http404
    form = NewPlanForm(request.POST or None, actor=actor)
    made: list[Plan] = []

    def do() -> None:
        facts = {**form.cleaned_data, "zone": form.cleaned_data["time_zone"]}
        facts.pop("time_zone")
        made.append(acts.open_plan(about=None, actor=actor, **facts))

    if form.is_bound and attempt(form, do):
        messages.success(request, _("The plan is there. Add its tasks, or take a ready-made bundle."))
        return redirect("plans:bundles", code=made[0].code)
    context = {"form": form, "heading": _("New plan")}
    return render(request, "plans/plan_form.html", context, status=422 if form.errors else 200)


@require_http_methods(LIST_METHODS)
def plan_board(request: HttpRequest, code: str) -> HttpResponse:
    plan, actor = find_plan(request, code), actor_of(request)
    form = TaskFilter(request.GET, plan=plan)
    tasks = list(form.narrowed(plan.tasks.with_names(), plan, actor))
    mark_late(tasks, plan.today)
    context = {
        **shell(request, plan, "board"),
        "form": form,
        "columns": board(plan, tasks),
        "changes": len(date_changes(plan)) if plan.is_open else 0,
        "may_reopen": rules.may_manage(actor, plan.organisation) and not plan.is_open,
    }
    return answer_page(request, "plans/board.html", context, exports.TASKS.of(tasks, about=plan.subject))


def plan_edit(request: HttpRequest, code: str) -> HttpResponse:
    plan = find_managed_plan(request, code)
    form, before = EditPlanForm(request.POST or None, plan=plan), plan.day
    if form.is_bound and attempt(
        form, lambda: acts.change_plan(plan=plan, actor=actor_of(request), **form.cleaned_data)
    ):
        messages.success(request, _("Saved."))
        return redirect("plans:dates" if plan.day != before else "plans:plan", code=code)
    context = {"form": form, "plan": plan, "heading": _("Change the plan")}
    return render(request, "plans/plan_form.html", context, status=422 if form.errors else 200)


@require_POST
def plan_step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    plan = find_managed_plan(request, code)
    if step not in STEPS:
        raise Http404
    press(request, lambda: acts.move_plan(plan=plan, to=STEPS[step], actor=actor_of(request)), _("Done."))
    return redirect("plans:plan", code=code)


@require_http_methods(LIST_METHODS)
def plan_dates(request: HttpRequest, code: str) -> HttpResponse:
    """Every date that would move, old beside new. POST accepts those that are ticked, or lets them stand."""
    data = posted(request)
    if data is not None:
        return _settle(request, code, data.getlist("row"))
    plan = find_plan(request, code)
    changes = date_changes(plan)
    context = {**shell(request, plan, "dates"), "changes": changes}
    return answer_page(request, "plans/dates.html", context, exports.CHANGES.of(changes, about=plan.subject))


def _settle(request: HttpRequest, code: str, rows: list[str]) -> HttpResponse:
    """Each of ``rows`` is a key with the date that was shown: "task-12:2026-05-01"."""
    plan, actor = find_managed_plan(request, code), actor_of(request)
    seen = _seen(rows)
    if not seen:
        messages.error(request, _("Tick the dates that are meant."))
    elif request.POST.get("do") == "tetap":
        said = _("They stay where they are: their dates are fixed now.")
        press(request, lambda: acts.keep_dates(plan=plan, keys=list(seen), actor=actor), said)
    else:
        press(request, lambda: acts.accept_dates(plan=plan, seen=seen, actor=actor), _("The dates have moved."))
    return redirect("plans:dates", code=code)


def _seen(rows: list[str]) -> dict[str, date]:
    found: dict[str, date] = {}
    for row in rows:
        key, _colon, day = row.partition(":")
        try:
            found[key] = date.fromisoformat(day)
        except ValueError:
            return {}
    return found


@require_GET
def plan_digest(request: HttpRequest, code: str) -> HttpResponse:
    plan = find_plan(request, code)
    context: dict[str, Any] = {**shell(request, plan, "digest"), "text": digest(plan)}
    return render(request, "plans/digest.html", context)

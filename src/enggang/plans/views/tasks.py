"""Tasks of a plan: the list, the line of time, the form, and bundles of ready-made ones."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from enggang.core.actor import actor_of
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.core.views.answers import attempt, press
from enggang.plans import exports
from enggang.plans.domain import tasks as acts
from enggang.plans.enums import TaskState
from enggang.plans.filters import TaskFilter
from enggang.plans.forms.tasks import EditTaskForm, TaskForm
from enggang.plans.models import Plan, Task
from enggang.plans.queries.gantt import gantt
from enggang.plans.queries.tasks import mark_late
from enggang.plans.views.finding import find_managed_plan, find_plan, find_task, shell

PER_PAGE = 100
MOVES = {
    "rencana": TaskState.TODO, "kerjakan": TaskState.DOING, "selesai": TaskState.DONE, "batal": TaskState.DROPPED,
}  # fmt: skip


@require_http_methods(LIST_METHODS)
def task_list(request: HttpRequest, code: str) -> HttpResponse:
    plan = find_plan(request, code)
    form, tasks = _narrowed(request, plan)
    page = Paginator(tasks, PER_PAGE).get_page(request.GET.get("page"))
    context = {**shell(request, plan, "tasks"), "form": form, "tasks": page.object_list, "page_obj": page}
    return answer_page(request, "plans/tasks.html", context, exports.TASKS.of(tasks, about=plan.subject))


@require_http_methods(LIST_METHODS)
def task_gantt(request: HttpRequest, code: str) -> HttpResponse:
    plan = find_plan(request, code)
    form, tasks = _narrowed(request, plan)
    shown = [row for row in tasks if row.state != TaskState.DROPPED]
    context = {**shell(request, plan, "gantt"), "form": form, "tasks": shown, "gantt": gantt(plan, shown)}
    return answer_page(request, "plans/gantt.html", context, exports.TASKS.of(shown, about=plan.subject))


def _narrowed(request: HttpRequest, plan: Plan) -> tuple[TaskFilter, list[Task]]:
    form = TaskFilter(request.GET, plan=plan)
    tasks = list(form.narrowed(plan.tasks.with_names(), plan, actor_of(request)))
    mark_late(tasks, plan.today)
    return form, tasks


def task_new(request: HttpRequest, code: str) -> HttpResponse:
    plan = find_managed_plan(request, code)
    form = TaskForm(request.POST or None, plan=plan)
    if form.is_bound and attempt(form, lambda: acts.add_task(plan=plan, actor=actor_of(request), **form.cleaned_data)):
        messages.success(request, _("Added."))
        return redirect("plans:task_new" if "lagi" in request.POST else "plans:plan", code=code)
    return _form(request, plan, form, _("Add a task"))


def task_edit(request: HttpRequest, code: str, task_id: int) -> HttpResponse:
    plan = find_managed_plan(request, code)
    task = find_task(plan, task_id)
    form = EditTaskForm(request.POST or None, plan=plan, task=task)
    if form.is_bound and attempt(
        form, lambda: acts.change_task(task=task, actor=actor_of(request), **form.cleaned_data)
    ):
        messages.success(request, _("Saved."))
        return redirect("plans:plan", code=code)
    return _form(request, plan, form, _("Change the task"))


def _form(request: HttpRequest, plan: Plan, form: TaskForm, heading: str) -> HttpResponse:
    context = {"form": form, "plan": plan, "heading": heading}
    return render(request, "plans/plan_form.html", context, status=422 if form.errors else 200)


@require_POST
def task_move(request: HttpRequest, code: str, task_id: int, step: str) -> HttpResponse:
    """From the board, the list, and the page of somebody's own tasks; back to where it was pressed."""
    plan = find_plan(request, code)
    task = find_task(plan, task_id)
    if step not in MOVES or not acts.may_move(actor_of(request), task):
        raise Http404
    press(request, lambda: acts.move_task(task=task, to=MOVES[step], actor=actor_of(request)), _("Done."))
    if request.POST.get("dari") == "saya":
        return redirect("plans:mine")
    return redirect("plans:tasks" if request.POST.get("dari") == "daftar" else "plans:plan", code=code)


def bundles(request: HttpRequest, code: str) -> HttpResponse:
    """Ready-made tasks, by bundle, with the dates they would get. POST adds those of one bundle."""
    plan = find_managed_plan(request, code)
    if request.method == "POST":
        bundle = request.POST.get("bundle", "")
        said = _("Tasks added: %(n)s.")
        if press(
            request,
            lambda: acts.use_bundle(plan=plan, bundle=bundle, actor=actor_of(request)),
            lambda number: said % {"n": number},
        ):
            return redirect("plans:plan", code=code)
    rows: dict[str, list[object]] = {}
    for row in acts.templates_for(plan):
        rows.setdefault(row.bundle, []).append(row)
    context = {**shell(request, plan, "bundles"), "bundles": rows.items()}
    return render(request, "plans/bundles.html", context)

"""Everyone's own tasks: with an account in one list over all plans, without one behind a private address."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enggang.access.enums import LinkScope
from enggang.core import clock
from enggang.core.actor import Actor, actor_of
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.core.views.answers import press
from enggang.plans import exports
from enggang.plans.domain.tasks import may_move, move_task
from enggang.plans.enums import PlanState
from enggang.plans.models import Member, Task
from enggang.plans.queries.mine import items_of, leaders_for
from enggang.plans.queries.tasks import mark_late
from enggang.plans.views.finding import find_by_token
from enggang.plans.views.tasks import MOVES


@require_http_methods(LIST_METHODS)
def my_tasks(request: HttpRequest) -> HttpResponse:
    """Those of the plans that run, also where one leads the section."""
    actor = actor_of(request)
    members = list(Member.objects.of(actor).select_related("plan"))
    if not members:
        raise Http404
    rows = Task.objects.of(actor).waiting().filter(plan__state=PlanState.OPEN).with_names()
    tasks = list(rows)
    mark_late(tasks, clock.today())
    open_ones = [row for row in members if row.plan.is_open]
    context = {"tasks": tasks, "items": items_of(open_ones), "leaders": leaders_for(open_ones)}
    return answer_page(request, "plans/mine.html", context, exports.TASKS.of(tasks))


def _member(request: HttpRequest, token: str) -> tuple[Member, Actor]:
    code, actor = find_by_token(request, token, LinkScope.TASKS)
    return get_object_or_404(Member.objects.with_names(), subject__code=code), actor


@never_cache
@require_safe
def tasks_by_link(request: HttpRequest, token: str) -> HttpResponse:
    member, _actor = _member(request, token)
    tasks = list(member.plan.tasks.concerning([member]).with_names())
    mark_late(tasks, member.plan.today)
    context = {
        "member": member,
        "plan": member.plan,
        "token": token,
        "waiting": [row for row in tasks if row.is_waiting],
        "over": [row for row in tasks if not row.is_waiting],
        "items": items_of([member]),
        "leaders": leaders_for([member]),
    }
    return render(request, "plans/mine_by_link.html", context)


@never_cache
@require_POST
def task_by_link(request: HttpRequest, token: str, task_id: int, step: str) -> HttpResponse:
    member, actor = _member(request, token)
    task = get_object_or_404(member.plan.tasks.with_names(), pk=task_id)
    if step not in MOVES or not may_move(actor, task):
        raise Http404
    press(request, lambda: move_task(task=task, to=MOVES[step], actor=actor), _("Done."))
    return redirect("plans:tasks_by_link", token=token)

"""The rows a page of plans is about, found through what the actor may see."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from enggang.access.domain.links import actor_from_link, find_link
from enggang.access.enums import LinkScope
from enggang.core.actor import Actor, actor_of
from enggang.core.views.answers import subject_link
from enggang.plans import rules
from enggang.plans.models import Member, Plan, Task
from enggang.plans.queries.tasks import summary


def find_plan(request: HttpRequest, code: str) -> Plan:
    return get_object_or_404(Plan.objects.visible_to(actor_of(request)).with_names(), subject__code=code)


def find_managed_plan(request: HttpRequest, code: str) -> Plan:
    return get_object_or_404(Plan.objects.managed_by(actor_of(request)).with_names(), subject__code=code)


def find_task(plan: Plan, task_id: int) -> Task:
    task = get_object_or_404(plan.tasks.select_related("section", "member__person", "member__subject"), pk=task_id)
    task.plan = plan
    return task


def find_member(plan: Plan, code: str) -> Member:
    member = get_object_or_404(plan.members.with_names(), subject__code=code)
    member.plan = plan
    return member


def find_by_token(request: HttpRequest, token: str, scope: LinkScope) -> tuple[str, Actor]:
    """The code of the subject behind a private address, and who acts with it."""
    link = find_link(token[:100], scope)
    actor = actor_from_link(actor_of(request), token[:100], scope)
    if link is None or actor is None:
        raise Http404
    return link.subject.code, actor


def shell(request: HttpRequest, plan: Plan, tab: str) -> dict[str, Any]:
    """What every page of a plan shows around itself."""
    return {
        "plan": plan,
        "tab": tab,
        "anchor": subject_link(plan.about),
        "summary": summary(plan),
        "may_manage": rules.may_manage(actor_of(request), plan.organisation) and plan.is_open,
        "sees_rules": actor_of(request).holds_somewhere(*rules.READS),
    }

"""The way from an edition to its plan."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.events.domain.planning import start_plan
from enggang.events.views.finding import find_inside, find_managed_edition, shell_of
from enggang.plans.models import Plan
from enggang.plans.queries.tasks import plan_about


@require_http_methods(["GET", "POST"])
def edition_plan(request: HttpRequest, code: str) -> HttpResponse:
    """On to the plan; as long as there is none, a page that says what it is for. POST begins it."""
    edition = find_managed_edition(request, code) if request.method == "POST" else find_inside(request, code)
    plan, actor = plan_about(edition.subject), actor_of(request)
    if request.method == "POST" and plan is None:
        try:
            plan = start_plan(edition=edition, actor=actor)
        except Refused as refused:
            messages.error(request, refused.message)
            return redirect("events:plan", code=code)
        messages.success(request, _("The plan is there. Add its tasks, or take a ready-made bundle."))
        return redirect("plans:bundles", code=plan.code)
    if plan is not None and Plan.objects.visible_to(actor).filter(pk=plan.pk).exists():
        return redirect("plans:plan", code=plan.code)
    return render(request, "events/plan.html", {**shell_of(request, edition, "plan"), "plan": plan})

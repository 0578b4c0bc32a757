"""The way from a wave to the plan of its opening."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.plans.queries.tasks import plan_about
from enggang.training import rules
from enggang.training.domain.opening import plan_opening
from enggang.training.views.finding import find_managed_wave, find_money_wave


@require_http_methods(["GET", "POST"])
def wave_opening(request: HttpRequest, code: str) -> HttpResponse:
    """On to the plan; as long as there is none, a page that says what it is for. POST begins it."""
    wave = find_managed_wave(request, code) if request.method == "POST" else find_money_wave(request, code)
    plan = plan_about(wave.subject)
    if request.method == "POST" and plan is None:
        try:
            plan = plan_opening(wave=wave, actor=actor_of(request))
        except Refused as refused:
            messages.error(request, refused.message)
            return redirect("training:wave_opening", code=code)
        messages.success(request, _("The plan is there. Add its tasks, or take a ready-made bundle."))
        return redirect("plans:bundles", code=plan.code)
    if plan is not None:
        return redirect("plans:plan", code=plan.code)
    context = {"wave": wave, "may_manage": rules.may_manage(actor_of(request), wave.organisation)}
    return render(request, "training/opening.html", context)

"""Why an indicator is off its path: stated with a dated action, and what was stated before."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from enggang.core.actor import actor_of
from enggang.core.views.answers import attempt, press
from enggang.impact import rules
from enggang.impact.domain.causes import state_cause, withdraw_cause
from enggang.impact.forms.impact import CauseForm
from enggang.impact.models import Cause
from enggang.indicators.models import Indicator

SHOWN = 30


def causes(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    indicator = get_object_or_404(Indicator.objects.visible_to(actor).with_names(), subject__code=code)
    may = rules.may_state_cause(actor, indicator.organisation)
    if request.method == "POST" and not may:
        raise Http404
    form = CauseForm(
        request.POST or None, actor=actor, initial={"person": indicator.owner.name if indicator.owner else ""}
    )
    made: list[Any] = []
    if form.is_bound and attempt(
        form, lambda: made.append(state_cause(indicator=indicator, actor=actor, **form.cleaned_data))
    ):
        messages.success(request, _("Stated. The action stands among the promises of the Monday page."))
        return redirect("impact:causes", code=code)
    rows = Cause.objects.filter(indicator=indicator).with_names()[:SHOWN]
    context = {"indicator": indicator, "form": form, "may": may, "rows": rows}
    return render(request, "impact/causes.html", context, status=422 if form.errors else 200)


@require_POST
def cause_withdraw(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    row = get_object_or_404(Cause.objects.visible_to(actor).with_names(), pk=number)
    said = _("Taken back. The promise beside it stands; drop it on the Monday page if it should not.")
    press(request, lambda: withdraw_cause(cause=row, actor=actor), said)
    return redirect("impact:causes", code=row.indicator.code)

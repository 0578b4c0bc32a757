"""The gates of an edition."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from enggang.core.actor import actor_of
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.core.views.answers import attempt, press
from enggang.events import exports as sheets
from enggang.events import rules
from enggang.events.domain import stages as acts
from enggang.events.enums import BACK, CANCELLABLE, Stage
from enggang.events.forms.stages import DecisionForm
from enggang.events.models import Edition, GateItem
from enggang.events.queries.gates import gate_of
from enggang.events.views.finding import find_decided_edition, find_inside, shell_of

STEPS: dict[str, Callable[..., Edition]] = {
    "kembali": acts.step_back,
    "batal": acts.cancel_edition,
    "lanjutkan": acts.revive_edition,
}


@require_http_methods(LIST_METHODS)
def gates(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, find_inside(request, code))


def _page(request: HttpRequest, edition: Edition, bound: dict[str, DecisionForm] | None = None) -> HttpResponse:
    actor, stage = actor_of(request), Stage(edition.stage)
    gate, steps = gate_of(edition), list(edition.steps.all())
    manages = rules.may_manage(actor, edition.organisation)
    forms: dict[str, Any] = {
        "forward": DecisionForm(name=actor.name), "kembali": DecisionForm(name=actor.name, must_explain=True),
        "batal": DecisionForm(name=actor.name, must_explain=True),
        "lanjutkan": DecisionForm(name=actor.name, must_explain=True), **(bound or {}),
    }  # fmt: skip
    context = {
        **shell_of(request, edition, "gates"),
        "gate": gate,
        "steps": steps,
        "forms": forms,
        "may_tick": manages or rules.may_curate(actor, edition),
        "may_forward": gate.to is not None and rules.may_move(actor, edition, gate.to),
        "waits_for": edition.decider if gate.to and not rules.may_move(actor, edition, gate.to) else None,
        "back_to": BACK.get(stage) if rules.may_step_back(actor, edition) else None,
        "may_cancel": manages and stage in CANCELLABLE,
        "may_revive": manages and edition.is_cancelled,
    }
    exports = sheets.GATE.of(gate.rows, about=edition.subject), sheets.STEPS.of(steps, about=edition.subject)
    return answer_page(request, "events/gates.html", context, *exports, status=422 if bound else 200)


@require_POST
def gate_forward(request: HttpRequest, code: str) -> HttpResponse:
    edition, actor = find_decided_edition(request, code), actor_of(request)
    form = DecisionForm(request.POST)
    to = request.POST.get("to", "")
    if attempt(form, lambda: acts.advance_edition(edition=edition, to=to, actor=actor, **form.cleaned_data)):
        messages.success(request, _("Done. The edition is now: %(stage)s.") % {"stage": edition.get_stage_display()})
        return redirect("events:gates", code=code)
    return _page(request, edition, {"forward": form})


@require_POST
def gate_step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """Back, cancelled, or taken up again."""
    edition, actor = find_decided_edition(request, code), actor_of(request)
    if step not in STEPS:
        raise Http404
    form = DecisionForm(request.POST, must_explain=True)
    if attempt(form, lambda: STEPS[step](edition=edition, actor=actor, **form.cleaned_data)):
        messages.success(request, _("Done. The edition is now: %(stage)s.") % {"stage": edition.get_stage_display()})
        return redirect("events:gates", code=code)
    return _page(request, edition, {step: form})


@require_POST
def gate_item(request: HttpRequest, code: str, item_id: int) -> HttpResponse:
    """Tick an item, or with ``kosongkan`` take the tick back."""
    edition, actor = find_decided_edition(request, code), actor_of(request)
    item = get_object_or_404(GateItem.objects.serving(edition.organisation), pk=item_id)
    if request.POST.get("kosongkan"):
        press(request, lambda: acts.untick_item(edition=edition, item=item, actor=actor), _("Taken back."))
    else:
        note = request.POST.get("note", "")
        press(request, lambda: acts.tick_item(edition=edition, item=item, note=note, actor=actor), _("Seen to."))
    return redirect("events:gates", code=code)

"""The gates of an innovation: where it stands, what can be decided, and what was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from enggang.core.actor import actor_of
from enggang.core.exports import answer_page
from enggang.core.tables import LIST_METHODS
from enggang.core.views.answers import attempt
from enggang.innovation import exports as sheets
from enggang.innovation import rules
from enggang.innovation.domain import gates as acts
from enggang.innovation.enums import STOPPABLE
from enggang.innovation.forms.innovations import DecisionForm
from enggang.innovation.models import Innovation
from enggang.innovation.views.finding import find_inside, shell_of

STEPS: dict[str, Callable[..., Innovation]] = {
    "kembali": acts.return_innovation,
    "henti": acts.stop_innovation,
    "lanjutkan": acts.revive_innovation,
}


@require_http_methods(LIST_METHODS)
def gates(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, find_inside(request, code))


def _page(request: HttpRequest, row: Innovation, bound: dict[str, DecisionForm] | None = None) -> HttpResponse:
    actor, steps = actor_of(request), list(row.steps.all())
    decides = rules.may_decide(actor, row)
    forms: dict[str, Any] = {
        "forward": DecisionForm(name=actor.name), **{name: DecisionForm(name=actor.name, must_explain=True) for name in STEPS},
        **(bound or {}),
    }  # fmt: skip
    context = {
        **shell_of(request, row, "gates"), "steps": steps, "forms": forms, "to": row.next_stage if decides else None,
        "back_to": row.former_stage if decides else None, "may_stop": decides and row.stage in STOPPABLE,
        "may_revive": decides and row.is_stopped,
    }  # fmt: skip
    exports = (sheets.STEPS.of(steps, about=row.subject),)
    return answer_page(request, "innovation/gates.html", context, *exports, status=422 if bound else 200)


def _deciding(request: HttpRequest, code: str) -> Innovation:
    """For who holds a deciding role there; owners are told by the act that they do not decide about their own."""
    row = find_inside(request, code)
    if not actor_of(request).holds(*rules.DECIDERS, at=row.organisation.path):
        raise Http404
    return row


@require_POST
def gate_pass(request: HttpRequest, code: str) -> HttpResponse:
    row, actor = _deciding(request, code), actor_of(request)
    form = DecisionForm(request.POST)
    to = request.POST.get("to", "")
    if attempt(form, lambda: acts.pass_gate(innovation=row, to=to, actor=actor, **form.cleaned_data)):
        return _done(request, row)
    return _page(request, row, {"forward": form})


@require_POST
def gate_step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """Returned, stopped, or taken up again."""
    row, actor = _deciding(request, code), actor_of(request)
    if step not in STEPS:
        raise Http404
    form = DecisionForm(request.POST, must_explain=True)
    if attempt(form, lambda: STEPS[step](innovation=row, actor=actor, **form.cleaned_data)):
        return _done(request, row)
    return _page(request, row, {step: form})


def _done(request: HttpRequest, row: Innovation) -> HttpResponse:
    messages.success(request, _("Done. The innovation is now: %(stage)s.") % {"stage": row.get_stage_display()})
    return redirect("innovation:gates", code=row.code)

"""The gates of an innovation: its checklist, its blind scores, what can be decided, and what was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from enggang.core import clock
from enggang.core.actor import actor_of
from enggang.core.exports import answer_page
from enggang.core.tables import LIST_METHODS
from enggang.core.views.answers import attempt, press
from enggang.innovation import exports as sheets
from enggang.innovation import rules
from enggang.innovation.domain import checklist, scoring
from enggang.innovation.domain import gates as acts
from enggang.innovation.enums import STOPPABLE, Stage
from enggang.innovation.forms.gates import ScoreForm, ScorerForm
from enggang.innovation.forms.innovations import DeadlineForm, DecisionForm
from enggang.innovation.models import GateItem, Innovation
from enggang.innovation.queries.gates import gate_of, may_pass, review_of
from enggang.innovation.queries.scoring import aspects_for, scores_of
from enggang.innovation.views.finding import find, find_inside, shell_of

STEPS: dict[str, Callable[..., Innovation]] = {
    "kembali": acts.return_innovation,
    "henti": acts.stop_innovation,
    "lanjutkan": acts.revive_innovation,
}


@require_http_methods(LIST_METHODS)
def gates(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, find_inside(request, code))


def _page(request: HttpRequest, row: Innovation, bound: dict[str, Any] | None = None) -> HttpResponse:
    actor, steps, gate = actor_of(request), list(row.steps.all()), gate_of(row)
    forms: dict[str, Any] = {
        "forward": DecisionForm(name=actor.name), **{name: DecisionForm(name=actor.name, must_explain=True) for name in STEPS},
        "deadline": DeadlineForm(name=actor.name), **(bound or {}),
    }  # fmt: skip
    context = {
        **shell_of(request, row, "gates"), **_open_to(request, row), "gate": gate, "steps": steps, "forms": forms,
        "may_pass": gate.to is not None and may_pass(actor, row, gate), "scores": scores_of(row),
        "scorer_form": forms.get("scorer") or ScorerForm(innovation=row),
        "overdue": row.due_on is not None and row.due_on < clock.today(row.organisation.time_zone),
    }  # fmt: skip
    exports = sheets.GATE.of(gate.rows, about=row.subject), sheets.STEPS.of(steps, about=row.subject)
    return answer_page(request, "innovation/gates.html", context, *exports, status=422 if bound else 200)


def _open_to(request: HttpRequest, row: Innovation) -> dict[str, Any]:
    """What the actor may do there."""
    actor = actor_of(request)
    decides = rules.may_decide(actor, row)
    return {
        "owns": rules.owns(actor, row), "may_check": rules.may_check(actor, row), "may_manage": rules.may_manage(actor, row.organisation),
        "back_to": row.former_stage if decides else None, "may_stop": decides and row.stage in STOPPABLE,
        "may_move": decides and row.awaits_gate, "may_revive": decides and row.is_stopped, "may_score": _is_scorer(request, row) and row.stage == Stage.SCREENING,
        "may_read_rules": actor.holds_somewhere(*rules.SEES_INSIDE),
    }  # fmt: skip


def _is_scorer(request: HttpRequest, row: Innovation) -> bool:
    return row.scorers.filter(user_id=actor_of(request).user_id or 0).exists()


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


@require_POST
def gate_deadline(request: HttpRequest, code: str) -> HttpResponse:
    """Another day for the next gate."""
    row, actor = _deciding(request, code), actor_of(request)
    form = DeadlineForm(request.POST)
    if attempt(form, lambda: acts.move_deadline(innovation=row, actor=actor, **form.cleaned_data)):
        messages.success(request, _("The deadline has moved. The owner is told."))
        return redirect("innovation:gates", code=row.code)
    return _page(request, row, {"deadline": form})


def _done(request: HttpRequest, row: Innovation) -> HttpResponse:
    messages.success(request, _("Done. The innovation is now: %(stage)s.") % {"stage": row.get_stage_display()})
    return redirect("innovation:gates", code=row.code)


@require_POST
def gate_item(request: HttpRequest, code: str, item_id: int) -> HttpResponse:
    """Find an item met, with ``tidak`` not met, or with ``kosongkan`` take the finding back."""
    row, actor = find_inside(request, code), actor_of(request)
    item = get_object_or_404(GateItem.objects.serving(row.organisation), pk=item_id)
    if request.POST.get("kosongkan"):
        press(request, lambda: checklist.uncheck_item(innovation=row, item=item, actor=actor), _("Taken back."))
    else:
        found: dict[str, Any] = {"met": not request.POST.get("tidak"), "note": request.POST.get("note", "")}
        press(request, lambda: checklist.check_item(innovation=row, item=item, actor=actor, **found), _("Noted."))
    return redirect("innovation:gates", code=code)


# -- blind scores -----------------------------------------------------------------------------------------


def _managed(request: HttpRequest, code: str) -> Innovation:
    row = find_inside(request, code)
    if not rules.may_manage(actor_of(request), row.organisation):
        raise Http404
    return row


@require_POST
def scorer_ask(request: HttpRequest, code: str) -> HttpResponse:
    row, actor = _managed(request, code), actor_of(request)
    form = ScorerForm(request.POST, innovation=row)
    if attempt(form, lambda: scoring.ask_scorer(innovation=row, actor=actor, **form.cleaned_data)):
        messages.success(request, _("Asked, and told."))
        return redirect("innovation:gates", code=code)
    return _page(request, row, {"scorer": form})


@require_POST
def scorer_release(request: HttpRequest, code: str, number: int) -> HttpResponse:
    row = _managed(request, code)
    scorer = get_object_or_404(row.scorers, pk=number)
    scorer.innovation = row
    press(request, lambda: scoring.release_scorer(scorer=scorer, actor=actor_of(request)), _("Taken back."))
    return redirect("innovation:gates", code=code)


@require_POST
def score_again(request: HttpRequest, code: str) -> HttpResponse:
    row = _managed(request, code)
    said = _("Who scored can change their sheets again.")
    press(request, lambda: scoring.score_again(innovation=row, actor=actor_of(request)), said)
    return redirect("innovation:gates", code=code)


def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """One's own scores, for whoever was asked."""
    row, actor = find(request, code), actor_of(request)
    review = review_of(row)
    if review is None or not _is_scorer(request, row):
        raise Http404
    kept = review.sheets.filter(judge_key=actor.key).prefetch_related("marks").first()
    questions = {each.title: each.question for each in aspects_for(row.organisation)}
    form = ScoreForm(request.POST or None, review=review, questions=questions, kept=kept)
    if form.is_bound and attempt(form, lambda: scoring.score_innovation(innovation=row, actor=actor, **form.facts)):
        messages.success(request, _("Kept. You can change it until it is decided."))
        return redirect("innovation:innovation", code=code)
    may_change = row.stage == Stage.SCREENING and not review.is_decided
    context = {"row": row, "form": form, "may_change": may_change}
    return render(request, "innovation/sheet.html", context, status=422 if form.is_bound else 200)

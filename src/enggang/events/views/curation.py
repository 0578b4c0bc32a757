"""Rounds of curation: the list, one with its call, rubric, judges and progress, and its steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from enggang.core import clock
from enggang.core.actor import actor_of
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.core.views.answers import attempt, press
from enggang.events import exports_curation as sheets
from enggang.events import rules
from enggang.events.domain import curation as acts
from enggang.events.domain import judging
from enggang.events.forms.curation import JudgeForm, RoundForm
from enggang.events.models import CurationJudge, CurationRound
from enggang.events.queries.judges import judge_of
from enggang.events.queries.judging import sheets_by_judge, tasks_of
from enggang.events.queries.proposals import called, result_for
from enggang.events.queries.rubrics import aspects_for, own_aspects
from enggang.events.views.finding import find_round

Step = tuple[Callable[..., Any], Any]
STEPS: dict[str, Step] = {
    "nilai": (acts.start_judging, gettext_lazy("The judges can begin.")),
    "terima": (acts.take_in_proposals, gettext_lazy("Taken in.")),
    "panggil": (acts.back_to_call, gettext_lazy("The call is open again.")),
    "tutup": (acts.close_judging, gettext_lazy("The judging is over. Decide about each proposal.")),
    "buka": (acts.reopen_judging, gettext_lazy("The judges can change their sheets again.")),
    "umumkan": (acts.close_round, gettext_lazy("The result is out; the agencies were told.")),
    "putuskan": (acts.reopen_round, gettext_lazy("The result is taken back from view.")),
}


@require_http_methods(LIST_METHODS)
def round_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    rows = list(CurationRound.objects.visible_to(actor).with_names())
    if not rows and not actor.holds_somewhere(*rules.SEES_EVENTS):
        raise Http404
    context = {
        "rounds": rows,
        "may_add": actor.holds_somewhere(*rules.MANAGERS),
        "sees_rules": actor.holds_somewhere(*rules.SEES_EVENTS),
    }
    return answer_page(request, "events/curation_rounds.html", context, sheets.ROUNDS.of(rows))


def round_new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not actor.holds_somewhere(*rules.MANAGERS):
        raise Http404
    year = clock.today().year + 1
    form = RoundForm(
        request.POST or None,
        actor=actor,
        initial={"year": year, "title": _("Curation of the events of %(year)s") % {"year": year}},
    )
    made: list[CurationRound] = []
    if form.is_bound and attempt(form, lambda: made.append(acts.open_round(actor=actor, **form.facts))):
        messages.success(
            request, _("The round is open, and the agencies that propose to you were told. Name the judges.")
        )
        return redirect("events:round", code=made[0].code)
    return _form_page(request, form, _("Open a round"), reverse("events:rounds"))


def round_edit(request: HttpRequest, code: str) -> HttpResponse:
    curation, actor = find_round(request, code, managed=True), actor_of(request)
    form = RoundForm(request.POST or None, instance=find_round(request, code, managed=True), actor=actor)
    if form.is_bound and attempt(
        form, lambda: acts.change_round(curation=curation, version=form.seen, actor=actor, **form.facts)
    ):
        messages.success(request, _("Saved. The rubric was taken anew from its rows."))
        return redirect("events:round", code=code)
    return _form_page(request, form, _("Change the call"), reverse("events:round", args=[code]))


def _form_page(request: HttpRequest, form: RoundForm, heading: str, back: str) -> HttpResponse:
    context = {"form": form, "heading": heading, "cancel_href": back}
    return render(request, "events/curation_form.html", context, status=422 if form.errors else 200)


@require_http_methods(LIST_METHODS)
def round_detail(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, find_round(request, code))


def _page(request: HttpRequest, curation: CurationRound, judge_form: JudgeForm | None = None) -> HttpResponse:
    actor = actor_of(request)
    may_hold, sees_all = rules.may_hold_round(actor, curation.organisation), rules.sees_round(actor, curation)
    judges = list(curation.judges.select_related("subject", "user", "agency")) if sees_all else []
    given = sheets_by_judge(curation)
    judge = judge_of(curation, actor)
    criteria = list(curation.criteria.select_related("criterion").prefetch_related("criterion__levels"))
    ready = called(curation, actor) if curation.is_call or curation.is_judging else []
    rows = result_for(curation, actor) if not curation.is_call else []
    taken = {row.proposal.edition_id for row in rows}
    context = {
        **shell(request, curation, "round"),
        "criteria": criteria,
        "ready": ready,
        "new": [row for row in ready if row.edition.stage == "proposed" and row.edition.pk not in taken],
        "rows": rows,
        "judges": [(row, given.get(row.key, 0)) for row in judges],
        "judge_form": judge_form or (JudgeForm(curation=curation, actor=actor) if may_hold else None),
        "may_name": may_hold and (curation.is_call or curation.is_judging),
        "tasks": tasks_of(curation, judge) if judge and curation.is_judging else [],
        "judge": judge,
        "own_rubric": own_aspects(curation.organisation, curation.year),
        "stale": curation.is_call and _is_stale(curation),
        "wide": sum(row.is_wide for row in rows),
        "open_ones": sum(not row.proposal.review.is_decided for row in rows),
    }
    about = curation.subject
    exports = (
        sheets.CALLED.of(ready, about=about), sheets.CRITERIA.of(criteria, about=about), sheets.JUDGES.of(judges, about=about),
    )  # fmt: skip
    return answer_page(request, "events/curation_round.html", context, *exports, status=422 if judge_form else 200)


def _is_stale(curation: CurationRound) -> bool:
    """Whether the rows of the year say something else by now than the rubric that was announced."""
    rows = [(row.title, row.weight, row.question) for row in aspects_for(curation.organisation, curation.year)]
    known = [
        (row.criterion.title, row.criterion.weight, row.question)
        for row in curation.criteria.select_related("criterion")
    ]
    return rows != known


def shell(request: HttpRequest, curation: CurationRound, tab: str) -> dict[str, Any]:
    """What every page of a round shows around itself."""
    actor = actor_of(request)
    return {
        "curation": curation,
        "tab": tab,
        "may_hold": rules.may_hold_round(actor, curation.organisation),
        "sees_all": rules.sees_round(actor, curation),
    }


@require_POST
def round_step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    curation = find_round(request, code, managed=True)
    if step not in STEPS:
        raise Http404
    do, said = STEPS[step]
    press(request, lambda: do(curation=curation, actor=actor_of(request)), str(said))
    page = "events:result" if step in {"tutup", "umumkan", "putuskan"} else "events:round"
    return redirect(page, code=code)


@require_POST
def aspects_copy(request: HttpRequest, code: str) -> HttpResponse:
    """Make the rubric that holds the curator's own, for the year of the round."""
    curation, actor = find_round(request, code, managed=True), actor_of(request)
    said = _("The rubric of the year is your own now. Change its rows, then take it anew into the round.")
    done = press(
        request,
        lambda: acts.copy_aspects(organisation=curation.organisation, year=curation.year, actor=actor),
        said,
    )
    return redirect("events:rules", word="aspek-kurasi") if done else redirect("events:round", code=code)


@require_POST
def rubric_renew(request: HttpRequest, code: str) -> HttpResponse:
    """Take the rows of the year as they are now; nothing else changes."""
    curation = find_round(request, code, managed=True)
    press(
        request,
        lambda: acts.change_round(curation=curation, version=curation.version, actor=actor_of(request)),
        _("The rubric was taken anew."),
    )
    return redirect("events:round", code=code)


# -- judges --------------------------------------------------------------------------------------------


@require_POST
def judge_add(request: HttpRequest, code: str) -> HttpResponse:
    curation, actor = find_round(request, code, managed=True), actor_of(request)
    form = JudgeForm(request.POST, curation=curation, actor=actor)
    if attempt(form, lambda: judging.name_judge(curation=curation, actor=actor, **form.cleaned_data)):
        messages.success(request, _("Added."))
        return redirect("events:round", code=code)
    return _page(request, curation, form)


def _find_judge(curation: CurationRound, code: str) -> CurationJudge:
    judge = get_object_or_404(curation.judges.select_related("subject", "user", "agency"), subject__code=code)
    judge.round = curation
    return judge


@require_POST
def judge_drop(request: HttpRequest, code: str, judge_code: str) -> HttpResponse:
    judge = _find_judge(find_round(request, code, managed=True), judge_code)
    said = _("Released. Sheets already given stay.")
    press(request, lambda: judging.release_judge(judge=judge, actor=actor_of(request)), said)
    return redirect("events:round", code=code)


@never_cache
@require_POST
def judge_link(request: HttpRequest, code: str, judge_code: str) -> HttpResponse:
    """A new private address, shown once; the former one ends. ``cabut`` only ends it."""
    curation, actor = find_round(request, code, managed=True), actor_of(request)
    judge = _find_judge(curation, judge_code)
    if "cabut" in request.POST:
        press(request, lambda: judging.take_back_judging(judge=judge, actor=actor), _("The address has ended."))
        return redirect("events:round", code=code)
    tokens: list[str] = []
    if not press(
        request, lambda: tokens.append(judging.hand_out_judging(judge=judge, actor=actor)), _("The address is made.")
    ):
        return redirect("events:round", code=code)
    address = settings.PUBLIC_URL + reverse("events:judge_by_link", args=tokens)
    words = {"name": judge, "title": curation, "address": address}
    text = _("%(name)s, please judge the proposals of “%(title)s” here: %(address)s") % words
    context = {**shell(request, curation, "round"), "judge": judge, "text": text}
    return render(request, "events/curation_link_shown.html", context)

"""A proposal: its sheet for a judge, its scores, what the curator decides; also behind a judge's private address."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enggang.access.domain.links import actor_from_link, find_link
from enggang.access.enums import LinkScope
from enggang.core.actor import Actor, actor_of
from enggang.core.exports import LIST_METHODS, answer_page, posted
from enggang.core.views.answers import attempt, press
from enggang.events import exports_curation as sheets
from enggang.events import rules
from enggang.events.domain import judging
from enggang.events.domain import verdicts as acts
from enggang.events.forms.curation import SheetForm, VerdictForm
from enggang.events.forms.stages import DecisionForm
from enggang.events.models import CurationJudge, CurationProposal
from enggang.events.models.curation import PANEL
from enggang.events.queries.evidence import evidence_of
from enggang.events.queries.judges import allowed, judge_of
from enggang.events.queries.judging import may_keep_sheet, tasks_of
from enggang.events.queries.proposals import Judged, judged
from enggang.events.views.curation import shell
from enggang.events.views.finding import find_proposal
from enggang.reviews.models import Sheet


@require_http_methods(LIST_METHODS)
def proposal_detail(request: HttpRequest, code: str) -> HttpResponse:
    """Posted to, it keeps the sheet of the judge or of the panel."""
    proposal = find_proposal(request, code)
    data = posted(request)
    judge = judge_of(proposal.round, actor_of(request))
    if data is not None and not may_keep_sheet(actor_of(request), proposal, judge):
        raise Http404
    form = _sheet_form(proposal, judge, data)
    if data is not None and _keep(actor_of(request), proposal, judge, form):
        messages.success(request, _("The sheet is kept."))
        return redirect("events:round", code=proposal.round.code)
    return _page(request, proposal, judge, form)


def _kept(proposal: CurationProposal, judge: CurationJudge | None) -> Sheet | None:
    key = PANEL[0] if proposal.round.is_panel else judge.key if judge else ""
    return proposal.review.sheets.filter(judge_key=key).prefetch_related("marks").first()


def _sheet_form(proposal: CurationProposal, judge: CurationJudge | None, data: Any) -> SheetForm:
    return SheetForm(data, proposal=proposal, kept=_kept(proposal, judge))


def _keep(actor: Actor, proposal: CurationProposal, judge: CurationJudge | None, form: SheetForm) -> bool:
    return attempt(form, lambda: judging.judge_proposal(proposal=proposal, judge=judge, actor=actor, **form.facts))


def _page(
    request: HttpRequest, proposal: CurationProposal, judge: CurationJudge | None, form: SheetForm,
    bound: dict[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    actor, curation = actor_of(request), proposal.round
    may_hold, sees_all = rules.may_hold_round(actor, curation.organisation), rules.sees_round(actor, curation)
    common = _common(proposal, judge, form)
    row = _row(actor, proposal, judge is not None and not common["own"])
    forms: dict[str, Any] = {
        "verdict": VerdictForm(name=actor.name), "undecide": DecisionForm(name=actor.name, must_explain=True),
        "withdraw": DecisionForm(name=actor.name, must_explain=True), **(bound or {}),
    }  # fmt: skip
    waits = proposal.waits and not curation.is_closed
    context = {
        **shell(request, curation, "proposal"),
        **common,
        "row": row,
        "may_score": curation.is_judging
        and proposal.is_standing
        and may_keep_sheet(actor, proposal, judge)
        and not proposal.review.is_decided,
        "names_judges": sees_all,
        "forms": forms,
        "may_decide": may_hold and curation.is_deciding and proposal.waits,
        "may_undecide": may_hold and curation.is_deciding and bool(proposal.verdict),
        "may_judge_again": may_hold and curation.is_judging and proposal.review.is_decided,
        "may_withdraw": waits and rules.may_manage(actor, proposal.edition.organisation),
        "sees_edition": rules.sees_inside(actor, proposal.edition),
    }
    exports = [sheets.MARKS.of([(row, cell) for cell in row.cells], about=proposal.subject)] if row else []
    status = 422 if bound or form.is_bound else 200
    return answer_page(request, "events/curation_proposal.html", context, *exports, status=status)


def _common(proposal: CurationProposal, judge: CurationJudge | None, form: SheetForm) -> dict[str, Any]:
    able = allowed(proposal.round, [proposal.edition])[proposal.edition_id]
    stepped_out = [str(each) for each in proposal.round.judges.all() if each not in able]
    return {
        "proposal": proposal,
        "edition": proposal.edition,
        "form": form,
        "criteria": form.rows(evidence_of(proposal)),
        "own": judge is not None and judge not in able and not proposal.round.is_panel,
        "stepped_out": stepped_out if proposal.round.is_panel else [],
        "organisers": list(proposal.edition.organisers.all()),
        "sites": list(proposal.edition.sites.select_related("region").defer("region__outline")),
    }


def _row(actor: Actor, proposal: CurationProposal, judges: bool) -> Judged | None:
    """The scores, once they may be seen: by the curator and its judges when nobody is blind any more, by the
    proposing agency when the result is out."""
    curation = proposal.round
    if not (curation.is_closed or judges or rules.sees_round(actor, curation)):
        return None
    row = judged(curation, [proposal])[0]
    return row if row.cells else None


@require_POST
def proposal_decide(request: HttpRequest, code: str) -> HttpResponse:
    proposal, actor = find_proposal(request, code, curated=True), actor_of(request)
    form = VerdictForm(request.POST)
    if attempt(form, lambda: acts.decide_proposal(proposal=proposal, actor=actor, **form.cleaned_data)):
        messages.success(request, _("Decided."))
        return redirect("events:result", code=proposal.round.code)
    return _again(request, proposal, verdict=form)


@require_POST
def proposal_undecide(request: HttpRequest, code: str) -> HttpResponse:
    proposal, actor = find_proposal(request, code, curated=True), actor_of(request)
    form = DecisionForm(request.POST, must_explain=True)
    if attempt(form, lambda: acts.undecide_proposal(proposal=proposal, actor=actor, **form.cleaned_data)):
        messages.success(request, _("The decision is taken back."))
        return redirect("events:proposal", code=code)
    return _again(request, proposal, undecide=form)


@require_POST
def proposal_withdraw(request: HttpRequest, code: str) -> HttpResponse:
    proposal, actor = find_proposal(request, code), actor_of(request)
    if not rules.may_manage(actor, proposal.edition.organisation):
        raise Http404
    form = DecisionForm(request.POST, must_explain=True)
    if attempt(form, lambda: acts.withdraw_proposal(proposal=proposal, actor=actor, **form.cleaned_data)):
        messages.success(request, _("Withdrawn. The edition is an idea again, and can be proposed anew."))
        return redirect("events:round", code=proposal.round.code)
    return _again(request, proposal, withdraw=form)


def _again(request: HttpRequest, proposal: CurationProposal, **bound: Any) -> HttpResponse:
    judge = judge_of(proposal.round, actor_of(request))
    return _page(request, find_proposal(request, proposal.code), judge, _sheet_form(proposal, judge, None), bound)


@require_POST
def proposal_again(request: HttpRequest, code: str) -> HttpResponse:
    proposal = find_proposal(request, code, curated=True)
    said = _("The judges can change their sheets again.")
    press(request, lambda: judging.judge_again(proposal=proposal, actor=actor_of(request)), said)
    return redirect("events:proposal", code=code)


# -- behind a private address --------------------------------------------------------------------------


def _by_link(request: HttpRequest, token: str) -> tuple[CurationJudge, Actor]:
    link = find_link(token[:100], LinkScope.CURATION)
    actor = actor_from_link(actor_of(request), token[:100], LinkScope.CURATION)
    if link is None or actor is None:
        raise Http404
    rows = CurationJudge.objects.select_related(
        "subject", "agency", "round__subject", "round__organisation", "round__rubric"
    )
    return get_object_or_404(rows, subject=link.subject), actor


@never_cache
@require_safe
def judge_by_link(request: HttpRequest, token: str) -> HttpResponse:
    judge, _actor = _by_link(request, token)
    curation = judge.round
    tasks = tasks_of(curation, judge) if curation.is_judging else []
    context = {"judge": judge, "curation": curation, "tasks": tasks, "token": token}
    return render(request, "events/curation_by_link.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_by_link(request: HttpRequest, token: str, code: str) -> HttpResponse:
    judge, actor = _by_link(request, token)
    proposal = get_object_or_404(judge.round.proposals.standing().with_names(), subject__code=code)
    form = _sheet_form(proposal, judge, request.POST or None)
    if form.is_bound and _keep(actor, proposal, judge, form):
        messages.success(request, _("The sheet is kept."))
        return redirect("events:judge_by_link", token=token)
    common, row = _common(proposal, judge, form), judged(proposal.round, [proposal])[0]
    context = {
        **common, "judge": judge, "curation": judge.round, "token": token,
        "may_score": proposal.round.is_judging and not proposal.review.is_decided and not common["own"],
        "row": row if row.cells and not common["own"] else None,
    }  # fmt: skip
    return render(request, "events/curation_sheet_by_link.html", context, status=422 if form.is_bound else 200)

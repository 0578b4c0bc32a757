"""The Monday page: this week's, an earlier one as it was known then, and what is promised on it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from enggang.core import clock
from enggang.core.actor import Actor, actor_of
from enggang.core.views.answers import attached, attempt, press
from enggang.impact import rules
from enggang.impact.domain import decisions
from enggang.impact.domain.mondays import close_monday
from enggang.impact.domain.paper import monday_paper
from enggang.impact.domain.promises import make_promise
from enggang.impact.forms.impact import PromiseForm
from enggang.impact.models import MondayPage
from enggang.impact.queries.monday import corrected_since, facts_of, names_in
from enggang.impact.queries.telling import Line, text_of, told
from enggang.impact.views.finding import organisation_of
from enggang.places.forms.tree import in_tree
from enggang.places.models import Organisation
from enggang.reach.queries.figures import unanswered_lately

WEEKS = 12  # to choose from


def monday(request: HttpRequest, code: str = "") -> HttpResponse:
    """As it stands now."""
    organisation = organisation_of(request, code)
    if not code:
        return redirect("impact:monday", code=organisation.code)
    return _page(request, organisation)


def _page(request: HttpRequest, organisation: Organisation, *, status: int = 200, form: Any = None) -> HttpResponse:
    actor, today = actor_of(request), clock.today(organisation.time_zone)
    may = rules.may_promise(actor, organisation)
    facts = facts_of(organisation, today)
    found = told(facts, names_in(facts), all_lines="semua" in request.GET, unfound=_unfound(today))
    text, about = request.GET.get("janji", "")[:300], request.GET.get("tentang", "")[:16]
    mine = _decidable(found.decisions, actor) if may else set()
    waiting = [(line, (line.kind, line.item) in mine) for line in found.decisions]
    context = {
        "organisation": organisation, "found": found, "text": text_of(found, organisation.short_name), "may": may, "is_now": True,
        "form": form or PromiseForm(actor=actor, initial={"text": text, "about": about}), "open_form": bool(form or text),
        "pages": _pages(organisation), "choices": _choices(request), "decisions": waiting,
    }  # fmt: skip
    return render(request, "impact/monday.html", context, status=status)


def _unfound(today: date) -> list[tuple[str, int]]:
    return [(line.label, line.count) for line in unanswered_lately(today)]


def _decidable(lines: list[Line], actor: Actor) -> set[tuple[str, str]]:
    """Kind and item of what this reader may decide here; asked once for each kind."""
    found = set()
    for kind in decisions.KINDS:
        items = [line.item for line in lines if line.kind == kind]
        rows = decisions.waiting(kind, items, actor) if items else {}
        found |= {(kind, item) for item in decisions.decidable(kind, rows, actor)} if rows else set()
    return found


@require_POST
def decide(request: HttpRequest, code: str, kind: str, item: str) -> HttpResponse:
    """Approve, or return with a reason, without leaving the page."""
    organisation, actor = organisation_of(request, code), actor_of(request)
    rows = decisions.waiting(kind, [item], actor)
    if item not in decisions.decidable(kind, rows, actor) or request.POST.get("to") not in {"approve", "return"}:
        raise Http404
    row = rows[item]
    decider = str(request.user)
    if request.POST["to"] == "approve":
        press(request, lambda: decisions.approve(kind, row, decider=decider, actor=actor), _("Approved."))
    else:
        reason = request.POST.get("reason", "")[:300]
        press(
            request, lambda: decisions.give_back(kind, row, reason=reason, decider=decider, actor=actor), _("Returned.")
        )  # fmt: skip
    return redirect("impact:monday", code=organisation.code)


@require_safe
def paper(request: HttpRequest, code: str, day: str = "", number: int = 0) -> HttpResponse:
    """The page on A4: what stands on the screen, in the same words."""
    organisation = organisation_of(request, code)
    unfound: list[tuple[str, int]] = []
    if day:
        facts, corrected, kept = _kept_facts(organisation, day, number)
    else:
        today = clock.today(organisation.time_zone)
        facts, corrected, kept, unfound = facts_of(organisation, today), None, None, _unfound(today)
    found = told(facts, names_in(facts), corrected, all_lines=True, unfound=unfound)
    pdf = monday_paper(organisation, found, kept)
    return attached(pdf, "application/pdf", f"senin-{organisation.code}-{found.day:%Y-%m-%d}.pdf")


def _kept_facts(organisation: Organisation, day: str, number: int) -> tuple[Any, Any, MondayPage]:
    try:
        wanted = date.fromisoformat(day)
    except ValueError as error:
        raise Http404 from error
    kept = get_object_or_404(MondayPage, organisation=organisation, day=wanted, number=number)
    facts = kept.read()
    return facts, corrected_since(facts, organisation), kept


def _pages(organisation: Organisation) -> list[MondayPage]:
    return list(MondayPage.objects.filter(organisation=organisation).defer("facts")[:WEEKS])


def _choices(request: HttpRequest) -> list[Organisation]:
    """Other agencies whose page this reader may open: those right below the ones they lead."""
    rows = Organisation.objects.on().held_by(actor_of(request), *rules.READS).select_related("subject")
    return in_tree(rows)[:60]


def earlier(request: HttpRequest, code: str, day: str, number: int) -> HttpResponse:
    """A page as it was known then, with what has been corrected since."""
    organisation = organisation_of(request, code)
    facts, corrected, kept = _kept_facts(organisation, day, number)
    found = told(facts, names_in(facts), corrected, all_lines="semua" in request.GET)
    context = {
        "decisions": [(line, False) for line in found.decisions],
        "organisation": organisation, "found": found, "kept": kept, "is_now": False, "may": False, "pages": _pages(organisation),
        "text": text_of(found, organisation.short_name),
    }  # fmt: skip
    return render(request, "impact/monday.html", context)


@require_POST
def monday_keep(request: HttpRequest, code: str) -> HttpResponse:
    organisation = organisation_of(request, code)
    if not rules.may_promise(actor_of(request), organisation):
        raise Http404
    said = _("Kept: this page can be opened again as it is now.")
    press(request, lambda: close_monday(organisation=organisation, actor=actor_of(request)), said)
    return redirect("impact:monday", code=code)


@require_POST
def promise_new(request: HttpRequest, code: str) -> HttpResponse:
    organisation, actor = organisation_of(request, code), actor_of(request)
    form = PromiseForm(request.POST, actor=actor)
    if attempt(form, lambda: make_promise(organisation=organisation, actor=actor, **form.facts(organisation))):
        messages.success(request, _("Written down. It stands on the page until it is kept or dropped."))
        return redirect("impact:monday", code=code)
    return _page(request, organisation, status=422, form=form)

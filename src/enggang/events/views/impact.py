"""The economic impact: as it stands, what it rests on, its closed versions, the printed page; and the indicators."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enggang.accounts.queries.names import names_of_keys
from enggang.core.actor import actor_of
from enggang.core.exports import LIST_METHODS, answer_page, posted
from enggang.core.models.closed import Facts
from enggang.core.views.answers import attempt, press
from enggang.events import exports_impact as sheets
from enggang.events.domain import impact as acts
from enggang.events.enums_impact import COUNTED_BY_MINISTRY, InputKind
from enggang.events.forms.impact import BasisForm, CloseImpactForm, InputForm
from enggang.events.models import Edition, ImpactInput, ImpactResult
from enggang.events.queries.impact_facts import (
    basis_of,
    changed_fields,
    impact_facts,
    impact_results,
)
from enggang.events.queries.impact_words import ToldImpact, change_in_words, told_impact
from enggang.events.queries.indicators import indicators_of
from enggang.events.queries.stalls import call_of
from enggang.events.queries.survey import survey_of
from enggang.events.queries.turnover import board_of
from enggang.events.views.finding import find_inside, find_managed_edition, shell_of


@require_http_methods(LIST_METHODS)
def impact(request: HttpRequest, code: str) -> HttpResponse:
    """The result as it stands; posted to, it is closed as the next version."""
    edition = find_inside(request, code)
    shell = shell_of(request, edition, "impact")
    form = CloseImpactForm(posted(request) if shell["may_manage"] else None)
    made: list[ImpactResult] = []
    if form.is_bound and attempt(
        form, lambda: made.append(acts.close_impact(edition=edition, actor=actor_of(request), **form.cleaned_data))
    ):
        messages.success(request, _("Closed as version %(number)s.") % {"number": made[0].number})
        return redirect("events:impact_version", code=code, number=made[0].number)
    facts, results = impact_facts(edition), impact_results(edition)
    since = _since(results[0], facts) if results else []
    return _page(request, edition, facts, form=form, results=results, since=since)


@require_http_methods(LIST_METHODS)
def impact_version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A closed result, as it was, beside what it changed of the version before."""
    edition = find_inside(request, code)
    results = impact_results(edition)
    frozen = next((row for row in results if row.number == number), None)
    if frozen is None:
        raise Http404
    facts = frozen.read()
    before = next((row for row in results if row.number == number - 1), None)
    since = _since(before, facts) if before else []
    whole = frozen.is_whole
    return _page(request, edition, facts, frozen=frozen, whole=whole, results=results, since=since)


def _since(before: ImpactResult, facts: Facts) -> list[dict[str, str]]:
    return [change_in_words(row) for row in changed_fields(before.read(), facts)]


def _page(request: HttpRequest, edition: Edition, facts: Facts, **more: Any) -> HttpResponse:
    told = told_impact(facts)
    inputs = list(ImpactInput.objects.filter(edition=edition))
    survey, basis = survey_of(edition), basis_of(edition)
    _name_writers([*inputs, basis])
    context = {
        **shell_of(request, edition, "impact"), "part": "impact", "told": told, "inputs": inputs, "survey": survey,
        "basis": basis, "kinds": InputKind.choices, **_beside(edition), **more,
    }  # fmt: skip
    form = more.get("form")
    with timezone.override(edition.time_zone):
        exports = [
            sheets.RESULT.of(result_rows(told), about=edition.subject),
            sheets.INPUTS.of(inputs, about=edition.subject),
        ]
        status = 422 if form is not None and form.errors else 200
        return answer_page(request, "events/impact.html", context, *exports, status=status)


def _name_writers(rows: Sequence[Any]) -> None:
    """Who wrote each down, by name where there is one."""
    names = names_of_keys(row.noted_by_key for row in rows)
    for row in rows:
        row.who = names.get(row.noted_by_key, _("The system"))


def _beside(edition: Edition) -> dict[str, Any]:
    """Turnover of stalls: shown, never added."""
    call = call_of(edition)
    board = board_of(call, None) if call else None
    return {"turnover": board.total if board and board.all else None}


def result_rows(told: ToldImpact) -> list[dict[str, Any]]:
    """Every figure as numbers, for a file."""
    facts = told.facts
    alike = (facts.get("unweighted") or {}).get("direct")
    numbers = {**facts, "unweighted": alike}
    rows = [_row(line.name, numbers[line.code], facts["n"], line.why, line.method) for line in told.lines]
    rows += [_row(each.name, each.facts["spend"], each.facts["n"], each.spend, "") for each in told.groups]
    return [*rows, *(_row(line.name, None, None, line.text, line.method) for line in told.assumptions)]


def _row(name: str, found: Any, n: int | None, why: str, method: str) -> dict[str, Any]:
    ends = found if isinstance(found, dict) else {"value": found, "low": None, "high": None}
    numbers = {end: ends[end] for end in ("value", "low", "high")}
    return {"name": name, **numbers, "n": n, "why": why, "method": method}


@require_safe
def impact_print(request: HttpRequest, code: str) -> HttpResponse:
    """On paper: the last closed version, else as it stands and says so."""
    edition = find_inside(request, code)
    results = impact_results(edition)
    frozen = results[0] if results else None
    told = told_impact(frozen.read() if frozen else impact_facts(edition))
    context = {
        "edition": edition, "told": told, "frozen": frozen, "indicators": indicators_of(edition), **_beside(edition),
    }  # fmt: skip
    with timezone.override(edition.time_zone):
        return render(request, "events/impact_print.html", context)


# -- what it rests on ---------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def impact_basis(request: HttpRequest, code: str) -> HttpResponse:
    edition = find_managed_edition(request, code)
    form = BasisForm(request.POST or None, instance=basis_of(edition))

    def save() -> None:
        version = form.cleaned_data["version"] or 0
        acts.keep_basis(edition=edition, version=version, actor=actor_of(request), **form.facts)

    if form.is_bound and attempt(form, save):
        messages.success(request, _("Saved."))
        return redirect("events:impact", code=code)
    heading = _("Assumptions of the economic impact")
    context = {"form": form, "edition": edition, "heading": heading, "back": "events:impact"}
    return render(request, "events/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def impact_input_new(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    edition = find_managed_edition(request, code)
    if kind not in InputKind.values:
        raise Http404
    return _input_form(request, ImpactInput(edition=edition, kind=kind))


@require_http_methods(["GET", "HEAD", "POST"])
def impact_input(request: HttpRequest, code: str, row_id: int) -> HttpResponse:
    return _input_form(request, _find_input(find_managed_edition(request, code), row_id))


def _find_input(edition: Edition, row_id: int) -> ImpactInput:
    found = get_object_or_404(ImpactInput, edition=edition, pk=row_id)
    found.edition = edition
    return found


def _home_of(row: ImpactInput) -> str:
    """The page on which a figure stands."""
    return "events:indicators" if row.kind in COUNTED_BY_MINISTRY else "events:impact"


def _input_form(request: HttpRequest, row: ImpactInput) -> HttpResponse:
    edition = row.edition
    form = InputForm(request.POST or None, instance=row)

    def save() -> None:
        fresh = _find_input(edition, row.pk) if row.pk else ImpactInput(edition=edition, kind=row.kind)
        acts.keep_input(row=fresh, version=form.cleaned_data["version"] or 0, actor=actor_of(request), **form.facts)

    if form.is_bound and attempt(form, save):
        messages.success(request, _("Saved."))
        return redirect(_home_of(row), code=edition.code)
    heading = InputKind(row.kind).label
    context = {"form": form, "edition": edition, "heading": heading, "back": _home_of(row)}
    return render(request, "events/form.html", context, status=422 if form.errors else 200)


@require_POST
def impact_input_step(request: HttpRequest, code: str, row_id: int) -> HttpResponse:
    """Out of the reckoning, or (``kembali``) into it again."""
    row = _find_input(find_managed_edition(request, code), row_id)
    void = "kembali" not in request.POST
    said = _("Taken out. It stays on record and can be put back.") if void else _("It counts again.")
    press(request, lambda: acts.void_input(row=row, void=void, actor=actor_of(request)), said)
    return redirect(_home_of(row), code=code)


@require_http_methods(LIST_METHODS)
def indicators(request: HttpRequest, code: str) -> HttpResponse:
    edition = find_inside(request, code)
    rows = indicators_of(edition)
    kinds = [(kind.value, kind.label) for kind in COUNTED_BY_MINISTRY]
    entered = list(ImpactInput.objects.filter(edition=edition, kind__in=COUNTED_BY_MINISTRY))
    _name_writers(entered)
    context = {
        **shell_of(request, edition, "impact"), "part": "indicators", "rows": rows, "kinds": kinds, "entered": entered,
    }  # fmt: skip
    return answer_page(request, "events/indicators.html", context, sheets.INDICATORS.of(rows, about=edition.subject))

"""Indicators in the office: how they stand, a definition with its targets and values, and what can be done with them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from enggang.core import clock, registries
from enggang.core.actor import actor_of
from enggang.core.exports import Export, answer_page
from enggang.core.tables import LIST_METHODS, answer_list
from enggang.core.views.answers import attempt, press
from enggang.indicators import rules
from enggang.indicators.domain import indicators as acts
from enggang.indicators.enums import COURSE_TONES, INDICATOR_MOVES, Course, IndicatorState, Polarity
from enggang.indicators.exports import METADATA, SERIES, TARGETS, TREE
from enggang.indicators.filters import IndicatorFilter
from enggang.indicators.forms.indicators import BreakForm, IndicatorForm, TargetForm
from enggang.indicators.models import Indicator, SeriesBreak, Target
from enggang.indicators.queries import page as pages
from enggang.indicators.queries.metadata import metadata_of
from enggang.indicators.queries.standing import method_of, standings_of, weeks_of
from enggang.indicators.queries.tree import tree_of
from enggang.indicators.tables import IndicatorTable

SAID = {
    IndicatorState.ACTIVE: gettext_lazy("In use: values are awaited from now on."),
    IndicatorState.RETIRED: gettext_lazy("No longer counted. What was measured stays."),
}


@require_http_methods(LIST_METHODS)
def indicator_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not actor.holds_somewhere(*rules.READS):
        raise Http404
    chosen = IndicatorFilter(request.GET, queryset=Indicator.objects.visible_to(actor).with_names())
    rows = list(chosen.qs)
    context = {
        "table": IndicatorTable(standings_of(rows, clock.today())), "filter": chosen, "year": clock.today().year,
        "may_add": actor.holds_somewhere(*rules.DEFINES),
    }  # fmt: skip
    return answer_list(request, "indicators/indicators.html", context, name=_("Indicators"))


@require_http_methods(LIST_METHODS)
def tree(request: HttpRequest) -> HttpResponse:
    """What serves what, as far as this reader sees it."""
    actor = actor_of(request)
    if not actor.holds_somewhere(*rules.READS):
        raise Http404
    standings = standings_of(list(Indicator.objects.visible_to(actor).in_use().with_names()), clock.today())
    every = [each.course for each in standings]
    counts = [(course.label, COURSE_TONES[course], every.count(course)) for course in Course if course in every]
    branches = tree_of(standings)
    context = {"branches": branches, "counts": counts}
    return answer_page(request, "indicators/tree.html", context, TREE.of(branches))


def find_indicator(request: HttpRequest, code: str, *, defined: bool = False, measured: bool = False) -> Indicator:
    actor = actor_of(request)
    rows = Indicator.objects.visible_to(actor)
    rows = Indicator.objects.defined_by(actor) if defined else rows
    rows = Indicator.objects.measured_by(actor) if measured else rows
    return get_object_or_404(rows.with_names(), subject__code=code)


@require_http_methods(LIST_METHODS)
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    row = find_indicator(request, code)
    return page(request, row)


def page(request: HttpRequest, row: Indicator, *, status: int = 200, **forms: Any) -> HttpResponse:
    """The page, with the forms as they came back."""
    actor, today = actor_of(request), clock.today()
    (standing,) = standings_of([row], today)
    points, breaks = pages.series_of(row, today), list(row.breaks.all())
    above, below = pages.above_and_below(row)
    steps = pages.scale_of(row, today)
    may_define = rules.may_define(actor, row.organisation)
    source = registries.indicator_sources.get(row.automatic) if row.automatic else None
    context = {
        "row": row, "standing": standing, "tone": COURSE_TONES[standing.course], "method": method_of(standing), "source": source,
        "points": points, "chart": pages.drawing_of(row, points, breaks, standing.target), "breaks": breaks, "above": above,
        "below": below, "entries": pages.entries_of(row, actor), "returned": pages.returned_of(row), "targets": list(row.targets.filter(replaced_at=None)),
        "weeks": weeks_of(row, list(row.targets.filter(replaced_at=None)), today), "today": today,
        "step": pages.word_for(standing.achieved, steps), "gaps": acts.gaps_of(row) if may_define else [],
        "may_define": may_define, "may_measure": row.is_in_use and rules.may_measure(actor, row.organisation),
        "reads_papers": actor.holds(*rules.READS, at=row.organisation.path), "moves": [each for each in INDICATOR_MOVES[IndicatorState(row.state)] if may_define],
        "target_form": TargetForm(has_range=row.polarity == Polarity.RANGE, initial={"year": today.year}),
        "break_form": BreakForm(), **forms,
    }  # fmt: skip
    return answer_page(request, "indicators/indicator.html", context, *exports_of(row), status=status)


def exports_of(row: Indicator) -> list[Export]:
    """The series with its metadata, as the data are to travel: never one without the other."""
    every = row.measurements.select_related("region")
    return [
        SERIES.of(every.all(), about=row.subject, shown=None), TARGETS.of(row.targets.all(), about=row.subject),
        METADATA.of(lambda: metadata_of(row), about=row.subject),
    ]  # fmt: skip


def indicator_new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not actor.holds_somewhere(*rules.DEFINES):
        raise Http404
    form = IndicatorForm(request.POST or None, actor=actor)
    made: list[Indicator] = []
    if form.is_bound and attempt(form, lambda: made.append(acts.open_indicator(actor=actor, **form.facts))):
        messages.success(request, _("Defined as a draft. Set its target, then put it into use."))
        return redirect("indicators:indicator", code=made[0].code)
    return _form(request, form, _("Define an indicator"))


def indicator_edit(request: HttpRequest, code: str) -> HttpResponse:
    row, actor = find_indicator(request, code, defined=True), actor_of(request)
    form = IndicatorForm(request.POST or None, instance=row, actor=actor)

    def save() -> None:
        facts = {name: value for name, value in form.facts.items() if name != "organisation"}
        fresh = find_indicator(request, code, defined=True)
        acts.change_indicator(indicator=fresh, version=form.cleaned_data["version"] or 0, actor=actor, **facts)

    if form.is_bound and attempt(form, save):
        messages.success(request, _("Saved."))
        return redirect("indicators:indicator", code=code)
    return _form(request, form, _("Change the definition"), row=row)


def _form(request: HttpRequest, form: Any, heading: str, **more: Any) -> HttpResponse:
    context = {"form": form, "heading": heading, "columns": "two", **more}
    return render(request, "indicators/form.html", context, status=422 if form.errors else 200)


@require_POST
def indicator_move(request: HttpRequest, code: str) -> HttpResponse:
    row, to = find_indicator(request, code, defined=True), request.POST.get("to", "")
    if to not in SAID:
        raise Http404
    press(
        request, lambda: acts.move_indicator(indicator=row, to=to, actor=actor_of(request)), str(SAID[IndicatorState(to)])
    )  # fmt: skip
    return redirect("indicators:indicator", code=code)


@require_POST
def target_set(request: HttpRequest, code: str) -> HttpResponse:
    row, actor = find_indicator(request, code, defined=True), actor_of(request)
    form = TargetForm(request.POST, has_range=row.polarity == Polarity.RANGE)
    if attempt(form, lambda: acts.set_target(indicator=row, actor=actor, **form.cleaned_data)):
        messages.success(request, _("The target is set. One that stood before stays on record."))
        return redirect("indicators:indicator", code=code)
    return page(request, row, target_form=form, status=422)


@require_POST
def target_back(request: HttpRequest, code: str, number: int) -> HttpResponse:
    row = find_indicator(request, code, defined=True)
    target = get_object_or_404(Target, pk=number, indicator=row)
    target.indicator = row
    said = _("Taken back. Set it again to undo this.")
    press(request, lambda: acts.take_target_back(target=target, actor=actor_of(request)), said)
    return redirect("indicators:indicator", code=code)


@require_POST
def break_mark(request: HttpRequest, code: str) -> HttpResponse:
    row, actor = find_indicator(request, code, defined=True), actor_of(request)
    form = BreakForm(request.POST)
    if attempt(form, lambda: acts.mark_break(indicator=row, actor=actor, **form.cleaned_data)):
        messages.success(request, _("The break is marked."))
        return redirect("indicators:indicator", code=code)
    return page(request, row, break_form=form, status=422)


@require_POST
def break_unmark(request: HttpRequest, code: str, number: int) -> HttpResponse:
    row = find_indicator(request, code, defined=True)
    mark = get_object_or_404(SeriesBreak, pk=number, indicator=row)
    mark.indicator = row
    press(request, lambda: acts.unmark_break(mark=mark, actor=actor_of(request)), _("The mark is gone."))
    return redirect("indicators:indicator", code=code)

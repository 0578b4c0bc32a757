"""Assignments of a wave and their rubrics, for those who teach; graders and watchers read."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.exports import answer_page, posted
from enggang.core.rows import is_to_be_saved, posted_rows
from enggang.reviews.enums import Mode
from enggang.reviews.models import Rubric
from enggang.training import exports_wave as sheets
from enggang.training import rules
from enggang.training.domain import coursework as acts
from enggang.training.forms.coursework import (
    AssignmentForm,
    CriterionFormSet,
    RubricForm,
    criteria_of,
    criterion_specs,
)
from enggang.training.models import Assignment, Wave
from enggang.training.queries.coursework import hand_ins_with_names
from enggang.training.views.finding import find_wave

STEPS = {"rilis": "release", "tarik": "withhold", "hapus": "remove", "kembali": "restore"}


def find_read_wave(request: HttpRequest, code: str) -> Wave:
    """A wave whose assignments the actor may read: graders, and those who see its participants."""
    wave, actor = find_wave(request, code), actor_of(request)
    if not (rules.may_grade(actor, wave) or rules.sees_participants(actor, wave)):
        raise Http404
    return wave


def find_taught_wave(request: HttpRequest, code: str) -> Wave:
    wave = find_wave(request, code)
    if not rules.may_teach(actor_of(request), wave):
        raise Http404
    return wave


def _shell(request: HttpRequest, wave: Wave) -> dict[str, Any]:
    actor = actor_of(request)
    return {
        "wave": wave,
        "sees_participants": rules.sees_participants(actor, wave),
        "may_teach": rules.may_teach(actor, wave),
    }


def assignment_list(request: HttpRequest, code: str) -> HttpResponse:
    """The list, and for those who teach the form for the next one."""
    data = posted(request)
    wave = find_read_wave(request, code) if data is None else find_taught_wave(request, code)
    form = AssignmentForm(data, wave=wave)
    if form.is_bound and (saved := _save(request, wave, form)):
        return redirect("training:coursework_item", code=code, assignment_id=saved.pk)
    rubrics = Rubric.objects.current().filter(organisation=wave.organisation)
    rows = list(wave.assignments.shown())
    context = {
        **_shell(request, wave), "form": form, "rubrics": rubrics, "assignments": rows,
        "removed": wave.assignments.filter(removed_at__isnull=False),
    }  # fmt: skip
    export = sheets.COURSEWORK.of(rows, about=wave.subject)
    return answer_page(request, "training/coursework.html", context, export, status=422 if form.is_bound else 200)


def _save(request: HttpRequest, wave: Wave, form: AssignmentForm) -> Assignment | None:
    if not form.is_valid():
        return None
    given = get_object_or_404(Assignment, pk=form.instance.pk) if form.instance.pk else None
    try:
        saved = acts.keep_assignment(wave=wave, assignment=given, actor=actor_of(request), **form.facts())
    except Refused as refused:
        form.add_error(None, refused.message)
        return None
    messages.success(request, _("Saved."))
    return saved


def assignment_detail(request: HttpRequest, code: str, assignment_id: int) -> HttpResponse:
    """What was handed in, and the form that changes the assignment."""
    data = posted(request)
    wave = find_read_wave(request, code) if data is None else find_taught_wave(request, code)
    row = get_object_or_404(
        wave.assignments.shown().select_related("wave__organisation", "wave__subject"), pk=assignment_id
    )
    form = AssignmentForm(data, instance=row, wave=wave)
    if form.is_bound and _save(request, wave, form):
        return redirect("training:coursework_item", code=code, assignment_id=row.pk)
    shown = wave.assignments.get(pk=assignment_id)
    rows = list(hand_ins_with_names().filter(assignment=shown).order_by("pk"))
    context = {
        **_shell(request, wave), "assignment": shown, "form": form, "hand_ins": rows,
        "allocated": row.allocations.select_related("user"), "is_panel": shown.mode == Mode.PANEL,
        "sittings": row.sittings.annotate(count=Count("works")), "may_grade": rules.may_grade(actor_of(request), wave),
    }  # fmt: skip
    export, status = sheets.HAND_INS.of(rows, about=wave.subject), 422 if form.is_bound else 200
    return answer_page(request, "training/coursework_item.html", context, export, status=status)


@require_POST
def assignment_step(request: HttpRequest, code: str, assignment_id: int, step: str) -> HttpResponse:
    wave = find_taught_wave(request, code)
    row = get_object_or_404(wave.assignments.select_related("wave__organisation", "wave__subject"), pk=assignment_id)
    if step not in STEPS:
        raise Http404
    try:
        acts.step_assignment(assignment=row, step=STEPS[step], actor=actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("Done."))
    if step in {"hapus", "kembali"}:
        return redirect("training:coursework", code=code)
    return redirect("training:coursework_item", code=code, assignment_id=assignment_id)


def rubric_new(request: HttpRequest, code: str) -> HttpResponse:
    return _rubric(request, find_taught_wave(request, code), None)


def rubric_edit(request: HttpRequest, code: str, rubric_code: str) -> HttpResponse:
    wave = find_taught_wave(request, code)
    rows = Rubric.objects.current().filter(organisation=wave.organisation)
    return _rubric(request, wave, get_object_or_404(rows, code=rubric_code))


def _rubric(request: HttpRequest, wave: Wave, rubric: Rubric | None) -> HttpResponse:
    posted = posted_rows(request, "criteria")
    initial = {"title": rubric.title, "spread_alert": rubric.spread_alert} if rubric else None
    form = RubricForm(posted, initial=initial)
    formset = CriterionFormSet(posted, prefix="criteria", initial=criteria_of(rubric) if rubric else None)
    if is_to_be_saved(request) and form.is_valid() and formset.is_valid():
        specs = criterion_specs(formset)
        try:
            acts.write_rubric(wave=wave, rubric=rubric, criteria=specs, actor=actor_of(request), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("Saved."))
            return redirect("training:coursework", code=wave.code)
    context = {"wave": wave, "rubric": rubric, "form": form, "formset": formset}
    return render(request, "training/rubric.html", context, status=422 if is_to_be_saved(request) else 200)

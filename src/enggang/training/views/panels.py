"""Who grades an assignment, and the minutes of a panel's sittings over several of its works."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from enggang.core import clock
from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.exports import answer_page, posted
from enggang.files.views.field import upload_field
from enggang.files.views.sending import send_file
from enggang.reviews.enums import Mode
from enggang.training import exports_wave as sheets
from enggang.training import rules
from enggang.training.domain import panels as acts
from enggang.training.domain.allocating import allocate_graders, release_grader
from enggang.training.forms.grading import AllocateForm, SittingForm
from enggang.training.models import Allocation, Assignment, Sitting
from enggang.training.queries.coursework import hand_ins_with_names
from enggang.training.views.coursework import find_read_wave
from enggang.training.views.finding import find_managed_wave, find_wave

STEPS = {"lepas": acts.unsign_sitting, "hapus": acts.drop_sitting}


def _find_assignment(request: HttpRequest, code: str, assignment_id: int) -> Assignment:
    """One whose works the actor may grade."""
    wave = find_wave(request, code)
    if not rules.may_grade(actor_of(request), wave):
        raise Http404
    rows = wave.assignments.shown().select_related("wave__organisation", "wave__subject", "wave__programme")
    return get_object_or_404(rows, pk=assignment_id)


def graders(request: HttpRequest, code: str, assignment_id: int) -> HttpResponse:
    """Who was asked to grade, and the form that asks more."""
    data = posted(request)
    wave = find_read_wave(request, code) if data is None else find_managed_wave(request, code)
    row = get_object_or_404(
        wave.assignments.shown().select_related("wave__organisation", "wave__subject"), pk=assignment_id
    )
    form = AllocateForm(data, assignment=row)
    if form.is_bound and form.is_valid():
        try:
            allocate_graders(assignment=row, users=form.cleaned_data["graders"], actor=actor_of(request))
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("The graders were told."))
            return redirect("training:graders", code=code, assignment_id=row.pk)
    allocated = list(row.allocations.select_related("user"))
    context = {
        "wave": wave, "assignment": row, "form": form, "allocated": allocated, "is_blind": row.mode == Mode.BLIND,
        "too_few": row.mode == Mode.BLIND and len(allocated) == 1,
        "may_manage": rules.may_manage(actor_of(request), wave.organisation),
    }  # fmt: skip
    export, status = sheets.GRADERS.of(allocated, about=wave.subject), 422 if form.is_bound else 200
    return answer_page(request, "training/graders.html", context, export, status=status)


@require_POST
def grader_drop(request: HttpRequest, code: str, assignment_id: int, row_id: int) -> HttpResponse:
    wave = find_managed_wave(request, code)
    rows = Allocation.objects.select_related("assignment__wave__organisation", "assignment__wave__subject")
    row = get_object_or_404(rows, assignment__wave=wave, assignment_id=assignment_id, pk=row_id)
    try:
        release_grader(allocation=row, actor=actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("Released. Scores already given stay."))
    return redirect("training:graders", code=code, assignment_id=assignment_id)


def sitting_new(request: HttpRequest, code: str, assignment_id: int) -> HttpResponse:
    row = _find_assignment(request, code, assignment_id)
    if row.mode != Mode.PANEL:
        raise Http404
    return _sitting(request, row, None)


def sitting(request: HttpRequest, code: str, assignment_id: int, sitting_id: int) -> HttpResponse:
    """GET shows the minutes to be changed; POST keeps them, with the signed scan when it has arrived."""
    row = _find_assignment(request, code, assignment_id)
    return _sitting(request, row, _find_sitting(row, sitting_id))


def _find_sitting(assignment: Assignment, sitting_id: int) -> Sitting:
    rows = assignment.sittings.select_related("scan__file__subject", "assignment__wave__organisation")
    return get_object_or_404(rows.select_related("assignment__wave__subject"), pk=sitting_id)


def _sitting(request: HttpRequest, row: Assignment, kept: Sitting | None) -> HttpResponse:
    initial = {"held_on": clock.today(row.wave.time_zone)}
    if kept:
        initial = {name: getattr(kept, name) for name in ("held_on", "place", "members", "text")}
        initial["works"] = list(kept.works.values_list("hand_in", flat=True))  # type: ignore[assignment]
    form = SittingForm(
        request.POST if request.method == "POST" else None, initial=initial, assignment=row, sitting_id=kept.pk if kept else None
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        scan = request.POST.get("upload", "") if kept else ""
        try:
            saved = acts.keep_sitting(
                assignment=row, sitting=kept, scan=scan, actor=actor_of(request), **form.facts()
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("The minutes are kept."))
            return redirect("training:sitting", code=row.wave.code, assignment_id=row.pk, sitting_id=saved.pk)
    context: dict[str, Any] = {
        "wave": row.wave, "assignment": row, "sitting": kept, "form": form,
        "may_teach": rules.may_teach(actor_of(request), row.wave),
    }  # fmt: skip
    if kept:
        ticket = acts.sitting_ticket(kept, actor_of(request))
        label = _("Scan of the signed minutes")
        context["upload"] = upload_field(ticket, label=label, posted=request.POST.getlist("upload"))
    return render(request, "training/sitting.html", context, status=422 if form.is_bound else 200)


@require_GET
def sitting_print(request: HttpRequest, code: str, assignment_id: int, sitting_id: int) -> HttpResponse:
    """One sheet for all works of the sitting, to print and sign."""
    row = _find_assignment(request, code, assignment_id)
    kept = _find_sitting(row, sitting_id)
    works = hand_ins_with_names().filter(sat_in__sitting=kept).order_by("sat_in__pk")
    works = works.prefetch_related("review__sheets__marks__criterion", "review__sheets__marks__level")
    context = {"wave": row.wave, "assignment": row, "sitting": kept, "works": works}
    return render(request, "training/sitting_print.html", context)


@require_GET
def sitting_scan(request: HttpRequest, code: str, assignment_id: int, sitting_id: int) -> HttpResponseBase:
    kept = _find_sitting(_find_assignment(request, code, assignment_id), sitting_id)
    if kept.scan is None or kept.scan.file is None:
        raise Http404
    return send_file(request, kept.scan.file)


@require_POST
def sitting_step(request: HttpRequest, code: str, assignment_id: int, sitting_id: int, step: str) -> HttpResponse:
    """Take the signed sheet out, or remove the minutes."""
    row = _find_assignment(request, code, assignment_id)
    if step not in STEPS or not rules.may_teach(actor_of(request), row.wave):
        raise Http404
    try:
        STEPS[step](sitting=_find_sitting(row, sitting_id), actor=actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("training:sitting", code=code, assignment_id=assignment_id, sitting_id=sitting_id)
    messages.success(request, _("Done."))
    if step == "hapus":
        return redirect("training:coursework_item", code=code, assignment_id=assignment_id)
    return redirect("training:sitting", code=code, assignment_id=assignment_id, sitting_id=sitting_id)

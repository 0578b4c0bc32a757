"""One work that was handed in: its versions, the graders' sheets, a panel's minutes, and its way to a good work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from enggang.core import clock, registries
from enggang.core.actor import Actor, actor_of
from enggang.core.acts import Refused
from enggang.files.views.field import upload_field
from enggang.files.views.sending import send_file
from enggang.reviews.enums import Mode
from enggang.reviews.models import Minutes
from enggang.reviews.queries.sheets import sheets_for
from enggang.training import rules
from enggang.training.domain import grading as acts
from enggang.training.domain import works
from enggang.training.forms.coursework import GiveBackForm, MinutesForm, SheetForm, WorkForm
from enggang.training.models import HandIn, Piece, SatWork, Work
from enggang.training.queries.concepts import accepted_parts, concept_parts, sees
from enggang.training.queries.coursework import hand_ins_with_names, members_of
from enggang.training.queries.graders import is_left_out


def find_hand_in(request: HttpRequest, code: str, *, to_grade: bool = False) -> HandIn:
    row = get_object_or_404(hand_ins_with_names(), subject__code=code)
    actor = actor_of(request)
    if not (rules.may_grade(actor, row.assignment.wave) if to_grade else sees(actor, row)):
        raise Http404
    return row


def hand_in_page(request: HttpRequest, code: str) -> HttpResponse:
    """GET shows; POST gives one's own sheet."""
    row = find_hand_in(request, code, to_grade=request.method == "POST")
    form = SheetForm(request.POST or None, review=row.review)
    if form.is_bound and form.is_valid():
        seen = {name: form.cleaned_data[name] for name in ("version", "feedback")}
        try:
            acts.grade(hand_in=row, levels=form.levels(), actor=actor_of(request), **seen)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("Your scores are kept."))
            return redirect("training:hand_in", code=code)
    return _page(request, row, form=form)


def _page(request: HttpRequest, row: HandIn, **more: Any) -> HttpResponse:
    actor, wave = actor_of(request), row.assignment.wave
    versions = list(row.versions.all())
    work = Work.objects.filter(version__hand_in=row, withdrawn_at=None).select_related("licence", "subject").first()
    may_grade = rules.may_grade(actor, wave)
    left_out = may_grade and is_left_out(row.assignment, actor)
    context = {
        "hand_in": row, "assignment": row.assignment, "wave": wave, "review": row.review,
        "latest": versions[0] if versions else None, "concept": concept_parts(versions[0]) if versions else [],
        "members": members_of(row.klass) if row.klass else [],
        "earlier": versions[1:], "sheets": sheets_for(row.review, actor), "may_grade": may_grade,
        "left_out": left_out, "sat": SatWork.objects.filter(hand_in=row).select_related("sitting").first(),
        "may_teach": rules.may_teach(actor, wave), "work": work, "work_authors": work and work.authors.select_related("person"),
        "back_form": GiveBackForm(),
        "work_form": WorkForm(initial={"title": row.assignment.title}),
        "is_panel": row.review.mode == Mode.PANEL, "growths": growths_of(row, actor),
        **(_minutes_of(request, row) if row.review.mode == Mode.PANEL and may_grade else {}),
    }  # fmt: skip
    form = more.setdefault("form", SheetForm(review=row.review))
    form.show(versions[0].number)
    wrong = any(getattr(form, "is_bound", False) for form in more.values())
    return render(request, "training/hand_in.html", {**context, **more}, status=422 if wrong else 200)


def _minutes_of(request: HttpRequest, row: HandIn) -> dict[str, Any]:
    kept = Minutes.objects.filter(review=row.review).select_related("scan").first()
    initial = {"held_on": clock.today(row.assignment.wave.time_zone)}
    if kept:
        initial = {name: getattr(kept, name) for name in ("held_on", "place", "members", "text")}
    ticket = acts.scan_ticket(row, actor_of(request))
    return {
        "minutes": kept,
        "minutes_form": MinutesForm(initial=initial),
        "upload": upload_field(ticket, label=_("Scan of the signed minutes"), posted=request.POST.getlist("upload")),
    }


def growths_of(row: HandIn, actor: Actor) -> list[tuple[Any, str, list[tuple[str, str]]]]:
    """For an accepted event concept: what may grow from it, where that begins, and what has grown already."""
    if not accepted_parts(row):
        return []
    return [
        (each.label, each.start(row.code) if each.show(actor) else "", each.grown(row.subject_id, actor))
        for each in registries.growths
    ]


@require_GET
def hand_in_piece(request: HttpRequest, code: str, piece_id: int) -> HttpResponseBase:
    row = find_hand_in(request, code)
    piece = get_object_or_404(Piece.objects.select_related("upload__file"), version__hand_in=row, pk=piece_id)
    if piece.upload.file is None:
        raise Http404
    return send_file(request, piece.upload.file)


def minutes(request: HttpRequest, code: str) -> HttpResponse:
    """GET: the minutes as a sheet to print and sign; POST: keep them, with the scan when it has arrived."""
    row = find_hand_in(request, code, to_grade=True)
    if request.method == "POST":
        return _keep_minutes(request, row)
    kept = get_object_or_404(Minutes, review=row.review)
    context = {
        "hand_in": row,
        "wave": row.assignment.wave,
        "minutes": kept,
        "sheets": sheets_for(row.review, actor_of(request)),
    }
    return render(request, "training/minutes.html", context)


def _keep_minutes(request: HttpRequest, row: HandIn) -> HttpResponse:
    form = MinutesForm(request.POST)
    if form.is_valid():
        scan = request.POST.get("upload", "")
        try:
            acts.keep_panel_minutes(hand_in=row, scan=scan, actor=actor_of(request), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("The minutes are kept."))
            return redirect("training:hand_in", code=row.code)
    return _page(request, row, minutes_form=form)


@require_GET
def minutes_scan(request: HttpRequest, code: str) -> HttpResponseBase:
    row = find_hand_in(request, code)
    kept = get_object_or_404(Minutes.objects.select_related("scan__file"), review=row.review)
    if kept.scan is None or kept.scan.file is None:
        raise Http404
    return send_file(request, kept.scan.file)


@require_POST
def grade_again(request: HttpRequest, code: str) -> HttpResponse:
    row = find_hand_in(request, code, to_grade=True)
    return _done(request, row, lambda: acts.grade_again(hand_in=row, actor=actor_of(request)))


@require_POST
def work_register(request: HttpRequest, code: str) -> HttpResponse:
    row = find_hand_in(request, code, to_grade=True)
    form = WorkForm(request.POST)
    if not form.is_valid():
        return _page(request, row, work_form=form)
    return _done(request, row, lambda: works.register_work(hand_in=row, actor=actor_of(request), **form.cleaned_data))


def _to_teach(request: HttpRequest, code: str) -> HandIn:
    row = find_hand_in(request, code, to_grade=True)
    if not rules.may_teach(actor_of(request), row.assignment.wave):
        raise Http404
    return row


@require_POST
def give_back(request: HttpRequest, code: str) -> HttpResponse:
    row = _to_teach(request, code)
    form = GiveBackForm(request.POST)
    if not form.is_valid():
        return _page(request, row, back_form=form)
    return _done(request, row, lambda: acts.give_back(hand_in=row, actor=actor_of(request), **form.cleaned_data))


@require_POST
def keep_given(request: HttpRequest, code: str) -> HttpResponse:
    row = _to_teach(request, code)
    return _done(request, row, lambda: acts.keep_given(hand_in=row, actor=actor_of(request)))


@require_POST
def work_withdraw(request: HttpRequest, code: str) -> HttpResponse:
    row = find_hand_in(request, code, to_grade=True)
    work = get_object_or_404(
        Work.objects.select_related("subject", "organisation"), version__hand_in=row, withdrawn_at=None
    )
    return _done(request, row, lambda: works.withdraw_work(work=work, actor=actor_of(request)))


def _done(request: HttpRequest, row: HandIn, do: Callable[[], object]) -> HttpResponse:
    try:
        do()
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("Done."))
    return redirect("training:hand_in", code=row.code)

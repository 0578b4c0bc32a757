"""Lists on paper: printed per day and per meal, signed by hand, and kept as a scan for the treasurer."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from enggang.attendance.domain.sheets import LARGEST_SHEET, keep_sheet, plan_meals, remove_sheet
from enggang.attendance.enums import MEALS, SheetKind
from enggang.attendance.models import MealDay, SheetScan
from enggang.attendance.rules import may_mark_attendance
from enggang.core import clock
from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.files.domain.storing import read_bytes
from enggang.training import exports_wave as sheets
from enggang.training import rules
from enggang.training.forms.lists import LONGEST, MealsForm, SheetForm
from enggang.training.models import Wave, WaveClass
from enggang.training.queries.paper_lists import paper_days, signers, signings
from enggang.training.views.finding import find_managed_wave, find_watched_wave


@require_http_methods(LIST_METHODS)
def paper_lists(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, find_watched_wave(request, code))


def _page(request: HttpRequest, wave: Wave, meals_form: MealsForm | None = None) -> HttpResponse:
    actor, days = actor_of(request), paper_days(wave)
    due = [each for day in days for each in day.lists if each.is_due]
    context = {
        "wave": wave,
        "days": days,
        "due": len(due),
        "back": sum(each.is_complete for each in due),
        "may_keep": may_mark_attendance(actor, wave.organisation),
        "sheet_form": SheetForm(wave=wave, auto_id=False),
        "classes": wave.classes.all(),
        "today": clock.today(wave.time_zone),
    }
    if rules.may_manage(actor, wave.organisation):
        context["meals_form"] = meals_form or MealsForm(days=_days(wave))
    export = sheets.PAPER_LISTS.of([each for day in days for each in day.lists], about=wave.subject)
    return answer_page(request, "training/lists.html", context, export, status=200 if meals_form is None else 422)


def _days(wave: Wave) -> list[date]:
    """The days of a wave, or of its first month."""
    length = min((wave.ends_on - wave.starts_on).days + 1, LONGEST)
    run = {wave.starts_on + timedelta(days=number) for number in range(length)}
    return sorted(run | set(wave.sessions.planned().values_list("day", flat=True)))


@require_POST
def meals(request: HttpRequest, code: str) -> HttpResponse:
    """The meals of one day or of several."""
    wave = find_managed_wave(request, code)
    form = MealsForm(request.POST, days=_days(wave))
    if not form.is_valid():
        return _page(request, wave, form)
    try:
        for day in form.chosen():
            plan_meals(
                group=wave.subject, organisation=wave.organisation, day=day, meals=form.cleaned_data["meals"],
                actor=actor_of(request),
            )  # fmt: skip
    except Refused as refused:
        form.add_error(None, refused.message)
        return _page(request, wave, form)
    messages.success(request, _("The meals are planned. Their lists can be printed now."))
    return redirect("training:lists", code=code)


@never_cache
@require_GET
def printed_list(request: HttpRequest, code: str, day: str, kind: str) -> HttpResponse:
    """The page that is printed; ``?kelas=`` takes the id of a class."""
    wave = find_watched_wave(request, code)
    on, what = _find_list(wave, day, kind)
    klass = _class(wave, request.GET.get("kelas", ""))
    columns = signings(wave, on, klass) if what == SheetKind.DAY else []
    context: dict[str, Any] = {
        "wave": wave,
        "day": on,
        "kind": what,
        "klass": klass,
        "classes": wave.classes.all(),
        "columns": columns if len(columns) > 1 else [],
        "lines": signers(wave, klass),
    }
    with timezone.override(ZoneInfo(wave.time_zone)):
        return render(request, "training/list_print.html", context)


def _find_list(wave: Wave, day: str, kind: str) -> tuple[date, SheetKind]:
    """The day and the kind of a list that this wave has; 404 for any other."""
    try:
        on, what = date.fromisoformat(day), SheetKind(kind)
    except ValueError:
        raise Http404 from None
    if what in MEALS:
        known = MealDay.objects.filter(group=wave.subject_id, day=on, meal=what).exists()
    else:
        known = wave.sessions.planned().filter(day=on).exists()
    if not known:
        raise Http404
    return on, what


def _class(wave: Wave, text: str) -> WaveClass | None:
    if not text:
        return None
    return get_object_or_404(wave.classes.all(), pk=int(text) if text.isdecimal() and len(text) < 10 else 0)


@require_POST
def scan_keep(request: HttpRequest, code: str, day: str, kind: str) -> HttpResponse:
    wave = find_watched_wave(request, code)
    if not may_mark_attendance(actor_of(request), wave.organisation):
        raise Http404
    on, what = _find_list(wave, day, kind)
    form = SheetForm(request.POST, request.FILES, wave=wave)
    try:
        if not form.is_valid():
            raise Refused(_("Choose a file first: PDF, JPEG or PNG, at most 20 MB."))
        upload = form.cleaned_data["file"]
        keep_sheet(
            group=wave.subject, organisation=wave.organisation, day=on, kind=what,
            content=upload.read(LARGEST_SHEET + 1), name=upload.name, part=form.cleaned_data.get("part", ""),
            actor=actor_of(request),
        )  # fmt: skip
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("The signed list is kept."))
    return redirect("training:lists", code=code)


@require_POST
def scan_remove(request: HttpRequest, code: str, scan_id: int) -> HttpResponse:
    wave, actor = find_watched_wave(request, code), actor_of(request)
    if not may_mark_attendance(actor, wave.organisation):
        raise Http404
    try:
        remove_sheet(scan=_find_scan(wave, scan_id), reason=request.POST.get("reason", ""), actor=actor)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("The scan is removed; it stays on record with your reason."))
    return redirect("training:lists", code=code)


def _find_scan(wave: Wave, scan_id: int) -> SheetScan:
    rows = SheetScan.objects.filter(group=wave.subject_id).select_related("file", "group", "organisation")
    return get_object_or_404(rows, pk=scan_id)


@require_GET
def scan_download(request: HttpRequest, code: str, scan_id: int) -> HttpResponse:
    """For all who may read the wave's participants, the treasurer among them; always as a download."""
    stored = _find_scan(find_watched_wave(request, code), scan_id).file
    response = HttpResponse(read_bytes(stored), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, stored.name) or "attachment"
    response["X-Content-Type-Options"], response["Cache-Control"] = "nosniff", "private, no-store"
    return response

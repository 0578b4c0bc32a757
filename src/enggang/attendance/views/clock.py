"""The fingerprint machine: a file is read, shown, its users are named, and then its people are marked present."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from enggang.attendance import exports
from enggang.attendance.domain.clock import (
    apply_clock_file,
    forget_device_user,
    keep_clock_file,
    name_device_users,
    undo_clock_file,
)
from enggang.attendance.forms.clock import ClockForm
from enggang.attendance.models import ClockFile, Occasion
from enggang.attendance.queries.clock import known_rows, known_users, plan_of
from enggang.attendance.queries.roster import group_people
from enggang.attendance.views.finding import find_occasion
from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.exports import answer_page, wants_file
from enggang.core.views.answers import attached, press
from enggang.people.roster.sheet import MAX_BYTES
from enggang.people.roster.workbooks import XLSX_TYPE, workbook

SHOWN = 200


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def clock_files(request: HttpRequest, code: str) -> HttpResponse:
    occasion = find_occasion(request, code, to_mark=True)
    posted = (request.POST, request.FILES) if request.method == "POST" and not wants_file(request) else ()
    form = ClockForm(*posted)
    if form.is_bound and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            kept = keep_clock_file(
                group=occasion.group, organisation=occasion.organisation, content=upload.read(MAX_BYTES + 1),
                name=upload.name, actor=actor_of(request),
            )  # fmt: skip
        except Refused as refused:
            form.add_error("file", refused.message)
        else:
            return redirect("attendance:clock_file", code, kept.code)
    rows = ClockFile.objects.filter(group=occasion.group_id).select_related("file")
    shown, known = list(rows[:SHOWN]), known_users(occasion)
    context = {"occasion": occasion, "form": form, "files": shown, "known": known}
    with timezone.override(occasion.zone):
        offered = (
            exports.CLOCK_FILES.of(rows, about=occasion.subject, shown=shown),
            exports.DEVICE_USERS.of(known, about=occasion.subject),
        )
        status = 422 if form.errors else 200
        return answer_page(request, "attendance/clock_files.html", context, *offered, status=status)


def _find(occasion: Occasion, kept: str) -> ClockFile:
    rows = ClockFile.objects.filter(group=occasion.group_id).select_related("file", "group", "organisation")
    return get_object_or_404(rows, code=kept)


@never_cache
@require_GET
def clock_file(request: HttpRequest, code: str, kept: str) -> HttpResponse:
    """The preview: what would be marked, whom the machine's users may stand for, and what says nothing."""
    occasion = find_occasion(request, code, to_mark=True)
    found = _find(occasion, kept)
    plan = plan_of(found)
    people = group_people(occasion.group_id) if plan.questions else []
    context = {
        "occasion": occasion,
        "kept": found,
        "plan": plan,
        "rejected": plan.rejected[:SHOWN],
        "questions": [(each, _sorted(people, each.candidates)) for each in plan.questions[:SHOWN]],
    }
    with timezone.override(occasion.zone):
        return render(request, "attendance/clock_file.html", context)


def _sorted(people: list[tuple[int, str, str]], first: tuple[int, ...]) -> list[tuple[int, str, str]]:
    """Those who may be meant come first."""
    return sorted(people, key=lambda each: (each[0] not in first, each[2]))


@require_POST
def clock_apply(request: HttpRequest, code: str, kept: str) -> HttpResponse:
    """First the answers that were given, then, with the button for it, the marks."""
    occasion, actor = find_occasion(request, code, to_mark=True), actor_of(request)
    found = _find(occasion, kept)
    pairs = zip(request.POST.getlist("key"), request.POST.getlist("holder"), strict=False)
    answers = {key: holder for key, holder in pairs if holder}
    try:
        if answers:
            name_device_users(kept=found, answers=answers, actor=actor)
        if "terapkan" not in request.POST:
            messages.success(request, _("Remembered. See below what will be marked now."))
            return redirect("attendance:clock_file", code, kept)
        counts = apply_clock_file(kept=found, actor=actor)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        text = _("%(made)d marked present; %(known)d were marked already; %(kept)d stay as the list says.")
        messages.success(request, text % counts)
    return redirect("attendance:clock_file", code, kept)


@require_GET
def clock_rejects(request: HttpRequest, code: str, kept: str) -> HttpResponse:
    """The rows that say nothing, each with its reason, as a workbook."""
    found = _find(find_occasion(request, code, to_mark=True), kept)
    plan = plan_of(found)
    width = len(plan.header)
    rows = [[*[*row.cells, *[""] * width][:width], row.row, why] for row, why in plan.rejected]
    content = workbook(_("Rejected rows"), [*plan.header, _("Row"), _("Reason")], rows)
    return attached(content, XLSX_TYPE, f"ditolak-{found.code}.xlsx")


@require_POST
def clock_undo(request: HttpRequest, code: str, kept: str) -> HttpResponse:
    found = _find(find_occasion(request, code, to_mark=True), kept)
    text = _("%(undone)d marks taken back; %(kept)d stay because somebody has changed them since.")
    reason = request.POST.get("reason", "")
    press(request, lambda: undo_clock_file(kept=found, reason=reason, actor=actor_of(request)), text.__mod__)
    return redirect("attendance:clock_file", code, kept)


@require_POST
def clock_forget(request: HttpRequest, code: str, known_id: int) -> HttpResponse:
    """Forget an answer to «Who is this?»: only of people of this group, for others' names are not seen here."""
    occasion = find_occasion(request, code, to_mark=True)
    known = get_object_or_404(known_rows(occasion), pk=known_id)
    press(
        request, lambda: forget_device_user(known=known, organisation=occasion.organisation, actor=actor_of(request)),
        _("Forgotten: the next list asks again who this is."),
    )  # fmt: skip
    return redirect("attendance:clock_files", code)

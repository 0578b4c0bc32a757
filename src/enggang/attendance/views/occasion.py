"""The list of an occasion: who is there, who is excused, and the sheet to be signed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from enggang.attendance import exports
from enggang.attendance.domain.marks import mark_list
from enggang.attendance.enums import ProofState, Status
from enggang.attendance.forms.marking import PostedList, read_list
from enggang.attendance.models import Occasion, Proof
from enggang.attendance.queries.gates import doubtful_scans
from enggang.attendance.queries.roster import Attendee, count_by_status, notes_on_record, roster, taken_marks
from enggang.attendance.rules import may_mark_attendance
from enggang.attendance.views.finding import find_occasion
from enggang.attendance.views.passages import passages, ticket_sheet
from enggang.core import clock
from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.exports import answer_page, wants_file
from enggang.core.models import Subject
from enggang.core.registries import subject_kinds
from enggang.core.text import folded

EARLY = timedelta(hours=2)  # people sign while they arrive


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def occasion_list(request: HttpRequest, code: str) -> HttpResponse:
    if request.method == "POST" and not wants_file(request):
        return _save(request, find_occasion(request, code, to_mark=True))
    occasion = find_occasion(request, code)
    return passages(request, occasion, _group_url(occasion.group)) if occasion.is_open else _page(request, occasion)


@never_cache
@require_safe
def signature_sheet(request: HttpRequest, code: str) -> HttpResponse:
    occasion = find_occasion(request, code)
    if occasion.is_open:
        return ticket_sheet(request, occasion)
    with timezone.override(occasion.zone):
        return render(request, "attendance/sheet.html", {"occasion": occasion, "lines": roster(occasion)})


def _save(request: HttpRequest, occasion: Occasion) -> HttpResponse:
    posted = read_list(request.POST, notes_on_record(occasion))
    try:
        count = mark_list(occasion=occasion, statuses=posted.statuses, notes=posted.notes, actor=actor_of(request))
    except Refused as refused:
        return _page(request, occasion, posted, refused.message)
    if count:
        text = ngettext("%(count)d line of the list saved.", "%(count)d lines of the list saved.", count)
        messages.success(request, text % {"count": count})
    else:
        messages.info(request, _("Nothing had changed on the list."))
    return redirect(request.get_full_path())


def _page(request: HttpRequest, occasion: Occasion, posted: PostedList | None = None, error: str = "") -> HttpResponse:
    everybody = roster(occasion)
    wanted = folded(request.GET.get("cari", ""))
    taken = taken_marks(occasion)
    lines = [line for line in everybody if wanted in folded(f"{line.name} {line.agency}")]
    context = {
        "occasion": occasion,
        "may_mark": may_mark_attendance(actor_of(request), occasion.organisation) and not occasion.is_cancelled,
        "is_early": clock.now() < occasion.starts_at - EARLY,
        "rows": [_row(line, posted) for line in lines],
        "seen": " ".join(f"{line.code}:{line.status}" for line in lines if line.mark),
        "statuses": Status.choices,
        "stats": _stats(everybody),
        "total": len(everybody),
        "wanted": request.GET.get("cari", ""),
        "group_url": _group_url(occasion.group),
        "error": error,
        "letters": Proof.objects.filter(occasion=occasion, state=ProofState.PENDING).count(),
        "doubts": doubtful_scans(occasion.group_id).count(),
        "taken": taken,
    }
    with timezone.override(occasion.zone):
        offered = (
            exports.MARKS.of(lines, about=occasion.subject),
            exports.TAKEN.of(lambda: taken_marks(occasion, most=None), about=occasion.subject, shown=taken),
        )
        return answer_page(request, "attendance/occasion.html", context, *offered, status=409 if error else 200)


def _row(line: Attendee, posted: PostedList | None) -> dict[str, Any]:
    """A line with what is chosen on it: what was posted and refused, else what is on record."""
    shown = posted.shown.get(line.code, line.status) if posted else line.status
    note = posted.notes.get(line.code) if posted else None
    return {"line": line, "chosen": shown, "note": note if note is not None else line.mark.note if line.mark else ""}


def _stats(lines: list[Attendee]) -> list[dict[str, Any]]:
    counts = count_by_status(lines)
    known = [{"label": label, "value": counts[value]} for value, label in Status.choices]
    return [*known, {"label": _("Not marked yet"), "value": counts[""]}]


def _group_url(group: Subject) -> str:
    kind = subject_kinds.get(group.kind)
    return kind.url(group.code) if kind and kind.url else ""

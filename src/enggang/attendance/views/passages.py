"""An occasion at which people come and go: how many are inside, with which tickets, and a printed list entered by hand."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from enggang.attendance import exports
from enggang.attendance.domain.passages import enter_passages
from enggang.attendance.enums import Verdict
from enggang.attendance.forms.passages import WrittenListForm
from enggang.attendance.models import Occasion, Scan
from enggang.attendance.queries.gates import doubtful_scans
from enggang.attendance.queries.passages import expected, numbers, tickets
from enggang.attendance.rules import may_mark_attendance
from enggang.attendance.views.finding import find_occasion
from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.exports import answer_page

PER_PAGE = 100


def passages(request: HttpRequest, occasion: Occasion, group_url: str) -> HttpResponse:
    found = tickets(occasion)
    context: dict[str, Any] = {
        "occasion": occasion,
        "group_url": group_url,
        "numbers": numbers(occasion),
        "room_note": _("of %(room)d") % {"room": occasion.room} if occasion.room is not None else "",
        "page_obj": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "doubts": doubtful_scans(occasion.group_id).count(),
        "may_mark": may_mark_attendance(actor_of(request), occasion.organisation) and not occasion.is_cancelled,
    }
    with timezone.override(occasion.zone):
        offered = exports.TICKETS.of(found, about=occasion.subject)
        return answer_page(request, "attendance/passages.html", context, offered)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def written_list(request: HttpRequest, code: str) -> HttpResponse:
    """What was written on the printed list while no phone worked."""
    occasion = find_occasion(request, code, to_mark=True)
    form = WrittenListForm(request.POST or None)
    if form.is_valid():
        try:
            scans = enter_passages(occasion=occasion, lines=form.cleaned_data["lines"], actor=actor_of(request))
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            _tell(request, scans)
            return redirect("attendance:occasion", code)
    return render(
        request,
        "attendance/written_list.html",
        {"occasion": occasion, "form": form},
        status=400 if form.errors else 200,
    )


def _tell(request: HttpRequest, scans: list[Scan]) -> None:
    people = sum(scan.quantity for scan in scans if scan.verdict == Verdict.ACCEPTED)
    messages.success(request, _("%(count)d people of the list came in.") % {"count": people})
    left = [f"{scan.code} ({scan.reason_words})" for scan in scans if scan.verdict != Verdict.ACCEPTED]
    if left:
        messages.warning(request, _("Not counted: %(lines)s") % {"lines": ", ".join(left)})


def ticket_sheet(request: HttpRequest, occasion: Occasion) -> HttpResponse:
    with timezone.override(occasion.zone):
        return render(request, "attendance/ticket_sheet.html", {"occasion": occasion, "lines": expected(occasion)})

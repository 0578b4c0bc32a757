"""Turnover of stalls as staff see it: day by day who has reported, who is to be reminded, what it adds up to."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from enggang.core import clock
from enggang.core.actor import actor_of
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.core.views.answers import attempt
from enggang.events import exports_stalls as sheets
from enggang.events.domain.turnover import report_turnover
from enggang.events.forms.stalls import StaffTurnoverForm
from enggang.events.models import Turnover
from enggang.events.queries.turnover import board_of, least_of, published
from enggang.events.views.finding import find_inside, find_managed_edition
from enggang.events.views.stall_news import ready_texts, texts_page
from enggang.events.views.stalls import find_application, find_call, stall_shell

PER_PAGE = 100


def read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


@require_http_methods(LIST_METHODS)
def turnover_board(request: HttpRequest, code: str) -> HttpResponse:
    edition = find_inside(request, code)
    call = find_call(edition)
    board = board_of(call, read_day(request.GET.get("hari", "")))
    silent_first = sorted(board.reports, key=lambda report: report.turnover is not None)
    context = {
        **stall_shell(request, edition, "turnover", call), "board": board,
        "page_obj": Paginator(silent_first, PER_PAGE).get_page(request.GET.get("page")),
        "threshold": least_of(edition), "sums": published(call, board), "zone": edition.time_zone, "today": clock.today(edition.time_zone),
    }  # fmt: skip
    exports = [
        sheets.TURNOVERS.of(board.all, about=call.subject),
        sheets.DAYS.of([day for day in board.days if day.reported], about=call.subject),
    ]
    with timezone.override(ZoneInfo(edition.time_zone)):
        return answer_page(request, "events/turnover.html", context, *exports)


@require_http_methods(["GET", "HEAD", "POST"])
def turnover_enter(request: HttpRequest, code: str, row_id: int, day: str) -> HttpResponse:
    """Staff enter a day as the vendor told it, or correct it with a reason."""
    edition = find_managed_edition(request, code)
    row = find_application(find_call(edition), row_id)
    on = read_day(day) or clock.today(edition.time_zone)
    known = Turnover.objects.filter(application=row, day=on).first()
    data = {**request.POST.dict(), "day": on.isoformat()} if request.method == "POST" else None
    form = StaffTurnoverForm(data, day=on, row=known)
    if known is None:
        del form.fields["reason"]
    if form.is_bound and attempt(
        form, lambda: report_turnover(application=row, actor=actor_of(request), **form.report)
    ):
        messages.success(request, _("Noted for %(name)s.") % {"name": row})
        return redirect(f"{_board(code)}?hari={on.isoformat()}")
    context = {
        "form": form, "edition": edition, "back": "events:turnover", "known": known,
        "heading": _("Turnover of %(name)s") % {"name": row},
        "note": _("Enter what the vendor told you. It is marked as entered by the committee."),
    }  # fmt: skip
    return render(request, "events/form.html", context, status=422 if form.errors else 200)


def _board(code: str) -> str:
    return str(redirect("events:turnover", code=code).url)


@never_cache
@require_POST
def turnover_remind(request: HttpRequest, code: str) -> HttpResponse:
    """Texts for all who have not reported the day ``hari``, with a private address in each."""
    edition = find_managed_edition(request, code)
    call = find_call(edition)
    board = board_of(call, read_day(request.POST.get("hari", "")))
    rows = [report.application for report in board.missing]
    for row in rows:
        row.call = call
    if not rows:
        messages.success(request, _("Everybody has reported this day."))
        return redirect("events:turnover", code=code)
    ready = ready_texts(request, call, rows, "events/messages/stall_reminder", day=board.chosen)
    return texts_page(request, edition, call, ready, part="turnover")

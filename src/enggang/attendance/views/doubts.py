"""What does not fit together after phones have met again, and what somebody says of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from enggang.accounts.queries.names import names_of_keys
from enggang.attendance import exports
from enggang.attendance.domain.doubts import settle_scan, unsettle_scan
from enggang.attendance.enums import Settlement, Verdict
from enggang.attendance.models import Occasion, Scan, SettledScan
from enggang.attendance.queries.gates import doubtful_scans, present_among, settled_scans
from enggang.attendance.queries.roster import people_of
from enggang.attendance.rules import may_mark_attendance
from enggang.attendance.views.finding import find_occasion
from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.core.views.answers import press

PER_PAGE = 50
WAYS = {"benar": Settlement.RIGHT, "hitung": Settlement.COUNTED, "cabut": Settlement.TAKEN}


@never_cache
@require_http_methods(LIST_METHODS)
def doubts(request: HttpRequest, code: str) -> HttpResponse:
    """One pass at two gates, one phone for two people, a wrong clock: to be settled, and what was settled."""
    return _page(request, find_occasion(request, code))


def _page(request: HttpRequest, occasion: Occasion, refused: dict[str, Any] | None = None) -> HttpResponse:
    waiting, settled = doubtful_scans(occasion.group_id), settled_scans(occasion.group_id)
    page = Paginator(waiting, PER_PAGE).get_page(request.GET.get("page"))
    done = Paginator(settled, PER_PAGE).get_page(request.GET.get("selesai"))
    context: dict[str, Any] = {
        "occasion": occasion,
        "list_at": _address(occasion.code),
        "page_obj": page,
        "lines": _waiting(page, refused),
        "done": done,
        "settled": _settled(done),
        "may_settle": may_mark_attendance(actor_of(request), occasion.organisation),
    }
    with timezone.override(occasion.zone):
        offered = (
            exports.DOUBTS.of(lambda: _waiting(waiting), about=occasion.subject, shown=context["lines"]),
            exports.SETTLED.of(lambda: _settled(settled), about=occasion.subject, shown=context["settled"]),
        )
        return answer_page(request, "attendance/doubts.html", context, *offered, status=409 if refused else 200)


def _address(code: str) -> str:
    return reverse("attendance:doubts", args=[code])


def _back(request: HttpRequest, code: str) -> HttpResponse:
    """To the page of the list that was looked at."""
    return redirect(f"{_address(code)}?{request.GET.urlencode()}" if request.GET else _address(code))


def _names(scans: Iterable[Scan]) -> dict[int, tuple[str, str]]:
    return people_of({row.held.holder_id for row in scans if row.held})


def _waiting(scans: Iterable[Scan], refused: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    rows = list(scans)
    names, present = _names(rows), present_among(rows)
    return [_line(row, names, present, refused) for row in rows]


def _settled(found: Iterable[SettledScan]) -> list[dict[str, Any]]:
    rows = list(found)
    names, by = _names(row.scan for row in rows), names_of_keys({row.settled_by_key for row in rows})
    return [{**_line(row.scan, names), "settled": row, "by": by.get(row.settled_by_key, "")} for row in rows]


def _line(
    row: Scan,
    names: dict[int, tuple[str, str]],
    present: set[tuple[int, int]] | None = None,
    refused: dict[str, Any] | None = None,
) -> dict[str, Any]:
    who = names.get(row.held.holder_id, (row.code, "")) if row.held else (row.code, "")
    is_present = bool(present and row.held and (row.occasion_id, row.held.holder_id) in present)
    ways = [("benar", _("This is right"))]
    if row.occasion and row.held and not row.occasion.is_cancelled:
        if is_present:
            ways.append(("cabut", _("Take the mark back")))
        elif row.verdict == Verdict.REFUSED and not row.occasion.is_open:
            ways.append(("hitung", _("Count them as present")))
    return {
        "scan": row,
        "who": who[0],
        "agency": who[1],
        "gate": str(row.gate or ""),
        "is_present": is_present,
        "ways": ways,
        "refused": refused if refused and refused["scan_id"] == row.pk else None,
    }


@require_POST
def doubt_settle(request: HttpRequest, code: str, scan_id: int) -> HttpResponse:
    """``cara`` is «benar», «hitung» or «cabut». A refusal shows the reason again as it was typed."""
    occasion = find_occasion(request, code, to_mark=True)
    scan, reason = _scan(occasion, scan_id), request.POST.get("reason", "")
    way = request.POST.get("cara", "")
    try:
        settle_scan(
            scan=scan, organisation=occasion.organisation, how=WAYS.get(way, ""), reason=reason, actor=actor_of(request)
        )
    except Refused as refused:
        if SettledScan.objects.filter(scan=scan).exists():  # another tab was first: nothing is left to type
            messages.error(request, refused.message)
            return _back(request, code)
        said = {"scan_id": scan.pk, "reason": reason, "way": way, "message": refused.message}
        return _page(request, occasion, said)
    messages.success(request, _("Settled. You find it below, and can take it back."))
    return _back(request, code)


@require_POST
def doubt_unsettle(request: HttpRequest, code: str, scan_id: int) -> HttpResponse:
    occasion = find_occasion(request, code, to_mark=True)
    found = get_object_or_404(settled_scans(occasion.group_id).select_related(*RELATED), scan_id=scan_id)
    press(
        request, lambda: unsettle_scan(settled=found, organisation=occasion.organisation, actor=actor_of(request)),
        _("Taken back: it is to be checked again, and the list is as it was."),
    )  # fmt: skip
    return _back(request, code)


RELATED: Sequence[str] = ("scan__group", "taken__occasion__organisation", "taken__occasion__subject", "taken__holder")


def _scan(occasion: Occasion, scan_id: int) -> Scan:
    rows = Scan.objects.conflicts().filter(group_id=occasion.group_id)
    related = ("group", "held__holder", "occasion__organisation", "occasion__subject")
    return get_object_or_404(rows.select_related(*related), pk=scan_id)

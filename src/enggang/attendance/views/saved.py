"""Where staff bring the file that a phone saved when its gate was dead, and read at once what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from enggang.attendance.domain.contacts import take_in_scans
from enggang.attendance.enums import CONFLICTS, Verdict
from enggang.attendance.forms.saved import MAX_BYTES, NoSavedFile, Saved, SavedForm, read_saved
from enggang.attendance.models import Occasion, Scan
from enggang.attendance.queries.gates import gates_of, known_scans
from enggang.attendance.queries.roster import people_of
from enggang.attendance.views.finding import find_occasion
from enggang.core.actor import actor_of

SHOWN = 500


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def saved_scans(request: HttpRequest, code: str) -> HttpResponse:
    """Read twice, the same file answers the same: the report stands on this page alone."""
    occasion = find_occasion(request, code, to_mark=True)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form, report = SavedForm(*posted), None
    if form.is_bound and form.is_valid():
        try:
            report = _take_in(request, occasion, form.cleaned_data["file"].read(MAX_BYTES + 1))
        except NoSavedFile as wrong:
            form.add_error("file", str(wrong))
    context = {"occasion": occasion, "form": SavedForm() if report else form, "report": report}
    with timezone.override(occasion.zone):
        return render(request, "attendance/saved.html", context, status=422 if form.errors else 200)


def _take_in(request: HttpRequest, occasion: Occasion, content: bytes) -> dict[str, Any]:
    gates = {gate.code: gate for gate in gates_of(occasion.group_id)}
    saved = read_saved(content, set(gates))
    known = known_scans(
        each.uuid for by_device in saved.arrivals.values() for row in by_device.values() for each in row
    )
    scans: list[Scan] = []
    for gate, arrivals in saved.arrivals.items():
        scans += take_in_scans(gate=gates[gate], saved=arrivals, actor=actor_of(request))
    return _report(saved, scans, known)


def _report(saved: Saved, scans: list[Scan], known: set[object]) -> dict[str, Any]:
    fresh = [row for row in scans if row.uuid not in known]
    odd = [row for row in scans if row.verdict == Verdict.REFUSED or row.reason in CONFLICTS]
    return {
        "made": sum(row.verdict == Verdict.ACCEPTED for row in fresh),
        "repeated": sum(row.verdict == Verdict.REPEATED for row in fresh),
        "refused": sum(row.verdict == Verdict.REFUSED for row in fresh),
        "known": len(scans) - len(fresh),
        "conflicts": _lines(odd[:SHOWN]),
        "rejected": saved.rejected[:SHOWN],
        "rejected_count": len(saved.rejected),
    }


def _lines(scans: Iterable[Scan]) -> list[dict[str, Any]]:
    rows = list(scans)
    names = people_of({row.held.holder_id for row in rows if row.held})
    return [
        {
            "scan": row,
            "who": names.get(row.held.holder_id, (row.code, ""))[0] if row.held else row.code,
            "why": row.reason_words if row.reason else "",
        }
        for row in rows
    ]

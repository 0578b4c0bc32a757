"""A desk that scans one pass after another: with a scanner that types, by hand, or with the camera."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from enggang.attendance.forms.marking import ScanForm
from enggang.attendance.models import Mark, Occasion, Pass
from enggang.attendance.queries.audience import expected_at
from enggang.attendance.rules import may_mark_attendance
from enggang.attendance.tokens import find_pass
from enggang.attendance.views.answer import Answer, mark_by_pass, unreadable
from enggang.attendance.views.finding import find_occasion
from enggang.core.actor import Actor, actor_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def scan_passes(request: HttpRequest, code: str) -> HttpResponse:
    """With the header ``X-Part: answer`` only the answer comes back, for the page that is already open."""
    occasion = find_occasion(request, code, to_mark=True)
    answer = _scan(request, occasion, actor_of(request)) if request.method == "POST" else None
    context = {"occasion": occasion, "form": ScanForm(), "answer": answer, "present": _present(occasion)}
    part = request.headers.get("X-Part") == "answer"
    with timezone.override(occasion.zone):
        return render(request, "attendance/answer_part.html" if part else "attendance/scan.html", context)


def _scan(request: HttpRequest, occasion: Occasion, actor: Actor) -> Answer:
    form = ScanForm(request.POST)
    held = _pass(form.cleaned_data["token"], occasion) if form.is_valid() else None
    # A pass of somewhere else would show a name that is none of this desk's business.
    known = held is not None and may_mark_attendance(actor, held.organisation)
    return mark_by_pass(held, occasion, actor) if held and known else unreadable()


def _pass(text: str, occasion: Occasion) -> Pass | None:
    """A signed token, or a pass code typed by staff, which must be of this very group."""
    if "." in text:
        return find_pass(text)
    rows = Pass.objects.filter(group_id=occasion.group_id, code=text)
    return rows.select_related("holder", "organisation").first()


def _present(occasion: Occasion) -> tuple[int, int]:
    """How many are present, and how many are expected."""
    marks = Mark.objects.filter(occasion=occasion, status="present").count()
    return marks, expected_at(occasion)

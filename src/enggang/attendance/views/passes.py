"""The address in a pass's QR code. Any phone's camera opens it; only staff on duty see whose it is."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from enggang.attendance.models import Mark, Occasion, Pass
from enggang.attendance.queries.occasions import next_occasion, todays_occasions
from enggang.attendance.queries.roster import attendee
from enggang.attendance.rules import may_mark_attendance
from enggang.attendance.tokens import find_pass
from enggang.attendance.views.answer import Answer, answer_for, mark_by_pass
from enggang.core.actor import Actor, actor_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show_pass(request: HttpRequest, token: str) -> HttpResponse:
    actor, held = actor_of(request), find_pass(token)
    if held is None or not may_mark_attendance(actor, held.organisation):
        return _for_strangers(request, held)
    if request.method == "POST":
        return _mark(request, held, token, actor)
    return _for_staff(request, held, actor)


def _for_strangers(request: HttpRequest, held: Pass | None) -> HttpResponse:
    if request.method == "POST":
        raise Http404
    good = held is not None and not held.is_revoked
    return render(request, "attendance/pass_public.html", {"is_good": good}, status=200 if good else 404)


def _mark(request: HttpRequest, held: Pass, token: str, actor: Actor) -> HttpResponse:
    rows = Occasion.objects.marked_by(actor).filter(group_id=held.group_id, subject__code=request.POST.get("occasion"))
    occasion = rows.select_related("subject", "organisation").first()
    if occasion is None:
        raise Http404
    answer = mark_by_pass(held, occasion, actor)
    if answer.tone == "bad":
        return _for_staff(request, held, actor, answer)
    seen = {"sesi": occasion.code, "baru": "1"} if answer.tone == "good" else {"sesi": occasion.code}
    return redirect(f"{reverse('attendance:pass', args=[token])}?{urlencode(seen)}")


def _for_staff(request: HttpRequest, held: Pass, actor: Actor, answer: Answer | None = None) -> HttpResponse:
    occasions = todays_occasions(held, actor)
    marks = {mark.occasion_id: mark for mark in Mark.objects.filter(holder=held.holder, occasion__in=occasions)}
    person = attendee(held.holder_id, held.holder.code)
    lines = [(each, marks.get(each.pk)) for each in occasions]
    context = {
        "held": held,
        "person": person,
        "first": lines[0] if lines else None,
        "others": lines[1:],
        "next": None if lines else next_occasion(held, actor),
        "answer": answer or _answer(request, held, actor),
    }
    with timezone.override(held.organisation.time_zone):
        return render(request, "attendance/pass_staff.html", context, status=409 if answer else 200)


def _answer(request: HttpRequest, held: Pass, actor: Actor) -> Answer | None:
    """What the mark says that the address speaks of; nothing is taken from the address itself."""
    marks = Mark.objects.filter(holder=held.holder, occasion__group_id=held.group_id, status="present")
    mark = (
        marks.filter(occasion__subject__code=request.GET.get("sesi", ""))
        .select_related("occasion__organisation")
        .first()
    )
    if mark is None or not may_mark_attendance(actor, mark.occasion.organisation):
        return None
    person = attendee(held.holder_id, held.holder.code)
    return answer_for(mark, mark.occasion, person, made="baru" in request.GET)

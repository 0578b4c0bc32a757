"""What one person has promised, and how a promise is settled: by that person, or on the Monday page where it stands."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from enggang.core import clock
from enggang.core.actor import actor_of
from enggang.core.exports import answer_page
from enggang.core.tables import LIST_METHODS
from enggang.core.views.answers import press
from enggang.impact.domain.promises import move_promise
from enggang.impact.enums import PROMISE_MOVES, PromiseState
from enggang.impact.exports import PROMISES
from enggang.impact.models import Promise

SHOWN = 50  # the file has the same


@require_http_methods(LIST_METHODS)
def own_promises(request: HttpRequest) -> HttpResponse:
    """The open ones first, the most urgent of them on top."""
    actor = actor_of(request)
    if not actor.is_signed_in:
        raise Http404
    rows = list(Promise.objects.own_of(actor).with_names().open_first()[:SHOWN])
    context = {"rows": rows, "today": clock.today()}
    return answer_page(request, "impact/promises.html", context, PROMISES.of(rows))


@require_POST
def promise_move(request: HttpRequest, number: int, code: str = "") -> HttpResponse:
    """``code`` is the agency on whose Monday page the button stands; without it, it stands among the own promises."""
    actor = actor_of(request)
    row = get_object_or_404(Promise.objects.visible_to(actor).with_names(), pk=number)
    to, remark = request.POST.get("to", ""), request.POST.get("remark", "")[:300]
    if to not in PROMISE_MOVES:
        raise Http404
    said = {
        PromiseState.KEPT: _("Marked as kept."),
        PromiseState.DROPPED: _("Dropped."),
        PromiseState.OPEN: _("Open again."),
    }
    press(request, lambda: move_promise(promise=row, to=to, remark=remark, actor=actor), said[PromiseState(to)])
    return redirect("impact:monday", code=code) if code else redirect("impact:own_promises")

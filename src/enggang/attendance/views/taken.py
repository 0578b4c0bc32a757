"""Letting somebody be not marked again, and giving the mark back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from enggang.attendance.domain.marks import give_mark_back, take_mark_back
from enggang.attendance.forms.marking import TakeForm
from enggang.attendance.models import Mark, TakenMark
from enggang.attendance.queries.roster import attendee
from enggang.attendance.views.finding import find_occasion
from enggang.core.actor import actor_of
from enggang.core.acts import Refused


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mark_take(request: HttpRequest, code: str, holder: str) -> HttpResponse:
    """The mark as it stands, and the reason for which it goes."""
    occasion = find_occasion(request, code, to_mark=True)
    mark = Mark.objects.filter(occasion=occasion, holder__code=holder).select_related("holder").first()
    if mark is None:
        raise Http404
    form = TakeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            take_mark_back(
                occasion=occasion, holder=mark.holder, reason=form.cleaned_data["reason"], actor=actor_of(request)
            )
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("The mark is taken back. You find it below the list, and can give it back."))
            return redirect("attendance:occasion", code)
    context = {"occasion": occasion, "form": form, "mark": mark, "line": attendee(mark.holder_id, holder, mark)}
    with timezone.override(occasion.zone):
        return render(request, "attendance/mark_take.html", context, status=422 if form.errors else 200)


@require_POST
def mark_give(request: HttpRequest, code: str, taken_id: int) -> HttpResponse:
    occasion = find_occasion(request, code, to_mark=True)
    rows = TakenMark.objects.filter(occasion=occasion).select_related(
        "holder", "occasion__organisation", "occasion__subject"
    )
    try:
        give_mark_back(taken=get_object_or_404(rows, pk=taken_id), actor=actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("The mark stands again as it was."))
    return redirect("attendance:occasion", code)

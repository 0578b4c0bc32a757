"""Beside a wave, an event's edition or a work: the innovations that it belongs to, and one more."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from enggang.core.actor import Actor, actor_of
from enggang.core.views.answers import attempt, press, subject_link
from enggang.innovation import rules
from enggang.innovation.domain.evidence import tie_subject, untie_subject
from enggang.innovation.forms.iid import BelongingForm
from enggang.innovation.models import Innovation, Tie
from enggang.innovation.queries.ties import TIED, ties_of
from enggang.search.models import SearchEntry


@require_http_methods(["GET", "HEAD", "POST"])
def belonging(request: HttpRequest, code: str) -> HttpResponse:
    actor = actor_of(request)
    found = _find(actor, code)
    ties = ties_of(found.subject)
    written = Innovation.objects.written_by(actor).with_names().exclude(ties__subject=found.subject)
    form = BelongingForm(request.POST or None, innovations=written)
    if form.is_bound and attempt(form, lambda: tie_subject(code=code, actor=actor, **form.cleaned_data)):
        messages.success(request, _("Tied. What is known of it is proposed as evidence there."))
        return redirect("innovation:belonging", code=code)
    seen = set(Innovation.objects.visible_to(actor).filter(ties__subject=found.subject).values_list("pk", flat=True))
    lines = [(tie, rules.may_write(actor, tie.innovation)) for tie in ties if tie.innovation_id in seen]
    context = {
        "found": found, "page": subject_link(found.subject), "lines": lines, "form": form, "any_written": written.exists(),
    }  # fmt: skip
    return render(request, "innovation/belonging.html", context, status=422 if form.errors else 200)


@require_POST
def belonging_drop(request: HttpRequest, code: str, number: int) -> HttpResponse:
    actor = actor_of(request)
    found = _find(actor, code)
    seen = Innovation.objects.visible_to(actor)
    tie = get_object_or_404(
        Tie.objects.select_related("innovation__organisation", "innovation__owner"), pk=number, subject=found.subject,
        innovation__in=seen,
    )  # fmt: skip
    press(request, lambda: untie_subject(tie=tie, actor=actor), _("Not tied any more."))
    return redirect("innovation:belonging", code=code)


def _find(actor: Actor, code: str) -> SearchEntry:
    """What the actor may find, for who writes for some agency; anything else gets 404."""
    if not actor.holds_somewhere(*rules.WRITERS):
        raise Http404
    rows = SearchEntry.objects.visible_to(actor).filter(kind__in=TIED).select_related("subject")
    return get_object_or_404(rows, subject__code=code)

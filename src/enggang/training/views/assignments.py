"""The agencies' assignment letters: what has arrived, what is missing, what is wrong; uploading and checking."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from enggang.access.enums import Role
from enggang.core.actor import Actor, actor_of
from enggang.core.acts import Refused
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.documents.domain.letters import LARGEST_SCAN
from enggang.documents.views.finding import file_response
from enggang.files.domain.storing import read_bytes
from enggang.training import exports_wave as sheets
from enggang.training import rules
from enggang.training.domain import assignments as acts
from enggang.training.enums import PaperState
from enggang.training.forms.letters import AssignmentForm
from enggang.training.models import AssignedPerson, Registration, Wave
from enggang.training.queries.assignments import STANDS, AssignmentLine, assignment_lines, expected
from enggang.training.views.finding import find_managed_wave, find_wave

PER_PAGE = 50


def _find(request: HttpRequest, code: str) -> Wave:
    """A wave whose staff the actor is, or some of whose participants they coordinate."""
    wave, actor = find_wave(request, code), actor_of(request)
    if not rules.sees_participants(actor, wave) and not actor.holds_somewhere(Role.COORDINATOR, Role.ADMINISTRATOR):
        raise Http404
    return wave


@require_http_methods(LIST_METHODS)
def assignment_list(request: HttpRequest, code: str) -> HttpResponse:
    wave = _find(request, code)
    lines, context = _list(request, wave)
    export = sheets.ASSIGNMENTS.of(lines, about=wave.subject)
    return answer_page(request, "training/assignments.html", context, export)


def _list(request: HttpRequest, wave: Wave) -> tuple[list[AssignmentLine], dict[str, Any]]:
    actor = actor_of(request)
    everybody = assignment_lines(expected(wave, actor))
    wanted = request.GET.get("keadaan", "")
    lines = [line for line in everybody if wanted in {"", line.stand}]
    stands = [line.stand for line in everybody]
    context = {
        "wave": wave,
        "list_at": reverse("training:assignments", args=[wave.code]),
        "page_obj": Paginator(lines, PER_PAGE).get_page(request.GET.get("page")),
        "stands": [(value, label, stands.count(value), value == wanted) for value, label in STANDS],
        "wanted": wanted,
        "total": len(everybody),
        "sees_participants": rules.sees_participants(actor, wave),
        "may_manage": rules.may_manage(actor, wave.organisation),
        "may_upload": _may_upload(request, wave),
    }
    return lines, context


def _may_upload(request: HttpRequest, wave: Wave) -> bool:
    actor = actor_of(request)
    return rules.may_manage(actor, wave.organisation) or actor.holds_somewhere(Role.COORDINATOR, Role.ADMINISTRATOR)


def assignment_new(request: HttpRequest, code: str) -> HttpResponse:
    wave, actor = _find(request, code), actor_of(request)
    if not _may_upload(request, wave):
        raise Http404
    rows = expected(wave, actor).select_related("subject", "agency", "wave__organisation", "person")
    form = AssignmentForm(
        request.POST or None, request.FILES or None, rows=rows.order_by("agency__name_key", "person__name_key"),
        initial={"people": [row for row in request.GET.getlist("orang") if row.isdecimal()][:100]},
    )  # fmt: skip
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        content = values["file"].read(LARGEST_SCAN + 1)
        letter = acts.AgencyLetter(
            values["number"], values["dated"], values["signed_post"], values["signed_name"], content
        )
        try:
            acts.receive_assignment(wave=wave, people=values["people"], letter=letter, actor=actor)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("The letter has arrived. The organiser checks it."))
            return redirect("training:assignments", code=code)
    context = {"wave": wave, "form": form, "sees_participants": rules.sees_participants(actor, wave)}
    return render(request, "training/assignment_form.html", context, status=422 if form.errors else 200)


@require_POST
def assignment_judge(request: HttpRequest, code: str) -> HttpResponse:
    wave = find_managed_wave(request, code)
    chosen = [value for value in request.POST.getlist("named") if value.isdecimal() and len(value) < 12][:500]
    rows = AssignedPerson.objects.filter(registration__wave=wave, pk__in=chosen).select_related(
        "registration__agency", "registration__person"
    )
    state, reason = request.POST.get("state", ""), request.POST.get("reason", "")
    if state not in PaperState.values:
        raise Http404
    try:
        acts.judge_assignment(
            wave=wave, rows=list(rows), state=PaperState(state), reason=reason, actor=actor_of(request)
        )
    except Refused as refused:
        kept = {"problem": refused.message, "ticked": {row.pk for row in rows}, "reason": reason}
        return render(request, "training/assignments.html", {**_list(request, wave)[1], **kept}, status=422)
    messages.success(request, _("Saved."))
    return redirect(f"{reverse('training:assignments', args=[code])}?{request.GET.urlencode()}")


@never_cache
@require_POST
def assignments_remind(request: HttpRequest, code: str) -> HttpResponse:
    wave = find_managed_wave(request, code)
    try:
        reminders = acts.remind_coordinators(wave=wave, actor=actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("training:assignments", code=code)
    return render(request, "training/assignments_reminded.html", {"wave": wave, "reminders": reminders})


def _named(
    request: HttpRequest, code: str, named_id: int, may: Callable[[Actor, Registration], bool] = rules.may_withdraw
) -> AssignedPerson:
    """Through the registration: its participant, their agency, the wave's staff."""
    mine = Registration.objects.visible_to(actor_of(request)).filter(wave__subject__code=code)
    rows = AssignedPerson.objects.filter(registration__in=mine)
    related = (
        "letter__file",
        "registration__wave__organisation",
        "registration__wave__subject",
        "registration__agency",
    )
    row = get_object_or_404(rows.select_related(*related, "registration__person", "registration__subject"), pk=named_id)
    if not may(actor_of(request), row.registration):
        raise Http404
    return row


@require_GET
def assignment_file(request: HttpRequest, code: str, named_id: int) -> HttpResponse:
    stored = _named(request, code, named_id, rules.may_read_assignment).letter.file
    return file_response(read_bytes(stored), stored.name)


@require_POST
def assignment_drop(request: HttpRequest, code: str, named_id: int) -> HttpResponse:
    row = _named(request, code, named_id)
    try:
        acts.drop_assignment(named=row, actor=actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("Removed."))
    return redirect("training:assignments", code=code)

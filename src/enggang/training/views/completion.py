from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from enggang.core import clock
from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.tables import LIST_METHODS, answer_list
from enggang.credentials.enums import AwardState
from enggang.credentials.models import Award
from enggang.credentials.rules import may_see as may_see_awards
from enggang.training import rules
from enggang.training.domain.certificates import awaiting_certificates, hindrances, issue_certificates, named
from enggang.training.domain.completion import Verdict, decide_outcomes, verdicts
from enggang.training.enums import Outcome
from enggang.training.forms.certificates import SigningForm
from enggang.training.models import Wave
from enggang.training.queries.base import base_of
from enggang.training.tables import VerdictTable
from enggang.training.views.finding import find_managed_wave, find_watched_wave


@require_http_methods(LIST_METHODS)
def pass_list(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, find_watched_wave(request, code))


def _page(request: HttpRequest, wave: Wave, form: SigningForm | None = None) -> HttpResponse:
    rows = verdicts(wave)
    ready = [row for row in rows if row.registration.outcome == Outcome.PASSED and not row.registration.award_id]
    context = {
        "wave": wave,
        "table": VerdictTable(rows, opens_awards=may_see_awards(actor_of(request), wave.organisation)),
        "base": base_of(wave),
        "passed": sum(row.registration.outcome == Outcome.PASSED for row in rows),
        "failed": sum(row.registration.outcome == Outcome.FAILED for row in rows),
        "issued": sum(row.registration.is_awarded for row in rows),
        "ready": ready,
        "again": _voided_before(ready),
        "may_decide": rules.may_decide(actor_of(request), wave),
        "form": form or SigningForm(wave=wave, initial=suggested(wave)),
    }
    if form is not None:  # the certificates could not be issued: this was posted, but not for the list
        return render(request, "training/pass_list.html", context, status=422)
    return answer_list(request, "training/pass_list.html", context, name=_("Pass list"))


def _voided_before(ready: list[Verdict]) -> list[str]:
    """Whose earlier certificate was voided: the next batch issues a new one to them as well, so it is said before."""
    void = Award.objects.filter(basis__in=[row.registration.subject_id for row in ready], state=AwardState.VOIDED)
    found = set(void.values_list("basis", flat=True)) if ready else set()
    return [row.registration.person.name for row in ready if row.registration.subject_id in found]


def suggested(wave: Wave) -> dict[str, Any]:
    """The day of today, and in a demonstration a signatory who is plainly nobody."""
    suggestion: dict[str, Any] = {"on": clock.today(wave.time_zone)}
    if wave.venue:
        suggestion["city"] = wave.venue.region.capital or wave.venue.region.name.removeprefix("Kota ")
    if settings.DEMO:
        suggestion |= {"name": "Contoh Pejabat (SPESIMEN)", "post": "Kepala Dinas (contoh)", "city": "Pontianak"}
    return suggestion


@require_POST
def decide(request: HttpRequest, code: str) -> HttpResponse:
    wave = find_managed_wave(request, code)
    try:
        decide_outcomes(wave=wave, actor=actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("The rule has been applied to everyone with a seat."))
    return redirect("training:pass_list", code=code)


@require_POST
def issue(request: HttpRequest, code: str) -> HttpResponse:
    wave = find_managed_wave(request, code)
    form = SigningForm(request.POST, wave=wave)
    if form.is_valid():
        try:
            job = issue_certificates(wave=wave, signing=form.signing(), actor=actor_of(request))
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            if left := awaiting_certificates(wave):
                text = _("Left out for now: %(names)s.") % {"names": named(left, hindrances(left))}
                messages.warning(request, text)
            back = reverse("training:pass_list", args=[code])
            return redirect(f"{reverse('core:job', args=[job.code])}?back={back}")
    return _page(request, wave, form)

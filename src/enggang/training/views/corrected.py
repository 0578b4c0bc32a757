"""After learning hours were corrected: which papers say the old number, and the certificate issued again with the new."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from enggang.core.actor import actor_of
from enggang.core.views.answers import attempt
from enggang.credentials.domain.reissuing import reissue_award
from enggang.credentials.forms.reissue import ReissueHoursForm
from enggang.training.queries.corrected import stale_papers
from enggang.training.views.finding import find_managed_wave, find_registration


def corrected_papers(request: HttpRequest, code: str) -> HttpResponse:
    registration, actor = find_registration(request, code), actor_of(request)
    find_managed_wave(request, registration.wave.code)
    papers, award = stale_papers(registration), registration.award
    form = None
    if award is not None and any(paper.can_be_issued_again for paper in papers):
        form = ReissueHoursForm(request.POST or None, award=award, reason=registration.jp_reason)
        hours = registration.jp_credited
        if form.is_bound and attempt(
            form, lambda: reissue_award(award=award, hours=hours, actor=actor, **form.cleaned_data)
        ):
            messages.success(request, _("It is issued again with the corrected hours. The paper is ready in a moment."))
            return redirect("training:pocket", code=code)
    context = {"registration": registration, "wave": registration.wave, "papers": papers, "form": form}
    return render(request, "training/corrected.html", context, status=422 if form and form.errors else 200)

"""Leave and illness on the participant's page: a letter for some of their sessions."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from enggang.accounts.limits import within_limit
from enggang.core.actor import Actor, actor_of
from enggang.core.acts import Refused
from enggang.files.domain.papers import LARGEST
from enggang.training.domain.absences import report_absence
from enggang.training.forms.absences import AbsenceForm
from enggang.training.models import Registration
from enggang.training.views.finding import find_by_token, find_registration, tells_the_end


@never_cache
@require_POST
def pocket_absence(request: HttpRequest, code: str) -> HttpResponse:
    back = reverse("training:pocket", args=[code])
    return _report(request, find_registration(request, code), actor_of(request), back)


@never_cache
@require_POST
@tells_the_end
def seat_absence(request: HttpRequest, token: str) -> HttpResponse:
    registration, actor = find_by_token(token)
    return _report(request, registration, actor, reverse("training:seat", args=[token]))


def _report(request: HttpRequest, registration: Registration, actor: Actor, back: str) -> HttpResponse:
    form = AbsenceForm(request.POST, request.FILES, registration=registration)
    if form.is_valid():
        data, upload = form.cleaned_data, form.cleaned_data["file"]
        try:
            if not within_limit(request, "hand_in", registration.code):  # every file handed in is kept
                raise Refused(_("That is many files within an hour. Wait a little, then hand in the right one."))
            report_absence(
                registration=registration, sessions=data["sessions"], status=data["status"], note=data["note"],
                content=upload.read(LARGEST + 1), name=upload.name, actor=actor,
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("Your letter has arrived; the organiser checks it."))
            return redirect(back)
    context = {"registration": registration, "form": form, "back": back}
    return render(request, "training/absence.html", context, status=422)

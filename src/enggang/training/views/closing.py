"""The closing ceremony: who is likely to pass, printing their papers, handing them out or holding them back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.core.models import Job
from enggang.training import exports_wave as sheets
from enggang.training import rules
from enggang.training.domain import closing as acts
from enggang.training.enums import Outcome
from enggang.training.forms.certificates import CeremonyForm, OrderForm
from enggang.training.models import Registration, Wave
from enggang.training.queries.forecast import Order, Place, Stand
from enggang.training.views.completion import suggested
from enggang.training.views.finding import find_managed_wave, find_registration, find_watched_wave

PER_PAGE = 100  # a usual wave stands on one page, and is ticked there as a whole


@require_http_methods(LIST_METHODS)
def ceremony(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, find_watched_wave(request, code))


def _page(
    request: HttpRequest, wave: Wave, form: CeremonyForm | None = None, ticked: set[str] | None = None
) -> HttpResponse:
    places = acts.forecast(wave)
    chosen = _likely(places) if ticked is None else ticked
    may_decide = rules.may_decide(actor_of(request), wave)
    counts = {stand.value: sum(each.stand == stand for each in places) for stand in Stand}
    lines = [_line(each, chosen) for each in places]
    context = {
        "wave": wave,
        "total": len(lines),
        "page_obj": Paginator(lines, PER_PAGE).get_page(request.POST.get("page") or request.GET.get("page")),
        "list_at": reverse("training:ceremony", args=[wave.code]),
        "counts": counts,
        "confirmed": sum(each.ready.name_confirmed for each in places),
        "unprinted": counts[Stand.LIKELY] + counts[Stand.HELD],
        "passed": sum(each.may_hand_out for each in places),
        "undecided": any(each.registration.outcome == Outcome.PENDING for each in places),
        "may_decide": may_decide,
        "form": form or CeremonyForm(wave=wave, initial=suggested(wave)),
        "order_form": OrderForm(),
    }
    export, status = sheets.CEREMONY.of(lines, about=wave.subject), 200 if form is None else 422
    return answer_page(request, "training/ceremony.html", context, export, status=status)


def _likely(places: list[Place]) -> set[str]:
    return {each.registration.code for each in places if each.stand == Stand.LIKELY}


TONES = {Stand.LIKELY: "good", Stand.HELD: "warn", Stand.PRINTED: "info", Stand.ISSUED: "good"}


def _line(place: Place, chosen: set[str]) -> dict[str, Any]:
    labels = {
        Stand.LIKELY: _("Likely to pass"),
        Stand.HELD: _("Held"),
        Stand.PRINTED: _("Printed"),
        Stand.ISSUED: _("Certificate issued"),
    }
    row = place.registration
    return {
        "row": row,
        "place": place,
        "label": labels[place.stand],
        "tone": TONES[place.stand],
        "may_choose": place.award is None and row.outcome != "failed",
        "ticked": row.code in chosen,
    }


@require_POST
def prepare(request: HttpRequest, code: str) -> HttpResponse:
    wave = find_managed_wave(request, code)
    form, ticked = CeremonyForm(request.POST, wave=wave), set(request.POST.getlist("people"))
    if "everybody" in request.POST:  # of a list of several pages the ticks of one are not all that is meant
        ticked = _likely(acts.forecast(wave))
    if form.is_valid():
        rows = Registration.objects.filter(wave=wave, subject__code__in=ticked)
        try:
            job = acts.prepare_certificates(
                wave=wave, registrations=rows, signing=form.signing(), order=form.cleaned_data["order"],
                actor=actor_of(request),
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            return _to_job(job, code)
    return _page(request, wave, form, ticked)


def _to_job(job: Job, code: str) -> HttpResponse:
    return redirect(f"{reverse('core:job', args=[job.code])}?back={reverse('training:ceremony', args=[code])}")


@require_POST
def print_again(request: HttpRequest, code: str) -> HttpResponse:
    wave, form = find_managed_wave(request, code), OrderForm(request.POST)
    order = form.cleaned_data["order"] if form.is_valid() else Order.NAME
    try:
        return _to_job(acts.print_certificates(wave=wave, order=order, actor=actor_of(request)), code)
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect("training:ceremony", code)


@require_POST
def hand_out(request: HttpRequest, code: str) -> HttpResponse:
    wave = find_managed_wave(request, code)
    try:
        return _to_job(acts.hand_out_certificates(wave=wave, actor=actor_of(request)), code)
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect("training:ceremony", code)


@require_POST
def hold_back(request: HttpRequest, code: str) -> HttpResponse:
    row = find_registration(request, code)
    wave = find_managed_wave(request, row.wave.code)
    try:
        acts.hold_back_certificate(registration=row, reason=request.POST.get("reason", ""), actor=actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("Held back. Its number stays in the register as void, with your reason."))
    return redirect("training:ceremony", wave.code)

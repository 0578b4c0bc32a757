"""Travel of a wave beyond the single row: all at once, paid, printed; and what participants wish, on their own page."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from enggang.budgets.enums import Category
from enggang.core.actor import Actor, actor_of
from enggang.core.acts import Refused
from enggang.core.views.answers import attached, attempt
from enggang.training.domain import travel as acts
from enggang.training.domain.travel_papers import diets_pdf, rooms_pdf
from enggang.training.forms.travel import TravelWishForm, TripsForm
from enggang.training.models import Registration
from enggang.training.views.finding import find_by_token, find_money_wave, find_registration, tells_the_end
from enggang.training.views.money import find_paid_wave, money_page, pay_page, trip_of

LISTS = {"kamar": rooms_pdf, "diet": diets_pdf}


@require_POST
def trips_add(request: HttpRequest, code: str) -> HttpResponse:
    wave = find_paid_wave(request, code)
    form = TripsForm(request.POST, wave=wave, prefix="semua")
    if attempt(form, lambda: acts.add_trips(wave=wave, actor=actor_of(request), **form.cleaned_data)):
        messages.success(request, _("Everybody is on the list. Change what differs in their rows."))
        return redirect("training:money", code=code)
    return money_page(request, wave, trips_form=form)


def trip_pay(request: HttpRequest, code: str, trip_id: int) -> HttpResponse:
    wave = find_paid_wave(request, code)
    trip = trip_of(wave, trip_id)
    context = {"who": trip.person, "amount": max(trip.open, 0), "tax": 0, "sppd": trip.number}
    said = _("The travel is paid and stands among the payments of the line.")
    return pay_page(request, wave, Category.TRAVEL, lambda **data: acts.pay_trip(trip=trip, **data), said, context)


@require_GET
def travel_list(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The rooming list and the diet list, as PDF."""
    wave = find_money_wave(request, code)
    if kind not in LISTS:
        raise Http404
    try:
        pdf = LISTS[kind](wave)
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("training:money", code=code)
    return attached(pdf, "application/pdf", f"{kind}-{code}.pdf")


@never_cache
@require_POST
def pocket_travel(request: HttpRequest, code: str) -> HttpResponse:
    back = reverse("training:pocket", args=[code])
    return _wish(request, find_registration(request, code), actor_of(request), back)


@never_cache
@require_POST
@tells_the_end
def seat_travel(request: HttpRequest, token: str) -> HttpResponse:
    registration, actor = find_by_token(token)
    return _wish(request, registration, actor, reverse("training:seat", args=[token]))


def _wish(request: HttpRequest, registration: Registration, actor: Actor, back: str) -> HttpResponse:
    form = TravelWishForm(request.POST, auto_id="jalan-%s")
    data = form.cleaned_data if form.is_valid() else {}
    if attempt(form, lambda: acts.keep_travel_wish(registration=registration, actor=actor, **data)):
        messages.success(request, _("Kept. The organiser sees it."))
        return redirect(back)
    return render(
        request, "training/travel_wish.html", {"registration": registration, "form": form, "back": back}, status=422
    )

"""Registering without an account, and the private page that comes of it. No sign-in anywhere here."""

from __future__ import annotations

from functools import lru_cache, partial
from urllib.parse import unquote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from enggang.accounts.limits import has_room, within_limit
from enggang.core import clock
from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.hot import find_one
from enggang.credentials.models import Award
from enggang.credentials.views.award import paper_response
from enggang.credentials.views.badge import badge_response
from enggang.people.domain.persons import complete_nip
from enggang.people.forms.persons import NipForm
from enggang.people.queries.persons import needs_nip
from enggang.reach.middleware import read_as
from enggang.seats.queries.offers import seats_by_pool
from enggang.training.domain.asking import answer_questions
from enggang.training.domain.completion import verdict_of
from enggang.training.domain.names import settle_name
from enggang.training.domain.registering_together import register_together
from enggang.training.domain.registrations import withdraw
from enggang.training.domain.self_registration import find_on_roster, register_self
from enggang.training.enums import WaveState
from enggang.training.forms.asking import PublicRegistrationForm
from enggang.training.forms.registrations import ConfirmNameForm, SelfRegistrationForm
from enggang.training.models import Wave
from enggang.training.models.wave import WITH_NAMES
from enggang.training.queries.pocket import pocket_for
from enggang.training.views.asked import asked_of
from enggang.training.views.finding import find_by_token, tells_the_end


def public_wave(request: HttpRequest, code: str) -> HttpResponse:
    """A wave as the public sees it, with the registration form while the window is open."""
    if request.method == "POST" and (token := _register_together(request, code)):
        return HttpResponseRedirect(_seat_address().format(token=token))
    shown = (WaveState.OPEN, WaveState.FINISHED, WaveState.CANCELLED)
    wave = find_one(Wave, related=WITH_NAMES, state__in=shown, subject__code=code[:100])
    if wave is None or wave.opened_at is None:
        raise Http404
    form = PublicRegistrationForm(request.POST or None, wave=wave)
    if form.is_bound and form.is_valid():
        token = _register(request, wave, form)
        if token:
            return redirect("training:seat", token=token)
    now, offer = clock.now(), wave.offer
    context = {
        "wave": wave,
        "form": form,
        "opens": offer.opens_at if offer.opens_at and offer.opens_at > now else None,
        "closed": offer.closes_at if offer.closes_at and offer.closes_at <= now else None,
        "pools": seats_by_pool(wave.offer),
        "sessions": wave.sessions.planned().with_places(),
        "window_open": wave.is_open and offer.is_open_at(now),
    }
    return read_as(render(request, "training/public_wave.html", context), wave.code)


@lru_cache(maxsize=1)
def _seat_address() -> str:
    """Of everybody's private page, looked up once: that takes as long as a tenth of a registration."""
    return unquote(reverse("training:seat", kwargs={"token": "{token}"}))


def _register_together(request: HttpRequest, code: str) -> str:
    """The token of the new private page when nothing is out of the ordinary; else nothing, and the form is looked at."""
    form = SelfRegistrationForm(request.POST)
    if not form.is_valid():
        return ""
    origin = f"{request.META.get('REMOTE_ADDR')} {request.headers.get('X-Forwarded-For')}"
    return register_together(
        wave=code[:100],
        nip=form.cleaned_data["nip"],
        name=form.cleaned_data["name"],
        origin=origin,
        has_room=partial(has_room, request, "self_registration"),
        actor=actor_of(request),
    )


def _register(request: HttpRequest, wave: Wave, form: PublicRegistrationForm) -> str:
    """The token of the new private page, or nothing, with the reason on the form."""
    try:
        # Asked before looking: past the limit even a right guess must stay without an answer.
        if not has_room(request, "self_registration"):
            raise Refused(_("Too many tries from here. Wait a few minutes, then try again."))
        person = find_on_roster(nip=form.cleaned_data["nip"], name=form.cleaned_data["name"])
        if person is None:
            within_limit(request, "self_registration")
            raise Refused(
                _(
                    "We could not find this NIP together with this name on any staff list. Check both; if they are "
                    "right, ask your agency's coordinator to send an up-to-date list or to register you. With an "
                    "assignment letter in hand the organiser can also seat you at the desk."
                )
            )
        registration, token = register_self(wave=wave, person=person, actor=actor_of(request))
    except Refused as refused:
        form.add_error(None, refused.message)
        return ""
    if form.questions:
        holder = find_by_token(token)[1]
        answer_questions(registration=registration, answers=form.answers(), actor=holder)
    return token


@tells_the_end
@never_cache
def seat(request: HttpRequest, token: str) -> HttpResponse:
    """The pocket page behind a private address; whoever opens it is not signed in as anybody."""
    return _seat_page(request, token)


def _seat_page(request: HttpRequest, token: str, nip_form: NipForm | None = None) -> HttpResponse:
    registration, _actor = find_by_token(token)
    name_form = ConfirmNameForm(initial={"printed_name": registration.printed_name})
    context = {
        "pocket": pocket_for(registration),
        "verdict": verdict_of(registration) if registration.is_seated else None,
        "registration": registration,
        "name_form": name_form,
        "nip_form": (nip_form or NipForm()) if needs_nip(registration.person) else None,
        "token": token,
        "shows_pass": True,
        "is_own": True,
        **asked_of(registration, token),
    }
    return render(request, "training/seat.html", context, status=200 if nip_form is None else 422)


@never_cache
@require_POST
@tells_the_end
def seat_withdraw(request: HttpRequest, token: str) -> HttpResponse:
    registration, actor = find_by_token(token)
    try:
        withdraw(registration=registration, actor=actor, reason=request.POST.get("reason", ""))
    except Refused as refused:
        messages.error(request, refused.message)
        return redirect("training:seat", token=token)
    return render(request, "training/withdrawn.html", {"registration": registration})


@require_POST
@tells_the_end
def seat_name(request: HttpRequest, token: str) -> HttpResponse:
    registration, actor = find_by_token(token)
    form = ConfirmNameForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused(_("Type the name as it is to be printed, at most 200 characters."))
        settle_name(registration=registration, actor=actor, printed_name=form.cleaned_data["printed_name"])
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("The name is kept as you typed it."))
    return redirect("training:seat", token=token)


@never_cache
@require_POST
@tells_the_end
def seat_nip(request: HttpRequest, token: str) -> HttpResponse:
    """The NIP that the agency's list had lost, typed by the person; a number that is refused stays in its field."""
    registration, actor = find_by_token(token)
    if not within_limit(request, "seat_nip", registration.code):
        messages.error(request, _("There have been many attempts. Wait a few minutes, then try again."))
        return redirect("training:seat", token=token)
    form = NipForm(request.POST)
    if form.is_valid():
        try:
            complete_nip(person=registration.person, nip=form.cleaned_data["nip"], actor=actor, by_own_page=True)
        except Refused as refused:
            form.add_error("nip", refused.message)
        else:
            messages.success(request, _("The NIP is on record."))
            return redirect("training:seat", token=token)
    return _seat_page(request, token, form)


@tells_the_end
@never_cache
def seat_paper(request: HttpRequest, token: str) -> HttpResponse:
    registration, _actor = find_by_token(token)
    rows = Award.objects.select_related("document__file", "document__signature__file")
    return paper_response(get_object_or_404(rows, pk=registration.award_id))


@tells_the_end
@never_cache
def seat_badge(request: HttpRequest, token: str, form: str) -> HttpResponse:
    """The digital badge, from behind the same private address as the paper."""
    registration, _actor = find_by_token(token)
    return badge_response(get_object_or_404(Award, pk=registration.award_id), form)

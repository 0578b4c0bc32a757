"""The seats of a wave: quotas, who waits and who is next, parts of a quota, walk-ins, substitutes, held seats."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.exports import LIST_METHODS, answer_page
from enggang.seats.domain.promotion import accept_proposal, change_promotion, seat_by_hand, skip_proposal
from enggang.seats.models import Claim
from enggang.training import exports_wave as sheets
from enggang.training import rules
from enggang.training.domain.quotas import divide_quota
from enggang.training.domain.registrations import confirm_seat, register_walk_in
from enggang.training.domain.substitution import substitute_person
from enggang.training.forms.registrations import PromotionForm, WalkInForm
from enggang.training.models import Wave
from enggang.training.queries.seats import (
    divisions,
    no_shows,
    proposal_lines,
    quota_lines,
    substitutes,
    waiting_lines,
)
from enggang.training.queries.staff import at_desk
from enggang.training.views.finding import find_by_token, find_managed_wave, find_registration, find_wave

PER_PAGE = 50


@never_cache
@require_http_methods(LIST_METHODS)
def seats(request: HttpRequest, code: str) -> HttpResponse:
    """For whoever watches the wave; a coordinator sees their own quotas and people."""
    return _seats(request, find_wave(request, code))


def _seats(request: HttpRequest, wave: Wave, *, policy: PromotionForm | None = None) -> HttpResponse:
    actor = actor_of(request)
    watches, mine = rules.sees_participants(actor, wave), divisions(wave, actor)
    if not watches and not mine:
        raise Http404
    may_manage = rules.may_manage(actor, wave.organisation)
    quotas, waiting = quota_lines(wave), waiting_lines(wave, actor)
    absent = no_shows(wave) if watches else []
    context = {
        "wave": wave,
        "quotas": quotas,
        "waiting": waiting,
        "proposals": proposal_lines(wave, actor) if may_manage else [],
        "no_shows": absent,
        "divisions": mine,
        "watches": watches,
        "may_manage": may_manage,
        "policy": policy or PromotionForm(initial=model_to_dict(wave.offer, list(PromotionForm.base_fields))),
    }
    exports = (
        sheets.QUOTAS.of(quotas, about=wave.subject),
        sheets.WAITING.of(lambda: waiting_lines(wave, actor, most=None), about=wave.subject, shown=waiting),
        sheets.NO_SHOWS.of(lambda: no_shows(wave, most=None) if watches else [], about=wave.subject, shown=absent),
        sheets.PARTS.of([part for each in mine for part in each.pool.parts.all()], about=wave.subject),
    )
    return answer_page(request, "training/seats.html", context, *exports, status=200 if policy is None else 422)


@require_POST
def seats_policy(request: HttpRequest, code: str) -> HttpResponse:
    wave = find_managed_wave(request, code)
    form = PromotionForm(request.POST)
    if form.is_valid():
        try:
            change_promotion(offer=wave.offer, actor=actor_of(request), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("Saved."))
            return redirect("training:seats", code=code)
    return _seats(request, wave, policy=form)


@require_POST
def seats_step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """Accept or skip a proposal, or seat somebody by hand."""
    wave, actor = find_managed_wave(request, code), actor_of(request)
    if step not in {"terima", "lewati", "dudukkan"}:
        raise Http404
    claims = Claim.objects.select_related("offer__organisation", "subject")
    claim = get_object_or_404(
        claims, offer=wave.offer, registration__subject__code=request.POST.get("registration", "")
    )
    try:
        if step == "lewati":
            skip_proposal(claim=claim, actor=actor)
        else:
            chosen = request.POST.get("pool", "")
            pool = get_object_or_404(wave.offer.pools, pk=int(chosen) if chosen.isdecimal() and len(chosen) < 10 else 0)
            (accept_proposal if step == "terima" else seat_by_hand)(claim=claim, pool=pool, actor=actor)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("Done, and the person is told.") if step != "lewati" else _("Passed over."))
    return redirect("training:seats", code=code)


@require_POST
def seats_divide(request: HttpRequest, code: str, pool_id: int) -> HttpResponse:
    wave, actor = find_wave(request, code), actor_of(request)
    division = next((each for each in divisions(wave, actor) if each.pool.pk == pool_id), None)
    if division is None:
        raise Http404
    agencies = {agency.code: agency for agency in division.agencies}
    agency, size = agencies.get(request.POST.get("agency", "")), request.POST.get("size", "")
    try:
        if agency is None or not size.isdecimal() or len(size) > 5:
            raise Refused(_("Choose an agency and type the number of seats."))
        divide_quota(pool=division.pool, organisation=agency, size=int(size), actor=actor)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("The quota is divided."))
    return redirect("training:seats", code=code)


def walk_in(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody stands at the desk with an assignment letter."""
    wave, actor = find_managed_wave(request, code), actor_of(request)
    form = WalkInForm(request.POST or None, people=at_desk(wave, actor, request.POST.get("who", "")))
    if form.is_bound and form.is_valid():
        try:
            registration = register_walk_in(wave=wave, actor=actor, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("%(name)s has a seat. Below is the pass.") % {"name": registration.person.name})
            return redirect("training:pocket", code=registration.code)
    context = {"wave": wave, "form": form, "quotas": quota_lines(wave)}
    return render(request, "training/seats_walk_in.html", context)


def substitute(request: HttpRequest, code: str) -> HttpResponse:
    """The agency's coordinator or the organiser puts a colleague on the seat."""
    registration, actor = find_registration(request, code), actor_of(request)
    if not rules.may_register_staff(actor, registration.wave, registration.agency):
        raise Http404
    text = request.GET.get("text", "")
    if request.method == "POST":
        person = substitutes(registration).filter(subject__code=request.POST.get("person", "")).first()
        try:
            if person is None:
                raise Refused(_("Choose who takes the seat."))
            reason = request.POST.get("reason", "").replace("\x00", "")
            made = substitute_person(registration=registration, person=person, actor=actor, reason=reason)
        except Refused as refused:
            messages.error(request, refused.message)
        else:
            messages.success(request, _("%(name)s has the seat now; both are told.") % {"name": person.name})
            return redirect("training:pocket", code=made.code)
    page = Paginator(substitutes(registration, text), PER_PAGE).get_page(request.GET.get("page"))
    context = {"registration": registration, "wave": registration.wave, "page_obj": page, "text": text}
    return render(request, "training/seats_substitute.html", context)


@require_POST
def confirm(request: HttpRequest, code: str) -> HttpResponse:
    registration = find_registration(request, code)
    if not rules.may_withdraw(actor_of(request), registration):
        raise Http404
    try:
        confirm_seat(registration=registration, actor=actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("The seat is confirmed. Below is the pass."))
    return redirect("training:pocket", code=code)


@never_cache
@require_POST
def seat_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Take the held seat, before its deadline."""
    registration, actor = find_by_token(token)
    try:
        confirm_seat(registration=registration, actor=actor)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("The seat is confirmed. Below is the pass."))
    return redirect("training:seat", token=token)

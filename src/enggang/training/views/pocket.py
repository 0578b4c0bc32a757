"""A registration as its participant (signed in), their coordinator and the organiser see it."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from enggang.attendance.tokens import qr_svg
from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.notices.domain.messages import whatsapp_text
from enggang.training import rules
from enggang.training.domain.completion import override_outcome, return_to_rule, verdict_of
from enggang.training.domain.crediting import correct_jp
from enggang.training.domain.names import settle_name
from enggang.training.domain.reaching import recipient
from enggang.training.domain.registrations import hand_out_page, withdraw
from enggang.training.enums import Outcome
from enggang.training.forms.registrations import ConfirmNameForm, CorrectJpForm, OverrideForm
from enggang.training.models import Registration
from enggang.training.queries.corrected import stale_papers
from enggang.training.queries.pages import working_pages
from enggang.training.queries.pocket import pocket_for
from enggang.training.views.asked import asked_of
from enggang.training.views.finding import find_managed_wave, find_registration


@never_cache
@require_GET
def pocket(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, find_registration(request, code))


def _page(request: HttpRequest, registration: Registration, **more: object) -> HttpResponse:
    actor = actor_of(request)
    context = {
        "registration": registration,
        "pocket": pocket_for(registration),
        "verdict": verdict_of(registration) if registration.is_seated else None,
        "working_pages": working_pages(registration),
        "may_withdraw": rules.may_withdraw(actor, registration) and not registration.is_withdrawn,
        "may_substitute": rules.may_substitute(actor, registration),
        "may_decide": rules.may_decide(actor, registration.wave),
        "shows_pass": rules.may_withdraw(actor, registration),
        "is_own": rules.is_own(actor, registration),
        "name_form": ConfirmNameForm(initial={"printed_name": registration.printed_name}),
        "override_form": OverrideForm(),
        "stale": stale_papers(registration) if rules.may_decide(actor_of(request), registration.wave) else [],
        "jp_form": CorrectJpForm(initial={"jp": registration.jp_credited}),
        **(asked_of(registration) if rules.may_withdraw(actor, registration) else {}),
    }
    return render(request, "training/pocket.html", {**context, **more})


@require_POST
def pocket_withdraw(request: HttpRequest, code: str) -> HttpResponse:
    registration = find_registration(request, code)
    try:
        withdraw(registration=registration, actor=actor_of(request), reason=request.POST.get("reason", ""))
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("The seat is given back."))
    return redirect("training:pocket", code=code)


@require_POST
def pocket_name(request: HttpRequest, code: str) -> HttpResponse:
    registration = find_registration(request, code)
    form = ConfirmNameForm(request.POST)
    if not form.is_valid():
        return _page(request, registration, name_form=form)
    try:
        settle_name(registration=registration, actor=actor_of(request), printed_name=form.cleaned_data["printed_name"])
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("The name is kept as you typed it."))
    return redirect("training:pocket", code=code)


@require_POST
def pocket_decide(request: HttpRequest, code: str) -> HttpResponse:
    registration = find_registration(request, code)
    form = OverrideForm(request.POST)
    if not form.is_valid():
        return _page(request, registration, override_form=form)
    outcome, reason = Outcome(form.cleaned_data["outcome"]), form.cleaned_data["reason"]
    try:
        override_outcome(registration=registration, outcome=outcome, reason=reason, actor=actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("The decision is kept with its reason."))
    return redirect("training:pocket", code=code)


@require_POST
def pocket_to_rule(request: HttpRequest, code: str) -> HttpResponse:
    registration = find_registration(request, code)
    find_managed_wave(request, registration.wave.code)
    try:
        return_to_rule(registration=registration, reason=request.POST.get("reason", ""), actor=actor_of(request))
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("The decision by hand is taken back; the rule decides again."))
    return redirect("training:pocket", code=code)


@require_POST
def pocket_jp(request: HttpRequest, code: str) -> HttpResponse:
    """Correct the credited JP, openly: the number the rule gave stays beside it."""
    registration = find_registration(request, code)
    find_managed_wave(request, registration.wave.code)
    form = CorrectJpForm(request.POST)
    if not form.is_valid():
        return _page(request, registration, jp_form=form)
    try:
        correct_jp(registration=registration, actor=actor_of(request), **form.cleaned_data)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("Saved."))
        if stale_papers(registration):
            messages.warning(request, _("Papers were given out with the number as it was before."))
            return redirect("training:corrected_papers", code=code)
    return redirect("training:pocket", code=code)


@never_cache
@require_POST
def pocket_page(request: HttpRequest, code: str) -> HttpResponse:
    """A new private address for somebody without an account: as a QR to be scanned now, and as a text to forward."""
    registration = find_registration(request, code)
    ended = working_pages(registration)
    token = hand_out_page(registration=registration, actor=actor_of(request))
    address = settings.PUBLIC_URL + reverse("training:seat", args=[token])
    context = {"registration": registration, "wave": registration.wave, "address": address, "ended": ended}
    text = whatsapp_text("training/messages/page", context, recipient(registration.person).language)
    page = {**context, "svg": qr_svg(address), "text": text}
    return render(request, "training/page_handed_out.html", page)

"""The page of a ticket behind its private address, and what its holder does there. No sign-in anywhere here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enggang.access.domain.links import actor_of_link, find_link
from enggang.access.enums import LinkScope
from enggang.accounts.limits import within_limit
from enggang.core.acts import Refused
from enggang.core.calendars import PRIVATE, answer_calendar, calendar_of
from enggang.core.views.answers import attached, attempt, press
from enggang.core.views.keeping import keeping_worker
from enggang.events.domain import bookings as acts
from enggang.events.domain.consents import answer_guardian, ask_guardian, consent_present, withdraw_consent
from enggang.events.enums import ConsentWay
from enggang.events.forms.visitors import ConsentForm, FewerForm, GuardianForm, PresentForm
from enggang.events.models import Booking, GuardianConsent
from enggang.events.papers.ticket import ticket_paper
from enggang.events.queries.tickets import Ticket, calendar_entry, ticket_of
from enggang.events.views.ticket_door import find_by_token, opened_here, remember, tells_the_end
from enggang.notices.domain.messages import whatsapp_link, whatsapp_text

KEPT_UP_TO = 2 * 1024**2  # bytes


@tells_the_end
@never_cache
@require_safe
def ticket(request: HttpRequest, token: str) -> HttpResponse:
    booking, _actor = find_by_token(token)
    return remember(_page(request, booking, token), token)


def _page(request: HttpRequest, booking: Booking, token: str, **bound: Any) -> HttpResponse:
    found = ticket_of(booking)
    address = settings.PUBLIC_URL + reverse("events:ticket", args=[token])
    text = share_text(found, address)
    forms = {
        "fewer_form": FewerForm(booking=booking, guests=found.guests) if booking.quantity > 1 else None,
        "guardian_form": GuardianForm(auto_id="wali-%s"),
        "present_form": PresentForm(initial={"name": booking.name}, auto_id="hadir-%s"),
        **bound,
    }
    context = {
        "ticket": found, "booking": booking, "slot": booking.slot, "part": booking.part, "edition": booking.part.edition,
        "token": token, "address": address, "text": text, "own_whatsapp": whatsapp_link(booking.phone, text), **forms,
    }  # fmt: skip
    wrong = any(form is not None and form.errors for form in forms.values())
    return render(request, "events/ticket.html", context, status=422 if wrong else 200)


def share_text(found: Ticket, address: str) -> str:
    booking = found.booking
    facts = {"booking": booking, "slot": booking.slot, "part": booking.part, "edition": booking.part.edition}
    return whatsapp_text("events/messages/ticket", {**facts, "ticket": address}, booking.language)


def _pressed(request: HttpRequest, token: str, do: Callable[[], Any], said: str) -> HttpResponse:
    press(request, do, said)
    return redirect("events:ticket", token=token)


@tells_the_end
@never_cache
@require_POST
def ticket_fewer(request: HttpRequest, token: str) -> HttpResponse:
    booking, actor = find_by_token(token)
    guests = list(booking.guests.all())
    form = FewerForm(request.POST, booking=booking, guests=guests)

    def reduce() -> None:
        quantity, staying = form.wanted
        acts.reduce_booking(booking=booking, quantity=quantity, staying=staying, actor=actor)

    if attempt(form, reduce):
        messages.success(request, _("The places are given back. Your ticket is for fewer people now."))
        return redirect("events:ticket", token=token)
    return _page(request, find_by_token(token)[0], token, fewer_form=form)


@tells_the_end
@never_cache
@require_POST
def ticket_cancel(request: HttpRequest, token: str) -> HttpResponse:
    booking, actor = find_by_token(token)
    said = _("Cancelled. The places go to whoever waits; you can take it back below while there are places.")
    return _pressed(request, token, lambda: acts.cancel_booking(booking=booking, actor=actor), said)


@tells_the_end
@never_cache
@require_POST
def ticket_restore(request: HttpRequest, token: str) -> HttpResponse:
    booking, actor = find_by_token(token)
    said = _("You are registered again. Below is how it stands.")
    return _pressed(request, token, lambda: acts.restore_booking(booking=booking, actor=actor), said)


@tells_the_end
@never_cache
@require_POST
def ticket_mail(request: HttpRequest, token: str) -> HttpResponse:
    booking, actor = find_by_token(token)

    def mail() -> None:
        if not within_limit(request, "ticket_mail", booking.code):
            raise Refused(_("There have been many attempts. Wait a few minutes, then try again."))
        acts.send_ticket(booking=booking, actor=actor)

    return _pressed(request, token, mail, _("The ticket is on its way by e-mail."))


@tells_the_end
@never_cache
@require_safe
def ticket_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The same UID every time, and a SEQUENCE that grows: a calendar changes the entry instead of doubling it."""
    booking, _actor = find_by_token(token)
    address = settings.PUBLIC_URL + reverse("events:ticket", args=[token])
    content = calendar_of(str(booking.part), [calendar_entry(ticket_of(booking), address)])
    return answer_calendar(request, content, PRIVATE)


@tells_the_end
@never_cache
@require_safe
def ticket_pdf(request: HttpRequest, token: str) -> HttpResponse:
    booking, _actor = find_by_token(token)
    return attached(ticket_paper(ticket_of(booking)), "application/pdf", f"tiket-{booking.spelled}.pdf")


@require_safe
def ticket_worker(request: HttpRequest) -> HttpResponse:
    """The service worker of tickets: each page registers it for itself alone."""
    return keeping_worker(request, "tiket", "/acara/t/", KEPT_UP_TO)


# -- guardians ----------------------------------------------------------------------------------------------


@tells_the_end
@never_cache
@require_POST
def guardian_ask(request: HttpRequest, token: str) -> HttpResponse:
    """The question goes to the guardian's own number; its address is not shown on this page."""
    booking, actor = find_by_token(token)
    form = GuardianForm(request.POST, auto_id="wali-%s")
    asked: list[tuple[GuardianConsent, str]] = []

    def ask() -> None:
        if not within_limit(request, "guardian_ask", booking.code):
            raise Refused(_("There have been many attempts. Wait a few minutes, then try again."))
        asked.append(ask_guardian(booking=booking, actor=actor, **form.cleaned_data))

    if not attempt(form, ask):
        return _page(request, find_by_token(token)[0], token, guardian_form=form)
    consent, key = asked[0]
    address = settings.PUBLIC_URL + reverse("events:guardian", args=[key])
    facts = {"consent": consent, "booking": booking, "part": booking.part, "edition": booking.part.edition}
    text = whatsapp_text("events/messages/guardian", {**facts, "address": address}, "id")
    context = {"consent": consent, "token": token, "href": whatsapp_link(consent.phone, text), "part": booking.part}
    return render(request, "events/guardian_asked.html", context)


@tells_the_end
@never_cache
@require_POST
def guardian_present(request: HttpRequest, token: str) -> HttpResponse:
    booking, actor = find_by_token(token)
    form = PresentForm(request.POST, auto_id="hadir-%s")
    if attempt(form, lambda: consent_present(booking=booking, actor=actor, **form.cleaned_data)):
        messages.success(request, _("Your consent is kept. Come to the gate together with the children."))
        return redirect("events:ticket", token=token)
    return _page(request, find_by_token(token)[0], token, present_form=form)


@tells_the_end
@never_cache
@require_POST
def guardian_withdraw(request: HttpRequest, token: str, row_id: int) -> HttpResponse:
    """Of what an adult of the registration said here themselves."""
    booking, actor = find_by_token(token)
    consent = get_object_or_404(booking.consents.filter(way=ConsentWay.PRESENT), pk=row_id)
    consent.booking = booking
    said = _("The consent is taken back. Without one the children are not let in.")
    return _pressed(request, token, lambda: withdraw_consent(consent=consent, actor=actor), said)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def guardian(request: HttpRequest, token: str) -> HttpResponse:
    """What a guardian reads and answers, on their own phone."""
    link = find_link(token[:100], LinkScope.GUARDIAN)
    if link is None:
        raise Http404
    consent = get_object_or_404(GuardianConsent.objects.select_related("subject"), subject=link.subject)
    booking = get_object_or_404(Booking.objects.with_names(), pk=consent.booking_id)
    consent.booking = booking
    form = ConsentForm(request.POST or None, initial={"name": consent.name, "relation": consent.relation})
    answer = request.POST.get("jawaban", "")
    actor, same = actor_of_link(link), opened_here(request, booking)

    def say() -> None:
        if answer == "tarik":
            withdraw_consent(consent=consent, actor=actor)
        else:
            answer_guardian(consent=consent, agrees=answer == "ya", same_phone=same, actor=actor, **form.cleaned_data)

    if form.is_bound and attempt(form, say):
        messages.success(request, _("Thank you. Your answer is kept, and you can change it here."))
        return redirect("events:guardian", token=token)
    context = {
        "consent": consent, "ticket": ticket_of(booking), "booking": booking, "part": booking.part, "slot": booking.slot,
        "edition": booking.part.edition, "minors": list(consent.guests.all()), "form": form, "same": same,
    }  # fmt: skip
    return render(request, "events/guardian.html", context, status=422 if form.errors else 200)

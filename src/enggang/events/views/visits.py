"""Registering for an event without an account: choose a time, say who comes, and the answer is the ticket."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from enggang.accounts.limits import within_limit
from enggang.core.actor import actor_of
from enggang.core.acts import Refused
from enggang.core.rows import fresh_rows, is_to_be_saved
from enggang.events.domain.bookings import book, open_ticket
from enggang.events.forms.visitors import FindForm, GuestFormSet, VisitorForm, guest_specs
from enggang.events.models import Edition, Slot
from enggang.events.payments import payment_of
from enggang.events.queries.tickets import find_ticket, tickets_named
from enggang.events.queries.visitors import edition_closed, parts_of, public_editions, slot_lines
from enggang.events.views.ticket_door import remember, remembered
from enggang.people.phones import normalise_phone
from enggang.reach.middleware import read_as

KEY = 20  # characters of a key that can be relied upon


def _edition(code: str) -> Edition:
    return get_object_or_404(public_editions().with_names(), subject__code=code[:100])


@require_safe
def visit(request: HttpRequest, code: str) -> HttpResponse:
    """Everything one can register for, with what is left of each time."""
    edition = _edition(code)
    parts = parts_of(edition, public=True)
    context = {
        "edition": edition,
        "parts": [(row, payment_of(row.part).words(row.part)) for row in parts],
        "closed": edition_closed(edition),
        "collection": edition.collection if edition.collection and edition.collection.is_public else None,
    }
    return read_as(render(request, "events/visit.html", context), edition.event.code)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def visit_book(request: HttpRequest, code: str, slot_id: int) -> HttpResponse:
    edition = _edition(code)
    slot = get_object_or_404(
        Slot.objects.with_names(), pk=slot_id, part__edition=edition, part__in=edition.parts.public()
    )
    form = VisitorForm(request.POST or None, part=slot.part)
    guests = (
        GuestFormSet(fresh_rows(request, "guests"), prefix="guests", form_kwargs={"part": slot.part})
        if slot.part.names
        else None
    )
    saves = is_to_be_saved(request)
    if saves and (token := _register(request, slot, form, guests)):
        return remember(redirect("events:ticket", token=token), token)
    (line,) = slot_lines([slot])
    context = {
        "edition": edition, "part": slot.part, "slot": slot, "line": line, "form": form, "formset": guests,
        "closed": "" if form.is_bound else line.closed, "price_words": payment_of(slot.part).words(slot.part),
        "last": remembered(request, slot),
    }  # fmt: skip
    return render(request, "events/visit_book.html", context, status=422 if saves else 200)


def _register(request: HttpRequest, slot: Slot, form: VisitorForm, guests: Any) -> str:
    """The token of the ticket, or nothing, with the reason on the form. Sent twice, it opens the same ticket."""
    actor, key = actor_of(request), request.POST.get("key", "")[:64]
    key = key if len(key) >= KEY else ""
    known = tickets_named(key)
    if known is not None:
        return open_ticket(booking=known, actor=actor)
    if not form.is_valid() or (guests is not None and not guests.is_valid()):
        return ""
    try:
        if form.is_bait_taken or not within_limit(
            request, "visitor_booking", normalise_phone(form.cleaned_data["phone"])
        ):
            raise Refused(_("Too many tries from here. Wait a few minutes, then try again."))
        visitor = form.visitor(guest_specs(guests) if guests is not None else ())
        return book(slot=slot, visitor=visitor, request_key=key, actor=actor)[1]
    except Refused as refused:
        known = tickets_named(key)  # the other press of the same button was a moment sooner
        if known is not None:
            return open_ticket(booking=known, actor=actor)
        form.add_error(None, refused.message)
    return ""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ticket_find(request: HttpRequest) -> HttpResponse:
    """By telephone number and code. One answer for whatever does not fit: nobody learns whose number is on record."""
    form = FindForm(request.POST or None)
    if form.is_bound and form.is_valid():
        phone, code = form.cleaned_data["phone"], form.cleaned_data["code"]
        if not within_limit(request, "ticket_find", normalise_phone(phone)):
            form.add_error(None, _("There have been many attempts. Wait a few minutes, then try again."))
        elif booking := find_ticket(phone, code):
            token = open_ticket(booking=booking, actor=actor_of(request))
            return remember(redirect("events:ticket", token=token), token)
        else:
            form.add_error(
                None,
                _("There is no ticket with this number and this code. Check both; at the gate staff can look it up."),
            )
    return render(request, "events/ticket_find.html", {"form": form}, status=422 if form.errors else 200)

"""Registering at the gate in ten seconds: a time, how many, a name if they like; the answer is a square code to be photographed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enggang.access.domain.links import actor_from_link, find_link
from enggang.access.enums import LinkScope
from enggang.core import clock
from enggang.core.actor import Actor, actor_of
from enggang.core.views.answers import attempt
from enggang.events.domain.bookings import Visitor, book, note_paid
from enggang.events.enums import BookingSource
from enggang.events.forms.visitors import PaidForm, WalkUpForm
from enggang.events.models import Booking, Edition, Part, Slot
from enggang.events.queries.tickets import ticket_of, tickets_named
from enggang.events.queries.visitors import SlotLine, edition_closed, slot_closed, slot_lines, when_in_short
from enggang.events.views.finding import find_managed_part


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def walk_up(request: HttpRequest, token: str) -> HttpResponse:
    part, actor = _by_link(request, token)
    return _register(request, part, actor, "events:walk_up_ticket", {"token": token})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def walk_up_staff(request: HttpRequest, code: str) -> HttpResponse:
    """The same from the page of the part, for whoever is signed in."""
    part = find_managed_part(request, code)
    return _register(request, part, actor_of(request), "events:booking", {}, back=reverse("events:part", args=[code]))


def _by_link(request: HttpRequest, token: str) -> tuple[Part, Actor]:
    link = find_link(token[:100], LinkScope.WALK_UP)
    actor = actor_from_link(actor_of(request), token[:100], LinkScope.WALK_UP)
    if link is None or actor is None:
        raise Http404
    part = get_object_or_404(Part.objects.select_related("subject", "site"), subject=link.subject)
    part.edition = get_object_or_404(Edition.objects.with_names(), pk=part.edition_id)
    return part, actor


def _lines(part: Part) -> list[SlotLine]:
    """The times that are not over, the next one first."""
    now = clock.now()
    rows = [slot for slot in Slot.objects.with_names().filter(part=part) if slot.ends_at > now]
    return [line for line in slot_lines(rows) if not slot_closed(line.slot, at_the_gate=True)]


def _register(
    request: HttpRequest, part: Part, actor: Actor, done: str, where: dict[str, str], *, back: str = ""
) -> HttpResponse:
    lines = _lines(part)
    several = len({line.slot.place for line in lines}) > 1
    choices = [(line.slot.pk, _choice(line, several=several)) for line in lines]
    chosen = request.GET.get("waktu") or next((line.slot.pk for line in lines if line.free > 0), "")
    form = WalkUpForm(request.POST or None, slots=choices, most=part.most, initial={"slot": chosen})
    made: list[Booking] = []
    if form.is_bound and attempt(form, lambda: made.append(_book(form, part, actor))):
        return redirect(reverse(done, kwargs={**where, "code": made[0].code}))
    context = {"part": part, "edition": part.edition, "lines": lines, "form": form, "back": back,
               "closed": edition_closed(part.edition)}  # fmt: skip
    return render(request, "events/walk_up.html", context, status=422 if form.errors else 200)


def _choice(line: SlotLine, *, several: bool) -> str:
    """Room and hours first; the place where the times have more than one."""
    free = _("%(n)s free") % {"n": line.free} if line.free > 0 else _("full")
    return " · ".join(filter(None, (free, when_in_short(line.slot), str(line.slot.place or "") if several else "")))


def _book(form: WalkUpForm, part: Part, actor: Actor) -> Booking:
    """Sent twice it is one registration."""
    data: dict[str, Any] = form.cleaned_data
    if (known := tickets_named(data["key"])) is not None and known.slot.part_id == part.pk:
        return known
    slot = get_object_or_404(Slot.objects.with_names(), pk=data["slot"], part=part)
    visitor = Visitor(name=data["name"], people=data["people"])
    return book(
        slot=slot, visitor=visitor, source=BookingSource.WALK_UP, request_key=data["key"], may_wait=False, actor=actor
    )[0]


def _booking(part: Part, code: str) -> Booking:
    """One that was made at the gate: a volunteer's address opens no others."""
    rows = Booking.objects.with_names().filter(source=BookingSource.WALK_UP, slot__part=part)
    return get_object_or_404(rows, subject__code=code)


@never_cache
@require_safe
def walk_up_ticket(request: HttpRequest, token: str, code: str) -> HttpResponse:
    part, _actor = _by_link(request, token)
    return _ticket_page(request, token, part, _booking(part, code))


def _ticket_page(
    request: HttpRequest, token: str, part: Part, booking: Booking, form: PaidForm | None = None
) -> HttpResponse:
    ticket = ticket_of(booking)
    form = form or PaidForm(initial={"amount": ticket.admission.due})
    context = {
        "token": token,
        "part": part,
        "edition": part.edition,
        "booking": booking,
        "ticket": ticket,
        "form": form,
    }
    return render(request, "events/walk_up_ticket.html", context, status=422 if form.errors else 200)


@never_cache
@require_POST
def walk_up_pay(request: HttpRequest, token: str, code: str) -> HttpResponse:
    part, actor = _by_link(request, token)
    booking = _booking(part, code)
    form = PaidForm(request.POST)
    if attempt(form, lambda: note_paid(booking=booking, actor=actor, **form.cleaned_data)):
        messages.success(request, _("Noted as paid."))
        return redirect("events:walk_up_ticket", token=token, code=code)
    return _ticket_page(request, token, part, _booking(part, code), form)

"""How a ticket is found by its private address, and what a phone remembers of the one it opened last."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render

from enggang.access.domain.links import actor_of_link, find_link
from enggang.access.enums import LinkScope
from enggang.core.actor import Actor
from enggang.events.models import Booking, Slot

COOKIE = "tiket"
DAYS = 120
P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)


class TicketEnded(Http404):
    """A private address that is unknown or over: which of them is not told."""


def tells_the_end(
    view: Callable[Concatenate[HttpRequest, P], R],
) -> Callable[Concatenate[HttpRequest, P], R | HttpResponse]:
    """Answer an ended address with the page that finds a ticket by number and code."""

    @wraps(view)
    def told(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R | HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except TicketEnded:
            return render(request, "events/ticket_ended.html", status=404)

    return told


def find_by_token(token: str) -> tuple[Booking, Actor]:
    """The registration behind a private address, and the link as the one who acts."""
    link = find_link(token[:100], LinkScope.TICKET)
    if link is None:
        raise TicketEnded
    return get_object_or_404(Booking.objects.with_names(), subject=link.subject), actor_of_link(link)


def remember(response: HttpResponse, token: str) -> HttpResponse:
    """This phone has opened this ticket: «back» leads to it, and a guardian's answer is not taken from it."""
    response.set_cookie(
        COOKIE, token, max_age=DAYS * 86_400, path="/acara/", secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )  # fmt: skip
    return response


def remembered(request: HttpRequest, slot: Slot) -> str:
    """The token of the ticket for this time that was last opened here, while it stands."""
    token = request.COOKIES.get(COOKIE, "")
    return token if (found := _last(token)) and found.slot_id == slot.pk and not found.is_cancelled else ""


def opened_here(request: HttpRequest, booking: Booking) -> bool:
    found = _last(request.COOKIES.get(COOKIE, ""))
    return found is not None and found.pk == booking.pk


def _last(token: str) -> Booking | None:
    link = find_link(token[:100], LinkScope.TICKET) if token else None
    return Booking.objects.select_related("claim").filter(subject=link.subject).first() if link else None

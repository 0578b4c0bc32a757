"""A published festival with something to register for, for tests of visitors."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from django.urls import reverse

from enggang.access.domain.links import actor_of_link, find_link
from enggang.access.enums import LinkScope
from enggang.core import clock
from enggang.core.actor import ANONYMOUS, SYSTEM, Actor
from enggang.events.domain.bookings import GuestSpec, Visitor, book
from enggang.events.domain.ticketing import add_slot, move_part, open_part
from enggang.events.enums import Stage
from enggang.events.models import Booking, Edition, Part, Slot
from enggang.places.models import Organisation
from tests.events.factories import brought_to, make_edition, make_event, make_site

AHEAD = 30  # days until the festival


def make_festival(agency: Organisation, name: str = "Festival Danau", **facts: Any) -> Edition:
    first = clock.today() + timedelta(days=AHEAD)
    values = {
        "first": first,
        "last": first + timedelta(days=2),
        "year": first.year,
        "event": make_event(agency, name),
        **facts,
    }
    return brought_to(make_edition(agency, **values), Stage.PUBLISHED)


def make_part(edition: Edition, title: str = "Saprahan", *, opened: bool = True, **facts: Any) -> Part:
    part = open_part(edition=edition, title=title, actor=SYSTEM, **facts)
    if opened:
        make_slot(part)
        move_part(part=part, to="open", actor=SYSTEM)
    return part


def make_slot(part: Part, capacity: int = 10, **facts: Any) -> Slot:
    day: date = part.edition.starts_on or clock.today() + timedelta(days=AHEAD)
    values = {"day": day, "begins": time(19), "ends": time(21), **facts}
    return fresh(add_slot(part=part, capacity=capacity, actor=SYSTEM, **values))


def make_open_slot(agency: Organisation, capacity: int = 10, **facts: Any) -> Slot:
    """The one time of a part that is open for registration."""
    edition = make_festival(agency)
    part = make_part(edition, opened=False, site=make_site(edition), **facts)
    slot = make_slot(part, capacity)
    move_part(part=part, to="open", actor=SYSTEM)
    return fresh(slot)


def fresh(slot: Slot) -> Slot:
    return Slot.objects.with_names().get(pk=slot.pk)


def again(booking: Booking) -> Booking:
    return Booking.objects.with_names().get(pk=booking.pk)


def booked(slot: Slot, name: str = "Contoh Ani", people: int = 1, **facts: Any) -> Booking:
    return booked_with_token(slot, name, people, **facts)[0]


def booked_with_token(slot: Slot, name: str = "Contoh Ani", people: int = 1, **facts: Any) -> tuple[Booking, str]:
    values = {"phone": "081234567890", "language": "id", **facts}
    visitor = Visitor(name=name, people=people, **values)
    booking, token = book(slot=fresh(slot), visitor=visitor, actor=ANONYMOUS)
    return again(booking), token


def family(*ages: str) -> list[GuestSpec]:
    return [GuestSpec(f"Contoh {n}", age) for n, age in enumerate(ages, 1)]


def holder(token: str, scope: LinkScope = LinkScope.TICKET) -> Actor:
    link = find_link(token, scope)
    assert link is not None
    return actor_of_link(link)


def page_of(slot: Slot) -> str:
    return reverse("events:visit_book", args=[slot.part.edition.code, slot.pk])

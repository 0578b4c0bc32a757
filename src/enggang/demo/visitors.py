"""A festival that visitors register for: boats and a common meal, families, a waiting list, a time called off. The event
is real; its next days, places, prices and every visitor are made up."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from enggang.access.domain.links import actor_of_link, find_link
from enggang.access.enums import LinkScope
from enggang.core import clock
from enggang.core.actor import ANONYMOUS, SYSTEM, Actor
from enggang.demo.events import brought
from enggang.events.domain.bookings import GuestSpec, Visitor, book, cancel_booking, note_paid
from enggang.events.domain.consents import ask_guardian, consent_present
from enggang.events.domain.editions import add_site, open_edition
from enggang.events.domain.ticketing import add_part_question, add_slot, move_part, move_slot, open_part
from enggang.events.enums import AgeGroup, Area, BookingSource, Entry, Stage
from enggang.events.models import Booking, Edition, Event, Part, Site, Slot

FAMILY = ((AgeGroup.ADULT, 2), (AgeGroup.YOUTH, 1), (AgeGroup.CHILD, 2))
MEAL = (("Contoh Keluarga Sungai", 5), ("Contoh Rombongan Desa", 6), ("Contoh Tamu Miri", 2))


def lay_down_visitors() -> None:
    """Call once, after the events."""
    event = Event.objects.get(name="Festival Danau Sentarum")
    first = date(clock.today().year + 1, 10, 25)
    edition = open_edition(
        event=event, year=first.year, first=first, last=first + timedelta(days=2), area=Area.WIDER,
        scale="international", entry=Entry.MIXED, visitors=8_000, theme="Contoh tema: danau untuk semua", actor=SYSTEM,
    )  # fmt: skip
    jetty, hall = (_site(edition, *facts) for facts in (
        ("Dermaga contoh", "Naik perahu", "0.840000", "112.180000", 200),
        ("Balai contoh di tepi danau", "Makan saprahan", "0.845000", "112.170000", 400),
    ))  # fmt: skip
    brought(edition, Stage.PUBLISHED)
    _boats(edition, jetty)
    _meal(edition, hall)


def _site(edition: Edition, name: str, use: str, latitude: str, longitude: str, capacity: int) -> Site:
    return add_site(
        edition=edition, name=name, use=use, latitude=latitude, longitude=longitude, capacity=capacity,
        region=edition.event.region, actor=SYSTEM,
    )  # fmt: skip


def _slot(part: Part, capacity: int, after: int, begins: time, ends: time) -> Slot:
    assert part.edition.starts_on is not None
    day = part.edition.starts_on + timedelta(days=after)
    return add_slot(part=part, capacity=capacity, day=day, begins=begins, ends=ends, actor=SYSTEM)


def _as_it_stands(slot: Slot) -> Slot:
    return Slot.objects.with_names().get(pk=slot.pk)


def _boats(edition: Edition, jetty: Site) -> None:
    """Paid at the gate, everybody's age is asked, guardians consent."""
    part = open_part(
        edition=edition, title="Perahu ke Danau Sentarum (contoh)", site=jetty, price=25_000, most=6, consent=True,
        description="Satu jam di danau dengan pemandu. Baju pelampung tersedia untuk semua ukuran.", actor=SYSTEM,
    )  # fmt: skip
    add_part_question(part=part, label="Datang dari mana?", kind="text", actor=SYSTEM)
    morning, noon, evening = (
        _slot(part, 12, after, time(hour), time(hour + 1)) for after, hour in ((0, 7), (0, 10), (1, 16))
    )
    move_part(part=part, to="open", actor=SYSTEM)
    family, holder = _booked(morning, "Contoh Ibu Kapuas", 1, ages=FAMILY)
    consent_present(booking=family, name=family.name, relation="Ibu", actor=holder)
    children, holder = _booked(morning, "Contoh Remaja Putussibau", 2, ages=((AgeGroup.YOUTH, 2),))
    ask_guardian(booking=children, name="Contoh Wali", phone="081300000099", actor=holder)
    paid, _holder = _booked(
        morning, "Contoh Wisatawan", 3, ages=((AgeGroup.ADULT, 5),), email="wisatawan@contoh.example"
    )
    note_paid(booking=paid, amount=125_000, receipt="K-001 (contoh)", actor=SYSTEM)
    _booked(morning, "Contoh Pasangan", 4, ages=((AgeGroup.ADULT, 2),))  # one too many: they wait
    gone, holder = _booked(noon, "Contoh Batal", 5, ages=((AgeGroup.ADULT, 1),))
    cancel_booking(booking=gone, actor=holder)
    book(slot=_as_it_stands(noon), visitor=Visitor(people=2), source=BookingSource.WALK_UP, actor=SYSTEM)
    _booked(evening, "Contoh Peneliti Danau", 6, ages=((AgeGroup.ADULT, 3),))
    move_slot(
        slot=_as_it_stands(evening), to="called_off", reason="Permukaan air terlalu rendah (contoh)", actor=SYSTEM
    )


def _meal(edition: Edition, hall: Site) -> None:
    """Free of charge, only a number is asked; one evening lasts past midnight."""
    part = open_part(
        edition=edition, title="Saprahan bersama (contoh)", site=hall, most=8,
        description="Makan bersama di lantai, enam orang satu saprah.", actor=SYSTEM,
    )  # fmt: skip
    noon, _night = _slot(part, 60, 1, time(11), time(13)), _slot(part, 80, 2, time(20), time(1))
    move_part(part=part, to="open", actor=SYSTEM)
    for number, (name, people) in enumerate(MEAL, 10):
        _booked(noon, name, number, people=people)


def _booked(
    slot: Slot, name: str, number: int, *, ages: tuple[tuple[AgeGroup, int], ...] = (), **facts: Any
) -> tuple[Booking, Actor]:
    """With who acts from the page of the ticket."""
    guests = [GuestSpec(age=age) for age, count in ages for _each in range(count)]
    visitor = Visitor(name=name, phone=f"0812000001{number:02d}", guests=guests, language="id", **facts)
    booking, token = book(slot=_as_it_stands(slot), visitor=visitor, actor=ANONYMOUS)
    link = find_link(token, LinkScope.TICKET)
    return booking, actor_of_link(link) if link else SYSTEM

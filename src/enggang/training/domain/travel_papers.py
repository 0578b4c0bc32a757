"""The papers of a journey, as PDF: the SPPD to be stamped, the rooming list and the diet list."""

from __future__ import annotations

from typing import cast

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from enggang.core import clock
from enggang.core.text import Absent
from enggang.documents.domain.letterheads import emblem_bytes
from enggang.documents.domain.letters import signing_of
from enggang.documents.models import Signatory
from enggang.documents.rendering.letter import Signing
from enggang.documents.rendering.listing import Column, Listing, Section, render_listing
from enggang.documents.rendering.wording import date_range, long_date, spaced_nip
from enggang.people.models import Employment
from enggang.training.domain.money_recap import letterhead_of, marked, printed_head
from enggang.training.models import Trip, Wave
from enggang.training.queries.travel import Guest, guests

PAPER = "sppd"
STOPS, STAMP = 3, 30  # places of arrival on the paper; millimetres for a stamp and a signature
DOTS = "…………………………"


def sppd_pdf(trip: Trip) -> bytes:
    """Under the agency's letterhead, ordered by whoever signs for it today; dots where nobody is entered yet."""
    wave = trip.wave
    head, today = letterhead_of(wave, PAPER), clock.today(wave.organisation.time_zone)
    order = Signatory.objects.filter(organisation=wave.organisation).on(today, PAPER).first()
    listing = Listing(
        title=_("Official travel order (SPPD)"), about=marked(wave, [f"{_('Number')}: {trip.number or DOTS}"]),
        head=printed_head(wave, head), sections=[_facts(trip), _stamps()], day=today,
        signing=_ordering(order, head.city if head else "", long_date(today)),
    )  # fmt: skip
    return render_listing(listing, emblem=emblem_bytes(head))


def _facts(trip: Trip) -> Section:
    person = trip.person
    work = Employment.objects.present().filter(person=person).select_related("organisation").first()
    facts = [
        (_("Who travels"), person.name),
        (_("NIP"), spaced_nip(person.nip or "")),
        (_("Rank"), work.rank if work else ""),
        (_("Post"), work.post if work else ""),
        (_("Agency"), work.organisation.name if work else ""),
        (_("Purpose"), str(trip.wave)),
        (_("From"), trip.leaves_from),
        (_("To"), trip.goes_to),
        (_("Length of the journey (days)"), f"{trip.days} ({date_range(trip.leaves_on, trip.returns_on)})"),
        (_("Paid from the budget"), str(trip.wave.budget or "")),
    ]
    columns = [Column(_("No."), True), Column(_("About"), width=2), Column(_("Content"), width=4)]
    rows = [[str(place), name, value or "–"] for place, (name, value) in enumerate(facts, start=1)]
    return Section(_("The journey"), columns, rows)


def _stamps() -> Section:
    columns = [
        Column(_("No."), True), Column(_("Arrived at, on, stamp and signature")),
        Column(_("Left from, on, stamp and signature")),
    ]  # fmt: skip
    rows = [[str(place), "", ""] for place in range(1, STOPS + 1)]
    return Section(_("Places of arrival"), columns, rows, height=STAMP)


def _ordering(row: Signatory | None, city: str, day: str) -> Signing:
    if row is None:
        return {"title": [_("Who gives the order,")], "name": DOTS, "rank": "", "nip": ""}
    signing = cast(Signing, signing_of(row))
    return {**signing, "title": [f"{city}, {day}" if city else day, *signing["title"]]}


def rooms_pdf(wave: Wave) -> bytes:
    """Who shares which room, then who has none yet; a room with one bed free says so."""
    rooms: dict[str, list[Guest]] = {}
    for guest in guests(wave):
        rooms.setdefault(guest.room.casefold(), []).append(guest)
    without = rooms.pop("", [])
    columns = [Column(_("Room at the hotel")), *_people_columns()]
    rows = []
    for key in sorted(rooms, key=lambda room: (len(room), room)):
        for place, guest in enumerate(rooms[key]):
            rows.append([guest.room if not place else "", *_guest(guest)])
        if len(rooms[key]) == 1:
            rows.append(["", _("one bed free"), "", "", ""])
    lacking = [[Absent(_("no room yet")), *_guest(guest)] for guest in without]
    sections = [
        Section(_("Rooms"), columns, rows, _("No room is given out yet.")),
        Section(_("Without a room"), columns, lacking, _("Everybody has a room.")),
    ]
    return _list_pdf(wave, _("Rooming list"), sections)


def _people_columns() -> list[Column]:
    return [
        Column(_("Name"), width=3),
        Column(_("Arrives"), width=2),
        Column(_("Leaves"), width=2),
        Column(_("Wish"), width=2),
    ]


def _guest(guest: Guest) -> list[str]:
    wish, trip = guest.wish, guest.trip
    arrives = _arrival(guest)
    return [
        guest.person.name,
        arrives,
        date_format(trip.returns_on, "j M Y") if trip else "–",
        wish.room_wish if wish else "",
    ]


def _arrival(guest: Guest) -> str:
    """As the person said it; else the day on which they leave home."""
    wish = guest.wish
    if wish and wish.arrives_on:
        hour = f" {wish.arrives_at:%H.%M}" if wish.arrives_at else ""
        return date_format(wish.arrives_on, "j M Y") + hour
    return date_format(guest.trip.leaves_on, "j M Y") if guest.trip else "–"


def diets_pdf(wave: Wave) -> bytes:
    """Only those with a diet: for the kitchen, which needs no other name."""
    rows = [[guest.diet, guest.person.name, guest.room or "–"] for guest in guests(wave) if guest.diet]
    rows.sort(key=lambda row: row[0].casefold())
    columns = [Column(_("Diet"), width=2), Column(_("Name"), width=3), Column(_("Room at the hotel"))]
    return _list_pdf(wave, _("Diet list"), [Section(_("Diets"), columns, rows, _("Nobody asked for a diet."))])


def _list_pdf(wave: Wave, title: str, sections: list[Section]) -> bytes:
    head = letterhead_of(wave)
    today = clock.today(wave.organisation.time_zone)
    about = marked(wave, [str(wave)])
    listing = Listing(title=title, about=about, head=printed_head(wave, head), sections=sections, day=today)
    return render_listing(listing, emblem=emblem_bytes(head))

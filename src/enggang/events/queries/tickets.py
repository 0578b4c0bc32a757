"""The page of a ticket: everything a visitor needs at the gate, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from django.conf import settings
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from enggang.attendance.models import Pass, Presence
from enggang.attendance.tokens import qr_svg, token_of
from enggang.core import codes
from enggang.core.calendars import Entry
from enggang.events.models import Booking, DateChange, GuardianConsent, Guest, Site, Slot
from enggang.events.payments import payment_of
from enggang.events.queries.admission import WITH_GUESTS, Admission, admission_of
from enggang.events.queries.dates import days_in_words
from enggang.events.queries.visitors import when_in_words
from enggang.people.phones import normalise_phone
from enggang.seats.queries.offers import standing

_SINCE = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class PeopleIn:
    """How many of a ticket are inside now, and how many have come at all, each once, as far as gates have told."""

    inside: int = 0
    came: int = 0


def people_in(booking: Booking) -> PeopleIn:
    row = Presence.objects.filter(held__holder=booking.subject_id, occasion=booking.slot.occasion_id).first()
    return PeopleIn(*(min(people, booking.quantity) for people in (row.inside, row.entered))) if row else PeopleIn()


@dataclass(frozen=True, slots=True)
class Ticket:
    """``place`` in the waiting list is provisional. ``was`` is the day before the last move, in words."""

    booking: Booking
    admission: Admission
    guests: list[Guest]
    consents: list[GuardianConsent]
    place: int | None
    pass_url: str
    pass_svg: SafeString | str
    was: str
    edition_was: str
    edition_now: str
    people: PeopleIn

    @property
    def when(self) -> str:
        return when_in_words(self.booking.slot)

    @property
    def is_void(self) -> bool:
        """Nobody comes in with it: given back by its holder, or the event or its time does not take place."""
        slot = self.booking.slot
        return self.booking.is_cancelled or slot.part.edition.is_cancelled or slot.is_called_off

    @property
    def site(self) -> Site | None:
        return self.booking.slot.place

    @property
    def point(self) -> tuple[Decimal, Decimal] | None:
        site = self.site
        return (
            (site.latitude, site.longitude)
            if site and site.latitude is not None and site.longitude is not None
            else None
        )

    @property
    def map_href(self) -> str:
        """The place on OpenStreetMap; nothing when its coordinates are not on record."""
        if self.point is None:
            return ""
        lat, lon = self.point
        return f"https://www.openstreetmap.org/?mlat={lat}&mlon={lon}#map=17/{lat}/{lon}"

    @property
    def geo_href(self) -> str:
        """The same for the phone's own map app (RFC 5870)."""
        return f"geo:{self.point[0]},{self.point[1]}" if self.point else ""

    @property
    def price_words(self) -> str:
        return payment_of(self.booking.part).words(self.booking.part)

    @property
    def has_adult(self) -> bool:
        return any(not guest.is_minor for guest in self.guests)


def ticket_of(booking: Booking) -> Ticket:
    guests = list(booking.guests.select_related("consent"))
    booking._prefetched_objects_cache = {"guests": guests}  # type: ignore[attr-defined]  # what ``admission_of`` reads
    pass_url = _pass_url(booking) if booking.is_seated else ""
    was, now = _edition_moved(booking.slot)
    return Ticket(
        booking=booking,
        admission=admission_of(booking),
        guests=guests,
        consents=list(booking.consents.all()),
        place=standing(booking.claim) if booking.is_waiting else None,
        pass_url=pass_url,
        pass_svg=qr_svg(pass_url, title=_("Ticket %(code)s") % {"code": booking.spelled}) if pass_url else "",
        was=_was(booking),
        edition_was=was,
        edition_now=now,
        people=people_in(booking),
    )


def _pass_url(booking: Booking) -> str:
    row = Pass.objects.placed().filter(holder=booking.subject_id, group=booking.part.edition.subject_id).first()
    return f"{settings.PUBLIC_URL}/hadir/p/{token_of(row)}/" if row else ""


def _was(booking: Booking) -> str:
    """The day before the last move; nothing to whoever registered after it, for the day that it is now."""
    slot = booking.slot
    if not slot.was_day or slot.was_day == slot.day or booking.booked_at > slot.changed_at:
        return ""
    return date_format(slot.was_day, "l, j F Y")


def _edition_moved(slot: Slot) -> tuple[str, str]:
    """The days of an edition before and after it moved, while nobody has said yet what becomes of the time."""
    edition = slot.part.edition
    if not slot.is_unsettled:
        return "", ""
    change = DateChange.objects.filter(edition=edition, was_first=slot.first_day).first()
    was = days_in_words(slot.first_day, change.was_last if change else slot.first_day)
    return was or "–", days_in_words(edition.starts_on, edition.ends_on) or _("to be announced")


def find_ticket(phone: str, code: str) -> Booking | None:
    """By telephone number and short code, both as they were typed; None when either is wrong."""
    number, short = normalise_phone(phone), codes.normalise_code(code)
    if not number or not short:
        return None
    rows = Booking.objects.with_names().filter(short=short, phone=number, anonymised_at=None)
    return rows.first()


def tickets_named(request_key: str) -> Booking | None:
    """What this form has registered already, when it was sent twice."""
    return Booking.objects.with_names().filter(request_key=request_key).first() if request_key else None


def calendar_entry(ticket: Ticket, address: str) -> Entry:
    """The visit for a phone's calendar. ``sequence`` counts seconds, so it grows with whatever changes."""
    booking = ticket.booking
    slot, claim, site = booking.slot, booking.claim, ticket.site
    changed = max(filter(None, (slot.changed_at, claim.created_at, claim.released_at, booking.booked_at)))
    return Entry(
        uid=f"booking-{booking.code}@enggang",
        sequence=int((changed - _SINCE).total_seconds()),
        changed_at=changed,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        zone=slot.part.edition.time_zone,
        summary=f"{slot.part} · {slot.part.edition}",
        location=", ".join(filter(None, (site.name, site.address))) if site else "",
        description=_("Code: %(code)s") % {"code": booking.spelled},
        url=address,
        cancelled=booking.is_cancelled or slot.is_called_off or slot.part.edition.is_cancelled,
    )


def with_guests(code: str) -> Booking | None:
    return Booking.objects.with_names().prefetch_related(*WITH_GUESTS).filter(subject__code=code).first()

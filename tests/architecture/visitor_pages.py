"""The lines of the permission table that are about registration of visitors."""

from __future__ import annotations

from typing import Any

from enggang.core import clock
from enggang.events import rules
from enggang.events.models import Booking, Part, Slot
from tests.architecture.arguments import MANAGERS, fixed, row, scan
from tests.architecture.matrix import EVERYONE, FromSide, Row, Side, Values, page, post, roles

READERS = roles(*rules.SEES_EVENTS)


def festival(side: Side) -> Values:
    return {"code": side.rows["festival"]}


def of_part(**more: str) -> FromSide:
    return lambda side: {"code": side.rows["part"], **{name: side.rows[key] for name, key in more.items()}}


def by(name: str, **more: str) -> FromSide:
    """The address that a visitor, a guardian or a volunteer has."""
    return lambda side: {"token": side.tokens[name], **{key: side.rows[value] for key, value in more.items()}}


def of_booking(name: str = "booking", **more: Any) -> FromSide:
    return lambda side: {"code": side.rows[name], **more}


def consent(booking: str, consent: str) -> FromSide:
    return lambda side: {"code": side.rows[booking], "row_id": side.rows[consent]}


def facts(side: Side) -> Values:
    found = Part.objects.get(subject__code=side.rows["part"])
    return {"version": found.version, "title": "Perahu", "price": 0, "most": 5, "least_age": 0}


def hours(side: Side) -> Values:
    version = Slot.objects.get(pk=side.rows["slot"]).version
    return {"version": version, "day": str(clock.today()), "begins": "08:00", "ends": "23:59", "capacity": 20}


def closed(side: Side) -> Values:
    """The place at which the part of the side is."""
    slot = Slot.objects.select_related("part").get(pk=side.rows["other_slot"])
    return {"site": slot.part.site_id, "day": str(slot.day), "reason": "Banjir"}


def who(side: Side) -> Values:
    version = Booking.objects.get(subject__code=side.rows["booking"]).version
    return {"version": version, "name": "Contoh", "phone": "081234567890"}


def others(side: Side) -> Values:
    return {"slot": side.rows["other_slot"]}


def stays(side: Side) -> Values:
    return {"staying": Booking.objects.get(subject__code=side.rows["booking"]).guests.earliest("pk").pk}


def walked(side: Side) -> Values:
    return {"slot": side.rows["other_slot"], "people": 2}


def found(side: Side) -> Values:
    return {"phone": "081234567890", "code": side.rows["short"]}


def slot_of(key: str) -> FromSide:
    return lambda side: {"code": side.rows["part"], "slot_id": side.rows[key]}


TICKET = {"name": "Contoh", "phone": "081234567890", "age-adult": 1}
GUARDIAN = {"name": "Ibu", "phone": "081399998888", "relation": "Ibu", "jawaban": "ya"}
VISITORS: dict[str, tuple[Row, ...]] = {
    # without an account: the address is the right
    "events:visit": (page(EVERYONE, EVERYONE, args=festival),),
    "events:visit_book": (
        page(EVERYONE, EVERYONE, args=lambda side: {**festival(side), "slot_id": side.rows["other_slot"]}),
        post(
            EVERYONE, EVERYONE, args=lambda side: {**festival(side), "slot_id": side.rows["other_slot"]}, data=fixed(**TICKET)
        ),
    ),
    "events:ticket_find": (page(EVERYONE), post(EVERYONE, data=found)),
    "events:ticket_worker": (page(EVERYONE),),
    "events:ticket": (page(EVERYONE, EVERYONE, args=by("visit")),),
    "events:ticket_calendar": (page(EVERYONE, EVERYONE, args=by("visit")),),
    "events:ticket_pdf": (page(EVERYONE, EVERYONE, args=by("visit")),),
    "events:ticket_fewer": (post(EVERYONE, EVERYONE, args=by("visit"), data=stays),),
    "events:ticket_cancel": (post(EVERYONE, EVERYONE, args=by("visit")),),
    "events:ticket_restore": (post(EVERYONE, EVERYONE, args=by("left")),),
    "events:ticket_mail": (post(EVERYONE, EVERYONE, args=by("visit")),),
    "events:guardian_ask": (
        post(EVERYONE, EVERYONE, args=by("lone"), data=fixed(name="Ibu", phone="081377776666")),
    ),
    "events:guardian_present": (post(EVERYONE, EVERYONE, args=by("visit"), data=fixed(name="Ibu", relation="Ibu"), acts=False),),
    "events:guardian_withdraw": (post(EVERYONE, EVERYONE, args=by("visit", row_id="present_consent")),),
    "events:guardian": (
        page(EVERYONE, EVERYONE, args=by("guardian")),
        post(EVERYONE, EVERYONE, args=by("guardian"), data=fixed(**GUARDIAN)),
    ),
    "events:walk_up": (
        page(EVERYONE, EVERYONE, args=by("walk_up")),
        post(EVERYONE, EVERYONE, args=by("walk_up"), data=walked),
    ),
    "events:walk_up_ticket": (page(EVERYONE, EVERYONE, args=by("walk_up", code="walked")),),
    "events:walk_up_pay": (post(EVERYONE, EVERYONE, args=by("walk_up", code="walked"), data=fixed(amount=20_000)),),
    # staff
    "events:visitors": (page(READERS, args=festival),),
    "events:visitor_site_close": (post(MANAGERS, args=festival, data=closed),),
    "events:part_new": (page(MANAGERS, args=festival), post(MANAGERS, args=festival, data=facts)),
    "events:part": (page(READERS, args=row("part")),),
    "events:part_edit": (page(MANAGERS, args=row("part")), post(MANAGERS, args=row("part"), data=facts)),
    "events:part_move": (post(MANAGERS, args=row("part"), data=fixed(to="closed")),),
    "events:part_drop": (post(MANAGERS, args=row("draft_part")),),
    "events:slots_settle": (post(MANAGERS, args=row("part"), data=fixed(geser="1")),),
    "events:walk_up_link": (post(MANAGERS, args=row("part")),),
    "events:walk_up_staff": (page(MANAGERS, args=row("part")), post(MANAGERS, args=row("part"), data=walked)),
    "events:part_question_add": (post(MANAGERS, args=row("part"), data=fixed(label="Asal", kind="text")),),
    "events:part_question_drop": (post(MANAGERS, args=of_part(row_id="part_question")),),
    "events:slot_add": (post(MANAGERS, args=row("part"), data=hours),),
    "events:slot": (page(MANAGERS, args=slot_of("slot")), post(MANAGERS, args=slot_of("slot"), data=hours)),
    "events:slot_move": (post(MANAGERS, args=slot_of("slot"), data=fixed(to="closed", reason="uji")),),
    "events:slot_drop": (post(MANAGERS, args=slot_of("empty_slot")),),
    "events:slot_print": (page(MANAGERS, args=slot_of("slot")),),
    "events:bookings": (page(MANAGERS, args=festival),),
    "events:visitor_news": (page(MANAGERS, args=festival),),
    "events:booking": (page(MANAGERS, args=of_booking()),),
    "events:booking_edit": (post(MANAGERS, args=of_booking(), data=who),),
    "events:booking_fewer": (post(MANAGERS, args=of_booking(), data=stays),),
    "events:booking_move": (post(MANAGERS, args=of_booking(), data=others),),
    "events:booking_pay": (post(MANAGERS, args=of_booking(), data=fixed(amount=20_000)),),
    "events:booking_ticket": (post(MANAGERS, args=of_booking()),),
    "events:booking_step": (
        post(MANAGERS, args=of_booking(step="batal")),
        post(MANAGERS, args=of_booking("gone", step="lagi")),
        post(MANAGERS, args=of_booking("paid", step="belum-bayar")),
        post(MANAGERS, args=of_booking(step="dikabari")),
    ),
    "events:consent_paper": (post(MANAGERS, args=of_booking("children"), data=lambda side: {**scan(side), "name": "Ibu"}),),
    "events:consent_file": (page(MANAGERS, args=consent("papered", "paper_consent")),),
    "events:consent_end": (post(MANAGERS, args=consent("papered", "paper_consent")),),
}  # fmt: skip

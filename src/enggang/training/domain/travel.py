"""Acts on the travel of a wave: everybody put on the list at once, paid from a budget line, and what people wish."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django.utils.translation import gettext as _

from enggang.budgets.domain.payments import record_payment
from enggang.budgets.enums import Category, ReceiptKind
from enggang.budgets.models import BudgetLine
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.places.enums import RegionLevel
from enggang.places.models import Region
from enggang.training import rules
from enggang.training.domain.money import add_trip
from enggang.training.models import Registration, TravelWish, Trip, Wave


@act("training.add_trips")
def add_trips(*, wave: Wave, actor: Actor, from_elsewhere: bool = True, **facts: Any) -> list[Trip]:
    """Put every seated participant who has no row yet on the list, each from the region of their agency.

    ``from_elsewhere`` leaves out those whose agency stands where the wave is held. Diets come from what they wished.
    """
    require(rules.may_pay(actor, wave))
    seated = wave.registrations.seated().exclude(person__in=wave.trips.values("person"))
    if from_elsewhere:
        seated = seated.exclude(agency__region__in=_standing_at(wave))
    rows = seated.select_related("person", "agency__region", "travel_wish").order_by("person__name_key", "pk")
    made = [
        add_trip(wave=wave, person=row.person, leaves_from=_origin(row), diet=_diet(row), actor=actor, **facts)
        for row in rows
    ]
    if not made:
        raise Conflict(_("Everybody who travels is on the list already."))
    record_subject(wave.subject)
    record(made=len(made))
    return made


def _standing_at(wave: Wave) -> list[str]:
    """The regions whose agencies stand where the wave is held: those of a province stand in its capital."""
    place = wave.venue.region if wave.venue else wave.organisation.region
    if place is None:
        return []
    if place.parent and _is_capital(place, place.parent):
        return [place.code, place.parent.code]
    return [place.code, *(row.code for row in place.children.all() if _is_capital(row, place))]


def _is_capital(city: Region, province: Region) -> bool:
    """Regencies are named «Kabupaten …», cities «Kota …»; the seat of a province is given without that word."""
    is_province = province.level == RegionLevel.PROVINCE
    return is_province and bool(province.capital) and city.name.partition(" ")[2] == province.capital


def _origin(row: Registration) -> str:
    return (row.agency.region.name if row.agency.region else row.agency.name)[:120]


def _diet(row: Registration) -> str:
    return row.travel_wish.diet if hasattr(row, "travel_wish") else ""


@act("training.pay_trip")
def pay_trip(
    *, trip: Trip, line: BudgetLine, actor: Actor, over_reason: str = "", paid_on: date | None = None,
    receipt: str = "", **paper: Any,
) -> Trip:  # fmt: skip
    """Pay what is open of a journey from a travel line of the wave's budget; a later receipt is paid as a difference.

    Without a number of its own a payment takes that of the SPPD. ``paper`` as for an honorarium.
    """
    wave = trip.wave
    require(rules.may_pay(actor, wave))
    trip = Trip.objects.select_for_update(of=("self",)).select_related("person").get(pk=trip.pk)
    if line.budget_id != wave.budget_id or line.category != Category.TRAVEL:
        raise Conflict(_("Choose a travel line of this wave's budget."))
    amount = trip.open
    if amount <= 0:
        raise Conflict(_("Nothing is open of this journey."))
    payment = record_payment(
        line=line, paid_on=paid_on or clock.today(), payee=trip.person.name, amount=amount,
        over_reason=over_reason, actor=actor, **_numbered(trip, receipt, paper),
    )  # fmt: skip
    trip.payments.add(payment)
    record_subject(wave.subject)
    record(amount=amount)
    return trip


def _numbered(trip: Trip, receipt: str, paper: dict[str, Any]) -> dict[str, Any]:
    if receipt.strip() or not trip.number:
        return {**paper, "receipt": receipt}
    return {**paper, "receipt": trip.number, "receipt_kind": ReceiptKind.OTHER}


@act("training.keep_travel_wish")
def keep_travel_wish(
    *, registration: Registration, actor: Actor, arrives_on: date | None = None, arrives_at: time | None = None,
    room_wish: str = "", diet: str = "",
) -> TravelWish:  # fmt: skip
    """What a participant eats, when they come and with whom they would share a room; empty takes it back."""
    require(rules.may_withdraw(actor, registration))
    if registration.is_withdrawn:
        raise Conflict(_("This seat was given back."))
    wish = TravelWish.objects.filter(registration=registration).first() or TravelWish(registration=registration)
    wish.arrives_on, wish.arrives_at = arrives_on, arrives_at
    wish.room_wish, wish.diet = room_wish.strip(), diet.strip()
    wish.clean_fields()
    wish.save()
    record_subject(registration.subject)
    return wish

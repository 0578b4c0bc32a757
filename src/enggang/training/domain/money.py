"""Acts on the money of a wave: its budget, honorarium, travel, and the folder for the treasurer."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from enggang.budgets.amounts import MOST, shown
from enggang.budgets.domain.budgets import open_budget
from enggang.budgets.domain.payments import record_payment
from enggang.budgets.enums import Category, CeilingKind
from enggang.budgets.models import Budget, BudgetLine, TeachingUnit
from enggang.core import clock
from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.states import keep_version
from enggang.files.domain.papers import read_paper
from enggang.files.domain.storing import store_file
from enggang.files.enums import Purpose
from enggang.people.models import Person
from enggang.training import rules
from enggang.training.domain.trip_blocks import refuse_taken
from enggang.training.models import Fee, Instructor, Receipt, Trip, Wave
from enggang.training.queries.fees import fee_rows


@act("training.start_budget")
def start_budget(*, wave: Wave, actor: Actor) -> Budget:
    """Open the wave's one budget, in the year in which it begins."""
    require(rules.may_manage(actor, wave.organisation))
    budget = open_budget(
        organisation=wave.organisation, title=str(wave), year=wave.starts_on.year, about=wave.subject, actor=actor
    )
    if not Wave.objects.filter(pk=wave.pk, budget=None).update(budget=budget):
        raise Conflict(_("This wave has a budget already. Reload the page."))
    wave.budget = budget
    record_subject(wave.subject)
    return budget


@act("training.set_fee")
def set_fee(*, wave: Wave, instructor: Instructor, unit: TeachingUnit, actor: Actor) -> Fee:
    """Say by which unit an instructor's honorarium in a wave is reckoned; not after it was paid."""
    require(rules.may_manage(actor, wave.organisation))
    if instructor.organisation_id != wave.organisation_id:
        raise Conflict(_("This person is not in the pool, or cannot be asked now."))
    fee, made = Fee.objects.get_or_create(wave=wave, instructor=instructor, defaults={"unit": unit})
    if not made:
        if fee.payments.filter(voided_at=None).exists():
            raise Conflict(_("This honorarium is paid. Void the payment first."))
        fee.unit = unit
        fee.save()
    record_subject(wave.subject)
    record(unit=unit.pk)
    return fee


@act("training.pay_fee")
def pay_fee(
    *, fee: Fee, line: BudgetLine, actor: Actor, over_reason: str = "", paid_on: date | None = None, **paper: Any
) -> Fee:
    """Pay what is open of an honorarium as it is reckoned now, from an honorarium line of the wave's budget.

    Who teaches on after being paid is paid the difference, each time a payment of its own. ``paid_on`` is today unless
    given; ``paper`` is what else ``record_payment`` takes: the number and its kind, the confirmed year.
    """
    wave = fee.wave
    require(rules.may_pay(actor, wave))
    fee = Fee.objects.select_for_update(of=("self",)).select_related("instructor__person").get(pk=fee.pk)
    if line.budget_id != wave.budget_id or line.category != Category.HONORARIUM:
        raise Conflict(_("Choose an honorarium line of this wave's budget."))
    row = next((row for row in fee_rows(wave) if row.fee and row.fee.pk == fee.pk), None)
    if row is not None and row.is_paid:
        raise Conflict(_("This honorarium is paid already."))
    if row is None or not row.due.gross or not row.due.is_complete:
        raise Conflict(_("Nothing can be paid yet: no session is taught, or no rate or tax row holds."))
    fee.payment = record_payment(
        line=line, paid_on=paid_on or clock.today(), payee=fee.instructor.person.name, amount=row.open_gross,
        tax=row.due.tax_rate, tax_amount=row.open_tax, over_reason=over_reason, actor=actor, **paper,
    )  # fmt: skip
    fee.save(update_fields=["payment"])
    fee.payments.add(fee.payment)
    record_subject(wave.subject)
    record(gross=row.open_gross, tax=row.open_tax)
    return fee


@act("training.add_trip")
def add_trip(*, wave: Wave, person: Person, actor: Actor, **facts: Any) -> Trip:
    """Put a person's travel on the list: a participant, an instructor or one of the committee."""
    require(rules.may_pay(actor, wave))
    trip = Trip(wave=wave, person=person, **facts)
    _check(trip)
    refuse_taken(wave, [trip.number])
    with told(Trip):
        trip.save()
    record_subject(wave.subject)
    record(days=trip.days)
    return trip


@act("training.change_trip")
def change_trip(*, trip: Trip, version: int, actor: Actor, **facts: Any) -> Trip:
    require(rules.may_pay(actor, trip.wave))
    keep_version(trip, version)
    before = trip.number
    for name, value in facts.items():
        setattr(trip, name, value)
    _check(trip)
    if trip.number.casefold() != before.casefold():  # one that stood twice before does not keep the row from a change
        refuse_taken(trip.wave, [trip.number], beside=[trip.pk])
    with told(Trip):
        trip.save()
    record_subject(trip.wave.subject)
    return trip


@act("training.drop_trip")
def drop_trip(*, trip: Trip, actor: Actor) -> Wave:
    require(rules.may_pay(actor, trip.wave))
    if trip.receipts.exists():
        raise Conflict(_("This travel has receipts, so it stays. Remove those first."))
    if trip.payments.exists():
        raise Conflict(_("This travel was paid, so it stays."))
    trip.delete()
    return trip.wave


def _check(trip: Trip) -> None:
    """Days in order, per diem within its ceiling, two in a room at most."""
    if trip.returns_on < trip.leaves_on:
        raise Conflict(_("The return lies before the departure."))
    trip.room, trip.number, trip.diet = trip.room.strip(), trip.number.strip(), trip.diet.strip()
    trip.clean_fields()
    if trip.daily > MOST:
        raise Conflict(_("The total of this line is too large. Check volume, frequency and price."))
    standard = trip.standard
    if standard and standard.kind == CeilingKind.CEILING and trip.per_diem > standard.price:
        words = {"price": shown(trip.per_diem), "ceiling": shown(standard.price)}
        raise Conflict(_("%(price)s is above the ceiling of %(ceiling)s.") % words)
    # Two who take the last bed at one moment are weighed one after the other.
    Wave.objects.select_for_update(of=("self",)).only("pk").get(pk=trip.wave_id)
    others = Trip.objects.filter(wave=trip.wave, room__iexact=trip.room).exclude(pk=trip.pk) if trip.room else None
    if others is not None and others.count() >= 2:
        raise Conflict(_("Two people share this room already."))


@act("training.add_receipt")
def add_receipt(
    *, trip: Trip, name: str, amount: int, actor: Actor, content: bytes = b"", filename: str = ""
) -> Receipt:
    """A transport receipt, with its scan when there is one."""
    require(rules.may_pay(actor, trip.wave))
    stored = None
    if content:
        found = read_paper(content, filename)
        stored = store_file(
            content=content, name=found.name, media_type=found.media_type, purpose=Purpose.EVIDENCE,
            organisation=trip.wave.organisation, actor=actor,
        )  # fmt: skip
    receipt = Receipt(trip=trip, name=name.strip(), amount=amount, file=stored)
    receipt.full_clean()
    receipt.save()
    record_subject(trip.wave.subject)
    record(amount=amount)
    return receipt


@act("training.drop_receipt")
def drop_receipt(*, receipt: Receipt, actor: Actor) -> Wave:
    require(rules.may_pay(actor, receipt.trip.wave))
    record(amount=receipt.amount)
    receipt.delete()
    return receipt.trip.wave

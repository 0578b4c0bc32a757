"""A plausible budget for the demonstration wave: lines, sources, a contract, payments, and some papers still missing."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from enggang.budgets.domain.budgets import add_line, add_source, approve_budget
from enggang.budgets.domain.payments import add_contract, add_evidence, record_payment
from enggang.budgets.domain.reference import load_reference
from enggang.budgets.enums import Category, SourceKind
from enggang.budgets.models import BudgetLine, TeachingUnit
from enggang.core import clock
from enggang.core.actor import SYSTEM
from enggang.demo.paper import specimen_pdf
from enggang.people.models import Person
from enggang.training.domain.instructors import add_instructor, assign_instructor
from enggang.training.domain.money import add_receipt, add_trip, pay_fee, set_fee, start_budget
from enggang.training.domain.travel import pay_trip
from enggang.training.domain.trip_blocks import number_trips, pair_rooms
from enggang.training.models import Fee, Instructor, Trip, Wave

LINES = (
    ("5.1.02.02.001.00003", Category.HONORARIUM, "Honorarium narasumber", 24, "OJ", 1, 900_000),
    ("5.1.02.01.001.00052", Category.MEALS, "Nasi kotak", 85, "orang", 3, 45_000),
    ("5.1.02.01.001.00052", Category.MEALS, "Kudapan (snack)", 85, "orang", 6, 20_000),
    ("5.1.02.04.001.00003", Category.TRAVEL, "Uang harian peserta kabupaten", 28, "orang-hari", 4, 380_000),
    ("5.1.02.01.001.00024", Category.GOODS, "Alat tulis peserta", 85, "paket", 1, 50_000),
    ("5.1.02.02.001.00011", Category.SERVICES, "Sewa kamera", 16, "unit-hari", 3, 400_000),
    ("5.1.02.01.001.00026", Category.PUBLICITY, "Spanduk", 18, "meter", 1, 35_000),
)
TRAVELLERS = 6
PAPER = specimen_pdf()


def lay_down_money(wave: Wave) -> None:
    """Everything through the acts of the screens; people and suppliers are made up."""
    load_reference(actor=SYSTEM)
    budget = start_budget(wave=wave, actor=SYSTEM)
    planned = sum(volume * times * price for *_head, volume, _unit, times, price in LINES)
    source = add_source(
        budget=budget, kind=SourceKind.APBD, name=f"DPA Disporapar {budget.year} (contoh)", amount=planned, actor=SYSTEM
    )
    lines = [
        add_line(
            budget=budget, account_code=code, category=category, item=item, volume=volume, unit=unit, frequency=times,
            price=price, source=source, actor=SYSTEM,
        )
        for code, category, item, volume, unit, times, price in LINES
    ]  # fmt: skip
    approve_budget(budget=budget, actor=SYSTEM)
    _spend(wave, lines)
    _teach(wave)


def _spend(wave: Wave, lines: list[BudgetLine]) -> None:
    meals, snacks = lines[1], lines[2]
    day = min(wave.starts_on - timedelta(days=5), clock.today())
    contract = add_contract(
        line=meals,
        number="027/SPK-CONTOH/1",
        partner="CV Katering Contoh",
        signed_on=day,
        amount=11_000_000,
        actor=SYSTEM,
    )
    record_payment(
        line=meals,
        contract=contract,
        paid_on=day,
        payee="CV Katering Contoh",
        amount=5_000_000,
        receipt="KW-01",
        actor=SYSTEM,
    )
    record_payment(
        line=snacks, paid_on=day, payee="CV Katering Contoh", amount=4_000_000, receipt="KW-02", actor=SYSTEM
    )
    for name in ("Kuitansi dinas", "Bukti pembelian (nota/faktur)"):
        add_evidence(line=meals, content=PAPER, filename="contoh.pdf", name=name, actor=SYSTEM)


def _teach(wave: Wave) -> None:
    """Two people of other provincial agencies teach by turns; participants travel from the regencies."""
    taking_part = wave.registrations.values("person")
    province = Person.objects.employed_below(wave.organisation.path.rsplit("/", 2)[0] + "/")
    staff = list(province.exclude(pk__in=taking_part).order_by("pk")[:2])
    unit = TeachingUnit.objects.get(key="oj")
    rows = [_instructor(wave, person) for person in staff]
    for row in rows:
        set_fee(wave=wave, instructor=row, unit=unit, actor=SYSTEM)
    for number, session in enumerate(wave.sessions.planned().with_places()):
        if rows:
            row = rows[number % len(rows)]
            assign_instructor(session=session, version=session.version, instructor=row, actor=SYSTEM)
    _travel(wave)


def _instructor(wave: Wave, person: Person) -> Instructor:
    known = Instructor.objects.filter(organisation=wave.organisation, person=person).first()
    return known or add_instructor(
        organisation=wave.organisation, person=person, teacher_origin="outside", expertise="Fotografi\nVideografi",
        actor=SYSTEM,
    )  # fmt: skip


def lay_down_paid_money(wave: Wave) -> None:
    """For a wave that is over: the same budget, with honoraria and every journey paid within the week."""
    with clock.frozen_at(datetime.combine(wave.ends_on + timedelta(days=5), time(9), ZoneInfo(wave.time_zone))):
        lay_down_money(wave)
        lines = {line.category: line for line in wave.budget.lines.select_related("budget")} if wave.budget else {}
        for fee in Fee.objects.filter(wave=wave).select_related("wave__organisation", "instructor__person"):
            pay_fee(fee=fee, line=lines[Category.HONORARIUM], receipt=f"KW-H{fee.pk}", actor=SYSTEM)
        for trip in wave.trips.select_related("wave__organisation", "person"):
            if trip.open > 0:
                pay_trip(trip=trip, line=lines[Category.TRAVEL], actor=SYSTEM)


def _travel(wave: Wave) -> None:
    """Participants from the regencies: numbers from a block, rooms by two, a receipt each; the first journey is paid."""
    seated = wave.registrations.seated().exclude(agency__region_id="61").select_related("person", "agency__region")
    trips = [
        add_trip(
            wave=wave, person=row.person, leaves_from=row.agency.region.name if row.agency.region else row.agency.name[:120], goes_to="Pontianak",
            leaves_on=wave.starts_on - timedelta(days=1), returns_on=wave.ends_on, per_diem=380_000, lodging=650_000,
            actor=SYSTEM,
        )
        for row in seated.order_by("pk")[:TRAVELLERS]
    ]  # fmt: skip
    for trip in trips[:-1]:  # the last one's ticket is still missing
        add_receipt(
            trip=trip, name="Tiket bus pergi pulang", amount=300_000, content=PAPER, filename="tiket.pdf", actor=SYSTEM
        )
    number_trips(
        wave=wave, trips=trips[:-1], pattern=f"000.1.2.3/#/SPPD-CONTOH/{wave.starts_on.year}", first="041", actor=SYSTEM
    )
    pair_rooms(wave=wave, trips=trips, names=[], actor=SYSTEM)
    line = wave.budget.lines.get(category=Category.TRAVEL) if wave.budget else None
    if trips and line:
        pay_trip(trip=Trip.objects.select_related("wave__organisation").get(pk=trips[0].pk), line=line, actor=SYSTEM)

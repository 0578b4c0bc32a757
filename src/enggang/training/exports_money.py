"""Honorarium, travel and instructors as files."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from enggang.core.exports import Column, Sheet
from enggang.training.queries.fees import days_of, numbers_of

INSTRUCTORS = Sheet("instructors", _("Instructors"), (
    Column("name", _("Name"), "person.name"),
    Column("agency", _("Agency"), "organisation"),
    Column("origin", _("Comes from"), "get_teacher_origin_display"),
    Column("expertise", _("Expertise"), "tags"),
    Column("active", _("Can be asked"), "active"),
))  # fmt: skip
AWAY = Sheet("away", _("Away"), (
    Column("from", _("From"), "first_day"),
    Column("until", _("Until"), "last_day"),
))  # fmt: skip
FEES = Sheet("fees", _("Honorarium"), (
    Column("name", _("Name"), "person.name"),
    Column("planned", _("Sessions planned"), lambda row: len(row.planned)),
    Column("taught", _("Sessions taught"), lambda row: len(row.taught)),
    Column("jp", _("JP"), "jp"),
    Column("unit", _("Unit"), "fee.unit"),
    Column("units", _("Number of units"), lambda row: row.due.units if row.fee else None),
    Column("rate", _("Rate"), "due.rate.amount"),
    Column("basis", _("Reckoned by"), "basis"),
    Column("gross", _("Gross"), lambda row: row.due.gross if row.fee else None),
    Column("tax", _("Tax"), lambda row: row.due.tax if row.fee else None),
    Column("net", _("Net"), lambda row: row.due.net if row.fee else None),
    Column("paid", _("Paid (gross)"), "paid"),
    Column("paid_tax", _("Tax of what was paid"), "paid_tax"),
    Column("paid_on", _("Paid on"), lambda row: days_of(row.payments)),
    Column("receipt", _("Receipt"), lambda row: numbers_of(row.payments)),
    Column("open", _("Still to be paid (gross)"), lambda row: row.open_gross if row.fee else None),
))  # fmt: skip
TRIPS = Sheet("trips", _("Travel"), (
    Column("name", _("Name"), "person.name"),
    Column("number", _("SPPD number"), "number"),
    Column("from", _("From"), "leaves_from"),
    Column("to", _("To"), "goes_to"),
    Column("leaves", _("Leaves on"), "leaves_on"),
    Column("returns", _("Returns on"), "returns_on"),
    Column("days", _("Days"), "days"),
    Column("per_diem", _("Per diem (Rp)"), "per_diem"),
    Column("transport", _("Transport (Rp)"), "transport"),
    Column("lodging", _("Lodging (Rp)"), "lodging"),
    Column("total", _("Total (Rp)"), "total"),
    Column("paid", _("Paid (Rp)"), "paid"),
    Column("paid_on", _("Paid on"), lambda row: days_of(row.standing_payments)),
    Column("receipt", _("Receipt"), lambda row: numbers_of(row.standing_payments)),
    Column("open", _("Still to be paid (Rp)"), "open"),
    Column("room", _("Room at the hotel"), "room"),
    Column("diet", _("Diet"), "diet"),
))  # fmt: skip
SLEEPERS = Sheet("rooms", _("Numbers and rooms"), (
    Column("name", _("Name"), "trip.person.name"),
    Column("from", _("From"), "trip.leaves_from"),
    Column("number", _("SPPD number"), "trip.number"),
    Column("room", _("Room at the hotel"), "trip.room"),
    Column("mixed", _("Women and men in one room"), "mixed"),
))  # fmt: skip
RECEIPTS = Sheet("receipts", _("Receipts"), (
    Column("name", _("What for"), "name"),
    Column("amount", _("Amount (Rp)"), "amount"),
    Column("file", _("File"), "file.name"),
))  # fmt: skip

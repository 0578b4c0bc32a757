"""Registrations of visitors as files."""

from __future__ import annotations

from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from enggang.core.exports import Column, Sheet
from enggang.events.models import Booking
from enggang.events.queries.admission import admission_of
from enggang.events.queries.visitors import zone_name

SLOTS = Sheet("visitor_times", _("Times for visitors"), (
    Column("part", _("What for"), "slot.part.title"),
    Column("day", _("Day"), "slot.day"),
    Column("begins", _("Begins"), lambda row: f"{row.slot.begins:%H:%M}"),
    Column("ends", _("Ends"), lambda row: f"{row.slot.ends:%H:%M}"),
    Column("zone", _("Time zone"), lambda row: zone_name(row.slot)),
    Column("place", _("Place"), lambda row: str(row.slot.place or "")),
    Column("size", _("Places (people)"), "slot.pool.size"),
    Column("taken", _("Registered"), "slot.pool.taken"),
    Column("waiting", _("Waiting"), "waiting"),
    Column("state", _("State"), "slot.get_state_display"),
    Column("reason", _("Reason"), "slot.reason"),
))  # fmt: skip


def _answers(row: Booking) -> list[str]:
    return [f"{each.question.label}: {each.text}" for each in row.answers.all()]


def _guests(row: Booking) -> list[str]:
    return [str(guest) for guest in row.guests.all()]


def _admission(row: Booking) -> str:
    return admission_of(row).refusal or _text("is let in")


BOOKINGS = Sheet("visitors", _("Visitors"), (
    Column("code", _("Code"), "spelled"),
    Column("name", _("Name"), "name"),
    Column("phone", _("Phone"), "phone"),
    Column("email", _("E-mail"), "email"),
    Column("people", _("Number of people"), "quantity"),
    Column("part", _("What for"), "slot.part.title"),
    Column("day", _("Day"), "slot.day"),
    Column("begins", _("Begins"), lambda row: f"{row.slot.begins:%H:%M}"),
    Column("state", _("State"), "told_standing"),
    Column("admission", _("At the gate"), _admission),
    Column("guests", _("Who comes"), _guests),
    Column("answers", _("Answers"), _answers),
    Column("source", _("Registered"), "get_source_display"),
    Column("booked_at", _("Registered at"), "booked_at"),
    Column("paid", _("Paid (Rp)"), "paid_amount"),
    Column("receipt", _("Receipt"), "receipt"),
    Column("note", _("Note"), "note"),
))  # fmt: skip
NEWS = Sheet("visitor_news", _("To be told"), (
    Column("name", _("Name"), "name"),
    Column("phone", _("Phone"), "phone"),
    Column("news", _("What changed"), "get_news_display"),
    Column("part", _("What for"), "slot.part.title"),
    Column("day", _("Day"), "slot.day"),
    Column("code", _("Code"), "spelled"),
))  # fmt: skip

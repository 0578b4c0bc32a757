"""A ticket as PDF, for those who print it: one page of A6 with the square code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from enggang.documents.rendering.compiler import template
from enggang.documents.rendering.qr import svg
from enggang.documents.rendering.typography import Unprintable, breakable, cleaned

DRAWING = "ticket/1"


@dataclass(frozen=True, slots=True)
class TicketPaper:
    """``address`` is what the square code says, empty for none. ``alt`` is read out in its place."""

    over: str
    title: str
    lines: Sequence[str]
    short: str
    notes: Sequence[str]
    address: str
    alt: str
    day: date


def render_ticket(ticket: TicketPaper) -> bytes:
    """A PDF/A-3a and PDF/UA-1 file. Visitors write their names in any script: of a line that no shipped font has, only what
    can be printed is; the square code and the short one are what lets them in. Call it outside any transaction."""
    data = {
        "lang": (get_language() or "id")[:2],
        "over": _printed(ticket.over),
        "title": _printed(ticket.title) or ticket.short,
        "lines": [line for line in map(_printed, ticket.lines) if line],
        "short": ticket.short,
        "notes": [line for line in map(_printed, ticket.notes) if line],
        "code": bool(ticket.address),
        "alt": _printed(ticket.alt),
    }
    pictures = {"code.svg": svg(ticket.address).encode()} if ticket.address else None
    return template(DRAWING).draw(data, ticket.day, pictures)


def _printed(text: str) -> str:
    try:
        return breakable(cleaned(text))
    except Unprintable as error:
        return breakable(cleaned("".join(" " if char in error.characters else char for char in text)))

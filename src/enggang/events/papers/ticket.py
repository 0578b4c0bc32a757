"""A visitor's ticket on paper."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enggang.core import clock
from enggang.documents.rendering.ticket import TicketPaper, render_ticket
from enggang.events.queries.tickets import Ticket


def ticket_paper(ticket: Ticket) -> bytes:
    booking, site = ticket.booking, ticket.site
    people = ngettext("%(people)d person", "%(people)d people", booking.quantity) % {"people": booking.quantity}
    paper = TicketPaper(
        over=str(booking.part.edition),
        title=str(booking.part),
        lines=[ticket.when, ", ".join(filter(None, (site.name, site.address))) if site else "", booking.name, people],
        short=booking.spelled,
        notes=[ticket.admission.refusal, ticket.price_words if ticket.admission.due else ""],
        address="" if ticket.is_void else ticket.pass_url,
        alt=_("Ticket %(code)s") % {"code": booking.spelled},
        day=clock.today(booking.part.edition.time_zone),
    )
    return render_ticket(paper)

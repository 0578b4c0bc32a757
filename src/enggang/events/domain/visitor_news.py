"""What has changed is told to everybody who is registered: by e-mail where there is one, else by staff from a list.

The news stands on the registration itself, so that it is on the ticket at once and nobody is forgotten: an act writes
it, a job sends what can be sent, and what is left is ticked off by whoever sends it by WhatsApp.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from enggang.access.domain.links import open_link
from enggang.access.enums import LinkScope
from enggang.core import clock
from enggang.core.actor import SYSTEM, Actor
from enggang.core.acts import act, record, record_subject, require
from enggang.core.jobs import JobRun, enqueue, job
from enggang.core.models import Subject
from enggang.events import rules
from enggang.events.enums import News
from enggang.events.models import Booking, Edition, Slot
from enggang.events.models.booking import BookingQuerySet
from enggang.events.queries.ticket_life import ticket_expires_at
from enggang.notices.domain.messages import Recipient, send, whatsapp_text

AT_ONCE = 200
TEMPLATE = "events/messages/visitor_news"


def note_news(bookings: BookingQuerySet, news: News, actor: Actor) -> int:
    """Inside an act: these registrations have to be told. Answers how many stand."""
    count = bookings.standing().filter(anonymised_at=None).order_by()
    ids = list(count.values_list("pk", flat=True))
    Booking.objects.filter(pk__in=ids).update(news=news, news_at=clock.now(), told_at=None, told_by_key="")
    if ids:
        enqueue(tell_visitors, actor=SYSTEM)
    record(to_be_told=len(ids))
    return len(ids)


def follow_edition(edition: Edition, news: News, actor: Actor) -> None:
    """Inside the act that moves, cancels or revives an edition: tickets stay valid, and everybody is told."""
    slots = Slot.objects.filter(part__edition=edition)
    if news == News.EDITION:
        slots.filter(first_day=None).update(first_day=edition.starts_on)
    slots.update(changed_at=clock.now())
    note_news(Booking.objects.filter(slot__part__edition=edition), news, actor)


@job("events.tell_visitors")
def tell_visitors(run: JobRun) -> None:
    """Mail whoever has an address and has not been told, one transaction each; run twice it tells nobody twice."""
    done = 0
    while rows := list(
        Booking.objects.standing().to_be_told().exclude(email="").values_list("pk", flat=True)[:AT_ONCE]
    ):
        for pk in rows:
            booking = Booking.objects.with_names().get(pk=pk)
            tell_visitor(booking=booking, actor=run.actor)
            done += 1
        run.check_cancelled()
    run.outcome(told=done)


@act("events.tell_visitor")
def tell_visitor(*, booking: Booking, actor: Actor) -> Booking:
    """Mail what has changed; a registration that was told meanwhile is left alone."""
    rows = Booking.objects.filter(pk=booking.pk, told_at=None)
    if rows.update(told_at=clock.now(), told_by_key=actor.key):
        send(to=recipient(booking), template=TEMPLATE, context=news_context(booking, actor), actor=actor,
             subject=booking.subject)  # fmt: skip
        record(news=booking.news)
    return booking


@act("events.note_told")
def note_told(*, booking: Booking, told: bool, actor: Actor) -> Booking:
    """Tick off that somebody was told by WhatsApp or by telephone, or take the tick back."""
    require(rules.may_manage(actor, booking.part.edition.organisation))
    booking.told_at, booking.told_by_key = (clock.now(), actor.key) if told else (None, "")
    booking.save(update_fields=["told_at", "told_by_key"])
    record(news=booking.news, told=told)
    return booking


def recipient(booking: Booking) -> Recipient:
    return Recipient(address=booking.email, phone=booking.phone, language=booking.language, name=booking.name)


def news_context(booking: Booking, actor: Actor) -> dict[str, Any]:
    return {
        "booking": booking,
        "slot": booking.slot,
        "part": booking.part,
        "edition": booking.part.edition,
        "ticket": ticket_address(booking, actor),
    }


def ticket_address(booking: Booking, actor: Actor) -> str:
    """Inside an act: a new private address of the ticket; earlier ones stay good."""
    return settings.PUBLIC_URL + reverse("events:ticket", args=[ticket_token(booking, actor)])


def ticket_token(booking: Booking, actor: Actor, *, handed_out: bool = False) -> str:
    subject: Subject = booking.subject
    return open_link(
        scope=LinkScope.TICKET, subject=subject, actor=actor, expires_at=ticket_expires_at(booking), handed_out=handed_out
    )[1]  # fmt: skip


@act("events.write_to_visitor")
def write_to_visitor(*, booking: Booking, actor: Actor) -> str:
    """The news as a text to be sent by WhatsApp, in the visitor's language, with a new address of the ticket."""
    require(rules.may_manage(actor, booking.part.edition.organisation))
    record_subject(booking.subject)
    template = TEMPLATE if booking.news else "events/messages/ticket"
    return whatsapp_text(template, {**news_context(booking, actor), "recipient": recipient(booking)}, booking.language)

"""What events do when something below them has changed."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from enggang.core import clock
from enggang.core.actor import SYSTEM, Actor
from enggang.events.domain.alarms import queue_recount
from enggang.events.domain.entrances import give_ticket_pass
from enggang.events.domain.visitor_news import note_news
from enggang.events.enums import News
from enggang.events.models import Booking
from enggang.plans.signals import holidays_changed
from enggang.seats.models import Claim
from enggang.seats.signals import claim_promoted


@receiver(holidays_changed)
def count_anew(sender: Any, *, years: list[int], organisation: Any, **_more: Any) -> None:
    """Deadlines in working days rest on the lists: reckoned in a job, as the system, since a decree reaches everybody."""
    queue_recount(list(years), organisation.path if organisation else "/", SYSTEM)


@receiver(claim_promoted, dispatch_uid="events.claim_promoted")
def admit_promoted(sender: object, *, claim: Claim, actor: Actor, **_kwargs: Any) -> None:
    """Visitors who waited have their places: the pass comes with them, and they are to be told.

    Of a time that is over or called off, and of a cancelled edition, nobody is told that they may come.
    """
    booking = Booking.objects.with_names().filter(claim=claim).first()
    if booking is None:
        return
    give_ticket_pass(booking, actor)
    slot = booking.slot
    if not (slot.is_called_off or slot.part.edition.is_cancelled or slot.ends_at <= clock.now()):
        note_news(Booking.objects.filter(pk=booking.pk), News.PROMOTED, actor)

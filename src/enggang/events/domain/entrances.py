"""What gates count of a time that visitors register for: its occasion follows the time, and passes name it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from enggang.attendance.domain.occasions import (
    cancel_occasion,
    change_occasion,
    drop_occasion,
    open_occasion,
    restore_occasion,
)  # fmt: skip
from enggang.attendance.domain.passes import issue_pass
from enggang.attendance.enums import OccasionKind, Withheld
from enggang.core.actor import Actor
from enggang.core.acts import Conflict
from enggang.events.models import Booking, Edition, Slot
from enggang.events.queries.admission import minors_of
from enggang.events.queries.tickets import people_in

TITLE = 200


def open_entrance(slot: Slot, actor: Actor, *, room: int | None = None, re_entry: bool = True) -> None:
    """The occasion of a new time. ``room``: how many may be inside at once; ``re_entry``: whoever went out may come in."""
    edition = slot.part.edition
    slot.occasion = open_occasion(
        organisation=edition.organisation, group=edition.subject, kind=OccasionKind.OPEN, room=room, re_entry=re_entry,
        actor=actor, **_facts(slot),
    )  # fmt: skip


def follow_slot(slot: Slot, actor: Actor, **terms: Any) -> None:
    """The occasion takes over when and where the time is now, and whether it is held. Tickets stay as they are."""
    occasion = slot.occasion
    if occasion is None:
        return
    change_occasion(occasion=occasion, actor=actor, **_facts(slot), **terms)
    held = not slot.is_called_off and not slot.part.edition.is_cancelled
    if not held and not occasion.is_cancelled:
        cancel_occasion(occasion=occasion, actor=actor)
    elif held and occasion.is_cancelled:
        restore_occasion(occasion=occasion, actor=actor)


def follow_edition_at_gates(edition: Edition, actor: Actor) -> None:
    """Inside the act that cancels or revives an edition: its gates let nobody in, or as before."""
    for slot in Slot.objects.with_names().filter(part__edition=edition, occasion__isnull=False):
        follow_slot(slot, actor)


def close_entrance(slot: Slot, actor: Actor) -> None:
    """After a time that nobody registered for: nobody has come either."""
    if slot.occasion is not None:
        drop_occasion(occasion=slot.occasion, actor=actor)


def _facts(slot: Slot) -> dict[str, Any]:
    title = f"{slot.part} · {slot.place}" if slot.place else str(slot.part)
    return {"title": title[:TITLE], "starts_at": slot.starts_at, "ends_at": slot.ends_at}


def give_ticket_pass(booking: Booking, actor: Actor) -> None:
    """The pass of a registration: for as many people, at their time alone, and for nobody while they wait for places or a
    guardian's consent is missing. Its holder is the registration, its group the edition, its code that of the ticket: what stands below the square
    can be typed in at the gate."""
    edition = booking.part.edition
    issue_pass(
        holder=booking.subject, group=edition.subject, organisation=edition.organisation, quantity=booking.quantity,
        only=booking.slot.occasion, withheld=_withheld(booking), code=booking.short,
        actor=actor,
    )  # fmt: skip


def _withheld(booking: Booking) -> Withheld:
    if booking.is_waiting:
        return Withheld.WAITING
    return Withheld.CONSENT if minors_of(booking)[1] else Withheld.NOTHING


def renew_ticket_pass(booking: Booking, actor: Actor) -> None:
    """After fewer people, another time, or a guardian's word: the same pass says what holds now."""
    if not booking.is_cancelled:
        give_ticket_pass(Booking.objects.with_names().prefetch_related("guests__consent").get(pk=booking.pk), actor)


def keep_who_came(booking: Booking, staying: int) -> None:
    """Raises Conflict when more people have come in with the ticket than would stay on it."""
    came = people_in(booking).came
    if came > staying:
        raise Conflict(_("%(n)s people have come in with this ticket already.") % {"n": came})

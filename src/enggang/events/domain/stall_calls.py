"""Acts on the call to small businesses: written, published, closed, taken over by the next edition."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.core.states import keep_version, move
from enggang.events import rules
from enggang.events.domain.standing import keep_open
from enggang.events.enums_stalls import STALL_CALL_MOVES, StallCallState
from enggang.events.models import Edition, StallCall
from enggang.people.phones import normalise_phone
from enggang.seats.domain.offers import PoolSpec, TooSmall, open_offer, resize_pool
from enggang.seats.models import Pool

POOL = "Lapak"
COPIED = ("title", "text", "requirements", "stalls", "fee", "fee_note")


@act("events.open_stall_call")
def open_stall_call(*, edition: Edition, actor: Actor, **facts: Any) -> StallCall:
    """Write the call of an edition; nobody else sees it before it is published."""
    require(rules.may_manage(actor, edition.organisation))
    keep_open(edition)
    if StallCall.objects.filter(edition=edition).exists():
        raise Conflict(_("This edition has a call already."))
    call = StallCall(edition=edition, **facts)
    _tidy(call)
    call.offer = open_offer(
        organisation=edition.organisation, title=f"{edition}: {POOL}"[:200], pools=[PoolSpec(POOL, call.stalls)],
        opens_at=None, closes_at=None, actor=actor,
    )  # fmt: skip
    call.subject = StallCall.new_subject(edition.organisation.code)
    with told(StallCall):
        call.save()
    record(stalls=call.stalls, fee=call.fee)
    return call


@act("events.change_stall_call")
def change_stall_call(*, call: StallCall, version: int, actor: Actor, **facts: Any) -> StallCall:
    """Change its words, window and number of stalls, which never becomes less than are given."""
    require(rules.may_manage(actor, call.edition.organisation))
    keep_open(call.edition)
    keep_version(call, version)
    for name, value in facts.items():
        setattr(call, name, value)
    _tidy(call)
    _resize(call, actor)
    with told(StallCall):
        call.save()
    record(stalls=call.stalls, fee=call.fee)
    return call


def _tidy(call: StallCall) -> None:
    call.title = call.title.strip()
    if call.contact_phone:
        call.contact_phone = normalise_phone(call.contact_phone)
        if not call.contact_phone:
            raise Conflict(_("Whom vendors may ask: this is no telephone number."))
    call.clean_fields(exclude=["subject", "offer", "edition"])


def _resize(call: StallCall, actor: Actor) -> None:
    pool = Pool.objects.select_related("offer__organisation", "offer__subject").get(offer=call.offer)
    if pool.size == call.stalls:
        return
    try:
        resize_pool(pool=pool, size=call.stalls, actor=actor)
    except TooSmall as small:
        pool.refresh_from_db()
        text = _("%(taken)s stalls are given already. Take some back first, or keep at least that many.")
        raise Conflict(text % {"taken": pool.taken}) from small


@act("events.move_stall_call")
def move_stall_call(*, call: StallCall, to: str, actor: Actor) -> StallCall:
    """Publish it, take it back as long as nobody has applied, close it, open it again."""
    require(rules.may_manage(actor, call.edition.organisation))
    keep_open(call.edition)
    was = StallCallState(call.state)
    if to not in StallCallState.values or StallCallState(to) not in STALL_CALL_MOVES[was]:
        raise Conflict(_("The call is in another state now. Reload the page."))
    if to == StallCallState.DRAFT and call.applications.exists():
        raise Conflict(_("Vendors have applied already. Close the call instead."))
    move(call, to, moves={was: STALL_CALL_MOVES[was]})
    record_subject(call.subject)
    record(was=str(was), now=str(to))
    return call


def copy_stall_call(edition: Edition, clone: Edition, actor: Actor) -> int:
    """Inside the act of cloning: its words, number and cost, to be published anew; nobody who applied, no window."""
    call = StallCall.objects.filter(edition=edition).first()
    if call is None:
        return 0
    open_stall_call(edition=clone, actor=actor, **{name: getattr(call, name) for name in COPIED})
    return 1

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.hot import add_all
from enggang.core.integrity import told
from enggang.core.states import move
from enggang.places.models import Organisation, Region
from enggang.seats.domain.promotion import fill, locked
from enggang.seats.enums import OFFER_MOVES, OfferState
from enggang.seats.models import Admission, Offer, Pool
from enggang.seats.rules import may_manage_offer

MOST_LABEL = 200


@dataclass(frozen=True, slots=True)
class PoolSpec:
    """A quota to be made: for an organisation or a region, for one kind of holder, or with none of these for all.

    ``part_of``: the label of the quota it was cut from, which stands before it in the same offer.
    """

    label: str
    size: int
    organisation: Organisation | None = None
    region: Region | None = None
    kind: str = ""
    part_of: str = ""


Admits = Callable[[Pool], Iterable[int]]
"""Which waiting claims (ids) may sit in a new quota, beside the one each wished: the domain above knows."""


def nobody(_pool: Pool) -> Iterable[int]:
    return ()


class TooSmall(Conflict):
    """A quota would become smaller than what is given in it."""


@act("seats.open_offer")
def open_offer(
    *,
    organisation: Organisation,
    title: str,
    pools: Sequence[PoolSpec],
    opens_at: datetime | None,
    closes_at: datetime | None,
    actor: Actor,
) -> Offer:
    """Offer seats in quotas, in the order given. Without ``opens_at`` at once, without ``closes_at`` until closed."""
    require(may_manage_offer(actor, organisation))
    if not pools:
        raise Conflict(_("Name at least one quota, for example one that is open to all."))
    with told(Offer):
        subject = Offer.new_subject(organisation.code)
        offer = Offer.objects.create(
            subject=subject, organisation=organisation, title=title, opens_at=opens_at, closes_at=closes_at
        )
    for position, spec in enumerate(pools, start=1):
        _add(offer, spec, position)
    record(pools=len(pools), seats=sum(spec.size for spec in pools))
    return offer


@act("seats.add_pool")
def add_pool(*, offer: Offer, spec: PoolSpec, actor: Actor, admits: Admits = nobody) -> Pool:
    """Add a quota to an offer that stands; who waits and may sit in it as ``admits`` says moves up as the policy says."""
    require(may_manage_offer(actor, offer.organisation))
    pool = _add(offer, spec, Pool.objects.filter(offer=offer).count() + 1)
    record_subject(offer.subject)
    record(pool=pool.pk, size=spec.size)
    admit(pool, admits(pool))
    fill(pool=pool, actor=actor)
    return pool


@act("seats.resize_pool")
def resize_pool(*, pool: Pool, size: int, actor: Actor) -> Pool:
    """Make a quota larger (the waiting list moves up) or smaller, never below the seats already given."""
    require(may_manage_offer(actor, pool.offer.organisation))
    if size < 0 or not Pool.objects.filter(pk=pool.pk, taken__lte=size).update(size=size):
        pool.refresh_from_db()
        raise TooSmall(_too_small(pool, size))
    record_subject(pool.offer.subject)
    record(pool=pool.pk, before=pool.size, after=size)
    fill(pool=pool, actor=actor)
    return pool


@act("seats.change_window")
def change_window(*, offer: Offer, opens_at: datetime | None, closes_at: datetime | None, actor: Actor) -> Offer:
    """Move the registration window; claims already made are kept."""
    require(may_manage_offer(actor, offer.organisation))
    offer.opens_at, offer.closes_at = opens_at, closes_at
    with told(Offer):
        offer.save(update_fields=["opens_at", "closes_at"])
    return offer


@act("seats.close_offer")
def close_offer(*, offer: Offer, actor: Actor) -> Offer:
    """Take no more claims; the waiting list still moves up when a seat is freed."""
    require(may_manage_offer(actor, offer.organisation))
    return move(offer, OfferState.CLOSED, moves=OFFER_MOVES)


@act("seats.end_offer")
def end_offer(*, offer: Offer, actor: Actor) -> Offer:
    """Take no more claims, and let nobody move up any more; it can be opened again."""
    require(may_manage_offer(actor, offer.organisation))
    return move(offer, OfferState.ENDED, moves=OFFER_MOVES)


@act("seats.reopen_offer")
def reopen_offer(*, offer: Offer, actor: Actor) -> Offer:
    """Take claims again; whoever waited for a seat that was given back meanwhile moves up, as the policy says."""
    require(may_manage_offer(actor, offer.organisation))
    pools = locked(Pool.objects.filter(offer=offer))
    move(offer, OfferState.OPEN, moves={state: OFFER_MOVES[state] for state in (OfferState.CLOSED, OfferState.ENDED)})
    for pool in pools:
        fill(pool=pool, actor=actor)
    return offer


@act("seats.withdraw_offer")
def withdraw_offer(*, offer: Offer, actor: Actor) -> Offer:
    """End the offer; only ``restore_offer`` undoes it. What becomes of the claims is the domain's to decide."""
    require(may_manage_offer(actor, offer.organisation))
    return move(offer, OfferState.WITHDRAWN, moves=OFFER_MOVES)


@act("seats.restore_offer")
def restore_offer(*, offer: Offer, actor: Actor) -> Offer:
    """Take back that an offer was withdrawn: claims stand as they stood, and whoever waits for a free seat moves up."""
    require(may_manage_offer(actor, offer.organisation))
    pools = locked(Pool.objects.filter(offer=offer))
    move(offer, OfferState.OPEN, moves={OfferState.WITHDRAWN: OFFER_MOVES[OfferState.WITHDRAWN]})
    for pool in pools:
        fill(pool=pool, actor=actor)
    return offer


@act("seats.rename_pool")
def rename_pool(*, pool: Pool, label: str, actor: Actor) -> Pool:
    """Correct what a quota is called; whom it is for, its seats and who sits there stay."""
    require(may_manage_offer(actor, pool.offer.organisation))
    pool.label = " ".join(label.split())
    if not pool.label or len(pool.label) > MOST_LABEL:
        raise Conflict(_("Give the quota a name of at most %(most)d characters.") % {"most": MOST_LABEL})
    with told(Pool):
        Pool.objects.filter(pk=pool.pk).update(label=pool.label)
    record_subject(pool.offer.subject)
    record(pool=pool.pk)
    return pool


def _add(offer: Offer, spec: PoolSpec, position: int) -> Pool:
    if spec.size < 0:
        raise Conflict(_("A quota cannot be less than nothing."))
    parent = Pool.objects.filter(offer=offer, label=spec.part_of).first() if spec.part_of else None
    with told(Pool):
        return Pool.objects.create(
            offer=offer,
            parent=parent,
            label=spec.label,
            size=spec.size,
            organisation=spec.organisation,
            region=spec.region,
            kind=spec.kind,
            position=position,
        )


def admit(pool: Pool, claims: Iterable[int]) -> None:
    """Let claims that wait (ids) also sit in ``pool``, for an act that has just made it; open ones admit anyone."""
    if not pool.is_open_to_all:
        add_all((Admission(claim_id=pk, pool=pool) for pk in claims), skip_known=True)


def _too_small(pool: Pool, size: int) -> str:
    text = ngettext(
        "%(taken)d seat of the quota “%(pool)s” is already given, so it cannot become %(size)d. Release it first.",
        "%(taken)d seats of the quota “%(pool)s” are already given, so it cannot become %(size)d. Release some first.",
        pool.taken,
    )
    return text % {"taken": pool.taken, "pool": pool.name, "size": size}

"""A quota divided by its owner among its own agencies: what the parts get, the whole gives up."""

from __future__ import annotations

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enggang.core.actor import Actor
from enggang.core.acts import Conflict, act, record, record_subject, require
from enggang.core.integrity import told
from enggang.places.models import Organisation
from enggang.seats.domain.offers import Admits, TooSmall, admit, nobody
from enggang.seats.domain.promotion import fill
from enggang.seats.models import Pool
from enggang.seats.queries.owners import owner_of
from enggang.seats.rules import may_divide


@act("seats.divide_pool")
def divide_pool(*, pool: Pool, organisation: Organisation, size: int, actor: Actor, admits: Admits = nobody) -> Pool:
    """Set the part of ``organisation`` in ``pool`` to ``size`` seats; answers the part.

    The part is cut from free seats of the whole and gives back what it is shrunk by, never below what is given in
    it: the sum of the whole and its parts stays what the organiser gave. Only agencies below the pool's owner, who for
    a region's quota is the government of that region. ``admits``: who waits already and may sit in a new part.
    """
    pool = Pool.objects.select_related("organisation", "offer__organisation", "offer__subject").get(pk=pool.pk)
    _check(pool, organisation, size, actor)
    part = Pool.objects.filter(parent=pool, organisation=organisation).first()
    before = part.size if part else 0
    _shift(pool, part, size - before)
    if part is None:
        part = _cut(pool, organisation, size)
        admit(part, admits(part))
    record_subject(pool.offer.subject)
    record(pool=pool.pk, part=part.pk, before=before, after=size)
    for each in (pool, part):
        fill(pool=each, actor=actor)
    return part


def _check(pool: Pool, organisation: Organisation, size: int, actor: Actor) -> None:
    owner = owner_of(pool)
    if owner is None or pool.parent_id:
        raise Conflict(_("Only a quota that belongs to one agency or regency can be divided."))
    require(may_divide(actor, pool.offer.organisation, owner))
    if organisation.pk == owner.pk or not organisation.path.startswith(owner.path):
        text = _("%(agency)s does not belong to “%(pool)s”, so it gets no part of this quota.")
        raise Conflict(text % {"agency": organisation.name, "pool": pool.name})
    if size < 0:
        raise Conflict(_("A quota cannot be less than nothing."))


def _shift(pool: Pool, part: Pool | None, more: int) -> None:
    """Move ``more`` seats from the whole to its part (fewer than none: back). The whole is always locked first."""
    rows = Pool.objects.filter(pk=pool.pk, taken__lte=F("size") - more)
    if not rows.update(size=F("size") - more):
        pool.refresh_from_db()
        raise Conflict(_too_many(pool))
    if part is None:
        return
    if not Pool.objects.filter(pk=part.pk, taken__lte=F("size") + more).update(size=F("size") + more):
        text = _("The seats of “%(pool)s” are given to people already, so it cannot become that small.")
        raise TooSmall(text % {"pool": part.name})
    part.refresh_from_db()


def _too_many(pool: Pool) -> str:
    text = ngettext(
        "Only %(count)d seat of the quota “%(pool)s” is still free to be divided.",
        "Only %(count)d seats of the quota “%(pool)s” are still free to be divided.",
        pool.free,
    )
    return text % {"count": pool.free, "pool": pool.name}


def _cut(pool: Pool, organisation: Organisation, size: int) -> Pool:
    with told(Pool):
        return Pool.objects.create(
            offer_id=pool.offer_id,
            parent=pool,
            label=f"{pool.label}: {organisation.short_name or organisation.name}"[:200],
            organisation=organisation,
            kind=pool.kind,
            size=size,
            position=pool.position,
        )
